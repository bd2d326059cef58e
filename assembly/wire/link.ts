/** Link types: what a capture's frames begin with. Numbers as in www.tcpdump.org/linktypes.html. */
import * as abi from "../abi";
import { cookedV1, cookedV2 } from "./cooked";
import { ethernet } from "./ethernet";
import { ethertype } from "./ethertype";
import { ciscoHdlc, frameRelay } from "./hdlc";
import { ip } from "./ip";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { loopback } from "./loopback";
import { nflog } from "./nflog";
import { available } from "./packet";
import { framedPpp, ppp } from "./ppp";
import { pppoe } from "./pppoe";
import { ppi, prism, radiotap } from "./radio";
import { truncated, unhandled } from "./unhandled";
import { wlan } from "./wlan";

export const LINK_ETHERNET: u32 = 1;
/** In place of an Ethertype: an LLC header follows. */
const LLC: u32 = 0;

export function link(linkType: u32, at: usize): void {
  switch (linkType) {
    case LINK_ETHERNET:
      return ethernet(at);
    case 113:
      return cookedV1(at);
    case 276:
      return cookedV2(at);
    case 101:
    case 106: // classical IP over ATM, Linux
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
    case 204: // PPP behind a direction
      if (isThere(at, 1)) framedPpp(at + 1);
      return;
    case 166: // PPP with a direction in place of the address byte
      if (isThere(at, 2)) ppp(at + 2);
      return;
    case 8: // SLIP: direction and compressed header
      if (isThere(at, 16)) ip(at + 16);
      return;
    case 109: // OpenBSD's encapsulating interface: family, SPI, flags
      if (isThere(at, 12)) ip(at + 12);
      return;
    case 10: // FDDI: frame control, two addresses
      if (isThere(at, 13)) ethertype(at + 13, LLC);
      return;
    case 123: // SunATM: direction, channel
      if (isThere(at, 4)) ethertype(at + 4, LLC);
      return;
    case 100: // ATM, RFC 2684
      return ethertype(at, LLC);
    case 240: // NetAnalyzer: four bytes of its own
      if (isThere(at, 4)) ethernet(at + 4);
      return;
    case 239:
      return nflog(at);
    case 104:
      return ciscoHdlc(at);
    case 107:
      return frameRelay(at);
    case 105:
      return wlan(at, false, false);
    case 119:
    case 163:
      return prism(at);
    case 127:
      return radiotap(at);
    case 192:
      return ppi(at);
    default:
      unhandled(abi.UNHANDLED_LINK_TYPE, linkType);
  }
}

function isThere(at: usize, size: u32): bool {
  if (available(at) >= size) return true;
  truncated(abi.LAYER_LINK);
  return false;
}
