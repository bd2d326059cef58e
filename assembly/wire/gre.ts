/** GRE. RFC 2784 §2 and RFC 2890 §2; version 1 is PPTP's, RFC 2637 §4.1. */
import * as abi from "../abi";
import { erspan2, erspan3 } from "./erspan";
import { available, be16, be32, endAfter, Packet } from "./packet";
import { tunnel, TYPE_ETHERNET, TYPE_PPP } from "./tunnel";
import { malformed, truncated, unhandled } from "./unhandled";

const TYPE: usize = 2;
const SIZE: u32 = 4;
const CHECKSUM: u32 = 0x8000;
const KEY: u32 = 0x2000;
const SEQUENCE: u32 = 0x1000;
const ACKNOWLEDGEMENT: u32 = 0x0080;
const VERSION: u32 = 0x0007;
/** Routing (RFC 1701), and what must be 0. */
const REFUSED: u32 = 0x4ff8;

// PPTP's version: length and call id take the place of the key.
const PAYLOAD_LENGTH: usize = 4;
const PPTP_SIZE: u32 = 8;
const PPTP_FLAGS: u32 = 0x2001;

const ERSPAN: u32 = 0x88be;
const ERSPAN_3: u32 = 0x22eb;
/** Below are lengths and numbers from before there were Ethertypes. */
const ETHERTYPE_MIN: u32 = 1536;

export function gre(at: usize): void {
  if (!isThere(at, SIZE)) return;
  const flags = be16(at);
  const type = be16(at + TYPE);
  if ((flags & VERSION) == 1) return pptp(at, flags, type);
  if (flags & (REFUSED | VERSION)) return malformed(abi.LAYER_TUNNEL);
  const keyAt: u32 = flags & CHECKSUM ? SIZE + 4 : SIZE;
  const sequenceAt = flags & KEY ? keyAt + 4 : keyAt;
  const size = flags & SEQUENCE ? sequenceAt + 4 : sequenceAt;
  if (!isThere(at, size)) return;
  const key = flags & KEY ? be32(at + keyAt) : 0;
  if (type == ERSPAN_3) return erspan3(at + size);
  if (type == ERSPAN) {
    // Type I has no header of its own, and no sequence number.
    if (flags & SEQUENCE) return erspan2(at + size);
    return tunnel(abi.TUNNEL_ERSPAN, 0, TYPE_ETHERNET, at + size);
  }
  if (type < ETHERTYPE_MIN) return unhandled(abi.UNHANDLED_ETHERTYPE, type);
  tunnel(abi.TUNNEL_GRE, key, type, at + size);
}

function pptp(at: usize, flags: u32, type: u32): void {
  if ((flags & ~(SEQUENCE | ACKNOWLEDGEMENT)) != PPTP_FLAGS || type != TYPE_PPP) {
    return malformed(abi.LAYER_TUNNEL);
  }
  let size = PPTP_SIZE;
  if (flags & SEQUENCE) size += 4;
  if (flags & ACKNOWLEDGEMENT) size += 4;
  if (!isThere(at, size)) return;
  const length = be16(at + PAYLOAD_LENGTH);
  // Nothing but an acknowledgement.
  if (length == 0 || !(flags & SEQUENCE)) return;
  if (!endAfter(at + size, length)) return malformed(abi.LAYER_TUNNEL);
  // Call ids differ between the directions.
  tunnel(abi.TUNNEL_PPTP, 0, TYPE_PPP, at + size);
}

function isThere(at: usize, size: u32): bool {
  if (available(at) >= size) return true;
  if (<u32>(Packet.wireEnd - at) >= size) truncated(abi.LAYER_TUNNEL);
  else malformed(abi.LAYER_TUNNEL);
  return false;
}
