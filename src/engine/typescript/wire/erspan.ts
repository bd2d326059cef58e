/** ERSPAN types II and III, behind a GRE header. draft-foschiano-erspan §4.2 and §4.3. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";
import { tunnel, TYPE_ETHERNET } from "./tunnel.js";

const SESSION = 2;
const SESSION_MASK = 0x3ff;
const SIZE_2 = 8;
const VERSION_2 = 1;
const SIZE_3 = 12;
const VERSION_3 = 2;
/** Type III: P, frame type, hardware id, direction, granularity, and whether a subheader follows. */
const TRAITS = 10;
const FRAME_TYPE = 0x7c00;
const SUBHEADER = 1;
const SUBHEADER_SIZE = 8;

export function erspan2(packet: Packet, at: number): void {
  if (hasHeader(packet, at, SIZE_2, VERSION_2)) mirrored(packet, at, SIZE_2);
}

export function erspan3(packet: Packet, at: number): void {
  if (!hasHeader(packet, at, SIZE_3, VERSION_3)) return;
  const traits = packet.u16At(at + TRAITS);
  // Frame type 0 is Ethernet.
  if ((traits & FRAME_TYPE) !== 0) return packet.malformed(abi.LAYER_TUNNEL);
  const size = SIZE_3 + ((traits & SUBHEADER) === 0 ? 0 : SUBHEADER_SIZE);
  if (packet.hasTunnelHeader(at, size)) mirrored(packet, at, size);
}

function mirrored(packet: Packet, at: number, size: number): void {
  const session = packet.u16At(at + SESSION) & SESSION_MASK;
  tunnel(packet, abi.TUNNEL_ERSPAN, session, TYPE_ETHERNET, at + size);
}

function hasHeader(packet: Packet, at: number, size: number, version: number): boolean {
  if (!packet.hasTunnelHeader(at, size)) return false;
  if (packet.u8[at]! >>> 4 === version) return true;
  packet.malformed(abi.LAYER_TUNNEL);
  return false;
}
