/**
 * Does this look like a header? Asked where nothing but a port or a guess says so: all that a header
 * must have is demanded, and that it was captured. What it says it holds must have been on the wire.
 */
import type { Packet } from "./packet.js";
import { TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6 } from "./tunnel.js";

const IPV4_SIZE = 20;
const IPV6_SIZE = 40;
const ETHERNET_SIZE = 14;
const ETHERNET_TYPE = 12;
const TYPE_VLAN = 0x8100;
const TYPE_SERVICE_VLAN = 0x88a8;
const TYPE_ARP = 0x0806;
const TYPE_PPPOE = 0x8864;
const VLAN_SIZE = 4;
const VLANS_MAX = 2;
const LENGTH_MAX = 1500;

export function isIpv4(packet: Packet, at: number): boolean {
  if (!packet.has(at, IPV4_SIZE)) return false;
  const first = packet.u8[at]!;
  const size = (first & 15) * 4;
  const total = packet.u16At(at + 2);
  const isRight = first >>> 4 === 4 && size >= IPV4_SIZE && total >= size;
  return isRight && packet.wireHas(at, total);
}

export function isIpv6(packet: Packet, at: number): boolean {
  const isThere = packet.has(at, IPV6_SIZE) && packet.u8[at]! >>> 4 === 6;
  return isThere && packet.wireHas(at, IPV6_SIZE + packet.u16At(at + 4));
}

/** An Ethernet frame, perhaps with VLAN tags, that carries what we know. */
export function isEthernet(packet: Packet, begin: number): boolean {
  if (!packet.has(begin, ETHERNET_SIZE)) return false;
  let type = packet.u16At(begin + ETHERNET_TYPE);
  let at = begin + ETHERNET_SIZE;
  const tagsEnd = at + VLANS_MAX * VLAN_SIZE;
  while (at < tagsEnd && (type === TYPE_VLAN || type === TYPE_SERVICE_VLAN)) {
    if (!packet.has(at, VLAN_SIZE)) return false;
    type = packet.u16At(at + 2);
    at += VLAN_SIZE;
  }
  switch (type) {
    case TYPE_IPV4:
      return isIpv4(packet, at);
    case TYPE_IPV6:
      return isIpv6(packet, at);
    case TYPE_ARP: // for IPv4 over Ethernet
      if (!packet.has(at, 6)) return false;
      return packet.u32At(at) === 0x00010800 && packet.u16At(at + 4) === 0x0604;
    case TYPE_PPPOE:
      return packet.has(at, 2) && packet.u16At(at) === 0x1100;
    default: // IEEE 802.3 with SNAP
      if (type > LENGTH_MAX || !packet.wireHas(at, type) || !packet.has(at, 3)) return false;
      return packet.u16At(at) === 0xaaaa && packet.u8[at + 2] === 3;
  }
}

/** IP in PPP, with or without address and control bytes. */
export function isPpp(packet: Packet, begin: number): boolean {
  let at = begin;
  if (packet.has(at, 2) && packet.u16At(at) === 0xff03) at += 2;
  if (!packet.has(at, 2)) return false;
  let protocol = packet.u8[at]!;
  at++;
  if ((protocol & 1) === 0) {
    protocol = (protocol << 8) | packet.u8[at]!;
    at++;
  }
  if (protocol === 0x0021) return isIpv4(packet, at);
  return protocol === 0x0057 && isIpv6(packet, at);
}

/** The type itself where what is carried looks like it, -1 otherwise. */
export function plausibleType(packet: Packet, type: number, at: number): number {
  const isRight =
    (type === TYPE_ETHERNET && isEthernet(packet, at)) ||
    (type === TYPE_IPV4 && isIpv4(packet, at)) ||
    (type === TYPE_IPV6 && isIpv6(packet, at));
  return isRight ? type : -1;
}
