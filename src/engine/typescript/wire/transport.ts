/** IP protocol numbers: who goes on with a packet. IANA Protocol Numbers. */
import * as abi from "../../abi.js";
import { describe } from "./descriptor.js";
import { encapsulated } from "./encapsulated.js";
import type { Packet } from "./packet.js";
import { portsOnly } from "./ports.js";
import { sctp } from "./sctp.js";
import { tcp } from "./tcp.js";
import { udp } from "./udp.js";

const DCCP = 33;
const UDP_LITE = 136;

export function transport(packet: Packet, protocol: number, at: number): void {
  switch (protocol) {
    case abi.IP_TCP:
      return tcp(packet, at);
    case abi.IP_UDP:
      return udp(packet, at);
    case abi.IP_SCTP:
      return sctp(packet, at);
    case DCCP:
    case UDP_LITE:
      return portsOnly(packet, protocol, at);
    default:
      describe(packet, protocol, 0, 0, 0, 0, at, packet.wireEnd - at);
      encapsulated(packet, protocol, at);
  }
}
