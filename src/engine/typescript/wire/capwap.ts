/**
 * CAPWAP data: IEEE 802.3 frames, and IEEE 802.11 ones, whose frame control some controllers swap. RFC
 * 5415 §4.3. Sealed and fragmented ones are only their own flow.
 */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { isEthernet } from "./plausible.js";
import { tunnel, TYPE_ETHERNET, TYPE_WLAN, TYPE_WLAN_SWAPPED } from "./tunnel.js";

const SIZE = 8;
const PREAMBLE = 0;
/** In words: radio MAC address and wireless information count. */
const LENGTH = 1;
const FLAGS = 2;
/** Fragment, keep-alive, reserved bits. */
const REFUSED = 0x008f;
/** Binding and native frame format: IEEE 802.11, or none. */
const NATIVE = 0x0100;
const BINDING = 0x3e00;
const BINDING_WLAN = 0x0200;
const VERSION = 3;

export function capwap(packet: Packet, at: number): void {
  if (!packet.has(at, SIZE)) return;
  const size = (packet.u8[at + LENGTH]! >>> 3) * 4;
  const flags = packet.u16At(at + FLAGS);
  if (packet.u8[at + PREAMBLE] !== 0 || (flags & REFUSED) !== 0 || size < SIZE) return;
  const frame = at + size;
  const type = (flags & NATIVE) === 0 ? TYPE_ETHERNET : wlanType(packet, flags, frame);
  if (type < 0 || (type === TYPE_ETHERNET && !isEthernet(packet, frame))) return;
  tunnel(packet, abi.TUNNEL_CAPWAP, 0, type, frame);
}

/** The version of a frame is 0; where it cannot be, the bytes may be swapped. -1 where neither holds. */
function wlanType(packet: Packet, flags: number, at: number): number {
  if ((flags & BINDING) !== BINDING_WLAN || !packet.has(at, 2)) return -1;
  if ((packet.u8[at]! & VERSION) === 0) return TYPE_WLAN;
  return (packet.u8[at + 1]! & VERSION) === 0 ? TYPE_WLAN_SWAPPED : -1;
}
