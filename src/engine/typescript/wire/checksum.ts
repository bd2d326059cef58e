/** The Internet checksum: the sum of what it covers, with itself, is 0xffff. RFC 1071 §1; pseudo-header: RFC 9293 §3.1, RFC 8200 §8.1. */
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";

/** What a length field can say. */
const LENGTH_MAX = 65535;
/** A sum that is a multiple of it, and not 0, folds to it. */
const RIGHT = 0xffff;

/** Of `length` captured bytes. */
export function isChecksum(packet: Packet, at: number, length: number): boolean {
  return length <= LENGTH_MAX && isRight(sum(packet, at, length));
}

/** The same behind the pseudo-header of the packet's addresses. */
export function isTransportChecksum(
  packet: Packet,
  protocol: number,
  at: number,
  length: number,
): boolean {
  if (length > LENGTH_MAX) return false;
  const size = packet.network === abi.NETWORK_IPV6 ? 16 : 4;
  const ends = sum(packet, packet.source, size) + sum(packet, packet.target, size);
  return isRight(ends + sum(packet, at, length) + protocol + length);
}

function sum(packet: Packet, at: number, length: number): number {
  let total = 0;
  const last = at + length - (length % 2);
  for (let word = at; word < last; word += 2) total += packet.u16At(word);
  return length % 2 === 0 ? total : total + packet.u8[last]! * 256;
}

const isRight = (total: number): boolean => total > 0 && total % RIGHT === 0;
