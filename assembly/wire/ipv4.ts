/** IPv4. RFC 791 §3.1. */
import * as abi from "../abi";
import { count } from "../memory";
import { describe } from "./descriptor";
import { collectFragment } from "./fragments";
import { available, be16, endAfter, Packet } from "./packet";
import { transport } from "./transport";
import { malformed, truncated } from "./unhandled";

const TOTAL_LENGTH: usize = 2;
const IDENTIFICATION: usize = 4;
const FRAGMENT: usize = 6;
const PROTOCOL: usize = 9;
const SOURCE: usize = 12;
const TARGET: usize = 16;
const SIZE: u32 = 20;

const OFFSET_MASK: u32 = 0x1fff;
const MORE_FRAGMENTS: u32 = 0x2000;

export function ipv4(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_IPV4);
  const first = load<u8>(at);
  const size = (<u32>(first & 15)) << 2;
  const total = be16(at + TOTAL_LENGTH);
  if (first >> 4 != 4 || size < SIZE || (total != 0 && total < size)) {
    return malformed(abi.LAYER_IPV4);
  }
  if (available(at) < size) return truncated(abi.LAYER_IPV4);
  // Segmentation offload leaves the length 0: then it is all that the frame holds.
  if (total != 0 && !endAfter(at, total)) Packet.flags |= abi.D_FLAG_MALFORMED;
  Packet.network = abi.NETWORK_IPV4;
  Packet.source = at + SOURCE;
  Packet.target = at + TARGET;

  const protocol = <u32>load<u8>(at + PROTOCOL);
  const fragment = be16(at + FRAGMENT);
  const id = be16(at + IDENTIFICATION);
  at += size;
  if (fragment & (OFFSET_MASK | MORE_FRAGMENTS)) {
    Packet.flags |= abi.D_FLAG_FRAGMENT;
    count(abi.C_FRAGMENTS);
    const more = (fragment & MORE_FRAGMENTS) != 0;
    if (collectFragment(protocol, id, at, (fragment & OFFSET_MASK) << 3, more)) return;
    if (fragment & OFFSET_MASK) return describe(protocol, 0, 0, 0, 0, at, 0);
  }
  transport(protocol, at);
}
