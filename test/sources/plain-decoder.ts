/** A decoder that only walks the records: what the framer is tested against, apart from any engine. */
import * as abi from "../../src/engine/abi.js";
import { EngineMemory, MemoryMap } from "../../src/engine/memory.js";
import type { Decoder } from "../../src/sources/framer.js";

/** The smallest window that every record fits. */
export const plainMap = (): MemoryMap =>
  new MemoryMap({
    windowSize: abi.MAX_PACKET + 65536,
    maxFlows: 16,
    maxInspections: 4,
    prefixMemory: 65536,
    prefixLimit: 4096,
    tableSize: 65536,
  });

export class PlainDecoder implements Decoder {
  readonly memory: EngineMemory;
  readonly #view: DataView;

  /** @param most Packets that are decoded at a time, as if the rows were full then. */
  constructor(readonly most = 64) {
    const map = plainMap();
    this.memory = new EngineMemory(map, new ArrayBuffer(map.size));
    this.#view = new DataView(this.memory.buffer);
  }

  decode(begin: number, end: number): number {
    const { memory } = this;
    const format = memory.control(abi.C_FORMAT);
    let at = begin;
    let count = 0;
    let stop = abi.STOP_DATA;
    while (at < end) {
      if (count === this.most) {
        stop = abi.STOP_FULL;
        break;
      }
      const record = format >= abi.FORMAT_PCAPNG_LE ? this.#block(at, end) : this.#pcap(at, end);
      if (typeof record === "number") {
        stop = record;
        break;
      }
      const row = memory.address("packets") + count++ * abi.PACKET_SIZE;
      memory.u32[(row + abi.P_SEC) >>> 2] = record.seconds;
      memory.u32[(row + abi.P_NS) >>> 2] = record.nanoseconds;
      memory.u32[(row + abi.P_WIRE) >>> 2] = record.wire;
      memory.u32[(row + abi.P_RECORD) >>> 2] = at;
      at += record.size;
    }
    memory.setControl(abi.C_CONSUMED, at);
    memory.setControl(abi.C_PACKET_COUNT, count);
    return stop;
  }

  #corrupt(detail: number, value: number): number {
    this.memory.setControl(abi.C_STOP_DETAIL, detail);
    this.memory.setControl(abi.C_STOP_VALUE, value);
    return abi.STOP_CORRUPT;
  }

  #pcap(at: number, end: number) {
    const format = this.memory.control(abi.C_FORMAT);
    const little = format === abi.FORMAT_PCAP_LE_USEC || format === abi.FORMAT_PCAP_LE_NSEC;
    const micro = format === abi.FORMAT_PCAP_LE_USEC || format === abi.FORMAT_PCAP_BE_USEC;
    if (end - at < 16) return abi.STOP_DATA;
    const captured = this.#view.getUint32(at + 8, little);
    if (captured > abi.MAX_PACKET) return this.#corrupt(abi.CORRUPT_LENGTH, captured);
    if (end - at < 16 + captured) return abi.STOP_DATA;
    return {
      seconds: this.#view.getUint32(at, little),
      nanoseconds: this.#view.getUint32(at + 4, little) * (micro ? 1000 : 1),
      wire: this.#view.getUint32(at + 12, little),
      size: 16 + captured,
    };
  }

  /** Enhanced packet blocks, with whole ticks of a power of ten up to 10^-9; simple ones at time 0. */
  #block(at: number, end: number) {
    const { memory } = this;
    const little = memory.control(abi.C_FORMAT) === abi.FORMAT_PCAPNG_LE;
    const u32 = (offset: number) => this.#view.getUint32(at + offset, little);
    if (end - at < 12) return abi.STOP_DATA;
    const type = u32(0);
    const size = u32(4);
    if (type !== 6 && type !== 3) {
      memory.setControl(abi.C_STOP_DETAIL, type);
      memory.setControl(abi.C_STOP_VALUE, size);
      return abi.STOP_BLOCK;
    }
    const least = type === 6 ? 32 : 16;
    if (size % 4 !== 0 || size < least || size > abi.MAX_PACKET + 65536) {
      return this.#corrupt(abi.CORRUPT_BLOCK, size);
    }
    if (end - at < size) return abi.STOP_DATA;
    if (u32(size - 4) !== size) return this.#corrupt(abi.CORRUPT_TRAILER, u32(size - 4));
    const number = type === 6 ? u32(8) : 0;
    if (number >= memory.control(abi.C_INTERFACE_COUNT)) {
      return this.#corrupt(abi.CORRUPT_INTERFACE, number);
    }
    if (type === 3) return { seconds: 0, nanoseconds: 0, wire: u32(8), size };
    if (u32(20) > size - 32) return this.#corrupt(abi.CORRUPT_LENGTH, u32(20));
    const row = memory.address("interfaces") + number * abi.INTERFACE_SIZE;
    const perSecond = 10 ** memory.u32[(row + abi.I_TICK_EXPONENT) >>> 2]!;
    const ticks = u32(12) * 2 ** 32 + u32(16);
    return {
      seconds: Math.floor(ticks / perSecond) + memory.u32[(row + abi.I_OFFSET_LOW) >>> 2]!,
      nanoseconds: Math.round(((ticks % perSecond) / perSecond) * 1e9),
      wire: u32(24),
      size,
    };
  }
}
