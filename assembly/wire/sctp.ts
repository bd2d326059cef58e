/**
 * SCTP. RFC 9260 §3. The payload is the first message that begins in the packet, from its payload
 * protocol identifier on (§3.3.1): IANA's number of what the message is stands right before it. Packets
 * that only open, acknowledge or end an association have none.
 */
import * as abi from "../abi";
import { describe } from "./descriptor";
import { available, be16, Packet } from "./packet";
import { describeCutHeader, hasPorts, SOURCE_PORT, TARGET_PORT } from "./ports";

const SIZE: u32 = 12;
const CHUNK_FLAGS: usize = 1;
const CHUNK_LENGTH: usize = 2;
const CHUNK_SIZE: u32 = 4;
const DATA: u32 = 0;
const DATA_SIZE: u32 = 16;
/** The first fragment of a message. */
const BEGINNING: u32 = 2;
const PAYLOAD_PROTOCOL: usize = 12;
/** Chunks looked at: selective acknowledgements and the like come first, one of each. */
const CHUNKS_MAX: u32 = 16;

export function sctp(at: usize): void {
  if (!hasPorts(at)) return;
  if (available(at) < SIZE) return describeCutHeader(abi.IP_SCTP, at, SIZE);
  const source = be16(at + SOURCE_PORT);
  const target = be16(at + TARGET_PORT);
  let chunk = at + SIZE;
  for (let n: u32 = 0; n < CHUNKS_MAX && available(chunk) >= CHUNK_SIZE; n++) {
    const length = be16(chunk + CHUNK_LENGTH);
    const onWire = <u32>(Packet.wireEnd - chunk);
    const isData = load<u8>(chunk) == DATA;
    const isTooLong = length > onWire && !(Packet.flags & abi.D_FLAG_FRAGMENT);
    const least = isData ? DATA_SIZE : CHUNK_SIZE;
    if (length < least || isTooLong) {
      Packet.flags |= abi.D_FLAG_MALFORMED;
      break;
    }
    if (isData && (load<u8>(chunk + CHUNK_FLAGS) & BEGINNING) != 0) {
      const message = chunk + PAYLOAD_PROTOCOL;
      // A fragment may end within the chunk's header.
      const size = max(min(length, onWire), <u32>PAYLOAD_PROTOCOL) - <u32>PAYLOAD_PROTOCOL;
      return describe(abi.IP_SCTP, source, target, 0, 0, message, size);
    }
    const next = chunk + <usize>((length + 3) & ~3);
    if (next >= Packet.end) break;
    chunk = next;
  }
  // Whether a message began behind the cut is not known.
  if (Packet.end < Packet.wireEnd) Packet.flags |= abi.D_FLAG_SNAPPED;
  describe(abi.IP_SCTP, source, target, 0, 0, at + SIZE, 0);
}
