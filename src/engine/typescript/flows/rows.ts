/** Rows: a slab of flows with a free list, last in first out. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

export const ROW_WORDS = abi.ROW_SIZE >>> 2;
const NEXT_FREE = abi.R_INSPECTION >>> 2;
const STATE = abi.R_STATE >>> 2;

export class RowSlab {
  readonly #memory: EngineMemory;
  /** Word index of row 0. */
  #rows = 0;
  #most = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  configure(): void {
    this.#rows = this.#memory.control(abi.C_ROWS) >>> 2;
    this.#most = this.#memory.control(abi.C_ROWS_MAX);
  }

  /** Word index of a row. */
  at(row: number): number {
    return this.#rows + row * ROW_WORDS;
  }

  isLive(row: number): boolean {
    const inSlab = row > 0 && row <= this.#most;
    return inSlab && (this.#memory.u32[this.at(row) + STATE]! & 0xff) !== abi.STATE_FREE;
  }

  /** A zeroed row, or 0 when all are in use. */
  take(): number {
    const memory = this.#memory;
    const live = memory.control(abi.C_ROWS_LIVE);
    if (live >= this.#most) return 0;
    memory.setControl(abi.C_ROWS_LIVE, live + 1);
    const free = memory.control(abi.C_ROW_FREE);
    if (free === 0) {
      const fresh = memory.control(abi.C_ROWS_HIGH) + 1;
      memory.setControl(abi.C_ROWS_HIGH, fresh);
      return fresh;
    }
    const link = this.at(free) + NEXT_FREE;
    memory.setControl(abi.C_ROW_FREE, memory.u32[link]!);
    memory.u32[link] = 0;
    return free;
  }

  free(row: number): void {
    const memory = this.#memory;
    const at = this.at(row);
    memory.u32.fill(0, at, at + ROW_WORDS);
    memory.u32[at + NEXT_FREE] = memory.control(abi.C_ROW_FREE);
    memory.setControl(abi.C_ROW_FREE, row);
    memory.setControl(abi.C_ROWS_LIVE, memory.control(abi.C_ROWS_LIVE) - 1);
  }
}
