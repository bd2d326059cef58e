/** IPv6 and its extension headers. RFC 8200 §3 and §4; RFC 2675 (jumbograms). */
import * as abi from "../abi";
import { count } from "../memory";
import { describe } from "./descriptor";
import { collectFragment } from "./fragments";
import { available, be16, be32, endAfter, Packet } from "./packet";
import { transport } from "./transport";
import { malformed, truncated } from "./unhandled";

const PAYLOAD_LENGTH: usize = 4;
const NEXT_HEADER: usize = 6;
const SOURCE: usize = 8;
const TARGET: usize = 24;
const SIZE: u32 = 40;

// An extension header: next header, length in units of 8 bytes without the first.
const EXTENSION_NEXT: usize = 0;
const EXTENSION_LENGTH: usize = 1;
const EXTENSION_SIZE: u32 = 8;
const FRAGMENT: usize = 2;
const OFFSET_MASK: u32 = 0xfff8;
const MORE_FRAGMENTS: u32 = 1;
const IDENTIFICATION: usize = 4;
/** Real packets have three at most. */
const EXTENSIONS_MAX = 8;

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT_HEADER = 44;
const NO_NEXT_HEADER = 59;
const DESTINATION = 60;
const MOBILITY = 135;
const HIP = 139;
const SHIM6 = 140;

export function ipv6(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_IPV6);
  if (load<u8>(at) >> 4 != 6) return malformed(abi.LAYER_IPV6);
  const length = be16(at + PAYLOAD_LENGTH);
  // A jumbogram, or segmentation offload, leaves the length 0: then it is all that the frame holds.
  if (length != 0 && !endAfter(at + SIZE, length)) Packet.flags |= abi.D_FLAG_MALFORMED;
  Packet.network = abi.NETWORK_IPV6;
  Packet.source = at + SOURCE;
  Packet.target = at + TARGET;
  extensions(at + SIZE, load<u8>(at + NEXT_HEADER));
}

/** The headers of a packet, or of a datagram that was put together, from the first behind the fixed one on. */
export function extensions(at: usize, protocol: u32): void {
  for (let walked = 0; isExtension(protocol); walked++) {
    if (walked == EXTENSIONS_MAX) {
      Packet.flags |= abi.D_FLAG_MALFORMED;
      return describe(protocol, 0, 0, 0, 0, at, 0);
    }
    const onWire = <u32>(Packet.wireEnd - at);
    if (onWire < EXTENSION_SIZE) return malformed(abi.LAYER_EXTENSION);
    if (available(at) < EXTENSION_SIZE) return truncated(abi.LAYER_EXTENSION);
    const next = <u32>load<u8>(at + EXTENSION_NEXT);
    if (protocol == FRAGMENT_HEADER) {
      const fragment = be16(at + FRAGMENT);
      const id = be32(at + IDENTIFICATION);
      at += EXTENSION_SIZE;
      if (fragment & (OFFSET_MASK | MORE_FRAGMENTS)) {
        if (!(Packet.flags & abi.D_FLAG_FRAGMENT)) count(abi.C_FRAGMENTS);
        Packet.flags |= abi.D_FLAG_FRAGMENT;
        const more = (fragment & MORE_FRAGMENTS) != 0;
        if (collectFragment(next, id, at, fragment & OFFSET_MASK, more)) return;
        if (fragment & OFFSET_MASK) return describe(next, 0, 0, 0, 0, at, 0);
      }
    } else {
      const size = (<u32>load<u8>(at + EXTENSION_LENGTH) + 1) << 3;
      if (onWire < size) return malformed(abi.LAYER_EXTENSION);
      if (available(at) < size) return truncated(abi.LAYER_EXTENSION);
      at += size;
    }
    protocol = next;
  }
  // What follows "no next header" is to be ignored (RFC 8200 §4.7).
  if (protocol == NO_NEXT_HEADER) return describe(protocol, 0, 0, 0, 0, at, 0);
  transport(protocol, at);
}

/** AH and ESP are not walked: they are what the flow is, and what they carry is another. */
function isExtension(protocol: u32): bool {
  switch (protocol) {
    case HOP_BY_HOP:
    case ROUTING:
    case FRAGMENT_HEADER:
    case DESTINATION:
    case MOBILITY:
    case HIP:
    case SHIM6:
      return true;
    default:
      return false;
  }
}
