/**
 * Pieces: bytes that arrive in any order, put in their place in a block. Of bytes that arrive twice
 * the first stay. The block begins with the ranges that are there.
 */
import * as abi from "../abi";
import { prefixLimit } from "../memory";

function rangeAt(block: usize, index: u32): usize {
  return block + <usize>(index << 2);
}

function startOf(block: usize, index: u32): u32 {
  return load<u16>(rangeAt(block, index));
}

function endOf(block: usize, index: u32): u32 {
  return load<u16>(rangeAt(block, index), 2);
}

/** Bytes that a block can hold. */
export function piecesLimit(): u32 {
  return prefixLimit - abi.PIECES_HEADER;
}

/** Bytes that are there from the first one on. */
export function contiguousPieces(block: usize): u32 {
  return startOf(block, 0) == 0 ? endOf(block, 0) : 0;
}

/** Where a piece ends in its block. */
export function pieceExtent(at: u32, length: u32): u32 {
  const limit = piecesLimit();
  return at >= limit ? 0 : abi.PIECES_HEADER + at + min(length, limit - at);
}

/** Puts `length` bytes from address `from` at offset `at`; what is beyond the block's end is left out. */
export function addPiece(block: usize, at: u32, from: usize, length: u32): void {
  const limit = piecesLimit();
  if (at >= limit || length == 0) return;
  const end = at + min(length, limit - at);
  let count: u32 = 0;
  while (count < <u32>abi.PIECES_MAX && load<u32>(rangeAt(block, count)) != 0) count++;
  let first: u32 = 0;
  while (first < count && endOf(block, first) < at) first++;
  let behind = first;
  while (behind < count && startOf(block, behind) <= end) behind++;
  if (first == behind && count == abi.PIECES_MAX) return;

  const bytes = block + abi.PIECES_HEADER;
  let next = at;
  for (let range = first; range < behind; range++) {
    const until = startOf(block, range);
    if (next < until) memory.copy(bytes + next, from + (next - at), until - next);
    next = max(next, endOf(block, range));
  }
  if (next < end) memory.copy(bytes + next, from + (next - at), end - next);

  let start = at;
  let stop = end;
  if (first < behind) {
    start = min(at, startOf(block, first));
    stop = max(end, endOf(block, behind - 1));
  }
  memory.copy(rangeAt(block, first + 1), rangeAt(block, behind), <usize>((count - behind) << 2));
  for (let left = first + 1 + (count - behind); left < count; left++) {
    store<u32>(rangeAt(block, left), 0);
  }
  store<u32>(rangeAt(block, first), start | (stop << 16));
}
