/** Linux's netfilter log: attributes, one of which is the packet from its IP header on. pcap LINKTYPE_NFLOG. */
import * as abi from "../abi";
import { ip } from "./ip";
import { available, endAfter } from "./packet";
import { malformed, truncated, unhandled } from "./unhandled";

const FAMILY: usize = 0;
const VERSION: usize = 1;
const SIZE: u32 = 4;
/** Length with this header, type: in the order of the host that captured, which is little-endian today. */
const ATTRIBUTE_TYPE: usize = 2;
const ATTRIBUTE_SIZE: u32 = 4;
const ATTRIBUTES_MAX = 32;
const PAYLOAD: u32 = 9;
const INET: u32 = 2;
const INET6: u32 = 10;

export function nflog(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_LINK);
  const family = <u32>load<u8>(at + FAMILY);
  if (load<u8>(at + VERSION) != 0) return malformed(abi.LAYER_LINK);
  if (family != INET && family != INET6) return unhandled(abi.UNHANDLED_FAMILY, family);
  at += SIZE;
  for (let walked = 0; walked < ATTRIBUTES_MAX; walked++) {
    if (available(at) < ATTRIBUTE_SIZE) return truncated(abi.LAYER_LINK);
    const length = <u32>load<u16>(at);
    const type = <u32>load<u16>(at + ATTRIBUTE_TYPE);
    if (length < ATTRIBUTE_SIZE) return malformed(abi.LAYER_LINK);
    if (type == PAYLOAD) {
      if (!endAfter(at, length)) return malformed(abi.LAYER_LINK);
      return ip(at + ATTRIBUTE_SIZE);
    }
    const next = (length + 3) & ~3;
    if (available(at) < next) return truncated(abi.LAYER_LINK);
    at += next;
  }
  malformed(abi.LAYER_LINK);
}
