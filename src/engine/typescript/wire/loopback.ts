/**
 * BSD loopback: four bytes of address family, in the byte order of the host that captured (NULL)
 * or in network order (LOOP). pcap LINKTYPE_NULL, LINKTYPE_LOOP.
 */
import * as abi from "../../abi.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import type { Packet } from "./packet.js";

const SIZE = 4;

export function loopback(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return packet.truncated(abi.LAYER_LINK);
  const bigEndian = packet.u32At(at);
  // Families are small numbers: the order in which this is one is the right one.
  const family = bigEndian > 0xffff ? packet.view.getUint32(at, true) : bigEndian;
  switch (family) {
    case 2:
      return ipv4(packet, at + SIZE);
    case 10: // Linux
    case 23: // Windows
    case 24: // NetBSD, OpenBSD
    case 28: // FreeBSD
    case 30: // macOS
      return ipv6(packet, at + SIZE);
    default:
      packet.leave(abi.UNHANDLED_FAMILY, family);
  }
}
