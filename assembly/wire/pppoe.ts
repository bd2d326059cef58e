/** PPPoE session frames. RFC 2516 §4. */
import * as abi from "../abi";
import { available, be16, endAfter, Packet } from "./packet";
import { ppp } from "./ppp";
import { malformed, truncated } from "./unhandled";

const VERSION_TYPE: usize = 0;
const CODE: usize = 1;
const LENGTH: usize = 4;
const SIZE: u32 = 6;

export function pppoe(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_PPPOE);
  if (load<u8>(at + VERSION_TYPE) != 0x11 || load<u8>(at + CODE) != 0) {
    return malformed(abi.LAYER_PPPOE);
  }
  if (!endAfter(at + SIZE, be16(at + LENGTH))) Packet.flags |= abi.D_FLAG_MALFORMED;
  ppp(at + SIZE);
}
