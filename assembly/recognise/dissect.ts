/**
 * Dissectors: what the language cannot say. Each makes other bytes of those of a direction (the
 * handshake messages of TLS records, what QUIC's Initial packets carry), and the program goes on in them.
 *
 * A run is repeated when more bytes are there, so what a dissector does can be done again.
 */
import * as abi from "../abi";
import { count, prefixLimit } from "../memory";
import { Flow } from "./flow";
import { fragmentsExtent, readFragments } from "./handshake-fragments";
import { Headers, readHeaders } from "./http2";
import { contiguousPieces, piecesLimit } from "./pieces";
import { takePrefix } from "./prefixes";
import { configureInitials, initialsExtent, readAnswer, readInitials } from "./quic";

const RECORD_HEADER: u32 = 5;
const HANDSHAKE: u32 = 22;
/** RFC 8446 §5.1. */
const RECORD_MOST: u32 = 16384;

/** What the latest one made. */
export class Dissected {
  static base: usize = 0;
  static available: u32 = 0;
  /** More of it may come. */
  static more: bool = false;
  /** More would come if more bytes did: what is missing of it is not refuted. */
  static isOpen: bool = false;
  /** Bytes of the stream that must be there before it does; 0: as many more as are missing of what was made. */
  static need: u32 = 0;
}

export function configureDissectors(): void {
  configureInitials();
}

/**
 * `here`: where the program stands. False if the bytes are not what the dissector reads, or no block
 * is left for what it makes.
 */
export function dissect(dissector: u32, base: usize, available: u32, here: u32, more: bool): bool {
  Dissected.need = 0;
  if (dissector == abi.DISSECTOR_HTTP2) return dissectHttp2(base, available, more);
  if (dissector == abi.DISSECTOR_TLS) return dissectTls(base, available, more);
  if (dissector == abi.DISSECTOR_TLS_HERE) {
    // What stands in front of it may not be whole yet.
    const from = min(here, available);
    return dissectTls(base + from, available - from, more);
  }
  if (dissector == abi.DISSECTOR_DTLS) return dissectDtls(base, available);
  if (dissector == abi.DISSECTOR_QUIC_SERVER) return dissectAnswer(base, available);
  return dissector == abi.DISSECTOR_QUIC && dissectQuic(base, available);
}

/** Handshake messages where they lie, as long as one record holds them; of several, a copy. RFC 8446 §5.1. */
function dissectTls(base: usize, available: u32, more: bool): bool {
  let at: u32 = 0;
  let total: u32 = 0;
  let block: usize = 0;
  let isOpen = true;
  for (let record = 0; record < abi.DISSECT_PARTS_MAX; record++) {
    if (at < available && load<u8>(base + at) != HANDSHAKE) isOpen = false;
    if (!isOpen || at + RECORD_HEADER > available) break;
    const size: u32 = bswap(load<u16>(base + at, 3));
    if (size == 0 || size > RECORD_MOST) {
      isOpen = false;
      break;
    }
    const from = base + at + RECORD_HEADER;
    const here = min(size, available - at - RECORD_HEADER);
    if (record == 0) total = here;
    else {
      if (block == 0) {
        block = ownBlock();
        if (block == 0) return false;
        total = append(block, 0, base + RECORD_HEADER, total);
      }
      total = append(block, total, from, here);
    }
    at += RECORD_HEADER + size;
  }
  Dissected.base = block == 0 ? base + RECORD_HEADER : block;
  Dissected.available = total;
  Dissected.isOpen = isOpen && (block == 0 || total < prefixLimit);
  Dissected.more = more && Dissected.isOpen;
  return true;
}

/** The CRYPTO stream as far as it is there. False if no packet of the datagram could be verified. */
function dissectQuic(base: usize, available: u32): bool {
  const block = ownBlock();
  if (block == 0 || !readInitials(Flow.inspection, block, base, available)) return false;
  wrote(initialsExtent());
  madeOfPieces(block);
  return true;
}

/** The server's CRYPTO stream as far as it is there. False if none of it can come any more. */
function dissectAnswer(base: usize, available: u32): bool {
  const block = ownBlock();
  if (block == 0 || !readAnswer(Flow.inspection, block, base, available)) return false;
  wrote(initialsExtent());
  madeOfPieces(block);
  return true;
}

/** The client's first ClientHello as far as it is there. False if nothing of one is. */
function dissectDtls(base: usize, available: u32): bool {
  const block = ownBlock();
  if (block == 0 || !readFragments(block, base, available)) return false;
  wrote(fragmentsExtent());
  madeOfPieces(block);
  return true;
}

function madeOfPieces(block: usize): void {
  Dissected.base = block + abi.PIECES_HEADER;
  Dissected.available = contiguousPieces(block);
  Dissected.isOpen = Dissected.available < piecesLimit();
  Dissected.more = Dissected.isOpen;
}

/** The fields of the header blocks, as text. */
function dissectHttp2(base: usize, available: u32, more: bool): bool {
  const block = ownBlock();
  if (block == 0) return false;
  readHeaders(block, base, available);
  wrote(Headers.extent);
  Dissected.base = block;
  Dissected.available = Headers.length;
  Dissected.need = Headers.need;
  Dissected.isOpen = Headers.need != 0;
  Dissected.more = more && Dissected.isOpen;
  return true;
}

/** The direction's entry in K_BLOCKS. */
function own(): usize {
  return Flow.inspection + abi.K_BLOCKS + <usize>(Flow.direction << 3);
}

/** The block of the flow's direction, a new one if it has none; 0 when all are in use. */
function ownBlock(): usize {
  let block: usize = load<u32>(own());
  if (block != 0) return block;
  block = takePrefix();
  if (block == 0) count(abi.C_PREFIX_DENIED);
  store<u32>(own(), <u32>block);
  return block;
}

/** Copies behind what is there, as far as the block goes; returns the length then. */
function append(block: usize, length: u32, from: usize, bytes: u32): u32 {
  const end = min(length + bytes, prefixLimit);
  memory.copy(block + length, from, end - length);
  wrote(end);
  return end;
}

function wrote(extent: u32): void {
  store<u32>(own(), max(load<u32>(own(), abi.BLOCK_EXTENT), extent), abi.BLOCK_EXTENT);
}
