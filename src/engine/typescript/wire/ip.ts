/** IP without a link header: the first nibble is the version. pcap LINKTYPE_RAW. */
import * as abi from "../../abi.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import type { Packet } from "./packet.js";

export function ip(packet: Packet, at: number): void {
  if (!packet.has(at, 1)) return packet.truncated(abi.LAYER_LINK);
  const version = packet.u8[at]! >>> 4;
  if (version === 4) ipv4(packet, at);
  else if (version === 6) ipv6(packet, at);
  else packet.leave(abi.UNHANDLED_IP_VERSION, version);
}
