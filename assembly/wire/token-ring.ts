/** Token Ring: LLC frames, perhaps behind a route. IEEE 802.5 §3.2; pcap LINKTYPE_IEEE802_5. */
import * as abi from "../abi";
import { ethertype } from "./ethertype";
import { available } from "./packet";
import { malformed, truncated, unhandled } from "./unhandled";

const LINK_TOKEN_RING: u32 = 6;
const FRAME_CONTROL: usize = 1;
/** Two bits: a frame of LLC, not of the medium's own. */
const FRAME_TYPE: u32 = 0xc0;
const LLC_FRAME: u32 = 0x40;
/** Access and frame control, two addresses. */
const SIZE: u32 = 14;
const SOURCE: usize = 8;
const IS_ROUTED: u32 = 0x80;
/** Low five bits of a route: its length. */
const ROUTE_LENGTH: u32 = 0x1f;

export function tokenRing(at: usize): void {
  if (available(at) < SIZE) return truncated(abi.LAYER_LINK);
  if ((load<u8>(at + FRAME_CONTROL) & FRAME_TYPE) != LLC_FRAME) {
    return unhandled(abi.UNHANDLED_LINK_TYPE, LINK_TOKEN_RING);
  }
  const isRouted = (load<u8>(at + SOURCE) & IS_ROUTED) != 0;
  at += SIZE;
  if (isRouted) {
    if (available(at) < 1) return truncated(abi.LAYER_LINK);
    const length = <u32>load<u8>(at) & ROUTE_LENGTH;
    if (length < 2) return malformed(abi.LAYER_LINK);
    if (available(at) < length) return truncated(abi.LAYER_LINK);
    at += length;
  }
  ethertype(at, 0);
}
