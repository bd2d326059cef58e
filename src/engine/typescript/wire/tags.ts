/**
 * Tags that are no VLAN's, between an Ethertype and the next: they say nothing of what a flow is. VN-Tag;
 * E-TAG (IEEE 802.1BR §7); the I-TAG of a backbone, which ends with another frame's addresses (IEEE 802.1Q §9.7); MACsec
 * where it only signs (IEEE 802.1AE §9.3).
 */
import type { Packet } from "./packet.js";

export const VN_TAG = 0x8926;
export const E_TAG = 0x893f;
export const I_TAG = 0x88e7;
export const MACSEC = 0x88e5;

/** Of MACsec's first byte: version 1, encrypted, changed; a channel's identifier of 8 bytes is there. */
const SEALED = 0x8c;
const HAS_CHANNEL = 0x20;

/** Bytes in front of the next Ethertype; 0 where it cannot be read. */
export function tagSize(packet: Packet, type: number, at: number): number {
  if (type === VN_TAG) return 4;
  if (type === E_TAG) return 6;
  if (type === I_TAG) return 16;
  const control = packet.has(at, 1) ? packet.u8[at]! : 0;
  if ((control & SEALED) !== 0) return 0;
  return (control & HAS_CHANNEL) === 0 ? 6 : 14;
}
