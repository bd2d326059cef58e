/** TCP history: what each side did, a letter each, in order of first appearance. RFC 9293 §3.1. */
import * as abi from "../../abi.js";

const HISTORY = abi.R_HISTORY >>> 2;
/** One word holds R_HISTORY_SEEN, and R_HISTORY_COUNT in its upper half. */
const SEEN = abi.R_HISTORY_SEEN >>> 2;
const LETTERS = 6;

/** The letters (bit n: HISTORY_* n) of a segment without payload, by its five lowest flags. */
const lettersOfFlags = Uint8Array.from({ length: 32 }, (_, flags) => {
  const has = (flag: number) => (flags & flag) !== 0;
  const ack = has(abi.TCP_ACK);
  let letters = 0;
  if (has(abi.TCP_SYN)) letters |= 1 << (ack ? abi.HISTORY_SYNACK : abi.HISTORY_SYN);
  if (has(abi.TCP_FIN)) letters |= 1 << abi.HISTORY_FIN;
  if (has(abi.TCP_RST)) letters |= 1 << abi.HISTORY_RST;
  return letters === 0 && ack ? 1 << abi.HISTORY_ACK : letters;
});

/** A segment's letters. An ACK is one only if it carries nothing else. */
export function lettersOf(tcpFlags: number, length: number): number {
  const letters = lettersOfFlags[tcpFlags & 31]!;
  return length === 0 ? letters : (letters & ~(1 << abi.HISTORY_ACK)) | (1 << abi.HISTORY_DATA);
}

/** Did a direction say anything yet? */
export function hasSpoken(u32: Uint32Array, row: number, direction: number): boolean {
  return (u32[row + SEEN]! & (1 << (abi.HISTORY_DATA + LETTERS * direction))) !== 0;
}

/** Did a SYN come before a direction's first data? What comes later in a window is not asked: `track` is ahead of who asks. */
export function opensWithSyn(u32: Uint32Array, row: number, direction: number): boolean {
  const count = u32[row + SEEN]! >>> 16;
  for (let i = 0; i < count; i++) {
    const code = (u32[row + HISTORY + (i >>> 3)]! >>> (4 * (i & 7))) & 15;
    const letter = code - 1 - LETTERS * direction;
    if (letter === abi.HISTORY_DATA) return false;
    if (letter === abi.HISTORY_SYN || letter === abi.HISTORY_SYNACK) return true;
  }
  return false;
}

/** Appends letters to the row at word `row`; true if one of them was not in its history yet. */
export function writeHistory(
  u32: Uint32Array,
  row: number,
  letters: number,
  direction: number,
): boolean {
  let fresh = (letters << (LETTERS * direction)) & ~u32[row + SEEN]!;
  if (fresh === 0) return false;
  for (; fresh !== 0; fresh &= fresh - 1) {
    const place = 31 - Math.clz32(fresh & -fresh);
    const count = u32[row + SEEN]! >>> 16;
    u32[row + HISTORY + (count >>> 3)]! |= (1 + place) << (4 * (count & 7));
    u32[row + SEEN] = (u32[row + SEEN]! | (1 << place)) + 0x10000;
  }
  return true;
}
