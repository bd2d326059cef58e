/**
 * QUIC's Initial packets: protected with keys that anyone can derive from the client's first packet
 * (RFC 9001 §5.2). A packet counts only if its tag verifies; what it carries of the client's CRYPTO
 * stream goes into a block.
 */
import * as abi from "../abi";
import {
  configureCrypto,
  deriveInitial,
  openInitial,
  openWith,
  packetEnd,
  readHeader,
} from "../crypto/initial";
import { crypto, scratch } from "../memory";
import { addPiece, pieceExtent } from "./pieces";

/** Frames that Initial packets may hold: RFC 9000 §12.4, §19. */
const PADDING: u32 = 0;
const PING: u32 = 1;
const ACK: u32 = 2;
const ACK_ECN: u32 = 3;
const CRYPTO: u32 = 6;
/** Google's versions before they took the IETF's frames; in Initial packets of others it may not be. */
const GOOGLE_CRYPTO: u32 = 8;
/** Offsets and lengths above this are of no stream that is read. */
const FAR: u32 = 1 << 30;

class Initials {
  /** The end of what was written to the block. */
  static extent: u32 = 0;
  /** Where reading stands in the plaintext, and where that ends. */
  static at: usize = 0;
  static end: usize = 0;
}

export function configureInitials(): void {
  configureCrypto(crypto);
}

export function initialsExtent(): u32 {
  return Initials.extent;
}

/** Reads the Initial packets that a client's datagram begins with. False if none of them verifies. */
export function readInitials(inspection: usize, block: usize, base: usize, available: u32): bool {
  const plain = scratch + abi.SCRATCH_PLAIN;
  let isVerified = false;
  let at: u32 = 0;
  Initials.extent = 0;
  for (let part = 0; part < abi.DISSECT_PARTS_MAX && at + 7 <= available; part++) {
    const packet = base + at;
    const version = bswap<u32>(load<u32>(packet, 1));
    if (readHeader(packet, available - at, version) != 0) break;
    const size = packetEnd;
    if (size > <u32>abi.SCRATCH_PLAIN_SIZE) break;
    const length = openPacket(inspection, packet, size, version, plain);
    if (length >= 0) {
      isVerified = true;
      readFrames(block, plain, length);
    }
    memory.fill(plain, 0, size);
    at += size;
  }
  return isVerified;
}

/** With the connection's keys; without them, or if they do not fit (a Retry changes them), with the packet's own id. */
function openPacket(inspection: usize, packet: usize, length: u32, version: u32, into: usize): i32 {
  const keys = inspection + abi.K_KEYS;
  if (load<u8>(inspection, abi.K_KEYED) != 0) {
    const opened = openWith(keys, packet, length, version, into);
    if (opened >= 0) return opened;
  }
  const id = packet + 6;
  const size: u32 = load<u8>(packet, 5);
  const opened = openInitial(packet, length, id, size, false, version, into);
  if (opened >= 0) {
    deriveInitial(version, id, size, false, keys);
    store<u8>(inspection, 1, abi.K_KEYED);
  }
  return opened;
}

function readFrames(block: usize, plain: usize, length: u32): void {
  Initials.at = plain;
  Initials.end = plain + length;
  while (Initials.at < Initials.end) {
    const type: u32 = load<u8>(Initials.at++);
    if (type == PADDING || type == PING) continue;
    if (type == ACK || type == ACK_ECN) {
      readNumber();
      readNumber();
      const ranges = readNumber();
      readNumber();
      for (let range: u32 = 0; range < ranges && Initials.at < Initials.end; range++) {
        readNumber();
        readNumber();
      }
      if (type == ACK_ECN) for (let count = 0; count < 3; count++) readNumber();
      continue;
    }
    if (type != CRYPTO && type != GOOGLE_CRYPTO) return;
    const offset = readNumber();
    const size = readNumber();
    if (offset > FAR || Initials.at > Initials.end || size > <u32>(Initials.end - Initials.at))
      return;
    addPiece(block, offset, Initials.at, size);
    Initials.extent = max(Initials.extent, pieceExtent(offset, size));
    Initials.at += size;
  }
}

/** A variable-length integer (RFC 9000 §16); beyond the end, what ends the reading. */
function readNumber(): u32 {
  if (Initials.at >= Initials.end) return 2 * FAR;
  const first: u32 = load<u8>(Initials.at);
  const next = Initials.at + (1 << (first >> 6));
  let number: u64 = first & 0x3f;
  for (let at = Initials.at + 1; at < next; at++) {
    number = (number << 8) | <u64>(at < Initials.end ? load<u8>(at) : 0);
  }
  Initials.at = next;
  return <u32>min<u64>(number, 2 * FAR);
}
