/** CAPWAP data: IEEE 802.3 frames. RFC 5415 §4.3. Sealed and fragmented ones are only their own flow. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { isEthernet } from "./plausible.js";
import { tunnel, TYPE_ETHERNET } from "./tunnel.js";

const SIZE = 8;
const PREAMBLE = 0;
/** In words: radio MAC address and wireless information count. */
const LENGTH = 1;
const FLAGS = 2;
/** Native frame format, fragment, keep-alive, reserved bits. */
const REFUSED = 0x018f;

export function capwap(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return;
  const size = (packet.u8[at + LENGTH]! >>> 3) * 4;
  const isRefused = packet.u8[at + PREAMBLE] !== 0 || (packet.u16At(at + FLAGS) & REFUSED) !== 0;
  if (isRefused || size < SIZE || !isEthernet(packet, at + size)) return;
  tunnel(packet, abi.TUNNEL_CAPWAP, 0, TYPE_ETHERNET, at + size);
}
