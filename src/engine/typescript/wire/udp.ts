/** UDP. RFC 768; length 0 is a jumbogram's (RFC 2675 §4) or offload's. */
import * as abi from "../../abi.js";
import { datagram, mayCarry } from "./datagram.js";
import { describe } from "./descriptor.js";
import type { Packet } from "./packet.js";
import { describeCutHeader, hasPorts, SOURCE_PORT, TARGET_PORT } from "./ports.js";
import { seenTwice } from "./twice.js";

const LENGTH = 4;
const SIZE = 8;

export function udp(packet: Packet, at: number): void {
  if (!hasPorts(packet, at)) return;
  if (!packet.has(at, SIZE)) return describeCutHeader(packet, abi.IP_UDP, at, SIZE);
  const source = packet.u16At(at + SOURCE_PORT);
  const target = packet.u16At(at + TARGET_PORT);
  const rest = packet.wireEnd - at;
  let claimed = packet.u16At(at + LENGTH);
  if (claimed === 0) claimed = rest;
  // A first fragment has the length of the whole datagram.
  const isFragment = (packet.flags & abi.D_FLAG_FRAGMENT) !== 0;
  if (claimed < SIZE || (claimed > rest && !isFragment)) packet.flags |= abi.D_FLAG_MALFORMED;
  const length = Math.max(SIZE, Math.min(claimed, rest)) - SIZE;
  describe(packet, abi.IP_UDP, source, target, 0, 0, at + SIZE, length);
  seenTwice(packet, at);
  if (mayCarry(packet, source, target, at + SIZE)) {
    datagram(packet, source, target, at + SIZE, length);
  }
}
