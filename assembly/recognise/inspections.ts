/** Inspections: a slab of what is known of undecided flows, with a free list, last in first out. */
import * as abi from "../abi";
import { control, inspections, inspectionsMax, setControl } from "../memory";
import { freePrefix } from "./prefixes";

export function inspectionAt(number: u32): usize {
  return inspections + <usize>number * abi.INSPECTION_SIZE;
}

export function wayAt(inspection: usize, direction: u32): usize {
  return inspection + abi.K_DIRECTION + <usize>direction * abi.DIRECTION_SIZE;
}

/** The number of a zeroed inspection for a row, or 0 when all are in use. */
export function takeInspection(row: u32): u32 {
  let number = control(abi.C_INSPECTION_FREE);
  if (number != 0) setControl(abi.C_INSPECTION_FREE, load<u32>(inspectionAt(number), abi.K_ROW));
  else {
    number = control(abi.C_INSPECTIONS_HIGH) + 1;
    if (number > inspectionsMax) return 0;
    setControl(abi.C_INSPECTIONS_HIGH, number);
  }
  store<u32>(inspectionAt(number), row, abi.K_ROW);
  setControl(abi.C_INSPECTIONS_LIVE, control(abi.C_INSPECTIONS_LIVE) + 1);
  return number;
}

/** Frees an inspection and the blocks of its directions. */
export function freeInspection(number: u32): void {
  const inspection = inspectionAt(number);
  for (let direction: u32 = 0; direction < 2; direction++) {
    const way = wayAt(inspection, direction);
    const block: usize = load<u32>(way, abi.W_PREFIX);
    if (block != 0) freePrefix(block, extentOf(way));
    const made = inspection + abi.K_BLOCKS + <usize>(direction << 3);
    if (load<u32>(made) != 0) freePrefix(load<u32>(made), load<u32>(made, abi.BLOCK_EXTENT));
  }
  memory.fill(inspection, 0, abi.INSPECTION_SIZE);
  store<u32>(inspection, control(abi.C_INSPECTION_FREE), abi.K_ROW);
  setControl(abi.C_INSPECTION_FREE, number);
  setControl(abi.C_INSPECTIONS_LIVE, control(abi.C_INSPECTIONS_LIVE) - 1);
}

/** The end of all that is held: of the contiguous bytes, or of the last range beyond them. */
function extentOf(way: usize): u32 {
  let extent = load<u32>(way, abi.W_LENGTH);
  for (let range: usize = 0; range < <usize>abi.RANGES_MAX; range++) {
    extent = max(extent, <u32>load<u16>(way + (range << 2), abi.W_RANGES + 2));
  }
  return extent;
}
