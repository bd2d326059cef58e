/**
 * DTLS handshake messages in fragments: RFC 6347 §4.2.3. Of a direction's first ClientHello the
 * fragments are put together in a block, behind the header that it would have in one piece.
 */
import * as abi from "../abi";
import { scratch } from "../memory";
import { addPiece, contiguousPieces, pieceExtent } from "./pieces";

/** RFC 6347 §4.1: type, version, epoch, sequence number, length. */
const RECORD_HEADER: u32 = 13;
const EPOCH_AT: usize = 3;
const RECORD_LENGTH_AT: usize = 11;
const HANDSHAKE: u32 = 22;
/** §4.2.2: type, length, number of the message; then offset and length of the fragment. */
const MESSAGE_HEADER: u32 = 12;
const LENGTH_AT: usize = 1;
const OFFSET_AT: usize = 6;
const COUNT_AT: usize = 9;
const CLIENT_HELLO: u32 = 1;

class Fragments {
  /** The end of what was written to the block. */
  static extent: u32 = 0;
}

export function fragmentsExtent(): u32 {
  return Fragments.extent;
}

/** Adds what the records of a datagram hold. False if the block has nothing of a ClientHello then. */
export function readFragments(block: usize, base: usize, available: u32): bool {
  Fragments.extent = 0;
  let at: u32 = 0;
  for (let record = 0; record < abi.DISSECT_PARTS_MAX; record++) {
    if (at + RECORD_HEADER > available || load<u8>(base + at) != HANDSHAKE) break;
    // Later epochs are encrypted.
    if (load<u16>(base + at + EPOCH_AT) != 0) break;
    const size: u32 = bswap(load<u16>(base + at + RECORD_LENGTH_AT));
    const from = at + RECORD_HEADER;
    const end = min(from + size, available);
    at = from;
    for (let part = 0; part < abi.DISSECT_PARTS_MAX && at + MESSAGE_HEADER <= end; part++) {
      const count = addFragment(block, base + at, end - at - MESSAGE_HEADER);
      if (count < 0) break;
      at += MESSAGE_HEADER + count;
    }
    at = from + size;
  }
  return contiguousPieces(block) >= MESSAGE_HEADER;
}

/** A fragment of the message that is in the block, or of the first one. Its length, or -1 if it is none. */
function addFragment(block: usize, message: usize, room: u32): i32 {
  if (load<u8>(message) != CLIENT_HELLO) return -1;
  const length = load24(message + LENGTH_AT);
  const offset = load24(message + OFFSET_AT);
  const count = load24(message + COUNT_AT);
  if (count > room || offset + count > length) return -1;
  if (contiguousPieces(block) < MESSAGE_HEADER) begin(block, message);
  // Of another message (the one with a cookie) nothing is taken.
  if (memory.compare(block + abi.PIECES_HEADER, message, OFFSET_AT) != 0) return count;
  put(block, MESSAGE_HEADER + offset, message + MESSAGE_HEADER, count);
  return count;
}

/** The header of the message in one piece: from offset 0, as long as the message is. */
function begin(block: usize, message: usize): void {
  const header = scratch + abi.SCRATCH_PLAIN;
  memory.copy(header, message, OFFSET_AT);
  memory.fill(header + OFFSET_AT, 0, COUNT_AT - OFFSET_AT);
  memory.copy(header + COUNT_AT, message + LENGTH_AT, 3);
  put(block, 0, header, MESSAGE_HEADER);
  memory.fill(header, 0, MESSAGE_HEADER);
}

function put(block: usize, at: u32, from: usize, count: u32): void {
  addPiece(block, at, from, count);
  Fragments.extent = max(Fragments.extent, pieceExtent(at, count));
}

function load24(at: usize): u32 {
  return ((<u32>load<u8>(at)) << 16) | bswap(load<u16>(at, 1));
}
