/** Link types: what a capture's frames begin with. Numbers as in www.tcpdump.org/linktypes.html. */
import * as abi from "../../abi.js";
import { alp } from "./alp.js";
import { cookedV1, cookedV2 } from "./cooked.js";
import { ethernet } from "./ethernet.js";
import { ethertype } from "./ethertype.js";
import { ciscoHdlc, frameRelay } from "./hdlc.js";
import { ipnet, pflog, pktapLinkType, pktapSize } from "./host-headers.js";
import { ip } from "./ip.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import { loopback } from "./loopback.js";
import { nflog } from "./nflog.js";
import type { Packet } from "./packet.js";
import { framedPpp, ppp } from "./ppp.js";
import { pppoe } from "./pppoe.js";
import { ppi, prism, radiotap } from "./radio.js";
import { broadcom, dsa, EDSA } from "./switch-tags.js";
import { tokenRing } from "./token-ring.js";
import { wlan } from "./wlan.js";

export const LINK_ETHERNET = 1;
/** Says what is behind it. */
const PKTAP = 258;
/** In place of an Ethertype: an LLC header follows. */
const LLC = 0;

export function link(packet: Packet, linkType: number, at: number): void {
  switch (linkType) {
    case LINK_ETHERNET:
      return ethernet(packet, at);
    case 113:
      return cookedV1(packet, at);
    case 276:
      return cookedV2(packet, at);
    case 101:
    case 106: // classical IP over ATM, Linux
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
    case 204: // PPP behind a direction
      if (packet.hasLinkHeader(at, 1)) framedPpp(packet, at + 1);
      return;
    case 166: // PPP with a direction in place of the address byte
      if (packet.hasLinkHeader(at, 2)) ppp(packet, at + 2);
      return;
    case 8: // SLIP: direction and compressed header
      if (packet.hasLinkHeader(at, 16)) ip(packet, at + 16);
      return;
    case 109: // OpenBSD's encapsulating interface: family, SPI, flags
      if (packet.hasLinkHeader(at, 12)) ip(packet, at + 12);
      return;
    case 10: // FDDI: frame control, two addresses
      if (packet.hasLinkHeader(at, 13)) ethertype(packet, at + 13, LLC);
      return;
    case 123: // SunATM: direction, channel
      if (packet.hasLinkHeader(at, 4)) ethertype(packet, at + 4, LLC);
      return;
    case 100: // ATM, RFC 2684
      return ethertype(packet, at, LLC);
    case 240: // NetAnalyzer: four bytes of its own
      if (packet.hasLinkHeader(at, 4)) ethernet(packet, at + 4);
      return;
    case 241: // the same in front of preamble and delimiter
      if (packet.hasLinkHeader(at, 12)) ethernet(packet, at + 12);
      return;
    case 6:
      return tokenRing(packet, at);
    case 122: // Fibre Channel, RFC 2625: two addresses of 8 bytes
      if (packet.hasLinkHeader(at, 16)) ethertype(packet, at + 16, LLC);
      return;
    case 138: // IEEE 1394, Apple: two addresses of 8 bytes, an Ethertype
      if (packet.hasLinkHeader(at, 18)) ethertype(packet, at + 18, packet.u16At(at + 16));
      return;
    case 242: // InfiniBand, RFC 4391: route, Ethertype, two bytes of 0
      if (packet.hasLinkHeader(at, 44)) ethertype(packet, at + 44, packet.u16At(at + 40));
      return;
    case 205: // Cisco HDLC and Frame Relay behind a direction
      if (packet.hasLinkHeader(at, 1)) ciscoHdlc(packet, at + 1);
      return;
    case 206:
      if (packet.hasLinkHeader(at, 1)) frameRelay(packet, at + 1);
      return;
    case 281:
      return broadcom(packet, at);
    case 282: // Broadcom's tag in front of the frame
      if (packet.hasLinkHeader(at, 4)) ethernet(packet, at + 4);
      return;
    case 284:
      return dsa(packet, at, 0);
    case 285:
      return dsa(packet, at, EDSA);
    case 289:
      return alp(packet, at);
    case 117:
      return pflog(packet, at);
    case 226:
      return ipnet(packet, at);
    case PKTAP: {
      const size = pktapSize(packet, at);
      if (size === 0) return;
      const inner = pktapLinkType(packet, at);
      if (inner === PKTAP) return packet.leave(abi.UNHANDLED_LINK_TYPE, PKTAP);
      return link(packet, inner, at + size);
    }
    case 239:
      return nflog(packet, at);
    case 104:
      return ciscoHdlc(packet, at);
    case 107:
      return frameRelay(packet, at);
    case 105:
      return wlan(packet, at, false, false);
    case 119:
    case 163:
      return prism(packet, at);
    case 127:
      return radiotap(packet, at);
    case 192:
      return ppi(packet, at);
    default:
      packet.leave(abi.UNHANDLED_LINK_TYPE, linkType);
  }
}
