/** The Internet checksum: the sum of what it covers, with itself, is 0xffff. RFC 1071 §1; pseudo-header: RFC 9293 §3.1, RFC 8200 §8.1. */
import * as abi from "../abi";
import { be16, Packet } from "./packet";

/** More would not fit the sum, nor a length field. */
const LENGTH_MAX: u32 = 65535;
const RIGHT: u32 = 0xffff;

/** Of `length` captured bytes. */
export function isChecksum(at: usize, length: u32): bool {
  return length <= LENGTH_MAX && folded(sum(at, length)) == RIGHT;
}

/** The same behind the pseudo-header of the packet's addresses. */
export function isTransportChecksum(protocol: u32, at: usize, length: u32): bool {
  if (length > LENGTH_MAX) return false;
  const size: u32 = Packet.network == abi.NETWORK_IPV6 ? 16 : 4;
  const ends = folded(sum(Packet.source, size)) + folded(sum(Packet.target, size));
  return folded(ends + folded(sum(at, length)) + protocol + length) == RIGHT;
}

function sum(at: usize, length: u32): u32 {
  const last = at + (length & ~1);
  let total: u32 = 0;
  for (let word = at; word < last; word += 2) total += be16(word);
  return length & 1 ? total + ((<u32>load<u8>(last)) << 8) : total;
}

function folded(total: u32): u32 {
  total = (total >> 16) + (total & 0xffff);
  return (total >> 16) + (total & 0xffff);
}
