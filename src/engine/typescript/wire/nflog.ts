/** Linux's netfilter log: attributes, one of which is the packet from its IP header on. pcap LINKTYPE_NFLOG. */
import * as abi from "../../abi.js";
import { ip } from "./ip.js";
import type { Packet } from "./packet.js";

const FAMILY = 0;
const VERSION = 1;
const SIZE = 4;
/** Length with this header, type: in the order of the host that captured, which is little-endian today. */
const ATTRIBUTE_LENGTH = 0;
const ATTRIBUTE_TYPE = 2;
const ATTRIBUTE_SIZE = 4;
const ATTRIBUTES_MAX = 32;
const PAYLOAD = 9;
const INET = 2;
const INET6 = 10;

export function nflog(packet: Packet, begin: number): void {
  if (!packet.hasLinkHeader(begin, SIZE)) return;
  const { u8, view } = packet;
  const family = u8[begin + FAMILY]!;
  if (u8[begin + VERSION] !== 0) return packet.malformed(abi.LAYER_LINK);
  if (family !== INET && family !== INET6) return packet.leave(abi.UNHANDLED_FAMILY, family);
  let at = begin + SIZE;
  for (let walked = 0; walked < ATTRIBUTES_MAX; walked++) {
    if (!packet.hasLinkHeader(at, ATTRIBUTE_SIZE)) return;
    const length = view.getUint16(at + ATTRIBUTE_LENGTH, true);
    if (length < ATTRIBUTE_SIZE) return packet.malformed(abi.LAYER_LINK);
    if (view.getUint16(at + ATTRIBUTE_TYPE, true) === PAYLOAD) {
      if (!packet.wireHas(at, length)) return packet.malformed(abi.LAYER_LINK);
      packet.endAfter(at, length);
      return ip(packet, at + ATTRIBUTE_SIZE);
    }
    const size = (length + 3) & ~3;
    if (!packet.hasLinkHeader(at, size)) return;
    at += size;
  }
  packet.malformed(abi.LAYER_LINK);
}
