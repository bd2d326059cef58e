/**
 * Prefixes: blocks that hold the first bytes of an undecided flow's direction. Blocks are all of
 * one size; free ones form a list, last in first out, through their first word. Behind the limit of
 * a block in use stands a canary; a block is zeroed when it is freed.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";

const BLOCK_ALIGNMENT = 64;

export class Prefixes {
  readonly #memory: EngineMemory;
  #prefixes = 0;
  #limit = 0;
  #size = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  configure(): void {
    const memory = this.#memory;
    this.#prefixes = memory.control(abi.C_PREFIXES);
    this.#limit = memory.control(abi.C_PREFIX_LIMIT);
    const used = this.#limit + abi.PREFIX_CANARY_SIZE;
    this.#size = Math.ceil(used / BLOCK_ALIGNMENT) * BLOCK_ALIGNMENT;
    memory.setControl(abi.C_PREFIX_BLOCK, this.#size);
    const blocks = Math.floor(memory.control(abi.C_PREFIXES_SIZE) / this.#size);
    memory.setControl(abi.C_PREFIX_BLOCKS_MAX, blocks);
  }

  /** A block of zeros, or 0 when all are in use. */
  take(): number {
    const memory = this.#memory;
    let block = memory.control(abi.C_PREFIX_BLOCK_FREE);
    if (block !== 0) {
      memory.setControl(abi.C_PREFIX_BLOCK_FREE, memory.u32[block >>> 2]!);
      memory.u32[block >>> 2] = 0;
    } else {
      const used = memory.control(abi.C_PREFIX_BLOCKS_HIGH);
      if (used === memory.control(abi.C_PREFIX_BLOCKS_MAX)) return 0;
      memory.setControl(abi.C_PREFIX_BLOCKS_HIGH, used + 1);
      block = this.#prefixes + used * this.#size;
    }
    const canary = block + this.#limit;
    memory.u8.fill(abi.PREFIX_CANARY, canary, canary + abi.PREFIX_CANARY_SIZE);
    const live = memory.control(abi.C_PREFIX_BLOCKS_LIVE);
    memory.setControl(abi.C_PREFIX_BLOCKS_LIVE, live + 1);
    return block;
  }

  /** `extent`: nothing was written from this offset on. */
  free(block: number, extent: number): void {
    const memory = this.#memory;
    const canary = block + this.#limit;
    for (let at = canary; at < canary + abi.PREFIX_CANARY_SIZE; at++) {
      if (memory.u8[at] === abi.PREFIX_CANARY) continue;
      memory.f64[(abi.CONTROL + abi.C_CANARY) >>> 3]!++;
      break;
    }
    memory.u8.fill(0, block, block + extent);
    memory.u8.fill(0, canary, canary + abi.PREFIX_CANARY_SIZE);
    memory.u32[block >>> 2] = memory.control(abi.C_PREFIX_BLOCK_FREE);
    memory.setControl(abi.C_PREFIX_BLOCK_FREE, block);
    const live = memory.control(abi.C_PREFIX_BLOCKS_LIVE);
    memory.setControl(abi.C_PREFIX_BLOCKS_LIVE, live - 1);
  }
}
