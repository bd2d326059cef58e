/** GRE. RFC 2784 §2 and RFC 2890 §2; version 1 is PPTP's, RFC 2637 §4.1. */
import * as abi from "../../abi.js";
import { erspan2, erspan3 } from "./erspan.js";
import type { Packet } from "./packet.js";
import { tunnel, TYPE_ETHERNET, TYPE_PPP } from "./tunnel.js";

const TYPE = 2;
const SIZE = 4;
const CHECKSUM = 0x8000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ACKNOWLEDGEMENT = 0x0080;
const VERSION = 0x0007;
/** Routing (RFC 1701), and what must be 0. */
const REFUSED = 0x4ff8;

// PPTP's version: length and call id take the place of the key.
const PAYLOAD_LENGTH = 4;
const PPTP_SIZE = 8;
const PPTP_FLAGS = 0x2001;

const ERSPAN = 0x88be;
const ERSPAN_3 = 0x22eb;
/** Below are lengths and numbers from before there were Ethertypes. */
const ETHERTYPE_MIN = 1536;

export function gre(packet: Packet, begin: number): void {
  if (!packet.hasTunnelHeader(begin, SIZE)) return;
  const flags = packet.u16At(begin);
  const type = packet.u16At(begin + TYPE);
  if ((flags & VERSION) === 1) return pptp(packet, begin, flags, type);
  if ((flags & (REFUSED | VERSION)) !== 0) return packet.malformed(abi.LAYER_TUNNEL);
  const fields = [CHECKSUM, KEY, SEQUENCE].filter((field) => (flags & field) !== 0);
  const size = SIZE + fields.length * 4;
  if (!packet.hasTunnelHeader(begin, size)) return;
  const at = begin + size;
  if (type === ERSPAN_3) return erspan3(packet, at);
  if (type === ERSPAN) {
    // Type I has no header of its own, and no sequence number.
    if ((flags & SEQUENCE) !== 0) return erspan2(packet, at);
    return tunnel(packet, abi.TUNNEL_ERSPAN, 0, TYPE_ETHERNET, at);
  }
  if (type < ETHERTYPE_MIN) return packet.leave(abi.UNHANDLED_ETHERTYPE, type);
  const key = fields.indexOf(KEY);
  const id = key < 0 ? 0 : packet.u32At(begin + SIZE + key * 4);
  tunnel(packet, abi.TUNNEL_GRE, id, type, at);
}

function pptp(packet: Packet, begin: number, flags: number, type: number): void {
  const isRight = (flags & ~(SEQUENCE | ACKNOWLEDGEMENT)) === PPTP_FLAGS && type === TYPE_PPP;
  if (!isRight) return packet.malformed(abi.LAYER_TUNNEL);
  const isData = (flags & SEQUENCE) !== 0;
  const isAnswer = (flags & ACKNOWLEDGEMENT) !== 0;
  const size = PPTP_SIZE + (isData ? 4 : 0) + (isAnswer ? 4 : 0);
  if (!packet.hasTunnelHeader(begin, size)) return;
  const at = begin + size;
  const length = packet.u16At(begin + PAYLOAD_LENGTH);
  // Nothing but an acknowledgement.
  if (length === 0 || !isData) return;
  if (!packet.wireHas(at, length)) return packet.malformed(abi.LAYER_TUNNEL);
  packet.endAfter(at, length);
  // Call ids differ between the directions.
  tunnel(packet, abi.TUNNEL_PPTP, 0, TYPE_PPP, at);
}
