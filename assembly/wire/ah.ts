/** AH: what it carries is in the clear, in front of it a header of 12 bytes and a check value. RFC 4302 §2. */
import * as abi from "../abi";
import { available, be16, Packet } from "./packet";
import { tunnel, TYPE_TRANSPORT } from "./tunnel";
import { malformed, truncated } from "./unhandled";

/** In words, but for two. */
const LENGTH: usize = 1;
const RESERVED: usize = 2;
const SIZE: u32 = 12;

export function ah(at: usize): void {
  if (available(at) < SIZE) return isCut(at, SIZE);
  const size = (<u32>load<u8>(at + LENGTH) + 2) << 2;
  if (size < SIZE || be16(at + RESERVED) != 0) return malformed(abi.LAYER_TUNNEL);
  if (available(at) < size) return isCut(at, size);
  tunnel(abi.TUNNEL_AH, 0, TYPE_TRANSPORT | <i32>load<u8>(at), at + size);
}

function isCut(at: usize, size: u32): void {
  if (<u32>(Packet.wireEnd - at) >= size) truncated(abi.LAYER_TUNNEL);
  else malformed(abi.LAYER_TUNNEL);
}
