/**
 * CAPWAP data: IEEE 802.3 frames, and IEEE 802.11 ones, whose frame control some controllers swap. RFC
 * 5415 §4.3. Sealed and fragmented ones are only their own flow.
 */
import * as abi from "../abi";
import { available, be32 } from "./packet";
import { isEthernet } from "./plausible";
import { tunnel, TYPE_ETHERNET, TYPE_WLAN, TYPE_WLAN_SWAPPED } from "./tunnel";

const SIZE: u32 = 8;
/** Preamble, fragment, keep-alive, reserved bits. */
const REFUSED: u32 = 0xff00008f;
/** Binding and native frame format: IEEE 802.11, or none. */
const NATIVE: u32 = 0x0000_0100;
const BINDING: u32 = 0x0000_3e00;
const BINDING_WLAN: u32 = 0x0000_0200;
const VERSION: u32 = 3;
/** Radio MAC address and wireless information, which HLEN counts. */
const LENGTH_SHIFT: u32 = 19;

export function capwap(at: usize): void {
  if (available(at) < SIZE) return;
  const header = be32(at);
  const size = ((header >> LENGTH_SHIFT) & 31) << 2;
  if (header & REFUSED || size < SIZE || available(at) < size) return;
  const frame = at + size;
  if (!(header & NATIVE)) {
    if (isEthernet(frame)) tunnel(abi.TUNNEL_CAPWAP, 0, TYPE_ETHERNET, frame);
    return;
  }
  if ((header & BINDING) != BINDING_WLAN || available(frame) < 2) return;
  const isSwapped = (load<u8>(frame) & VERSION) != 0;
  if (isSwapped && (load<u8>(frame + 1) & VERSION) != 0) return;
  tunnel(abi.TUNNEL_CAPWAP, 0, isSwapped ? TYPE_WLAN_SWAPPED : TYPE_WLAN, frame);
}
