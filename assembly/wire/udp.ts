/** UDP. RFC 768; length 0 is a jumbogram's (RFC 2675 §4) or offload's. */
import * as abi from "../abi";
import { datagram, mayCarry } from "./datagram";
import { describe } from "./descriptor";
import { available, be16, Packet } from "./packet";
import { describeCutHeader, hasPorts, SOURCE_PORT, TARGET_PORT } from "./ports";
import { seenTwice } from "./twice";

const LENGTH: usize = 4;
const SIZE: u32 = 8;

export function udp(at: usize): void {
  if (!hasPorts(at)) return;
  if (available(at) < SIZE) return describeCutHeader(abi.IP_UDP, at, SIZE);
  const claimed = be16(at + LENGTH);
  const onWire = <u32>(Packet.wireEnd - at);
  let length = onWire - SIZE;
  if (claimed != 0) {
    // A first fragment has the length of the whole datagram.
    const isTooLong = claimed > onWire && !(Packet.flags & abi.D_FLAG_FRAGMENT);
    if (claimed < SIZE || isTooLong) Packet.flags |= abi.D_FLAG_MALFORMED;
    length = claimed < SIZE ? 0 : min(length, claimed - SIZE);
  }
  const source = be16(at + SOURCE_PORT);
  const target = be16(at + TARGET_PORT);
  describe(abi.IP_UDP, source, target, 0, 0, at + SIZE, length);
  seenTwice(at);
  if (mayCarry(source, target, at + SIZE)) datagram(source, target, at + SIZE, length);
}
