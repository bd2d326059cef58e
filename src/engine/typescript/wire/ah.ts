/** AH: what it carries is in the clear, in front of it a header of 12 bytes and a check value. RFC 4302 §2. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { tunnel, TYPE_TRANSPORT } from "./tunnel.js";

/** In words, but for two. */
const LENGTH = 1;
const RESERVED = 2;
const SIZE = 12;

export function ah(packet: Packet, at: number): void {
  if (!packet.hasTunnelHeader(at, SIZE)) return;
  const size = (packet.u8[at + LENGTH]! + 2) * 4;
  if (size < SIZE || packet.u16At(at + RESERVED) !== 0) return packet.malformed(abi.LAYER_TUNNEL);
  if (!packet.hasTunnelHeader(at, size)) return;
  tunnel(packet, abi.TUNNEL_AH, 0, TYPE_TRANSPORT + packet.u8[at]!, at + size);
}
