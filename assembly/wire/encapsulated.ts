/** IP protocols that carry another packet. IANA Protocol Numbers. */
import * as abi from "../abi";
import { etherip } from "./etherip";
import { gre } from "./gre";
import { l2tpv3 } from "./l2tpv3";
import { Packet } from "./packet";
import { tunnel, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS } from "./tunnel";

const IPV4: u32 = 4;
const IPV6: u32 = 41;
const GRE: u32 = 47;
const ETHERIP: u32 = 97;
const L2TPV3: u32 = 115;
const MPLS: u32 = 137;

export function encapsulated(protocol: u32, at: usize): void {
  // What a first fragment carries is not whole.
  if (Packet.flags & abi.D_FLAG_FRAGMENT) return;
  switch (protocol) {
    case IPV4: // RFC 2003, RFC 2473
      return tunnel(abi.TUNNEL_IPIP, 0, TYPE_IPV4, at);
    case IPV6: // RFC 4213, RFC 5969, RFC 2473
      return tunnel(abi.TUNNEL_IPV6_IN_IP, 0, TYPE_IPV6, at);
    case GRE:
      return gre(at);
    case ETHERIP:
      return etherip(at);
    case L2TPV3:
      return l2tpv3(at);
    case MPLS: // RFC 4023 §3
      return tunnel(abi.TUNNEL_MPLS, 0, TYPE_MPLS, at);
  }
}
