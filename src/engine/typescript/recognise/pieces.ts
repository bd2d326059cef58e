/**
 * Pieces: bytes that arrive in any order, put in their place in a block. Of bytes that arrive twice
 * the first stay. The block begins with the ranges that are there.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

export class Pieces {
  readonly #memory: EngineMemory;
  #limit = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  configure(): void {
    this.#limit = this.#memory.control(abi.C_PREFIX_LIMIT) - abi.PIECES_HEADER;
  }

  /** Bytes that are there from the first one on. */
  contiguous(block: number): number {
    const range = this.#memory.u32[block >>> 2]!;
    return (range & 0xffff) === 0 ? range >>> 16 : 0;
  }

  /** Where a piece ends in its block. */
  extent(at: number, length: number): number {
    return at >= this.#limit ? 0 : abi.PIECES_HEADER + Math.min(at + length, this.#limit);
  }

  /** Puts `length` bytes from address `from` at offset `at`; what is beyond the block's end is left out. */
  add(block: number, at: number, from: number, length: number): void {
    const { u8, u32 } = this.#memory;
    const end = Math.min(at + length, this.#limit);
    if (at >= end) return;
    const ranges = block >>> 2;
    let count = 0;
    while (count < abi.PIECES_MAX && u32[ranges + count] !== 0) count++;
    let first = 0;
    while (first < count && u32[ranges + first]! >>> 16 < at) first++;
    let behind = first;
    while (behind < count && (u32[ranges + behind]! & 0xffff) <= end) behind++;
    if (first === behind && count === abi.PIECES_MAX) return;

    const bytes = block + abi.PIECES_HEADER;
    let next = at;
    for (let range = first; range < behind; range++) {
      const held = u32[ranges + range]!;
      const until = held & 0xffff;
      if (next < until) {
        u8.copyWithin(bytes + next, from + (next - at), from + (until - at));
      }
      next = Math.max(next, held >>> 16);
    }
    if (next < end) u8.copyWithin(bytes + next, from + (next - at), from + (end - at));

    let start = at;
    let stop = end;
    if (first < behind) {
      start = Math.min(at, u32[ranges + first]! & 0xffff);
      stop = Math.max(end, u32[ranges + behind - 1]! >>> 16);
    }
    u32.copyWithin(ranges + first + 1, ranges + behind, ranges + count);
    const left = first + 1 + (count - behind);
    u32.fill(0, ranges + left, ranges + Math.max(count, left));
    u32[ranges + first] = start | (stop << 16);
  }
}
