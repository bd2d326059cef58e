/** IP without a link header: the first nibble is the version. pcap LINKTYPE_RAW. */
import * as abi from "../abi";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { available } from "./packet";
import { truncated, unhandled } from "./unhandled";

export function ip(at: usize): void {
  if (available(at) < 1) return truncated(abi.LAYER_LINK);
  const version = load<u8>(at) >> 4;
  if (version == 4) ipv4(at);
  else if (version == 6) ipv6(at);
  else unhandled(abi.UNHANDLED_IP_VERSION, version);
}
