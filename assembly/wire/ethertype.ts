/** Ethertypes: who goes on with a frame. IEEE 802 Numbers (IANA), IEEE 802.3 §3.2.6. */
import * as abi from "../abi";
import { arp } from "./arp";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { LLC_SIZE, snapType } from "./llc";
import { mpls } from "./mpls";
import { nsh } from "./nsh";
import { available, be16 } from "./packet";
import { pppoe } from "./pppoe";
import { E_TAG, I_TAG, MACSEC, tagSize, VN_TAG } from "./tags";
import { TYPE_NSH } from "./tunnel";
import { truncated, unhandled } from "./unhandled";
import { VLAN_SIZE, vlanType } from "./vlan";

/** Up to here the number is a length, and an LLC header follows. */
const LENGTH_MAX: i32 = 1500;
const TYPE_SIZE: u32 = 2;

export function ethertype(at: usize, firstType: u32): void {
  let type = <i32>firstType;
  // Each turn takes at least four bytes of the frame; a header that ends the walk gives -1.
  while (type >= 0) {
    switch (type) {
      case 0x0800:
        return ipv4(at);
      case 0x86dd:
        return ipv6(at);
      case 0x0806:
        return arp(at);
      case 0x8100:
      case 0x88a8:
      case 0x9100:
      case 0x9200:
        type = vlanType(at);
        at += VLAN_SIZE;
        break;
      case VN_TAG:
      case E_TAG:
      case I_TAG:
      case MACSEC: {
        const size = tagSize(type, at);
        if (size == 0) return unhandled(abi.UNHANDLED_ETHERTYPE, type);
        if (available(at) < size + TYPE_SIZE) return truncated(abi.LAYER_VLAN);
        type = be16(at + size);
        at += size + TYPE_SIZE;
        break;
      }
      case 0x8847:
      case 0x8848:
        return mpls(at);
      case 0x8864:
        return pppoe(at);
      case TYPE_NSH:
        return nsh(at);
      default:
        if (type > LENGTH_MAX) return unhandled(abi.UNHANDLED_ETHERTYPE, type);
        type = snapType(at);
        at += LLC_SIZE;
    }
  }
}
