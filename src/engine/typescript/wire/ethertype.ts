/** Ethertypes: who goes on with a frame. IEEE 802 Numbers (IANA), IEEE 802.3 §3.2.6. */
import * as abi from "../../abi.js";
import { arp } from "./arp.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import { LLC_SIZE, snapType } from "./llc.js";
import { mpls } from "./mpls.js";
import { nsh } from "./nsh.js";
import type { Packet } from "./packet.js";
import { pppoe } from "./pppoe.js";
import { E_TAG, I_TAG, MACSEC, tagSize, VN_TAG } from "./tags.js";
import { TYPE_NSH } from "./tunnel.js";
import { VLAN_SIZE, vlanType } from "./vlan.js";

/** Up to here the number is a length, and an LLC header follows. */
const LENGTH_MAX = 1500;
const TYPE_SIZE = 2;

export function ethertype(packet: Packet, begin: number, firstType: number): void {
  let at = begin;
  let type = firstType;
  // Each turn takes at least four bytes of the frame; a header that ends the walk gives -1.
  while (type >= 0) {
    switch (type) {
      case 0x0800:
        return ipv4(packet, at);
      case 0x86dd:
        return ipv6(packet, at);
      case 0x0806:
        return arp(packet, at);
      case 0x8100:
      case 0x88a8:
      case 0x9100:
      case 0x9200:
        type = vlanType(packet, at);
        at += VLAN_SIZE;
        break;
      case VN_TAG:
      case E_TAG:
      case I_TAG:
      case MACSEC: {
        const size = tagSize(packet, type, at);
        if (size === 0) return packet.leave(abi.UNHANDLED_ETHERTYPE, type);
        if (!packet.has(at, size + TYPE_SIZE)) return packet.truncated(abi.LAYER_VLAN);
        type = packet.u16At(at + size);
        at += size + TYPE_SIZE;
        break;
      }
      case 0x8847:
      case 0x8848:
        return mpls(packet, at);
      case 0x8864:
        return pppoe(packet, at);
      case TYPE_NSH:
        return nsh(packet, at);
      default:
        if (type > LENGTH_MAX) return packet.leave(abi.UNHANDLED_ETHERTYPE, type);
        type = snapType(packet, at);
        at += LLC_SIZE;
    }
  }
}
