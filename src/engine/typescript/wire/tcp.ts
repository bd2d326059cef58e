/** TCP. RFC 9293 §3.1. */
import * as abi from "../../abi.js";
import { describe } from "./descriptor.js";
import type { Packet } from "./packet.js";
import { describeCutHeader, hasPorts, SOURCE_PORT, TARGET_PORT } from "./ports.js";
import { seenTwice } from "./twice.js";

const SEQUENCE = 4;
/** Header length in 32-bit words, in the upper four bits. */
const DATA_OFFSET = 12;
const FLAGS = 13;
/** What is needed of a header: up to the flags. */
const READ_SIZE = 14;
const SIZE = 20;

export function tcp(packet: Packet, at: number): void {
  if (!hasPorts(packet, at)) return;
  if (!packet.has(at, READ_SIZE)) return describeCutHeader(packet, abi.IP_TCP, at, READ_SIZE);
  const source = packet.u16At(at + SOURCE_PORT);
  const target = packet.u16At(at + TARGET_PORT);
  const flags = packet.u8[at + FLAGS]!;
  // A SYN takes one sequence number of its own.
  const sequence = packet.u32At(at + SEQUENCE) + ((flags & abi.TCP_SYN) === 0 ? 0 : 1);
  const size = (packet.u8[at + DATA_OFFSET]! >>> 4) * 4;
  if (size < SIZE || !packet.wireHas(at, size)) {
    packet.flags |= abi.D_FLAG_MALFORMED;
    return describe(packet, abi.IP_TCP, source, target, flags, sequence, at, 0);
  }
  if (!packet.has(at, size)) packet.flags |= abi.D_FLAG_SNAPPED;
  const length = packet.wireEnd - at - size;
  describe(packet, abi.IP_TCP, source, target, flags, sequence, at + size, length);
  seenTwice(packet, at);
}
