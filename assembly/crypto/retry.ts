/**
 * Verifies QUIC Retry packets: RFC 9001 §5.8 (version 1; drafts 33 and 34 have the same), RFC 9369 §3.3.3
 * (version 2), draft-ietf-quic-v2-01 to -04 §3.3.3, draft-ietf-quic-tls-25 to -32 §5.8. The tag covers the connection id that the client chose
 * first, so only who saw that can send one.
 */
import * as abi from "../abi";
import { open } from "./gcm";
import { isRetry } from "./initial";
import { KEYS, STREAM, forget, region } from "./region";

const VERSION_1: u32 = 0x00000001;
const VERSION_2: u32 = 0x6b3343cf;
const DRAFT_VERSION_2: u32 = 0x709a50c4;
const DRAFT_25: u32 = 0xff000019;
const DRAFT_29: u32 = 0xff00001d;
const DRAFT_33: u32 = 0xff000021;
const DRAFT_34: u32 = 0xff000022;

const TAG: u32 = 16;
/** First byte, version and the lengths of two ids: RFC 9000, §17.2.5. */
const HEADER: u32 = 7;
const ID_MAX: u32 = 20;

/**
 * Is it a Retry packet that answers the packet with this id? `length`: to the end of the datagram, for
 * no other can follow. `into` has room for `length` bytes and the id with its length; zeros are left there.
 */
export function verifyRetry(
  packet: usize,
  length: u32,
  id: usize,
  idLength: u32,
  version: u32,
  into: usize,
): bool {
  if (length < HEADER + TAG || !isRetry(packet, version) || !hasIds(packet, length)) return false;
  if (!takeKey(version)) return false;
  store<u8>(into, <u8>idLength);
  memory.copy(into + 1, id, idLength);
  memory.copy(into + 1 + idLength, packet, length);
  const size = 1 + idLength + length;
  const tag = into + size - TAG;
  const isRight = open(region + KEYS, region + STREAM, into, size - TAG, tag, 0, tag);
  memory.fill(into, 0, size);
  forget();
  return isRight;
}

/** RFC 9000, §17.2: of 20 bytes at most. */
function hasIds(packet: usize, length: u32): bool {
  const first: u32 = load<u8>(packet, 5);
  if (first > ID_MAX || HEADER + first + TAG > length) return false;
  const second: u32 = load<u8>(packet + first, 6);
  return second <= ID_MAX && HEADER + first + second + TAG <= length;
}

/** Lays the key and the nonce of a version where they are taken from. False where none are known. */
function takeKey(version: u32): bool {
  if (version == VERSION_1 || version == DRAFT_33 || version == DRAFT_34) {
    layKey(0xbe0c690b9f66575a, 0x1d766b54e368c84e, 0x461599d35d632bf2, 0x239825bb);
  } else if (version == VERSION_2) {
    layKey(0x8fb4b01b56ac48e2, 0x60fbcbcead7ccc92, 0xd86969bc2d7c6d99, 0x90efb04a);
  } else if (version == DRAFT_VERSION_2) {
    layKey(0xba858dc7b43de5db, 0xf87617ff4ab253db, 0x141b99c239b03e78, 0x5d6a2e9f);
  } else if (version >= DRAFT_29 && version < DRAFT_33) {
    layKey(0xccce187ed09a09d0, 0x5728155a6cb96be1, 0xe54930f97f2136f0, 0x530a8c1c);
  } else if (version >= DRAFT_25 && version < DRAFT_29) {
    layKey(0x4d32ecdb2a2133c8, 0x41e4043df27d4430, 0x4d1611d05513a552, 0xc587d575);
  } else return false;
  return true;
}

/** Given as the digits are printed. */
function layKey(first: u64, second: u64, nonce: u64, rest: u32): void {
  const key = region + KEYS + abi.KEYS_KEY;
  store<u64>(key, bswap<u64>(first));
  store<u64>(key, bswap<u64>(second), 8);
  store<u64>(region + STREAM, bswap<u64>(nonce));
  store<u32>(region + STREAM, bswap<u32>(rest), 8);
}
