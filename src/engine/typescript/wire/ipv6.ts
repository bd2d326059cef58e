/** IPv6 and its extension headers. RFC 8200 §3 and §4; RFC 2675 (jumbograms). */
import * as abi from "../../abi.js";
import { describe } from "./descriptor.js";
import type { Packet } from "./packet.js";
import { transport } from "./transport.js";

const PAYLOAD_LENGTH = 4;
const NEXT_HEADER = 6;
const SOURCE = 8;
const TARGET = 24;
const SIZE = 40;

// An extension header: next header, length in units of 8 bytes without the first.
const EXTENSION_NEXT = 0;
const EXTENSION_LENGTH = 1;
const EXTENSION_UNIT = 8;
const FRAGMENT = 2;
const OFFSET_MASK = 0xfff8;
const MORE_FRAGMENTS = 1;
const IDENTIFICATION = 4;
/** Real packets have three at most. */
const EXTENSIONS_MAX = 8;

const FRAGMENT_HEADER = 44;
const NO_NEXT_HEADER = 59;
/** Hop-by-hop, routing, fragment, destination, mobility, HIP, shim6. Not AH and ESP: they are what a flow is, and what they carry is another. */
const isExtension = new Uint8Array(256);
for (const protocol of [0, 43, FRAGMENT_HEADER, 60, 135, 139, 140]) isExtension[protocol] = 1;

export function ipv6(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return packet.truncated(abi.LAYER_IPV6);
  if (packet.u8[at]! >>> 4 !== 6) return packet.malformed(abi.LAYER_IPV6);
  // A jumbogram, or segmentation offload, leaves the length 0: then it is all that the frame holds.
  const length = packet.u16At(at + PAYLOAD_LENGTH);
  if (length !== 0) packet.endAfter(at + SIZE, length);
  packet.network = abi.NETWORK_IPV6;
  packet.source = at + SOURCE;
  packet.target = at + TARGET;
  extensions(packet, at + SIZE, packet.u8[at + NEXT_HEADER]!);
}

/** The headers of a packet, or of a datagram that was put together, from the first behind the fixed one on. */
export function extensions(packet: Packet, begin: number, firstProtocol: number): void {
  let at = begin;
  let protocol = firstProtocol;
  let walked = 0;
  while (isExtension[protocol] === 1) {
    if (walked++ === EXTENSIONS_MAX) {
      packet.flags |= abi.D_FLAG_MALFORMED;
      return describe(packet, protocol, 0, 0, 0, 0, at, 0);
    }
    if (!isWhole(packet, at, EXTENSION_UNIT)) return;
    const next = packet.u8[at + EXTENSION_NEXT]!;
    if (protocol === FRAGMENT_HEADER) {
      const fragment = packet.u16At(at + FRAGMENT);
      const id = packet.u32At(at + IDENTIFICATION);
      at += EXTENSION_UNIT;
      if ((fragment & (OFFSET_MASK | MORE_FRAGMENTS)) !== 0) {
        packet.markFragment();
        const more = (fragment & MORE_FRAGMENTS) !== 0;
        if (packet.fragments.collect(next, id, at, fragment & OFFSET_MASK, more)) return;
      }
      if ((fragment & OFFSET_MASK) !== 0) return describe(packet, next, 0, 0, 0, 0, at, 0);
    } else {
      const size = (1 + packet.u8[at + EXTENSION_LENGTH]!) * EXTENSION_UNIT;
      if (!isWhole(packet, at, size)) return;
      at += size;
    }
    protocol = next;
  }
  // What follows "no next header" is to be ignored (RFC 8200 §4.7).
  if (protocol === NO_NEXT_HEADER) describe(packet, protocol, 0, 0, 0, 0, at, 0);
  else transport(packet, protocol, at);
}

function isWhole(packet: Packet, at: number, size: number): boolean {
  if (packet.has(at, size)) return true;
  if (packet.wireHas(at, size)) packet.truncated(abi.LAYER_EXTENSION);
  else packet.malformed(abi.LAYER_EXTENSION);
  return false;
}
