/**
 * What a switch's chip tells the host it is part of, in an Ethernet frame: Marvell's tag, which takes a
 * VLAN tag's place (LINKTYPE_DSA_TAG_DSA, _EDSA), and Broadcom's (LINKTYPE_DSA_TAG_BRCM). tcpdump.org, Linux net/dsa.
 */
import { ethertype } from "./ethertype.js";
import type { Packet } from "./packet.js";
import { vlanType } from "./vlan.js";

const ADDRESSES = 12;
const TAG = 4;
const TYPE = 2;
/** The frame had a VLAN tag: its last 12 bits are the VLAN's. */
const IS_TAGGED = 0x20;
/** In front of Marvell's tag in its longer form: an Ethertype of its own, two bytes of 0. */
export const EDSA = 4;

export function dsa(packet: Packet, at: number, before: number): void {
  const size = ADDRESSES + before + TAG + TYPE;
  if (!packet.hasLinkHeader(at, size)) return;
  const tag = at + ADDRESSES + before;
  const isTagged = (packet.u8[tag]! & IS_TAGGED) !== 0;
  ethertype(packet, at + size, isTagged ? vlanType(packet, tag + 2) : packet.u16At(tag + TAG));
}

export function broadcom(packet: Packet, at: number): void {
  const size = ADDRESSES + TAG + TYPE;
  if (!packet.hasLinkHeader(at, size)) return;
  ethertype(packet, at + size, packet.u16At(at + ADDRESSES + TAG));
}
