/** Decode: capture records to packet rows and descriptors, a window a call. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { carried } from "./carried.js";
import { fastPath } from "./fast.js";
import { link, LINK_ETHERNET } from "./link.js";
import { readNative } from "./native.js";
import { Packet } from "./packet.js";
import { readPcap } from "./pcap.js";
import { readPcapng } from "./pcapng.js";
import { RECORD, Stop } from "./stop.js";

/** Descriptor rows that a packet may need. */
const DESCRIPTORS_PER_PACKET = 4;

const INTERFACE_WORDS = abi.INTERFACE_SIZE >>> 2;
const LINK_TYPE = abi.I_LINK_TYPE >>> 2;
const FRAGMENT_DEADLINE = (abi.CONTROL + abi.C_FRAGMENT_DEADLINE) >>> 2;
const AT = (abi.CONTROL + abi.C_AT) >>> 2;
const PACKET_WORDS = abi.PACKET_SIZE >>> 2;

export class Decoder {
  readonly #memory: EngineMemory;
  readonly #packet: Packet;
  readonly #stop = new Stop();
  /** Word indices of the first rows. */
  #packets = 0;
  #interfaces = 0;
  #packetsMax = 0;
  #descriptorsMax = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.#packet = new Packet(memory);
  }

  configure(): void {
    const memory = this.#memory;
    this.#packets = memory.control(abi.C_PACKETS) >>> 2;
    this.#interfaces = memory.control(abi.C_INTERFACES) >>> 2;
    this.#packetsMax = memory.control(abi.C_PACKETS_MAX);
    this.#descriptorsMax = memory.control(abi.C_DESCRIPTORS_MAX);
    this.#packet.configure();
  }

  /** Decodes the records at `begin … end`; returns a STOP_*. */
  decode(begin: number, end: number): number {
    const packet = this.#packet;
    const stop = this.#stop;
    const { u32 } = packet;
    const format = packet.control(abi.C_FORMAT);
    packet.descriptorCount = 0;
    packet.packetsEnd = this.#packetsMax;
    packet.fragments.begin();
    stop.because(abi.STOP_DATA, 0, 0);
    let at = begin;
    let row = this.#packets;
    let packetCount = 0;
    let bytes = 0;
    let reason = abi.STOP_DATA as number;
    if (format === abi.FORMAT_FLUSH && !packet.fragments.giveUpAll()) reason = abi.STOP_FULL;
    while (at < end) {
      const descriptorsLeft = this.#descriptorsMax - packet.descriptorCount;
      if (packetCount >= packet.packetsEnd || descriptorsLeft < DESCRIPTORS_PER_PACKET) {
        reason = abi.STOP_FULL;
        break;
      }
      u32[AT] = at;
      reason = this.#readRecord(format, at, end);
      if (reason !== RECORD) break;
      if (packet.clock.sec >= u32[FRAGMENT_DEADLINE]! && !packet.fragments.expire()) {
        reason = abi.STOP_FULL;
        break;
      }
      reason = abi.STOP_DATA;
      u32[row + (abi.P_SEC >>> 2)] = packet.clock.sec;
      u32[row + (abi.P_NS >>> 2)] = packet.clock.ns;
      u32[row + (abi.P_WIRE >>> 2)] = packet.wire;
      u32[row + (abi.P_RECORD >>> 2)] = at;
      row += PACKET_WORDS;
      bytes += packet.wire;
      packet.index = packetCount++;
      const linkType = u32[this.#interfaces + packet.interfaceId * INTERFACE_WORDS + LINK_TYPE]!;
      if (linkType !== LINK_ETHERNET || !fastPath(packet)) {
        packet.openFrame();
        link(packet, linkType, packet.data);
        while (packet.next >= 0) carried(packet);
      }
      at = packet.nextRecord;
    }
    const memory = this.#memory;
    memory.f64[(abi.CONTROL + abi.C_TOTAL_PACKETS) >>> 3]! += packetCount;
    memory.f64[(abi.CONTROL + abi.C_TOTAL_BYTES) >>> 3]! += bytes;
    memory.setControl(abi.C_CONSUMED, at);
    memory.setControl(abi.C_PACKET_COUNT, packetCount);
    memory.setControl(abi.C_DESCRIPTOR_COUNT, packet.descriptorCount);
    memory.setControl(abi.C_STOP_DETAIL, stop.detail);
    memory.setControl(abi.C_STOP_VALUE, stop.value);
    return reason;
  }

  /** RECORD, or why there is none. */
  #readRecord(format: number, at: number, end: number): number {
    const packet = this.#packet;
    const stop = this.#stop;
    switch (format) {
      case abi.FORMAT_NATIVE:
        return readNative(packet, stop, at, end);
      case abi.FORMAT_PCAP_LE_USEC:
        return readPcap(packet, stop, at, end, true, 1e6);
      case abi.FORMAT_PCAP_LE_NSEC:
        return readPcap(packet, stop, at, end, true, 1e9);
      case abi.FORMAT_PCAP_BE_USEC:
        return readPcap(packet, stop, at, end, false, 1e6);
      case abi.FORMAT_PCAP_BE_NSEC:
        return readPcap(packet, stop, at, end, false, 1e9);
      case abi.FORMAT_PCAPNG_LE:
        return readPcapng(packet, stop, at, end, true);
      default:
        return readPcapng(packet, stop, at, end, false);
    }
  }
}
