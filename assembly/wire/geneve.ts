/** Geneve. RFC 8926 §3.4 and §3.5. */
import * as abi from "../abi";
import { available, be16, be32 } from "./packet";
import { isEthernet, isIpv4, isIpv6 } from "./plausible";
import { tunnel, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6 } from "./tunnel";

const VERSION_LENGTH: usize = 0;
const FLAGS: usize = 1;
const TYPE: usize = 2;
const VNI: usize = 4;
const RESERVED: usize = 7;
const SIZE: u32 = 8;
/** Control packet, and what must be 0; the critical bit is not among them. */
const REFUSED_FLAGS: u32 = 0xbf;
/** An option: class, type, length in words without its first. */
const OPTION_LENGTH: usize = 3;
const OPTION_SIZE: u32 = 4;

export function geneve(at: usize): void {
  if (available(at) < SIZE) return;
  const first = <u32>load<u8>(at + VERSION_LENGTH);
  const isWrong = first >> 6 != 0 || (load<u8>(at + FLAGS) & REFUSED_FLAGS) != 0;
  if (isWrong || load<u8>(at + RESERVED) != 0) return;
  const size = SIZE + ((first & 63) << 2);
  if (available(at) < size || !areOptions(at + SIZE, at + size)) return;
  const type = be16(at + TYPE);
  const inner = at + size;
  if (
    (type == TYPE_ETHERNET && isEthernet(inner)) ||
    (type == TYPE_IPV4 && isIpv4(inner)) ||
    (type == TYPE_IPV6 && isIpv6(inner))
  ) {
    tunnel(abi.TUNNEL_GENEVE, be32(at + VNI) >> 8, type, inner);
  }
}

/** Options fill their room exactly. */
function areOptions(at: usize, end: usize): bool {
  while (at < end) at += OPTION_SIZE + ((<u32>(load<u8>(at + OPTION_LENGTH) & 31)) << 2);
  return at == end;
}
