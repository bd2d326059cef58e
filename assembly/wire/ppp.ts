/**
 * PPP: a protocol number, perhaps behind the address and control bytes of HDLC-like framing, and
 * perhaps compressed to one byte. RFC 1661 §2 and §6.5, RFC 1662 §3.1.
 */
import * as abi from "../abi";
import { ipv4 } from "./ipv4";
import { ipv6 } from "./ipv6";
import { mpls } from "./mpls";
import { available, be16 } from "./packet";
import { truncated, unhandled } from "./unhandled";

const ADDRESS_CONTROL: u32 = 0xff03;

/** From the address and control bytes on, which the peers may have agreed to leave out. */
export function framedPpp(at: usize): void {
  if (available(at) >= 2 && be16(at) == ADDRESS_CONTROL) at += 2;
  ppp(at);
}

/** From the protocol number on. The last byte of a number is odd, all before it are even. */
export function ppp(at: usize): void {
  const isCompressed = available(at) >= 1 && (load<u8>(at) & 1) == 1;
  const size: u32 = isCompressed ? 1 : 2;
  if (available(at) < size) return truncated(abi.LAYER_PPPOE);
  const protocol = isCompressed ? <u32>load<u8>(at) : be16(at);
  switch (protocol) {
    case 0x0021:
      return ipv4(at + size);
    case 0x0057:
      return ipv6(at + size);
    case 0x0281:
    case 0x0283:
      return mpls(at + size);
    default:
      unhandled(abi.UNHANDLED_PPP, protocol);
  }
}
