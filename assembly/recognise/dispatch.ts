/**
 * Dispatch: which openers can still match, given the first bytes. It only filters, and what it
 * costs hardly depends on their number: one bitset per position and byte value, ANDed.
 */
import * as abi from "../abi";
import { intersect, narrow } from "../lanes";
import { scratch } from "../memory";
import { Tables } from "./tables";

export const NO_OPENER: u32 = 0xffffffff;

const ROLES: u32 = 3;

function rolesAt(transport: u32, role: u32): usize {
  return Tables.roles + <usize>(((transport * ROLES + role) * Tables.vectors) << 4);
}

/** Could any opener come from this side? */
export function hasOpeners(transport: u32, role: u32): bool {
  const bits = rolesAt(transport, role);
  for (let at: usize = 0; at < (<usize>Tables.vectors) << 4; at += 8) {
    if (load<u64>(bits + at) != 0) return true;
  }
  return false;
}

/**
 * Leaves the openers that can match the `available` bytes at `bytes` in the scratch; false if there
 * are none. `length` is that of the datagram on the wire.
 */
export function dispatch(
  transport: u32,
  role: u32,
  bytes: usize,
  available: u32,
  length: u32,
): bool {
  const vectors = Tables.vectors;
  if (vectors == 0) return false;
  const survivors = scratch + abi.SCRATCH_SURVIVORS;
  memory.copy(survivors, rolesAt(transport, role), (<usize>vectors) << 4);
  if (transport != abi.TRANSPORT_TCP) {
    const row = min<u32>(length, abi.POSITIONS) * vectors;
    intersect(survivors, Tables.lengths + ((<usize>row) << 4), vectors);
  }
  return narrow(survivors, vectors, Tables.dispatch, bytes, min<u32>(available, abi.POSITIONS));
}

/** The first opener left whose number is at least `from`, or NO_OPENER. */
export function nextOpener(from: u32): u32 {
  const end = Tables.openersCount;
  while (from < end) {
    const word = load<u64>(scratch + abi.SCRATCH_SURVIVORS + <usize>((from >> 6) << 3));
    const rest = word >> (from & 63);
    if (rest != 0) {
      const opener = from + <u32>ctz(rest);
      return opener < end ? opener : NO_OPENER;
    }
    from = (from | 63) + 1;
  }
  return NO_OPENER;
}
