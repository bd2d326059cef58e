/** ATSC 3.0's link-layer protocol: IPv4 packets in whole (LINKTYPE_ATSC_ALP). ATSC A/330 §5.1. */
import * as abi from "../abi";
import { ipv4 } from "./ipv4";
import { available } from "./packet";
import { truncated, unhandled } from "./unhandled";

const LINK_ALP: u32 = 289;
const SIZE: u32 = 2;
/** Three bits of packet type, 0 for IPv4; a bit for segments and several in one. */
const TYPE_AND_PIECES: u32 = 0xf0;
/** An additional header follows: more of the length, and two bits for what stands behind it. */
const MORE: u32 = 0x08;
const HAS_STREAM: u32 = 0x02;
const HAS_EXTENSION: u32 = 0x01;

export function alp(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_LINK);
  const first = <u32>load<u8>(at);
  if (first & TYPE_AND_PIECES) return unhandled(abi.UNHANDLED_LINK_TYPE, LINK_ALP);
  at += SIZE;
  if (first & MORE) {
    if (available(at) < 1) return truncated(abi.LAYER_LINK);
    const more = <u32>load<u8>(at);
    at += more & HAS_STREAM ? 2 : 1;
    if (more & HAS_EXTENSION) {
      // A type, and a length that is one more than it says.
      if (<i32>available(at) < 2) return truncated(abi.LAYER_LINK);
      at += 3 + <u32>load<u8>(at + 1);
    }
  }
  if (<i32>available(at) < 0) return truncated(abi.LAYER_LINK);
  ipv4(at);
}
