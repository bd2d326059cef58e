/** What no flow is made of: counted by kind and value, in a table that is small and may overflow. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

const ROW_WORDS = abi.UNHANDLED_SIZE >>> 2;

export class Unhandled {
  readonly #memory: EngineMemory;
  /** Word index of row 0. */
  #rows = 0;
  #most = 0;
  /** Word index of the latest row found, 0 for none: frames of one odd kind come in runs. */
  #latest = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  configure(): void {
    this.#rows = this.#memory.control(abi.C_UNHANDLED) >>> 2;
    this.#most = this.#memory.control(abi.C_UNHANDLED_MAX);
    this.#latest = 0;
    this.#memory.setControl(abi.C_UNHANDLED_COUNT, 0);
  }

  add(kind: number, value: number, wire: number): void {
    const { f64 } = this.#memory;
    const row = this.#find(kind, value);
    if (row === 0) {
      f64[(abi.CONTROL + abi.C_UNHANDLED_OVERFLOW) >>> 3]! += 1;
      return;
    }
    f64[(row * 4 + abi.N_PACKETS) >>> 3]! += 1;
    f64[(row * 4 + abi.N_BYTES) >>> 3]! += wire;
  }

  /** 0 where the table is full. */
  #find(kind: number, value: number): number {
    if (this.#latest !== 0 && this.#isRow(this.#latest, kind, value)) return this.#latest;
    const rowCount = this.#memory.control(abi.C_UNHANDLED_COUNT);
    const end = this.#rows + rowCount * ROW_WORDS;
    for (let row = this.#rows; row < end; row += ROW_WORDS) {
      if (this.#isRow(row, kind, value)) return (this.#latest = row);
    }
    if (rowCount === this.#most) return 0;
    this.#memory.setControl(abi.C_UNHANDLED_COUNT, rowCount + 1);
    const { u32 } = this.#memory;
    u32.fill(0, end, end + ROW_WORDS);
    u32[end + (abi.N_KIND >>> 2)] = kind;
    u32[end + (abi.N_VALUE >>> 2)] = value;
    return (this.#latest = end);
  }

  #isRow(row: number, kind: number, value: number): boolean {
    const { u32 } = this.#memory;
    return u32[row + (abi.N_KIND >>> 2)] === kind && u32[row + (abi.N_VALUE >>> 2)] === value;
  }
}
