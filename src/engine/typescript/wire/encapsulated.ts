/** IP protocols that carry another packet. IANA Protocol Numbers. */
import * as abi from "../../abi.js";
import { ah } from "./ah.js";
import { esp } from "./esp.js";
import { etherip } from "./etherip.js";
import { gre } from "./gre.js";
import { l2tpv3 } from "./l2tpv3.js";
import type { Packet } from "./packet.js";
import { tunnel, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS } from "./tunnel.js";

export function encapsulated(packet: Packet, protocol: number, at: number): void {
  // What a first fragment carries is not whole.
  if ((packet.flags & abi.D_FLAG_FRAGMENT) !== 0) return;
  switch (protocol) {
    case abi.IP_IPV4: // RFC 2003, RFC 2473
      return tunnel(packet, abi.TUNNEL_IPIP, 0, TYPE_IPV4, at);
    case abi.IP_IPV6: // RFC 4213, RFC 5969, RFC 2473
      return tunnel(packet, abi.TUNNEL_IPV6_IN_IP, 0, TYPE_IPV6, at);
    case 47:
      return gre(packet, at);
    case 50:
      return esp(packet, at);
    case 51:
      return ah(packet, at);
    case 97:
      return etherip(packet, at);
    case 115:
      return l2tpv3(packet, at);
    case 137: // RFC 4023 §3
      return tunnel(packet, abi.TUNNEL_MPLS, 0, TYPE_MPLS, at);
  }
}
