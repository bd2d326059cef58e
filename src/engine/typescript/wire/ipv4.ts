/** IPv4. RFC 791 §3.1. */
import * as abi from "../../abi.js";
import { describe } from "./descriptor.js";
import type { Packet } from "./packet.js";
import { transport } from "./transport.js";

const TOTAL_LENGTH = 2;
const IDENTIFICATION = 4;
const FRAGMENT = 6;
const PROTOCOL = 9;
const SOURCE = 12;
const TARGET = 16;
const SIZE = 20;

const OFFSET_MASK = 0x1fff;
const MORE_FRAGMENTS = 0x2000;

export function ipv4(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return packet.truncated(abi.LAYER_IPV4);
  const first = packet.u8[at]!;
  const size = (first & 15) * 4;
  // Segmentation offload leaves the length 0: then it is all that the frame holds.
  const total = packet.u16At(at + TOTAL_LENGTH);
  if (first >>> 4 !== 4 || size < SIZE || (total !== 0 && total < size)) {
    return packet.malformed(abi.LAYER_IPV4);
  }
  if (!packet.has(at, size)) return packet.truncated(abi.LAYER_IPV4);
  if (total !== 0) packet.endAfter(at, total);
  packet.network = abi.NETWORK_IPV4;
  packet.source = at + SOURCE;
  packet.target = at + TARGET;

  const protocol = packet.u8[at + PROTOCOL]!;
  const fragment = packet.u16At(at + FRAGMENT);
  if ((fragment & (OFFSET_MASK | MORE_FRAGMENTS)) !== 0) {
    packet.markFragment();
    const id = packet.u16At(at + IDENTIFICATION);
    const offset = (fragment & OFFSET_MASK) * 8;
    const more = (fragment & MORE_FRAGMENTS) !== 0;
    if (packet.fragments.collect(protocol, id, at + size, offset, more)) return;
  }
  if ((fragment & OFFSET_MASK) !== 0) describe(packet, protocol, 0, 0, 0, 0, at + size, 0);
  else transport(packet, protocol, at + size);
}
