/**
 * What a switch's chip tells the host it is part of, in an Ethernet frame: Marvell's tag, which takes a
 * VLAN tag's place (LINKTYPE_DSA_TAG_DSA, _EDSA), and Broadcom's (LINKTYPE_DSA_TAG_BRCM). tcpdump.org, Linux net/dsa.
 */
import * as abi from "../abi";
import { ethertype } from "./ethertype";
import { available, be16 } from "./packet";
import { truncated } from "./unhandled";
import { vlanType } from "./vlan";

const ADDRESSES: u32 = 12;
const TAG: u32 = 4;
const TYPE: u32 = 2;
/** The frame had a VLAN tag: its last 12 bits are the VLAN's. */
const IS_TAGGED: u32 = 0x20;
/** In front of Marvell's tag in its longer form: an Ethertype of its own, two bytes of 0. */
export const EDSA: u32 = 4;

export function dsa(at: usize, before: u32): void {
  const size = ADDRESSES + before + TAG + TYPE;
  if (available(at) < size) return truncated(abi.LAYER_LINK);
  const tag = at + ADDRESSES + before;
  const isTagged = (load<u8>(tag) & IS_TAGGED) != 0;
  ethertype(at + size, isTagged ? vlanType(tag + 2) : be16(tag + TAG));
}

export function broadcom(at: usize): void {
  const size = ADDRESSES + TAG + TYPE;
  if (available(at) < size) return truncated(abi.LAYER_LINK);
  ethertype(at + size, be16(at + ADDRESSES + TAG));
}
