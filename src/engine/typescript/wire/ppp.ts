/**
 * PPP: a protocol number, perhaps behind the address and control bytes of HDLC-like framing, and
 * perhaps compressed to one byte. RFC 1661 §2 and §6.5, RFC 1662 §3.1.
 */
import * as abi from "../../abi.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import { mpls } from "./mpls.js";
import type { Packet } from "./packet.js";

const ADDRESS_CONTROL = 0xff03;

/** From the address and control bytes on, which the peers may have agreed to leave out. */
export function framedPpp(packet: Packet, at: number): void {
  const isFramed = packet.has(at, 2) && packet.u16At(at) === ADDRESS_CONTROL;
  ppp(packet, isFramed ? at + 2 : at);
}

/** From the protocol number on. The last byte of a number is odd, all before it are even. */
export function ppp(packet: Packet, at: number): void {
  if (!packet.has(at, 1)) return packet.truncated(abi.LAYER_PPPOE);
  let protocol = packet.u8[at]!;
  let size = 1;
  if ((protocol & 1) === 0) {
    if (!packet.has(at, 2)) return packet.truncated(abi.LAYER_PPPOE);
    protocol = packet.u16At(at);
    size = 2;
  }
  switch (protocol) {
    case 0x0021:
      return ipv4(packet, at + size);
    case 0x0057:
      return ipv6(packet, at + size);
    case 0x0281:
    case 0x0283:
      return mpls(packet, at + size);
    default:
      packet.leave(abi.UNHANDLED_PPP, protocol);
  }
}
