/** Rows: a slab of flows with a free list, last in first out, so that warm lines are used again. */
import * as abi from "../abi";
import { control, rows, rowsMax, setControl } from "../memory";

export function rowAt(row: u32): usize {
  return rows + <usize>row * abi.ROW_SIZE;
}

/** A zeroed row, or 0 when all are in use. */
export function takeRow(): u32 {
  const live = control(abi.C_ROWS_LIVE);
  if (live >= rowsMax) return 0;
  setControl(abi.C_ROWS_LIVE, live + 1);
  const free = control(abi.C_ROW_FREE);
  if (free != 0) {
    setControl(abi.C_ROW_FREE, load<u32>(rowAt(free), abi.R_INSPECTION));
    store<u32>(rowAt(free), 0, abi.R_INSPECTION);
    return free;
  }
  const fresh = control(abi.C_ROWS_HIGH) + 1;
  setControl(abi.C_ROWS_HIGH, fresh);
  return fresh;
}

export function freeRow(row: u32): void {
  memory.fill(rowAt(row), 0, abi.ROW_SIZE);
  store<u32>(rowAt(row), control(abi.C_ROW_FREE), abi.R_INSPECTION);
  setControl(abi.C_ROW_FREE, row);
  setControl(abi.C_ROWS_LIVE, control(abi.C_ROWS_LIVE) - 1);
}

export function isLive(row: u32): bool {
  return row != 0 && row <= rowsMax && load<u8>(rowAt(row), abi.R_STATE) != abi.STATE_FREE;
}
