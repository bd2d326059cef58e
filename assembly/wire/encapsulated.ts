/** IP protocols that carry another packet. IANA Protocol Numbers. */
import * as abi from "../abi";
import { ah } from "./ah";
import { esp } from "./esp";
import { etherip } from "./etherip";
import { gre } from "./gre";
import { l2tpv3 } from "./l2tpv3";
import { Packet } from "./packet";
import { tunnel, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS } from "./tunnel";

const GRE: u32 = 47;
const ESP: u32 = 50;
const AH: u32 = 51;
const ETHERIP: u32 = 97;
const L2TPV3: u32 = 115;
const MPLS: u32 = 137;

export function encapsulated(protocol: u32, at: usize): void {
  // What a first fragment carries is not whole.
  if (Packet.flags & abi.D_FLAG_FRAGMENT) return;
  switch (protocol) {
    case abi.IP_IPV4: // RFC 2003, RFC 2473
      return tunnel(abi.TUNNEL_IPIP, 0, TYPE_IPV4, at);
    case abi.IP_IPV6: // RFC 4213, RFC 5969, RFC 2473
      return tunnel(abi.TUNNEL_IPV6_IN_IP, 0, TYPE_IPV6, at);
    case GRE:
      return gre(at);
    case ESP:
      return esp(at);
    case AH:
      return ah(at);
    case ETHERIP:
      return etherip(at);
    case L2TPV3:
      return l2tpv3(at);
    case MPLS: // RFC 4023 §3
      return tunnel(abi.TUNNEL_MPLS, 0, TYPE_MPLS, at);
  }
}
