import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import { GRADES, type Grade } from "../record/record.js";

/** Is the one grade stronger than the other? */
export const outranks = (one: Grade, other: Grade): boolean =>
  GRADES.indexOf(one) < GRADES.indexOf(other);

/** Notes that the host keeps in a row. */
export const NOTE_GAP = 1;
export const NOTE_UNINSPECTED = 2;
/** The verdict event has been given. */
export const NOTE_ANNOUNCED = 4;
/** The evidence says who is client, and that it is endpoint B. */
export const NOTE_CLIENT_JUDGED = 8;
export const NOTE_CLIENT_IS_B = 16;
/** The protocol is named and nothing more is expected. */
export const NOTE_FINAL = 32;
/** A datagram's payload has still to come: its first packet was a fragment. */
export const NOTE_UNHEARD = 64;
/** Its messages are not told apart, or not any more. */
export const NOTE_UNFOLLOWED = 128;

/** A row's fields, as the host reads and writes them: no object per flow. */
export class Rows {
  readonly #memory: EngineMemory;
  readonly #base: number;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.#base = memory.address("rows");
  }

  address(row: number): number {
    return this.#base + row * abi.ROW_SIZE;
  }

  u8(row: number, field: number): number {
    return this.#memory.u8[this.address(row) + field]!;
  }

  u32(row: number, field: number): number {
    return this.#memory.u32[(this.address(row) + field) >>> 2]!;
  }

  f64(row: number, field: number): number {
    return this.#memory.f64[(this.address(row) + field) >>> 3]!;
  }

  setU32(row: number, field: number, value: number): void {
    this.#memory.u32[(this.address(row) + field) >>> 2] = value;
  }

  setU8(row: number, field: number, value: number): void {
    this.#memory.u8[this.address(row) + field] = value;
  }

  setF64(row: number, field: number, value: number): void {
    this.#memory.f64[(this.address(row) + field) >>> 3] = value;
  }

  hasNote(row: number, note: number): boolean {
    return (this.u32(row, abi.R_NOTES) & note) !== 0;
  }

  note(row: number, note: number): void {
    this.setU32(row, abi.R_NOTES, this.u32(row, abi.R_NOTES) | note);
  }

  unnote(row: number, note: number): void {
    this.setU32(row, abi.R_NOTES, this.u32(row, abi.R_NOTES) & ~note);
  }

  /** Index of the signature that named the row, or -1. */
  signature(row: number): number {
    return this.#memory.u16[(this.address(row) + abi.R_VERDICT_SIGNATURE) >>> 1]! - 1;
  }

  /** Index of the protocol, or -1. */
  protocol(row: number): number {
    return this.#memory.u16[(this.address(row) + abi.R_VERDICT_PROTOCOL) >>> 1]! - 1;
  }

  grade(row: number): Grade {
    return this.protocol(row) < 0 ? "none" : GRADES[this.u8(row, abi.R_VERDICT_GRADE)]!;
  }

  bits(row: number): number {
    return this.#memory.u16[(this.address(row) + abi.R_VERDICT_BITS) >>> 1]!;
  }

  setVerdict(
    row: number,
    protocol: number,
    signature: number,
    grade: Grade,
    bits: number,
    packet: number,
  ): void {
    const { u8, u16 } = this.#memory;
    const at = this.address(row);
    u16[(at + abi.R_VERDICT_SIGNATURE) >>> 1] = signature + 1;
    u16[(at + abi.R_VERDICT_PROTOCOL) >>> 1] = protocol + 1;
    u8[at + abi.R_VERDICT_GRADE] = GRADES.indexOf(grade);
    u16[(at + abi.R_VERDICT_BITS) >>> 1] = Math.min(bits, 0xffff);
    this.setU32(row, abi.R_VERDICT_PACKET, packet);
  }
}
