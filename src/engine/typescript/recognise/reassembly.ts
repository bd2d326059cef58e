/**
 * Reassembly: puts TCP segments in their place behind the first one. RFC 9293 §3.4 (sequence
 * numbers are modulo 2^32).
 *
 * One policy for bytes that arrive twice: those that arrived first stay. Everything is bounded: the
 * prefix limit, four ranges behind a gap, the packets that may arrive before a gap is given up.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

/** Segments that begin further away belong to another time. */
const FAR = 1 << 30;

const BASE = abi.W_BASE >>> 2;
const FLAGS = abi.W_FLAGS >>> 2;
const LENGTH = abi.W_LENGTH >>> 2;
const PREFIX = abi.W_PREFIX >>> 2;
const STOP = abi.W_STOP >>> 2;
const WAITING = abi.W_WAITING >>> 2;
const RANGES = abi.W_RANGES >>> 2;

/** A range is one word: start below, end above. */
const startOf = (range: number) => range & 0xffff;
const endOf = (range: number) => range >>> 16;

export class Reassembly {
  readonly #memory: EngineMemory;
  readonly #u32: Uint32Array;
  #gapPackets = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.#u32 = memory.u32;
  }

  configure(): void {
    this.#gapPackets = this.#memory.control(abi.C_GAP_PACKETS);
  }

  /**
   * Adds a segment to the direction at address `at`, whose bytes are kept in a block. True if there
   * is something new to look at: more contiguous bytes, or the knowledge that there will be none.
   */
  add(at: number, sequence: number, payload: number, captured: number, length: number): boolean {
    const u32 = this.#u32;
    const way = at >>> 2;
    const offset = (sequence - u32[way + BASE]!) | 0;
    if (offset >= FAR || offset < -FAR) return false;
    const held = u32[way + LENGTH]!;
    const end = Math.min(offset + captured, u32[way + STOP]!);
    const from = Math.max(offset, held);
    if (from < end) this.#place(way, from, end, payload + (from - offset));
    if (captured < length) this.#stopBehind(way, offset + captured, offset + length);

    const now = u32[way + LENGTH]!;
    let ended = now >= u32[way + STOP]!;
    if (now > held) u32[way + WAITING] = 0;
    else if (u32[way + RANGES] !== 0 || offset > held) {
      const waiting = ++u32[way + WAITING]!;
      if (waiting > this.#gapPackets && !ended) {
        u32[way + FLAGS]! |= abi.WAY_GAP;
        this.#count(abi.C_GAPS);
        this.beginAnew(at);
        ended = true;
      }
    }
    if (ended) u32[way + FLAGS]! |= abi.WAY_FINISHED;
    return ended || now > held;
  }

  /** The beginning will not come: what came first of what is there takes its place. */
  beginAnew(at: number): void {
    const { u8 } = this.#memory;
    const u32 = this.#u32;
    const way = at >>> 2;
    const ranges = u32.subarray(way + RANGES, way + RANGES + abi.RANGES_MAX);
    if (u32[way + LENGTH] !== 0 || ranges[0] === 0) return;
    const block = u32[way + PREFIX]!;
    const start = startOf(ranges[0]!);
    const end = endOf(ranges[0]!);
    const behind = Math.max(...Array.from(ranges, endOf));
    u8.copyWithin(block, block + start, block + end);
    u8.fill(0, block + end - start, block + behind);
    ranges.fill(0);
    u32[way + BASE]! += start;
    u32[way + LENGTH] = end - start;
  }

  #count(field: number): void {
    this.#memory.f64[(abi.CONTROL + field) >>> 3]!++;
  }

  /** A segment was cut off by the capture: the stream ends for us where its bytes do. */
  #stopBehind(way: number, knownEnd: number, end: number): void {
    const u32 = this.#u32;
    const held = u32[way + LENGTH]!;
    if (end > held) u32[way + STOP] = Math.min(u32[way + STOP]!, Math.max(knownEnd, held));
  }

  /** Copies what is not there yet of `from … end`, and notes it as contiguous or as a range. */
  #place(way: number, from: number, end: number, payload: number): void {
    const u32 = this.#u32;
    const block = u32[way + PREFIX]!;
    const ranges = way + RANGES;
    let count = 0;
    while (count < abi.RANGES_MAX && u32[ranges + count] !== 0) count++;
    let first = 0;
    while (first < count && endOf(u32[ranges + first]!) < from) first++;
    let behind = first;
    while (behind < count && startOf(u32[ranges + behind]!) <= end) behind++;

    const isContiguous = from === u32[way + LENGTH];
    if (first === behind && !isContiguous && count === abi.RANGES_MAX) {
      this.#count(abi.C_SEGMENTS_DROPPED);
      return;
    }
    let at = from;
    for (let range = first; range < behind; range++) {
      this.#copy(block, payload - from, at, startOf(u32[ranges + range]!));
      at = Math.max(at, endOf(u32[ranges + range]!));
    }
    this.#copy(block, payload - from, at, end);

    let start = from;
    if (first < behind) {
      start = Math.min(from, startOf(u32[ranges + first]!));
      end = Math.max(end, endOf(u32[ranges + behind - 1]!));
    }
    if (isContiguous) u32[way + LENGTH] = Math.min(end, u32[way + STOP]!);
    const into = isContiguous ? first : first + 1;
    const rest = Math.min(count - behind, abi.RANGES_MAX - into);
    u32.copyWithin(ranges + into, ranges + behind, ranges + behind + rest);
    u32.fill(0, ranges + into + rest, ranges + abi.RANGES_MAX);
    if (!isContiguous) u32[ranges + first] = start | (end << 16);
  }

  /** Copies stream offsets `from … end` into the block. `origin` is where offset 0 would lie. */
  #copy(block: number, origin: number, from: number, end: number): void {
    if (from < end) this.#memory.u8.copyWithin(block + from, origin + from, origin + end);
  }
}
