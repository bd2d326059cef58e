/** TCP history: what each side did, a letter each, in order of first appearance. RFC 9293 §3.1. */
import * as abi from "../abi";

/** A segment's letters (bit n: HISTORY_* n). An ACK is one only if it carries nothing else. */
export function lettersOf(tcpFlags: u32, length: u32): u32 {
  let letters: u32 = length > 0 ? 1 << abi.HISTORY_DATA : 0;
  if ((tcpFlags & (abi.TCP_SYN | abi.TCP_FIN | abi.TCP_RST)) == 0) {
    return letters == 0 && (tcpFlags & abi.TCP_ACK) != 0 ? 1 << abi.HISTORY_ACK : letters;
  }
  if ((tcpFlags & abi.TCP_SYN) != 0) {
    letters |= (tcpFlags & abi.TCP_ACK) != 0 ? 1 << abi.HISTORY_SYNACK : 1 << abi.HISTORY_SYN;
  }
  if ((tcpFlags & abi.TCP_FIN) != 0) letters |= 1 << abi.HISTORY_FIN;
  if ((tcpFlags & abi.TCP_RST) != 0) letters |= 1 << abi.HISTORY_RST;
  return letters;
}

/** Did a SYN come before a direction's first data? What comes later in a window is not asked: `track` is ahead of who asks. */
export function opensWithSyn(row: usize, direction: u32): bool {
  const count: u32 = load<u16>(row, abi.R_HISTORY_COUNT);
  let history = load<u64>(row, abi.R_HISTORY);
  for (let i: u32 = 0; i < count; i++) {
    const letter = (<u32>history & 15) - 1 - 6 * direction;
    if (letter == abi.HISTORY_DATA) return false;
    if (letter == abi.HISTORY_SYN || letter == abi.HISTORY_SYNACK) return true;
    history >>= 4;
  }
  return false;
}

/** Appends those letters of a direction that are new. At most twelve: four bits each fit. */
export function writeHistory(row: usize, letters: u32, direction: u32): void {
  let seen: u32 = load<u16>(row, abi.R_HISTORY_SEEN);
  let count: u32 = load<u16>(row, abi.R_HISTORY_COUNT);
  let history = load<u64>(row, abi.R_HISTORY);
  for (let letter: u32 = 0; letter <= <u32>abi.HISTORY_RST; letter++) {
    const place = letter + 6 * direction;
    if ((letters & (1 << letter)) == 0 || (seen & (1 << place)) != 0) continue;
    seen |= 1 << place;
    history |= (<u64>(1 + place)) << (4 * count);
    count++;
  }
  store<u16>(row, <u16>seen, abi.R_HISTORY_SEEN);
  store<u16>(row, <u16>count, abi.R_HISTORY_COUNT);
  store<u64>(row, history, abi.R_HISTORY);
}
