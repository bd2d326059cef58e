/** Linux cooked captures, versions 1 and 2: a link header in place of the real one. pcap LINKTYPE_LINUX_SLL, _SLL2. */
import * as abi from "../abi";
import { ethertype } from "./ethertype";
import { available, be16 } from "./packet";
import { truncated, unhandled } from "./unhandled";

const V1_PROTOCOL: usize = 14;
const V1_SIZE: u32 = 16;
const V2_PROTOCOL: usize = 0;
const V2_SIZE: u32 = 20;

/** Linux numbers what has no Ethertype below 1536 (`linux/if_ether.h`); this one is an LLC header. */
const LLC: u32 = 4;
const ETHERTYPE_MIN: u32 = 1536;

export function cookedV1(at: usize): void {
  cooked(at, V1_SIZE, V1_PROTOCOL);
}

export function cookedV2(at: usize): void {
  cooked(at, V2_SIZE, V2_PROTOCOL);
}

function cooked(at: usize, size: u32, protocolAt: usize): void {
  if (available(at) < size) return truncated(abi.LAYER_LINK);
  const protocol = be16(at + protocolAt);
  if (protocol < ETHERTYPE_MIN && protocol != LLC) {
    return unhandled(abi.UNHANDLED_ETHERTYPE, protocol);
  }
  ethertype(at + size, protocol);
}
