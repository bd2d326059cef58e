/** Decode: capture records to packet rows and descriptors, a window a call. */
import * as abi from "../abi";
import {
  control,
  count,
  descriptorsMax,
  interfaces,
  packets,
  packetsMax,
  setControl,
} from "../memory";
import { carried } from "./carried";
import { configureContexts } from "./context";
import { fastPath } from "./fast";
import { beginFragments, configureFragments, expireFragments, giveUpAll } from "./fragments";
import { link, LINK_ETHERNET } from "./link";
import { readNative } from "./native";
import { openFrame, Packet } from "./packet";
import { readPcap } from "./pcap";
import { readPcapng } from "./pcapng";
import { RECORD, Stop } from "./stop";
import { configureTime } from "./time";
import { configureUnhandled } from "./unhandled";

/** Descriptor rows that a packet may need. */
const DESCRIPTORS_PER_PACKET: u32 = 4;

const MICROSECONDS: u32 = 1000000;
const NANOSECONDS: u32 = 1000000000;

export function configureDecode(): void {
  configureContexts();
  configureUnhandled();
  configureTime();
  configureFragments();
}

export function decode(begin: u32, end: u32): u32 {
  const format = control(abi.C_FORMAT);
  const descriptorsEnd = descriptorsMax - DESCRIPTORS_PER_PACKET;
  Packet.descriptorCount = 0;
  Packet.packetsEnd = packetsMax;
  beginFragments();
  Stop.detail = Stop.value = 0;
  let index: u32 = 0;
  let bytes: u64 = 0;
  let at = <usize>begin;
  let reason: u32 = abi.STOP_DATA;
  if (format == abi.FORMAT_FLUSH && !giveUpAll()) reason = abi.STOP_FULL;
  while (<u32>at < end) {
    if (index >= Packet.packetsEnd || Packet.descriptorCount > descriptorsEnd) {
      reason = abi.STOP_FULL;
      break;
    }
    setControl(abi.C_AT, <u32>at);
    reason = readRecord(format, at, end);
    if (reason != RECORD) break;
    if (Packet.sec >= control(abi.C_FRAGMENT_DEADLINE) && !expireFragments()) {
      reason = abi.STOP_FULL;
      break;
    }
    const row = packets + ((<usize>index) << 4);
    store<u32>(row, Packet.sec, abi.P_SEC);
    store<u32>(row, Packet.ns, abi.P_NS);
    store<u32>(row, Packet.wire, abi.P_WIRE);
    store<u32>(row, <u32>at, abi.P_RECORD);
    bytes += Packet.wire;
    Packet.index = index++;
    const linkType = load<u32>(
      interfaces + Packet.interfaceId * abi.INTERFACE_SIZE,
      abi.I_LINK_TYPE,
    );
    if (linkType != LINK_ETHERNET || !fastPath()) {
      openFrame();
      link(linkType, Packet.data);
      while (Packet.next >= 0) carried();
    }
    at = Packet.nextRecord;
    reason = abi.STOP_DATA;
  }
  count(abi.C_TOTAL_PACKETS, index);
  count(abi.C_TOTAL_BYTES, <f64>bytes);
  setControl(abi.C_CONSUMED, <u32>at);
  setControl(abi.C_PACKET_COUNT, index);
  setControl(abi.C_DESCRIPTOR_COUNT, Packet.descriptorCount);
  setControl(abi.C_STOP_DETAIL, Stop.detail);
  setControl(abi.C_STOP_VALUE, Stop.value);
  return reason;
}

/** RECORD, or why there is none. */
function readRecord(format: u32, at: usize, end: usize): u32 {
  switch (format) {
    case abi.FORMAT_NATIVE:
      return readNative(at, end);
    case abi.FORMAT_PCAP_LE_USEC:
      return readPcap(at, end, false, MICROSECONDS);
    case abi.FORMAT_PCAP_LE_NSEC:
      return readPcap(at, end, false, NANOSECONDS);
    case abi.FORMAT_PCAP_BE_USEC:
      return readPcap(at, end, true, MICROSECONDS);
    case abi.FORMAT_PCAP_BE_NSEC:
      return readPcap(at, end, true, NANOSECONDS);
    case abi.FORMAT_PCAPNG_LE:
      return readPcapng(at, end, false);
    default:
      return readPcapng(at, end, true);
  }
}
