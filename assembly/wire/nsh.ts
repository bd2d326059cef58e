/** NSH: a service function chain's header, which belongs to the flow that it is put before. RFC 8300 §2. */
import * as abi from "../abi";
import { available, be16, Packet } from "./packet";
import { carry, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6, TYPE_MPLS } from "./tunnel";
import { malformed, truncated } from "./unhandled";

const VERSION: u32 = 0xc000;
/** In words. */
const LENGTH: u32 = 0x3f;
const METADATA: usize = 2;
const NEXT: usize = 3;
const SIZE: u32 = 8;
/** Metadata type 1 has four words. */
const FIXED_SIZE: u32 = 24;

export function nsh(at: usize): void {
  if (available(at) < SIZE) return isCut(at, SIZE);
  const start = be16(at);
  const size = (start & LENGTH) << 2;
  const metadata = load<u8>(at + METADATA) & 15;
  if ((start & VERSION) != 0 || size < SIZE || (metadata == 1 && size != FIXED_SIZE)) {
    return malformed(abi.LAYER_TUNNEL);
  }
  if (available(at) < size) return isCut(at, size);
  switch (load<u8>(at + NEXT)) {
    case 1:
      return carry(TYPE_IPV4, at + size);
    case 2:
      return carry(TYPE_IPV6, at + size);
    case 3:
      return carry(TYPE_ETHERNET, at + size);
    case 5:
      return carry(TYPE_MPLS, at + size);
    default:
      malformed(abi.LAYER_TUNNEL);
  }
}

function isCut(at: usize, size: u32): void {
  if (<u32>(Packet.wireEnd - at) >= size) truncated(abi.LAYER_TUNNEL);
  else malformed(abi.LAYER_TUNNEL);
}
