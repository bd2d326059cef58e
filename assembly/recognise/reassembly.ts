/**
 * Reassembly: puts TCP segments in their place behind the first one. RFC 9293 §3.4 (sequence
 * numbers are modulo 2^32).
 *
 * One policy for bytes that arrive twice: those that arrived first stay. Everything is bounded: the
 * prefix limit, four ranges behind a gap, the packets that may arrive before a gap is given up.
 */
import * as abi from "../abi";
import { count, gapPackets } from "../memory";

/** Segments that begin further away belong to another time. */
const FAR: i32 = 1 << 30;

function rangeAt(way: usize, index: u32): usize {
  return way + abi.W_RANGES + <usize>(index << 2);
}

function startOf(way: usize, index: u32): u32 {
  return load<u16>(rangeAt(way, index));
}

function endOf(way: usize, index: u32): u32 {
  return load<u16>(rangeAt(way, index), 2);
}

function rangesOf(way: usize): u32 {
  let ranges: u32 = 0;
  while (ranges < <u32>abi.RANGES_MAX && endOf(way, ranges) != 0) ranges++;
  return ranges;
}

/**
 * Adds a segment to a direction whose bytes are kept in a block. True if there is something new to
 * look at: more contiguous bytes, or the knowledge that there will be none.
 */
export function addSegment(
  way: usize,
  sequence: u32,
  payload: usize,
  captured: u32,
  length: u32,
): bool {
  const offset = <i32>(sequence - load<u32>(way, abi.W_BASE));
  if (offset >= FAR || offset < -FAR) return false;
  const held = load<u32>(way, abi.W_LENGTH);
  const end = min<i32>(offset + <i32>captured, <i32>load<u32>(way, abi.W_STOP));
  const from = max<i32>(offset, <i32>held);
  if (from < end) place(way, from, end, payload + (from - offset));
  if (captured < length) stopBehind(way, offset + <i32>captured, offset + <i32>length);

  const now = load<u32>(way, abi.W_LENGTH);
  let ended = now >= load<u32>(way, abi.W_STOP);
  if (now > held) store<u32>(way, 0, abi.W_WAITING);
  else if (endOf(way, 0) != 0 || offset > <i32>held) {
    const waiting = load<u32>(way, abi.W_WAITING) + 1;
    store<u32>(way, waiting, abi.W_WAITING);
    if (waiting > gapPackets && !ended) {
      store<u32>(way, load<u32>(way, abi.W_FLAGS) | abi.WAY_GAP, abi.W_FLAGS);
      count(abi.C_GAPS);
      beginAnew(way);
      ended = true;
    }
  }
  if (ended) store<u32>(way, load<u32>(way, abi.W_FLAGS) | abi.WAY_FINISHED, abi.W_FLAGS);
  return ended || now > held;
}

/** The beginning will not come: what came first of what is there takes its place. */
export function beginAnew(way: usize): void {
  const ranges = rangesOf(way);
  if (load<u32>(way, abi.W_LENGTH) != 0 || ranges == 0) return;
  const block: usize = load<u32>(way, abi.W_PREFIX);
  const start = startOf(way, 0);
  const length = endOf(way, 0) - start;
  memory.copy(block, block + start, length);
  memory.fill(block + length, 0, endOf(way, ranges - 1) - length);
  for (let range: u32 = 0; range < ranges; range++) store<u32>(rangeAt(way, range), 0);
  store<u32>(way, load<u32>(way, abi.W_BASE) + start, abi.W_BASE);
  store<u32>(way, length, abi.W_LENGTH);
}

/** A segment was cut off by the capture: the stream ends for us where its bytes do. */
function stopBehind(way: usize, knownEnd: i32, end: i32): void {
  const held = <i32>load<u32>(way, abi.W_LENGTH);
  if (end <= held) return;
  const stop = min(<i32>load<u32>(way, abi.W_STOP), max(knownEnd, held));
  store<u32>(way, <u32>stop, abi.W_STOP);
}

/** Copies what is not there yet of `from … end`, and notes it as contiguous or as a range. */
function place(way: usize, from: u32, end: u32, payload: usize): void {
  const block: usize = load<u32>(way, abi.W_PREFIX);
  const ranges = rangesOf(way);
  let first: u32 = 0;
  while (first < ranges && endOf(way, first) < from) first++;
  let behind = first;
  while (behind < ranges && startOf(way, behind) <= end) behind++;

  const isContiguous = from == load<u32>(way, abi.W_LENGTH);
  if (first == behind && !isContiguous && ranges == abi.RANGES_MAX) {
    count(abi.C_SEGMENTS_DROPPED);
    return;
  }
  let at = from;
  for (let range = first; range < behind; range++) {
    const start = startOf(way, range);
    if (at < start) memory.copy(block + at, payload + (at - from), start - at);
    at = max(at, endOf(way, range));
  }
  if (at < end) memory.copy(block + at, payload + (at - from), end - at);

  if (first < behind) {
    from = min(from, startOf(way, first));
    end = max(end, endOf(way, behind - 1));
  }
  if (isContiguous) store<u32>(way, min(end, load<u32>(way, abi.W_STOP)), abi.W_LENGTH);
  replaceRanges(way, first, behind, isContiguous ? 0 : from, isContiguous ? 0 : end);
}

/** Puts one range, or with `end` 0 none, in the place of the ranges `first … behind`. */
function replaceRanges(way: usize, first: u32, behind: u32, start: u32, end: u32): void {
  const into = first + (end != 0 ? 1 : 0);
  const kept = min<u32>(abi.RANGES_MAX - behind, abi.RANGES_MAX - into);
  memory.copy(rangeAt(way, into), rangeAt(way, behind), kept << 2);
  for (let range = into + kept; range < <u32>abi.RANGES_MAX; range++) {
    store<u32>(rangeAt(way, range), 0);
  }
  if (end != 0) {
    store<u16>(rangeAt(way, first), <u16>start);
    store<u16>(rangeAt(way, first), <u16>end, 2);
  }
}
