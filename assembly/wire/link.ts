/** Link types: what a capture's frames begin with. Numbers as in www.tcpdump.org/linktypes.html. */
import * as abi from "../abi";
import { cookedV1, cookedV2 } from "./cooked";
import { ethernet } from "./ethernet";
import { ip } from "./ip";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { loopback } from "./loopback";
import { framedPpp } from "./ppp";
import { pppoe } from "./pppoe";
import { unhandled } from "./unhandled";

export const LINK_ETHERNET: u32 = 1;

export function link(linkType: u32, at: usize): void {
  switch (linkType) {
    case LINK_ETHERNET:
      return ethernet(at);
    case 113:
      return cookedV1(at);
    case 276:
      return cookedV2(at);
    case 101:
    case 12: // DLT_RAW, as older programs wrote it
    case 14: // the same, OpenBSD
      return ip(at);
    case 228:
      return ipv4(at);
    case 229:
      return ipv6(at);
    case 0:
    case 108:
      return loopback(at);
    case 9:
    case 50:
      return framedPpp(at);
    case 51:
      return pppoe(at);
    default:
      unhandled(abi.UNHANDLED_LINK_TYPE, linkType);
  }
}
