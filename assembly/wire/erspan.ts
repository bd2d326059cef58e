/** ERSPAN types II and III, behind a GRE header. draft-foschiano-erspan §4.2 and §4.3. */
import * as abi from "../abi";
import { available, be16, Packet } from "./packet";
import { tunnel, TYPE_ETHERNET } from "./tunnel";
import { malformed, truncated } from "./unhandled";

const SESSION: usize = 2;
const SESSION_MASK: u32 = 0x3ff;
const SIZE_2: u32 = 8;
const SIZE_3: u32 = 12;
/** Type III: P, frame type, hardware id, direction, granularity, and whether a subheader of 8 bytes follows. */
const TRAITS: usize = 10;
const FRAME_TYPE: u32 = 0x7c00;
const SUBHEADER: u32 = 1;
const SUBHEADER_SIZE: u32 = 8;

export function erspan2(at: usize): void {
  if (hasHeader(at, SIZE_2, 1)) mirrored(at, SIZE_2);
}

export function erspan3(at: usize): void {
  if (!hasHeader(at, SIZE_3, 2)) return;
  const traits = be16(at + TRAITS);
  // Frame type 0 is Ethernet.
  if (traits & FRAME_TYPE) return malformed(abi.LAYER_TUNNEL);
  const size = traits & SUBHEADER ? SIZE_3 + SUBHEADER_SIZE : SIZE_3;
  if (hasHeader(at, size, 2)) mirrored(at, size);
}

function mirrored(at: usize, size: u32): void {
  tunnel(abi.TUNNEL_ERSPAN, be16(at + SESSION) & SESSION_MASK, TYPE_ETHERNET, at + size);
}

function hasHeader(at: usize, size: u32, version: u32): bool {
  const isThere = available(at) >= size;
  if (isThere && load<u8>(at) >> 4 == version) return true;
  if (!isThere && <u32>(Packet.wireEnd - at) >= size) truncated(abi.LAYER_TUNNEL);
  else malformed(abi.LAYER_TUNNEL);
  return false;
}
