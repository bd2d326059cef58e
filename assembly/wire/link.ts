/** Link types: what a capture's frames begin with. Numbers as in www.tcpdump.org/linktypes.html. */
import * as abi from "../abi";
import { alp } from "./alp";
import { cookedV1, cookedV2 } from "./cooked";
import { ethernet } from "./ethernet";
import { ethertype } from "./ethertype";
import { ciscoHdlc, frameRelay } from "./hdlc";
import { ipnet, pflog, pktapLinkType, pktapSize } from "./host-headers";
import { ip } from "./ip";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { loopback } from "./loopback";
import { nflog } from "./nflog";
import { available, be16 } from "./packet";
import { framedPpp, ppp } from "./ppp";
import { pppoe } from "./pppoe";
import { ppi, prism, radiotap } from "./radio";
import { broadcom, dsa, EDSA } from "./switch-tags";
import { tokenRing } from "./token-ring";
import { truncated, unhandled } from "./unhandled";
import { wlan } from "./wlan";

export const LINK_ETHERNET: u32 = 1;
/** Says what is behind it. */
const PKTAP: u32 = 258;
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
    case 241: // the same in front of preamble and delimiter
      if (isThere(at, 12)) ethernet(at + 12);
      return;
    case 6:
      return tokenRing(at);
    case 122: // Fibre Channel, RFC 2625: two addresses of 8 bytes
      if (isThere(at, 16)) ethertype(at + 16, LLC);
      return;
    case 138: // IEEE 1394, Apple: two addresses of 8 bytes, an Ethertype
      if (isThere(at, 18)) ethertype(at + 18, be16(at + 16));
      return;
    case 242: // InfiniBand, RFC 4391: route, Ethertype, two bytes of 0
      if (isThere(at, 44)) ethertype(at + 44, be16(at + 40));
      return;
    case 205: // Cisco HDLC and Frame Relay behind a direction
      if (isThere(at, 1)) ciscoHdlc(at + 1);
      return;
    case 206:
      if (isThere(at, 1)) frameRelay(at + 1);
      return;
    case 281:
      return broadcom(at);
    case 282: // Broadcom's tag in front of the frame
      if (isThere(at, 4)) ethernet(at + 4);
      return;
    case 284:
      return dsa(at, 0);
    case 285:
      return dsa(at, EDSA);
    case 289:
      return alp(at);
    case 117:
      return pflog(at);
    case 226:
      return ipnet(at);
    case PKTAP: {
      const size = pktapSize(at);
      if (size == 0) return;
      const inner = pktapLinkType(at);
      if (inner == PKTAP) return unhandled(abi.UNHANDLED_LINK_TYPE, PKTAP);
      return link(inner, at + size);
    }
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
