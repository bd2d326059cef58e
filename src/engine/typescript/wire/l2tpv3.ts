/**
 * L2TPv3 data: a session id that is not 0, then a cookie of 0, 4 or 8 bytes and perhaps a sublayer of
 * 4. Only the control connection knows which, so a frame is taken where one stands. RFC 3931 §4.1.
 */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { isEthernet, isPpp } from "./plausible.js";
import { tunnel, TYPE_ETHERNET, TYPE_PPP } from "./tunnel.js";

const SESSION_SIZE = 4;
/** Cookie and sublayer. */
const OPTIONAL_MAX = 12;

export function l2tpv3(packet: Packet, begin: number): void {
  if (!packet.has(begin, SESSION_SIZE) || packet.u32At(begin) === 0) return;
  const first = begin + SESSION_SIZE;
  for (let at = first; at <= first + OPTIONAL_MAX; at += 4) {
    if (isEthernet(packet, at)) return tunnel(packet, abi.TUNNEL_L2TPV3, 0, TYPE_ETHERNET, at);
    if (isPpp(packet, at)) return tunnel(packet, abi.TUNNEL_L2TPV3, 0, TYPE_PPP, at);
  }
}
