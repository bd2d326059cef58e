/** Ethernet II, and IEEE 802.3 frames with a length in place of the type. IEEE 802.3 §3.2. */
import * as abi from "../abi";
import { ethertype } from "./ethertype";
import { available, be16 } from "./packet";
import { truncated } from "./unhandled";

const TYPE: usize = 12;
const SIZE: u32 = 14;

export function ethernet(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_LINK);
  ethertype(at + SIZE, be16(at + TYPE));
}
