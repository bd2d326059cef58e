/**
 * GTP-U: a user's packets, message type 255. 3GPP TS 29.281 §5.1 and §5.2. Each direction has an
 * endpoint identifier of its own, so it cannot be part of a key.
 */
import * as abi from "../abi";
import { available, be16, endAfter, Packet } from "./packet";
import { isEthernet, isIpv4, isIpv6 } from "./plausible";
import { tunnel, TYPE_ETHERNET, TYPE_IPV4, TYPE_IPV6 } from "./tunnel";

const FLAGS: usize = 0;
const MESSAGE: usize = 1;
const LENGTH: usize = 2;
const SIZE: u32 = 8;
/** With sequence number, N-PDU number and next extension: all there when one is. */
const LONG_SIZE: u32 = 12;
const NEXT: usize = 11;

/** Version 1, protocol type GTP, a spare bit of 0. */
const VERSION: u32 = 0x30;
const VERSION_MASK: u32 = 0xf8;
const EXTENSION: u32 = 4;
const OPTIONAL: u32 = 7;
const T_PDU: u32 = 255;
const EXTENSIONS_MAX = 8;

export function gtp(at: usize): void {
  if (available(at) < LONG_SIZE) return;
  const flags = <u32>load<u8>(at + FLAGS);
  const length = be16(at + LENGTH);
  if ((flags & VERSION_MASK) != VERSION || load<u8>(at + MESSAGE) != T_PDU) return;
  if (SIZE + length > <u32>(Packet.wireEnd - at)) return;
  endAfter(at + SIZE, length);
  let inner = at + SIZE;
  if (flags & OPTIONAL) {
    if (available(at) < LONG_SIZE) return;
    inner = at + LONG_SIZE;
    let next = flags & EXTENSION ? <u32>load<u8>(at + NEXT) : 0;
    for (let walked = 0; next != 0; walked++) {
      if (walked == EXTENSIONS_MAX || available(inner) < 4) return;
      const size = (<u32>load<u8>(inner)) << 2;
      if (size == 0 || available(inner) < size) return;
      inner += size;
      next = load<u8>(inner - 1);
    }
  }
  if (isIpv4(inner)) tunnel(abi.TUNNEL_GTP, 0, TYPE_IPV4, inner);
  else if (isIpv6(inner)) tunnel(abi.TUNNEL_GTP, 0, TYPE_IPV6, inner);
  else if (isEthernet(inner)) tunnel(abi.TUNNEL_GTP, 0, TYPE_ETHERNET, inner);
}
