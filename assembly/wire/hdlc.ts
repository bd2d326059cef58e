/** Serial lines: Cisco's HDLC (pcap LINKTYPE_C_HDLC), Frame Relay (RFC 2427 §3 and §4, or Cisco's way). */
import * as abi from "../abi";
import { ethernet } from "./ethernet";
import { ethertype } from "./ethertype";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { available, be16, be32 } from "./packet";
import { ppp } from "./ppp";
import { malformed, truncated, unhandled } from "./unhandled";

const CISCO_TYPE: usize = 2;
const CISCO_SIZE: u32 = 4;
/** To one station, to all. */
const UNICAST: u32 = 0x0f00;
const MULTICAST: u32 = 0x8f00;

export function ciscoHdlc(at: usize): void {
  if (available(at) < CISCO_SIZE) return truncated(abi.LAYER_LINK);
  const start = be16(at);
  if (start != UNICAST && start != MULTICAST) return malformed(abi.LAYER_LINK);
  typed(at + CISCO_SIZE, be16(at + CISCO_TYPE));
}

/** Addresses have two to four bytes; the last is odd. */
const ADDRESS_MIN: u32 = 2;
const ADDRESS_MAX: u32 = 4;
const UNNUMBERED: u32 = 3;
const NLPID_SNAP: u32 = 0x80;
const NLPID_IPV6: u32 = 0x8e;
const NLPID_IPV4: u32 = 0xcc;
const NLPID_PPP: u32 = 0xcf;
/** Behind the identifier: OUI and type. */
const SNAP_SIZE: u32 = 5;
const BRIDGED_OUI: u32 = 0x0080c2;
const BRIDGED_ETHERNET: u32 = 7;
const BRIDGED_ETHERNET_FCS: u32 = 1;

export function frameRelay(at: usize): void {
  let address = ADDRESS_MIN;
  while (available(at) >= address && !(load<u8>(at + address - 1) & 1)) {
    if (++address > ADDRESS_MAX) return malformed(abi.LAYER_LINK);
  }
  if (available(at) < address + 2) return truncated(abi.LAYER_LINK);
  at += address;
  if (load<u8>(at) != UNNUMBERED) return typed(at + 2, be16(at));
  at += load<u8>(at + 1) == 0 ? 2 : 1;
  if (available(at) < 1) return truncated(abi.LAYER_LINK);
  const identifier = <u32>load<u8>(at);
  at += 1;
  switch (identifier) {
    case NLPID_IPV4:
      return ipv4(at);
    case NLPID_IPV6:
      return ipv6(at);
    case NLPID_PPP:
      return ppp(at);
    case NLPID_SNAP:
      return snap(at);
    default:
      unhandled(abi.UNHANDLED_NLPID, identifier);
  }
}

function snap(at: usize): void {
  if (available(at) < SNAP_SIZE) return truncated(abi.LAYER_LINK);
  const oui = be32(at) >> 8;
  const type = be16(at + 3);
  at += SNAP_SIZE;
  if (oui == 0) return typed(at, type);
  const isEthernet = type == BRIDGED_ETHERNET || type == BRIDGED_ETHERNET_FCS;
  if (oui == BRIDGED_OUI && isEthernet) return ethernet(at);
  unhandled(abi.UNHANDLED_NLPID, NLPID_SNAP);
}

/** Only Ethertypes: a length cannot stand here. */
function typed(at: usize, type: u32): void {
  if (type < 1536) unhandled(abi.UNHANDLED_ETHERTYPE, type);
  else ethertype(at, type);
}
