/** CAPWAP data: IEEE 802.3 frames. RFC 5415 §4.3. Sealed and fragmented ones are only their own flow. */
import * as abi from "../abi";
import { available, be32 } from "./packet";
import { isEthernet } from "./plausible";
import { tunnel, TYPE_ETHERNET } from "./tunnel";

const SIZE: u32 = 8;
/** Preamble, native frame format, fragment, keep-alive, reserved bits. */
const REFUSED: u32 = 0xff00018f;
/** Radio MAC address and wireless information, which HLEN counts. */
const LENGTH_SHIFT: u32 = 19;

export function capwap(at: usize): void {
  if (available(at) < SIZE) return;
  const header = be32(at);
  const size = ((header >> LENGTH_SHIFT) & 31) << 2;
  if (header & REFUSED || size < SIZE || available(at) < size) return;
  if (isEthernet(at + size)) tunnel(abi.TUNNEL_CAPWAP, 0, TYPE_ETHERNET, at + size);
}
