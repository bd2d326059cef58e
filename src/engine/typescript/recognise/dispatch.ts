/**
 * Dispatch: which openers can still match, given the first bytes. It only filters, and what it
 * costs hardly depends on their number: one bitset per position and byte value, ANDed.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import type { Tables } from "./tables.js";

export const NO_OPENER = -1;

const ROLES = 3;
/** Words of a vector. */
const VECTOR_WORDS = 4;

export class Dispatch {
  readonly #u8: Uint8Array;
  readonly #u32: Uint32Array;
  readonly #memory: EngineMemory;
  readonly #tables: Tables;
  /** Word index of the bitset of the openers left. */
  #survivors = 0;

  constructor(memory: EngineMemory, tables: Tables) {
    this.#memory = memory;
    this.#tables = tables;
    this.#u8 = memory.u8;
    this.#u32 = memory.u32;
  }

  configure(): void {
    this.#survivors = (this.#memory.control(abi.C_SCRATCH) + abi.SCRATCH_SURVIVORS) >>> 2;
  }

  /** Could any opener come from this side? */
  hasOpeners(transport: number, role: number): boolean {
    const words = this.#tables.vectors * VECTOR_WORDS;
    const bits = (this.#tables.roles >>> 2) + (transport * ROLES + role) * words;
    for (let word = 0; word < words; word++) if (this.#u32[bits + word] !== 0) return true;
    return false;
  }

  /**
   * Leaves the openers that can match the `available` bytes at `bytes` in the scratch; false if
   * there are none. `length` is that of the datagram on the wire.
   */
  dispatch(
    transport: number,
    role: number,
    bytes: number,
    available: number,
    length: number,
  ): boolean {
    const u32 = this.#u32;
    const tables = this.#tables;
    const row = tables.vectors * VECTOR_WORDS;
    const survivors = this.#survivors;
    const roles = (tables.roles >>> 2) + (transport * ROLES + role) * row;
    const lengths = (tables.lengths >>> 2) + Math.min(length, abi.POSITIONS) * row;
    const isStream = transport === abi.TRANSPORT_TCP;
    const count = Math.min(available, abi.POSITIONS);
    let left = 0;
    for (let word = 0; word < row; word++) {
      const bits = u32[roles + word]!;
      left |= u32[survivors + word] = isStream ? bits : bits & u32[lengths + word]!;
    }
    return left !== 0 && this.#narrow(bytes, count);
  }

  /** ANDs the rows [position][byte value] of the first `count` bytes into the survivors. */
  #narrow(bytes: number, count: number): boolean {
    const u8 = this.#u8;
    const u32 = this.#u32;
    const survivors = this.#survivors;
    const row = this.#tables.vectors * VECTOR_WORDS;
    const position = row * 256;
    const table = this.#tables.dispatch >>> 2;
    let left = 0;
    for (let word = 0; word < row; word++) {
      let bits = u32[survivors + word]!;
      let rows = table + word;
      let at = 0;
      for (; at + 4 <= count && bits !== 0; at += 4, rows += position * 4) {
        bits &=
          u32[rows + u8[bytes + at]! * row]! &
          u32[rows + position + u8[bytes + at + 1]! * row]! &
          u32[rows + position * 2 + u8[bytes + at + 2]! * row]! &
          u32[rows + position * 3 + u8[bytes + at + 3]! * row]!;
      }
      for (; at < count && bits !== 0; at++, rows += position) {
        bits &= u32[rows + u8[bytes + at]! * row]!;
      }
      u32[survivors + word] = bits;
      left |= bits;
    }
    return left !== 0;
  }

  /** The first opener left whose number is at least `from`, or NO_OPENER. */
  nextOpener(from: number): number {
    const end = this.#tables.openersCount;
    while (from < end) {
      const rest = this.#u32[this.#survivors + (from >>> 5)]! >>> (from & 31);
      if (rest !== 0) {
        const opener = from + 31 - Math.clz32(rest & -rest);
        return opener < end ? opener : NO_OPENER;
      }
      from = (from | 31) + 1;
    }
    return NO_OPENER;
  }
}
