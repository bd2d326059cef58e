/**
 * BSD loopback: four bytes of address family, in the byte order of the host that captured (NULL)
 * or in network order (LOOP). pcap LINKTYPE_NULL, LINKTYPE_LOOP.
 */
import * as abi from "../abi";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { available, be32 } from "./packet";
import { truncated, unhandled } from "./unhandled";

const SIZE: u32 = 4;

export function loopback(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_LINK);
  const bigEndian = be32(at);
  // Families are small numbers: the order in which this is one is the right one.
  const family = bigEndian > 0xffff ? bswap(bigEndian) : bigEndian;
  switch (family) {
    case 2:
      return ipv4(at + SIZE);
    case 10: // Linux
    case 23: // Windows
    case 24: // NetBSD, OpenBSD
    case 28: // FreeBSD
    case 30: // macOS
      return ipv6(at + SIZE);
    default:
      unhandled(abi.UNHANDLED_FAMILY, family);
  }
}
