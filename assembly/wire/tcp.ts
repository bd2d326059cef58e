/** TCP. RFC 9293 §3.1. */
import * as abi from "../abi";
import { describe } from "./descriptor";
import { available, be16, be32, Packet } from "./packet";
import { describeCutHeader, hasPorts, SOURCE_PORT, TARGET_PORT } from "./ports";
import { seenTwice } from "./twice";

const SEQUENCE: usize = 4;
/** Header length in 32-bit words, in the upper four bits. */
const DATA_OFFSET: usize = 12;
const FLAGS: usize = 13;
/** What is needed of a header: up to the flags. */
const READ_SIZE: u32 = 14;
const SIZE: u32 = 20;

export function tcp(at: usize): void {
  if (!hasPorts(at)) return;
  if (available(at) < READ_SIZE) return describeCutHeader(abi.IP_TCP, at, READ_SIZE);
  const flags = <u32>load<u8>(at + FLAGS);
  const size = (<u32>load<u8>(at + DATA_OFFSET) >> 4) << 2;
  const onWire = <u32>(Packet.wireEnd - at);
  let payload = at;
  let length: u32 = 0;
  if (size < SIZE || size > onWire) {
    Packet.flags |= abi.D_FLAG_MALFORMED;
  } else {
    if (available(at) < size) Packet.flags |= abi.D_FLAG_SNAPPED;
    payload += size;
    length = onWire - size;
  }
  // A SYN takes one sequence number of its own.
  const sequence = be32(at + SEQUENCE) + <u32>((flags & abi.TCP_SYN) != 0);
  const source = be16(at + SOURCE_PORT);
  const target = be16(at + TARGET_PORT);
  describe(abi.IP_TCP, source, target, flags, sequence, payload, length);
  if (payload != at) seenTwice(at);
}
