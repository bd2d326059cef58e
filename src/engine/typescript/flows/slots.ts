/**
 * Slots: the hash table from key to row. Open addressing, linear probing, at most half full; it
 * doubles into the next place of its region.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

/** R_SLOT of a row whose key belongs to a newer flow. */
export const NO_SLOT = 0xffffffff;

const SLOT_WORDS = abi.SLOT_SIZE >>> 2;
const ROW_WORDS = abi.ROW_SIZE >>> 2;
const ROW = abi.S_ROW >>> 2;
const HASH = abi.S_HASH >>> 2;
const PROTOCOL = abi.D_PROTOCOL >>> 2;
const CONTEXT = abi.D_CONTEXT >>> 2;
const SLOT_OF_ROW = abi.R_SLOT >>> 2;

/** All positions are indices of 32-bit words: small integers even where addresses pass 2^31. */
export class SlotTable {
  readonly #memory: EngineMemory;
  readonly #u32: Uint32Array;
  #rows = 0;
  #region = 0;
  #smallest = 0;
  #largest = 0;
  #table = 0;
  /** Capacity − 1. */
  #wrap = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.#u32 = memory.u32;
  }

  configure(): void {
    const memory = this.#memory;
    this.#rows = memory.control(abi.C_ROWS) >>> 2;
    this.#region = memory.control(abi.C_SLOTS) >>> 2;
    this.#smallest = memory.control(abi.C_SLOTS_MIN);
    this.#largest = memory.control(abi.C_SLOTS_MAX);
    this.#use(memory.control(abi.C_SLOT_CAPACITY) || this.#smallest);
  }

  #use(capacity: number): void {
    this.#table = this.#region + (capacity - this.#smallest) * SLOT_WORDS;
    this.#wrap = capacity - 1;
    this.#memory.setControl(abi.C_SLOT_TABLE, this.#table * 4);
    this.#memory.setControl(abi.C_SLOT_CAPACITY, capacity);
  }

  /** The row in the slot where a key with this hash would stand if nothing else did, or 0. */
  homeRow(hash: number): number {
    return this.#u32[this.#table + (hash & this.#wrap) * SLOT_WORDS + ROW]!;
  }

  /** The row of a descriptor's flow, or 0. */
  find(descriptor: number, hash: number): number {
    const u32 = this.#u32;
    const wrap = this.#wrap;
    for (let number = hash & wrap; ; number = (number + 1) & wrap) {
      const slot = this.#table + number * SLOT_WORDS;
      const row = u32[slot + ROW]!;
      if (row === 0) return 0;
      if (u32[slot + HASH] === hash && sameKey(u32, descriptor, slot)) return row;
    }
  }

  /** Gives a new key a slot. The `live` rows, with this one, must fit in half the table. */
  insert(descriptor: number, hash: number, row: number, live: number): void {
    if (live * 2 > this.#wrap + 1) this.#grow(live * 2);
    const u32 = this.#u32;
    const number = this.#empty(hash);
    const slot = this.#table + number * SLOT_WORDS;
    for (let word = 0; word <= CONTEXT; word++) u32[slot + word] = u32[descriptor + word]!;
    u32[slot + PROTOCOL]! &= 0xffff; // not the flags
    u32[slot + ROW] = row;
    u32[slot + HASH] = hash;
    this.setSlotOf(row, number);
  }

  /** Empties a slot and closes the gap, so that no probe stops short of a slot behind it. */
  remove(number: number): void {
    const u32 = this.#u32;
    const wrap = this.#wrap;
    let hole = number;
    for (let next = (hole + 1) & wrap; ; next = (next + 1) & wrap) {
      const slot = this.#table + next * SLOT_WORDS;
      const row = u32[slot + ROW]!;
      if (row === 0) break;
      const displaced = (next - u32[slot + HASH]!) & wrap;
      if (displaced < ((next - hole) & wrap)) continue;
      this.#move(slot, hole);
      hole = next;
    }
    const slot = this.#table + hole * SLOT_WORDS;
    u32.fill(0, slot, slot + SLOT_WORDS);
  }

  /** Points a slot at another row with the same key. */
  handOver(number: number, row: number): void {
    this.#u32[this.#table + number * SLOT_WORDS + ROW] = row;
    this.setSlotOf(row, number);
  }

  setSlotOf(row: number, number: number): void {
    this.#u32[this.#rows + row * ROW_WORDS + SLOT_OF_ROW] = number;
  }

  #empty(hash: number): number {
    let number = hash & this.#wrap;
    while (this.#u32[this.#table + number * SLOT_WORDS + ROW] !== 0) {
      number = (number + 1) & this.#wrap;
    }
    return number;
  }

  #move(from: number, number: number): void {
    const to = this.#table + number * SLOT_WORDS;
    // A slot is too short for copyWithin to pay.
    for (let word = 0; word < SLOT_WORDS; word++) this.#u32[to + word] = this.#u32[from + word]!;
    this.setSlotOf(this.#u32[from + ROW]!, number);
  }

  #grow(wanted: number): void {
    const old = this.#table;
    const oldEnd = old + (this.#wrap + 1) * SLOT_WORDS;
    let capacity = this.#wrap + 1;
    while (capacity < wanted && capacity < this.#largest) capacity *= 2;
    if (capacity === this.#wrap + 1) return;
    this.#use(capacity);
    for (let slot = old; slot < oldEnd; slot += SLOT_WORDS) {
      if (this.#u32[slot + ROW] !== 0) this.#move(slot, this.#empty(this.#u32[slot + HASH]!));
    }
    this.#u32.fill(0, old, oldEnd);
  }
}

/** A descriptor and a slot name the same flow: bytes 0 … 37 and 40 … 43 agree. */
function sameKey(u32: Uint32Array, descriptor: number, slot: number): boolean {
  for (let word = 0; word < PROTOCOL; word++) {
    if (u32[descriptor + word] !== u32[slot + word]) return false;
  }
  return (
    (u32[descriptor + PROTOCOL]! & 0xffff) === u32[slot + PROTOCOL] &&
    u32[descriptor + CONTEXT] === u32[slot + CONTEXT]
  );
}
