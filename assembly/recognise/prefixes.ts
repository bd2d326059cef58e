/**
 * Prefixes: blocks that hold the first bytes of an undecided flow's direction. Blocks are all of
 * one size; free ones form a list, last in first out, through their first word. Behind the limit of
 * a block in use stands a canary; a block is zeroed when it is freed.
 */
import * as abi from "../abi";
import { control, count, prefixes, prefixesSize, prefixLimit, setControl } from "../memory";

const BLOCK_ALIGNMENT: u32 = 64;

export function configurePrefixes(): void {
  const size =
    (prefixLimit + abi.PREFIX_CANARY_SIZE + BLOCK_ALIGNMENT - 1) & ~(BLOCK_ALIGNMENT - 1);
  setControl(abi.C_PREFIX_BLOCK, size);
  setControl(abi.C_PREFIX_BLOCKS_MAX, prefixesSize / size);
}

/** A block of zeros, or 0 when all are in use. */
export function takePrefix(): usize {
  let block: usize = control(abi.C_PREFIX_BLOCK_FREE);
  if (block != 0) {
    setControl(abi.C_PREFIX_BLOCK_FREE, load<u32>(block));
    store<u32>(block, 0);
  } else {
    const used = control(abi.C_PREFIX_BLOCKS_HIGH);
    if (used == control(abi.C_PREFIX_BLOCKS_MAX)) return 0;
    setControl(abi.C_PREFIX_BLOCKS_HIGH, used + 1);
    block = prefixes + <usize>used * control(abi.C_PREFIX_BLOCK);
  }
  memory.fill(block + prefixLimit, <u8>abi.PREFIX_CANARY, abi.PREFIX_CANARY_SIZE);
  setControl(abi.C_PREFIX_BLOCKS_LIVE, control(abi.C_PREFIX_BLOCKS_LIVE) + 1);
  return block;
}

/** `extent`: nothing was written from this offset on. */
export function freePrefix(block: usize, extent: u32): void {
  const canary = block + prefixLimit;
  for (let at: usize = 0; at < <usize>abi.PREFIX_CANARY_SIZE; at++) {
    if (load<u8>(canary + at) == abi.PREFIX_CANARY) continue;
    count(abi.C_CANARY);
    break;
  }
  memory.fill(block, 0, extent);
  memory.fill(canary, 0, abi.PREFIX_CANARY_SIZE);
  store<u32>(block, control(abi.C_PREFIX_BLOCK_FREE));
  setControl(abi.C_PREFIX_BLOCK_FREE, <u32>block);
  setControl(abi.C_PREFIX_BLOCKS_LIVE, control(abi.C_PREFIX_BLOCKS_LIVE) - 1);
}
