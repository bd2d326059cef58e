/**
 * What a kernel puts before a packet that it saw: OpenBSD's packet filter (LINKTYPE_PFLOG), Solaris
 * (LINKTYPE_IPNET), macOS (LINKTYPE_PKTAP).
 */
import * as abi from "../abi";
import { ip } from "./ip";
import { available } from "./packet";
import { malformed, truncated } from "./unhandled";

/** PFLOG begins with its length, which is then rounded up to a multiple of four; 45 bytes in its first version. */
const PFLOG_MIN: u32 = 45;

export function pflog(at: usize): void {
  if (available(at) < 1) return truncated(abi.LAYER_LINK);
  const length = <u32>load<u8>(at);
  if (length < PFLOG_MIN) return malformed(abi.LAYER_LINK);
  const size = (length + 3) & ~3;
  if (available(at) < size) return truncated(abi.LAYER_LINK);
  ip(at + size);
}

const IPNET_SIZE: u32 = 24;

export function ipnet(at: usize): void {
  if (available(at) < IPNET_SIZE) return truncated(abi.LAYER_LINK);
  ip(at + IPNET_SIZE);
}

/** PKTAP: its length, 1 for a packet, the link type behind it; little-endian on all that Apple makes. */
const PKTAP_TYPE: usize = 4;
const PKTAP_LINK_TYPE: usize = 8;
const PKTAP_MIN: u32 = 12;
const PACKET: u32 = 1;

/** The size of a PKTAP header that is right and there, or 0. */
export function pktapSize(at: usize): u32 {
  if (available(at) < PKTAP_MIN) {
    truncated(abi.LAYER_LINK);
    return 0;
  }
  const size = load<u32>(at);
  if (size < PKTAP_MIN || load<u32>(at + PKTAP_TYPE) != PACKET) {
    malformed(abi.LAYER_LINK);
    return 0;
  }
  if (available(at) >= size) return size;
  truncated(abi.LAYER_LINK);
  return 0;
}

export function pktapLinkType(at: usize): u32 {
  return load<u32>(at + PKTAP_LINK_TYPE);
}
