/**
 * SCTP. RFC 9260 §3. The payload is the first message that begins in the packet, from its payload
 * protocol identifier on (§3.3.1): IANA's number of what the message is stands right before it. Packets
 * that only open, acknowledge or end an association have none.
 */
import * as abi from "../../abi.js";
import { describe } from "./descriptor.js";
import type { Packet } from "./packet.js";
import { describeCutHeader, hasPorts, SOURCE_PORT, TARGET_PORT } from "./ports.js";

const SIZE = 12;
const CHUNK_FLAGS = 1;
const CHUNK_LENGTH = 2;
const CHUNK_SIZE = 4;
const DATA = 0;
const DATA_SIZE = 16;
/** The first fragment of a message. */
const BEGINNING = 2;
const PAYLOAD_PROTOCOL = 12;
/** Chunks looked at: selective acknowledgements and the like come first, one of each. */
const CHUNKS_MAX = 16;

export function sctp(packet: Packet, at: number): void {
  if (!hasPorts(packet, at)) return;
  if (!packet.has(at, SIZE)) return describeCutHeader(packet, abi.IP_SCTP, at, SIZE);
  const source = packet.u16At(at + SOURCE_PORT);
  const target = packet.u16At(at + TARGET_PORT);
  const { message, length } = firstMessage(packet, at + SIZE);
  describe(packet, abi.IP_SCTP, source, target, 0, 0, message, length);
}

function firstMessage(packet: Packet, first: number): { message: number; length: number } {
  const isFragment = (packet.flags & abi.D_FLAG_FRAGMENT) !== 0;
  let chunk = first;
  for (let n = 0; n < CHUNKS_MAX && packet.has(chunk, CHUNK_SIZE); n++) {
    const length = packet.u16At(chunk + CHUNK_LENGTH);
    const isData = packet.u8[chunk] === DATA;
    const isWhole = packet.wireHas(chunk, length) || isFragment;
    if (length < (isData ? DATA_SIZE : CHUNK_SIZE) || !isWhole) {
      packet.flags |= abi.D_FLAG_MALFORMED;
      break;
    }
    if (isData && packet.u8[chunk + CHUNK_FLAGS]! & BEGINNING) {
      const end = Math.min(chunk + length, packet.wireEnd);
      const message = chunk + PAYLOAD_PROTOCOL;
      // A fragment may end within the chunk's header.
      return { message, length: Math.max(0, end - message) };
    }
    chunk += Math.ceil(length / 4) * 4;
  }
  // Whether a message began behind the cut is not known.
  if (packet.end < packet.wireEnd) packet.flags |= abi.D_FLAG_SNAPPED;
  return { message: first, length: 0 };
}
