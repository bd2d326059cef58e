/** Token Ring: LLC frames, perhaps behind a route. IEEE 802.5 §3.2; pcap LINKTYPE_IEEE802_5. */
import * as abi from "../../abi.js";
import { ethertype } from "./ethertype.js";
import type { Packet } from "./packet.js";

const LINK_TOKEN_RING = 6;
const FRAME_CONTROL = 1;
/** Two bits: a frame of LLC, not of the medium's own. */
const FRAME_TYPE = 0xc0;
const LLC_FRAME = 0x40;
/** Access and frame control, two addresses. */
const SIZE = 14;
const SOURCE = 8;
const IS_ROUTED = 0x80;
/** Low five bits of a route: its length. */
const ROUTE_LENGTH = 0x1f;

export function tokenRing(packet: Packet, begin: number): void {
  if (!packet.hasLinkHeader(begin, SIZE)) return;
  const { u8 } = packet;
  if ((u8[begin + FRAME_CONTROL]! & FRAME_TYPE) !== LLC_FRAME) {
    return packet.leave(abi.UNHANDLED_LINK_TYPE, LINK_TOKEN_RING);
  }
  let at = begin + SIZE;
  if ((u8[begin + SOURCE]! & IS_ROUTED) !== 0) {
    if (!packet.hasLinkHeader(at, 1)) return;
    const length = u8[at]! & ROUTE_LENGTH;
    if (length < 2) return packet.malformed(abi.LAYER_LINK);
    if (!packet.hasLinkHeader(at, length)) return;
    at += length;
  }
  ethertype(packet, at, 0);
}
