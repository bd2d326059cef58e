/**
 * MPLS label stack; what is below it is known by its first nibble only. RFC 3032 §2.1, RFC 4928 §3.
 * A pseudowire's Ethernet frame stands behind a control word of zeros and a number, or none. RFC 4448 §4.6.
 */
import * as abi from "../../abi.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import type { Packet } from "./packet.js";
import { isEthernet } from "./plausible.js";
import { carry, TYPE_ETHERNET } from "./tunnel.js";

const BOTTOM = 2;
const LABEL_SIZE = 4;
const LABELS_MAX = 16;
const CONTROL_WORD = 4;

export function mpls(packet: Packet, begin: number): void {
  const last = begin + (LABELS_MAX - 1) * LABEL_SIZE;
  for (let at = begin; at <= last; at += LABEL_SIZE) {
    if (!packet.has(at, LABEL_SIZE)) return packet.truncated(abi.LAYER_MPLS);
    const isBottom = (packet.u8[at + BOTTOM]! & 1) === 1;
    if (isBottom) return carried(packet, at + LABEL_SIZE);
  }
  packet.malformed(abi.LAYER_MPLS);
}

function carried(packet: Packet, at: number): void {
  if (!packet.has(at, 1)) return packet.truncated(abi.LAYER_MPLS);
  const nibble = packet.u8[at]! >>> 4;
  if (nibble === 4) ipv4(packet, at);
  else if (nibble === 6) ipv6(packet, at);
  else {
    const hasControlWord = packet.has(at, 2) && packet.u16At(at) === 0;
    const frame = hasControlWord && isEthernet(packet, at + CONTROL_WORD) ? at + CONTROL_WORD : at;
    if (isEthernet(packet, frame)) carry(packet, TYPE_ETHERNET, frame);
    else packet.leave(abi.UNHANDLED_MPLS, nibble);
  }
}
