/**
 * L2TPv3 data: a session id that is not 0, then a cookie of 0, 4 or 8 bytes and perhaps a sublayer of
 * 4. Only the control connection knows which, so a frame is taken where one stands. RFC 3931 §4.1.
 */
import * as abi from "../abi";
import { available, be32 } from "./packet";
import { isEthernet, isPpp } from "./plausible";
import { tunnel, TYPE_ETHERNET, TYPE_PPP } from "./tunnel";

const SESSION_SIZE: u32 = 4;
/** Cookie and sublayer. */
const OPTIONAL_MAX: u32 = 12;

export function l2tpv3(at: usize): void {
  if (available(at) < SESSION_SIZE || be32(at) == 0) return;
  at += SESSION_SIZE;
  for (let size: u32 = 0; size <= OPTIONAL_MAX && available(at) > size; size += 4) {
    const frame = at + size;
    if (isEthernet(frame)) return tunnel(abi.TUNNEL_L2TPV3, 0, TYPE_ETHERNET, frame);
    if (isPpp(frame)) return tunnel(abi.TUNNEL_L2TPV3, 0, TYPE_PPP, frame);
  }
}
