/**
 * Slots: the hash table from key to row. Open addressing with linear probing, at most half full.
 *
 * A slot holds the whole key, so that a look-up costs one cache line and a row never moves. The
 * table doubles into the next place of its region; the old place is zeroed, because keys are
 * personal data.
 */
import * as abi from "../abi";
import { control, rows, setControl, slots, slotsMax, slotsMin } from "../memory";
import { copyKey, sameKey } from "./key";

/** R_SLOT of a row whose key belongs to a newer flow. */
export const NO_SLOT: u32 = 0xffffffff;

let table: usize = 0;
/** Capacity − 1. */
let wrap: u32 = 0;

export function configureSlots(): void {
  if (control(abi.C_SLOT_CAPACITY) == 0) useTable(slotsMin);
  else useTable(control(abi.C_SLOT_CAPACITY));
}

/** The table of capacity c stands behind those of slotsMin, 2 × slotsMin, … c / 2. */
function useTable(capacity: u32): void {
  table = slots + <usize>(capacity - slotsMin) * abi.SLOT_SIZE;
  wrap = capacity - 1;
  setControl(abi.C_SLOT_TABLE, <u32>table);
  setControl(abi.C_SLOT_CAPACITY, capacity);
}

export function slotAt(number: u32): usize {
  return table + <usize>number * abi.SLOT_SIZE;
}

/** Where a key with this hash would stand if nothing else did. */
export function homeSlot(hash: u32): usize {
  return slotAt(hash & wrap);
}

/** The row of a descriptor's flow, or 0. */
export function findRow(descriptor: usize, hash: u32): u32 {
  let number = hash & wrap;
  while (true) {
    const slot = slotAt(number);
    const row = load<u32>(slot, abi.S_ROW);
    if (row == 0) return 0;
    if (load<u32>(slot, abi.S_HASH) == hash && sameKey(descriptor, slot)) return row;
    number = (number + 1) & wrap;
  }
}

/** Gives a new key a slot. The `live` rows, with this one, must fit in half the table. */
export function insertSlot(descriptor: usize, hash: u32, row: u32, live: u32): void {
  if (live * 2 > wrap + 1) growTable(live * 2);
  const number = emptySlot(hash);
  const slot = slotAt(number);
  copyKey(slot, descriptor);
  store<u32>(slot, row, abi.S_ROW);
  store<u32>(slot, hash, abi.S_HASH);
  setSlotOf(row, number);
}

/** Empties a slot and closes the gap, so that no probe stops short of a slot behind it. */
export function removeSlot(number: u32): void {
  let hole = number;
  let next = number;
  while (true) {
    next = (next + 1) & wrap;
    const slot = slotAt(next);
    const row = load<u32>(slot, abi.S_ROW);
    if (row == 0) break;
    const displaced = (next - load<u32>(slot, abi.S_HASH)) & wrap;
    if (displaced < ((next - hole) & wrap)) continue;
    memory.copy(slotAt(hole), slot, abi.SLOT_SIZE);
    setSlotOf(row, hole);
    hole = next;
  }
  memory.fill(slotAt(hole), 0, abi.SLOT_SIZE);
}

export function setSlotOf(row: u32, number: u32): void {
  store<u32>(rows + <usize>row * abi.ROW_SIZE, number, abi.R_SLOT);
}

function emptySlot(hash: u32): u32 {
  let number = hash & wrap;
  while (load<u32>(slotAt(number), abi.S_ROW) != 0) number = (number + 1) & wrap;
  return number;
}

/** Moves all slots to a table of at least `wanted`. The map has room for twice the most rows. */
function growTable(wanted: u32): void {
  let capacity = wrap + 1;
  const oldTable = table;
  const oldSize = <usize>capacity * abi.SLOT_SIZE;
  while (capacity < wanted && capacity < slotsMax) capacity *= 2;
  if (capacity == wrap + 1) return;
  useTable(capacity);
  for (let old = oldTable; old < oldTable + oldSize; old += abi.SLOT_SIZE) {
    const row = load<u32>(old, abi.S_ROW);
    if (row == 0) continue;
    const number = emptySlot(load<u32>(old, abi.S_HASH));
    memory.copy(slotAt(number), old, abi.SLOT_SIZE);
    setSlotOf(row, number);
  }
  memory.fill(oldTable, 0, oldSize);
}
