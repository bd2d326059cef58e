/** LLC, and SNAP with an Ethertype (OUI 0). IEEE 802.2 §3.2, RFC 1042. */
import * as abi from "../abi";
import { available, be16, be32 } from "./packet";
import { truncated, unhandled } from "./unhandled";

const SAPS: usize = 0;
const LLC_ONLY_SIZE: u32 = 3;
const TYPE: usize = 6;
/** With SNAP. */
export const LLC_SIZE: u32 = 8;

/** Gives the Ethertype of a SNAP header, or -1. */
export function snapType(at: usize): i32 {
  if (available(at) < LLC_ONLY_SIZE) {
    truncated(abi.LAYER_LINK);
    return -1;
  }
  if (be16(at + SAPS) != 0xaaaa || load<u8>(at, 2) != 3) {
    unhandled(abi.UNHANDLED_LLC, be16(at + SAPS));
    return -1;
  }
  if (available(at) < LLC_SIZE) {
    truncated(abi.LAYER_LINK);
    return -1;
  }
  if ((be32(at + 2) & 0xffffff) != 0) {
    unhandled(abi.UNHANDLED_LLC, be16(at + SAPS));
    return -1;
  }
  return be16(at + TYPE);
}
