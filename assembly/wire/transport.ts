/** IP protocol numbers: who goes on with a packet. IANA Protocol Numbers. */
import * as abi from "../abi";
import { describe } from "./descriptor";
import { encapsulated } from "./encapsulated";
import { Packet } from "./packet";
import { portsOnly } from "./ports";
import { sctp } from "./sctp";
import { tcp } from "./tcp";
import { udp } from "./udp";

const DCCP = 33;
const UDP_LITE = 136;

export function transport(protocol: u32, at: usize): void {
  switch (protocol) {
    case abi.IP_TCP:
      return tcp(at);
    case abi.IP_UDP:
      return udp(at);
    case abi.IP_SCTP:
      return sctp(at);
    case DCCP:
    case UDP_LITE:
      return portsOnly(protocol, at);
    default:
      describe(protocol, 0, 0, 0, 0, at, <u32>(Packet.wireEnd - at));
      encapsulated(protocol, at);
  }
}
