/**
 * GTP-U: a user's packets, message type 255. 3GPP TS 29.281 §5.1 and §5.2. Each direction has an
 * endpoint identifier of its own, so it cannot be part of a key.
 */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { plausibleType } from "./plausible.js";
import { tunnel, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6 } from "./tunnel.js";

const FLAGS = 0;
const MESSAGE = 1;
const LENGTH = 2;
const SIZE = 8;
/** With sequence number, N-PDU number and next extension: all there when one is. */
const LONG_SIZE = 12;
const NEXT = 11;

/** Version 1, protocol type GTP, a spare bit of 0. */
const VERSION = 0x30;
const EXTENSION = 4;
const OPTIONAL = 7;
const T_PDU = 255;
const EXTENSIONS_MAX = 8;

export function gtp(packet: Packet, at: number): void {
  if (!packet.has(at, LONG_SIZE)) return;
  const flags = packet.u8[at + FLAGS]!;
  const length = packet.u16At(at + LENGTH);
  if ((flags & ~OPTIONAL) !== VERSION || packet.u8[at + MESSAGE] !== T_PDU) return;
  if (!packet.wireHas(at, SIZE + length)) return;
  packet.endAfter(at + SIZE, length);
  const inner = behindHeaders(packet, at, flags);
  if (inner < 0) return;
  for (const type of [TYPE_IPV4, TYPE_IPV6, TYPE_ETHERNET]) {
    if (plausibleType(packet, type, inner) < 0) continue;
    return tunnel(packet, abi.TUNNEL_GTP, 0, type, inner);
  }
}

/** -1 where an extension header is wrong, or not all there. */
function behindHeaders(packet: Packet, begin: number, flags: number): number {
  if ((flags & OPTIONAL) === 0) return begin + SIZE;
  if (!packet.has(begin, LONG_SIZE)) return -1;
  let at = begin + LONG_SIZE;
  let next = (flags & EXTENSION) === 0 ? 0 : packet.u8[begin + NEXT]!;
  for (let walked = 0; next !== 0; walked++) {
    if (walked === EXTENSIONS_MAX || !packet.has(at, 4)) return -1;
    const size = packet.u8[at]! * 4;
    if (size === 0 || !packet.has(at, size)) return -1;
    at += size;
    next = packet.u8[at - 1]!;
  }
  return at;
}
