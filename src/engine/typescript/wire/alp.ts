/** ATSC 3.0's link-layer protocol: IPv4 packets in whole (LINKTYPE_ATSC_ALP). ATSC A/330 §5.1. */
import * as abi from "../../abi.js";
import { ipv4 } from "./ipv4.js";
import type { Packet } from "./packet.js";

const LINK_ALP = 289;
const SIZE = 2;
/** Three bits of packet type, 0 for IPv4; a bit for segments and several in one. */
const TYPE_AND_PIECES = 0xf0;
/** An additional header follows: more of the length, and two bits for what stands behind it. */
const MORE = 0x08;
const HAS_STREAM = 0x02;
const HAS_EXTENSION = 0x01;

export function alp(packet: Packet, begin: number): void {
  if (!packet.hasLinkHeader(begin, SIZE)) return;
  const first = packet.u8[begin]!;
  if ((first & TYPE_AND_PIECES) !== 0) return packet.leave(abi.UNHANDLED_LINK_TYPE, LINK_ALP);
  let at = begin + SIZE;
  if ((first & MORE) !== 0) {
    if (!packet.hasLinkHeader(at, 1)) return;
    const more = packet.u8[at]!;
    at += (more & HAS_STREAM) === 0 ? 1 : 2;
    if ((more & HAS_EXTENSION) !== 0) {
      // A type, and a length that is one more than it says.
      if (!packet.hasLinkHeader(at, 2)) return;
      at += 3 + packet.u8[at + 1]!;
    }
  }
  if (packet.hasLinkHeader(at, 0)) ipv4(packet, at);
}
