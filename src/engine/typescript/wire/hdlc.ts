/** Serial lines: Cisco's HDLC (pcap LINKTYPE_C_HDLC), Frame Relay (RFC 2427 §3 and §4, or Cisco's way). */
import * as abi from "../../abi.js";
import { ethernet } from "./ethernet.js";
import { ethertype } from "./ethertype.js";
import { ipv4 } from "./ipv4.js";
import { ipv6 } from "./ipv6.js";
import type { Packet } from "./packet.js";
import { ppp } from "./ppp.js";

const CISCO_TYPE = 2;
const CISCO_SIZE = 4;
/** To one station, to all. */
const UNICAST = 0x0f00;
const MULTICAST = 0x8f00;
const ETHERTYPE_MIN = 1536;

export function ciscoHdlc(packet: Packet, at: number): void {
  if (!packet.hasLinkHeader(at, CISCO_SIZE)) return;
  const start = packet.u16At(at);
  if (start !== UNICAST && start !== MULTICAST) return packet.malformed(abi.LAYER_LINK);
  typed(packet, at + CISCO_SIZE, packet.u16At(at + CISCO_TYPE));
}

/** Addresses have two to four bytes; the last is odd. */
const ADDRESS_MIN = 2;
const ADDRESS_MAX = 4;
const UNNUMBERED = 3;
const NLPID_SNAP = 0x80;
/** Behind the identifier: OUI and type. */
const SNAP_SIZE = 5;
/** An Ethernet frame: with its checksum, and without. */
const bridged = new Set([0x0080_c200_01, 0x0080_c200_07]);

export function frameRelay(packet: Packet, begin: number): void {
  const { u8 } = packet;
  let address = ADDRESS_MIN;
  while (packet.has(begin, address) && (u8[begin + address - 1]! & 1) === 0) {
    if (++address > ADDRESS_MAX) return packet.malformed(abi.LAYER_LINK);
  }
  if (!packet.hasLinkHeader(begin, address + 2)) return;
  let at = begin + address;
  if (u8[at] !== UNNUMBERED) return typed(packet, at + 2, packet.u16At(at));
  // A byte of 0 may pad the header.
  at += u8[at + 1] === 0 ? 2 : 1;
  if (!packet.hasLinkHeader(at, 1)) return;
  const identifier = u8[at]!;
  at++;
  switch (identifier) {
    case 0xcc:
      return ipv4(packet, at);
    case 0x8e:
      return ipv6(packet, at);
    case 0xcf:
      return ppp(packet, at);
    case NLPID_SNAP:
      return snap(packet, at);
    default:
      packet.leave(abi.UNHANDLED_NLPID, identifier);
  }
}

function snap(packet: Packet, at: number): void {
  if (!packet.hasLinkHeader(at, SNAP_SIZE)) return;
  const type = packet.u16At(at + 3);
  const full = (packet.u32At(at) >>> 8) * 65536 + type;
  if (full === type) typed(packet, at + SNAP_SIZE, type);
  else if (bridged.has(full)) ethernet(packet, at + SNAP_SIZE);
  else packet.leave(abi.UNHANDLED_NLPID, NLPID_SNAP);
}

/** Only Ethertypes: a length cannot stand here. */
function typed(packet: Packet, at: number, type: number): void {
  if (type < ETHERTYPE_MIN) packet.leave(abi.UNHANDLED_ETHERTYPE, type);
  else ethertype(packet, at, type);
}
