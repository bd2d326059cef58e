/**
 * Tags that are no VLAN's, between an Ethertype and the next: they say nothing of what a flow is. VN-Tag;
 * E-TAG (IEEE 802.1BR §7); the I-TAG of a backbone, which ends with another frame's addresses (IEEE 802.1Q §9.7); MACsec
 * where it only signs (IEEE 802.1AE §9.3).
 */
import { available } from "./packet";

export const VN_TAG: i32 = 0x8926;
export const E_TAG: i32 = 0x893f;
export const I_TAG: i32 = 0x88e7;
export const MACSEC: i32 = 0x88e5;

/** Of MACsec's first byte: version 1, encrypted, changed; a channel's identifier of 8 bytes is there. */
const SEALED: u32 = 0x8c;
const HAS_CHANNEL: u32 = 0x20;

/** Bytes in front of the next Ethertype; 0 where it cannot be read. */
export function tagSize(type: i32, at: usize): u32 {
  switch (type) {
    case VN_TAG:
      return 4;
    case E_TAG:
      return 6;
    case I_TAG:
      return 16;
    default: {
      const control: u32 = available(at) >= 1 ? <u32>load<u8>(at) : 0;
      return control & SEALED ? 0 : control & HAS_CHANNEL ? 14 : 6;
    }
  }
}
