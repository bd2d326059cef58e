/** Link types: what a capture's frames begin with. Numbers as in www.tcpdump.org/linktypes.html. */
import * as abi from "../../abi.js";
import { cookedV1, cookedV2 } from "./cooked.js";
import { ethernet } from "./ethernet.js";
import { ip } from "./ip.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import { loopback } from "./loopback.js";
import type { Packet } from "./packet.js";
import { framedPpp } from "./ppp.js";
import { pppoe } from "./pppoe.js";

export const LINK_ETHERNET = 1;

export function link(packet: Packet, linkType: number, at: number): void {
  switch (linkType) {
    case LINK_ETHERNET:
      return ethernet(packet, at);
    case 113:
      return cookedV1(packet, at);
    case 276:
      return cookedV2(packet, at);
    case 101:
    case 12: // DLT_RAW, as older programs wrote it
    case 14: // the same, OpenBSD
      return ip(packet, at);
    case 228:
      return ipv4(packet, at);
    case 229:
      return ipv6(packet, at);
    case 0:
    case 108:
      return loopback(packet, at);
    case 9:
    case 50:
      return framedPpp(packet, at);
    case 51:
      return pppoe(packet, at);
    default:
      packet.leave(abi.UNHANDLED_LINK_TYPE, linkType);
  }
}
