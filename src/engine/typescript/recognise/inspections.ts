/** Inspections: a slab of what is known of undecided flows, with a free list, last in first out. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import type { Prefixes } from "./prefixes.js";

const WORDS = abi.INSPECTION_SIZE >>> 2;

/** Address of a direction's block in the inspection at an address. */
export const wayAt = (inspection: number, direction: number) =>
  inspection + abi.K_DIRECTION + direction * abi.DIRECTION_SIZE;

export class Inspections {
  readonly #memory: EngineMemory;
  readonly #prefixes: Prefixes;
  #inspections = 0;
  #most = 0;

  constructor(memory: EngineMemory, prefixes: Prefixes) {
    this.#memory = memory;
    this.#prefixes = prefixes;
  }

  configure(): void {
    this.#inspections = this.#memory.control(abi.C_INSPECTIONS);
    this.#most = this.#memory.control(abi.C_INSPECTIONS_MAX);
  }

  /** Address of an inspection. */
  at(number: number): number {
    return this.#inspections + number * abi.INSPECTION_SIZE;
  }

  /** The number of a zeroed inspection for a row, or 0 when all are in use. */
  take(row: number): number {
    const memory = this.#memory;
    let number = memory.control(abi.C_INSPECTION_FREE);
    if (number !== 0) {
      memory.setControl(abi.C_INSPECTION_FREE, memory.u32[(this.at(number) + abi.K_ROW) >>> 2]!);
    } else {
      number = memory.control(abi.C_INSPECTIONS_HIGH) + 1;
      if (number > this.#most) return 0;
      memory.setControl(abi.C_INSPECTIONS_HIGH, number);
    }
    memory.u32[(this.at(number) + abi.K_ROW) >>> 2] = row;
    const live = memory.control(abi.C_INSPECTIONS_LIVE);
    memory.setControl(abi.C_INSPECTIONS_LIVE, live + 1);
    return number;
  }

  /** Frees an inspection and the blocks of its directions. */
  free(number: number): void {
    const memory = this.#memory;
    const inspection = this.at(number);
    for (let direction = 0; direction < 2; direction++) {
      const way = wayAt(inspection, direction);
      const block = memory.u32[(way + abi.W_PREFIX) >>> 2]!;
      if (block !== 0) this.#prefixes.free(block, this.#extentOf(way));
      const made = (inspection + abi.K_BLOCKS + direction * 8) >>> 2;
      const extent = memory.u32[made + (abi.BLOCK_EXTENT >>> 2)]!;
      if (memory.u32[made] !== 0) this.#prefixes.free(memory.u32[made]!, extent);
    }
    memory.u32.fill(0, inspection >>> 2, (inspection >>> 2) + WORDS);
    memory.u32[(inspection + abi.K_ROW) >>> 2] = memory.control(abi.C_INSPECTION_FREE);
    memory.setControl(abi.C_INSPECTION_FREE, number);
    const live = memory.control(abi.C_INSPECTIONS_LIVE);
    memory.setControl(abi.C_INSPECTIONS_LIVE, live - 1);
  }

  /** The end of all that is held: of the contiguous bytes, or of the last range beyond them. */
  #extentOf(way: number): number {
    const { u16, u32 } = this.#memory;
    let extent = u32[(way + abi.W_LENGTH) >>> 2]!;
    for (let range = 0; range < abi.RANGES_MAX; range++) {
      extent = Math.max(extent, u16[((way + abi.W_RANGES) >>> 1) + 2 * range + 1]!);
    }
    return extent;
  }
}
