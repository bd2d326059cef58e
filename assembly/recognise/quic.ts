/**
 * QUIC's Initial packets: protected with keys that anyone can derive from the client's first packet
 * (RFC 9001 §5.2). A packet counts only if its tag verifies; what it carries of its side's CRYPTO
 * stream goes into a block. The server's keys are made of the client's connection id, which is kept for them.
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
import { verifyRetry } from "../crypto/retry";
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

/** A header's first bytes, to the length of the second id; the bit of its first one. */
const SHORTEST: u32 = 7;
const LONG: u32 = 0x80;
/** What stands in front of a Retry packet while it is verified: an id and its length. */
const ID_ROOM: u32 = 21;

class Initials {
  /** The end of what was written to the block. */
  static extent: u32 = 0;
  /** Where the CRYPTO stream begins in it. */
  static head: u32 = 0;
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

/** Reads the Initial packets of a client's datagram. False if none of them verifies. */
export function readInitials(inspection: usize, block: usize, base: usize, available: u32): bool {
  return readPackets(inspection, block, base, available, false);
}

/**
 * Reads the Initial packets of a server's datagram behind a head, or its Retry. False if it begins with neither these nor
 * others that the handshake may yet go on behind.
 */
export function readAnswer(inspection: usize, block: usize, base: usize, available: u32): bool {
  Initials.extent = 0;
  if (available < SHORTEST || load<u8>(base) < LONG) return false;
  const version = bswap<u32>(load<u32>(base, 1));
  if (load<u8>(inspection, abi.K_KEYED) == 0) return true;
  const id = inspection + abi.K_ID;
  const size: u32 = load<u8>(inspection, abi.K_ID_SIZE);
  const plain = scratch + abi.SCRATCH_PLAIN;
  if (available < <u32>abi.SCRATCH_PLAIN_SIZE - ID_ROOM) {
    if (verifyRetry(base, available, id, size, version, plain)) takeRetry(inspection, base);
  }
  readPackets(inspection, block, base, available, true);
  return true;
}

/** The client will go on with the id that the server chose (RFC 9001 §5.2), and keys of both sides are made of that. */
function takeRetry(inspection: usize, packet: usize): void {
  const at = packet + SHORTEST - 1 + load<u8>(packet, 5);
  keepId(inspection, at + 1, load<u8>(at));
  store<u8>(inspection, 1, abi.K_RETRIED);
}

function keepId(inspection: usize, id: usize, size: u32): void {
  store<u8>(inspection, <u8>size, abi.K_ID_SIZE);
  memory.fill(inspection + abi.K_ID, 0, ID_ROOM - 1);
  memory.copy(inspection + abi.K_ID, id, size);
}

/** Packets in a row, as far as their headers say where they end. Is any Initial packet among them verified? */
function readPackets(
  inspection: usize,
  block: usize,
  base: usize,
  available: u32,
  fromServer: bool,
): bool {
  const plain = scratch + abi.SCRATCH_PLAIN;
  let isVerified = false;
  let at: u32 = 0;
  Initials.extent = 0;
  Initials.head = fromServer ? abi.QUIC_HEAD : 0;
  for (let part = 0; part < abi.DISSECT_PARTS_MAX && at + SHORTEST <= available; part++) {
    const packet = base + at;
    const version = bswap<u32>(load<u32>(packet, 1));
    const isInitial = readHeader(packet, available - at, version) == 0;
    const size = packetEnd;
    if (size == 0 || size > <u32>abi.SCRATCH_PLAIN_SIZE) break;
    at += size;
    if (!isInitial) continue;
    const length = fromServer
      ? openAnswer(inspection, packet, size, version, plain)
      : openPacket(inspection, packet, size, version, plain);
    if (length >= 0) {
      isVerified = true;
      readFrames(block, plain, length);
    }
    memory.fill(plain, 0, size);
    if (length >= 0 && fromServer) putHead(inspection, block, version, plain);
  }
  return isVerified;
}

/** The server may have changed to another version of the same kind (RFC 9368 §2.3), so its keys are made for each packet. */
function openAnswer(inspection: usize, packet: usize, size: u32, version: u32, into: usize): i32 {
  const id = inspection + abi.K_ID;
  const idSize: u32 = load<u8>(inspection, abi.K_ID_SIZE);
  return openInitial(packet, size, id, idSize, true, version, into);
}

function putHead(inspection: usize, block: usize, version: u32, room: usize): void {
  store<u8>(room, load<u8>(inspection, abi.K_RETRIED));
  store<u32>(room, bswap<u32>(version), 1);
  put(block, 0, room, abi.QUIC_HEAD);
  memory.fill(room, 0, abi.QUIC_HEAD);
}

function put(block: usize, offset: u32, from: usize, size: u32): void {
  addPiece(block, offset, from, size);
  Initials.extent = max(Initials.extent, pieceExtent(offset, size));
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
    keepId(inspection, id, size);
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
    put(block, Initials.head + offset, Initials.at, size);
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
