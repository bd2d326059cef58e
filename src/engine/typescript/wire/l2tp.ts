/** L2TP over UDP: data messages of version 2 (RFC 2661 §3.1) and of version 3 (RFC 3931 §4.1.2). */
import * as abi from "../../abi.js";
import { l2tpv3 } from "./l2tpv3.js";
import type { Packet } from "./packet.js";
import { isPpp } from "./plausible.js";
import { tunnel, TYPE_PPP } from "./tunnel.js";

const HAS_LENGTH = 0x4000;
const HAS_SEQUENCE = 0x0800;
const HAS_OFFSET = 0x0200;
const PRIORITY = 0x0100;
const OPTIONAL = HAS_LENGTH | HAS_SEQUENCE | HAS_OFFSET | PRIORITY;
const VERSION_2 = 2;
/** Flags, tunnel and session. */
const SIZE = 6;
/** Flags, version 3, reserved. */
const VERSION_3 = 0x00030000;

export function l2tp(packet: Packet, begin: number): void {
  if (!packet.has(begin, SIZE)) return;
  if (packet.u32At(begin) === VERSION_3) return l2tpv3(packet, begin + 4);
  const flags = packet.u16At(begin);
  if ((flags & ~OPTIONAL) !== VERSION_2) return;
  let at = begin + SIZE;
  if ((flags & HAS_LENGTH) !== 0) {
    const length = packet.u16At(begin + 2);
    if (length < SIZE || !packet.wireHas(begin, length)) return;
    packet.endAfter(begin, length);
    at += 2;
  }
  if ((flags & HAS_SEQUENCE) !== 0) at += 4;
  if ((flags & HAS_OFFSET) !== 0) {
    if (!packet.has(at, 2)) return;
    at += 2 + packet.u16At(at);
  }
  // Tunnel and session ids differ between the directions.
  if (isPpp(packet, at)) tunnel(packet, abi.TUNNEL_L2TP, 0, TYPE_PPP, at);
}
