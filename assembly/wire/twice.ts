/**
 * Packets seen twice: a mirror port gives what enters and what leaves a switch. The last packets are
 * kept as what tells them apart: identification and length, addresses and context, sequence number,
 * ports, checksum, which a sender's card may not have filled in yet, and so the payload's last bytes. A copy agrees in all of it, has passed one router at most (the TTL), and comes
 * within 100 ms. What was sent again has another identification.
 *
 * Sixteen entries, each packet in the one that its identification says: a copy comes right behind.
 * Without a checksum nothing is concluded; without an identification (IPv6; RFC 6864 §4.1 for what is
 * never fragmented) a copy must come within a millisecond, sooner than TCP or people send again.
 */
import * as abi from "../abi";
import { count, descriptors } from "../memory";
import { available, Packet } from "./packet";

// Of the IPv4 header, from its source address; of IPv6's.
const LENGTH_AND_ID: usize = 10;
const TTL: usize = 4;
const TARGET: usize = 4;
const V6_LENGTH: usize = 4;
const V6_HOP_LIMIT: usize = 1;
const V6_SOURCE_END: usize = 12;
const V6_TARGET_END: usize = 28;

const NUMBER: usize = 4;
const TCP_CHECKSUM: usize = 16;
const UDP_CHECKSUM: usize = 6;
const TCP_SIZE: u32 = 18;
const UDP_SIZE: u32 = 8;

const MIX: u32 = 0x9e3779b1;
const NS_PER_SECOND: u32 = 1000000000;
const WITHIN: u32 = 100000000;
const WITHIN_WITHOUT_ID: u32 = 1000000;
/** Where the lowest byte of the time stands, its TTL does. */
const TIME: u32 = 0xffffff00;

/** Marks the descriptor if its packet was seen just before. `source` and `transport` point into the frame. */
export function markTwice(
  descriptor: usize,
  source: usize,
  transport: usize,
  captured: u32,
  isOuter: bool,
): void {
  const isTcp = load<u8>(descriptor, abi.D_PROTOCOL) == abi.IP_TCP;
  if ((isTcp ? TCP_SIZE : UDP_SIZE) > captured) return;
  const checksum = <u32>load<u16>(transport + (isTcp ? TCP_CHECKSUM : UDP_CHECKSUM));
  if (checksum == 0) return;
  let identity: u32 = 0;
  let ends: u32 = 0;
  let ttl: u32 = 0;
  if (load<u8>(descriptor, abi.D_NETWORK) == abi.NETWORK_IPV4) {
    identity = load<u32>(source - LENGTH_AND_ID);
    ends = load<u32>(source) * MIX + load<u32>(source + TARGET);
    ttl = load<u8>(source - TTL);
  } else {
    identity = load<u16>(source - V6_LENGTH);
    ends = load<u32>(source + V6_SOURCE_END) * MIX + load<u32>(source + V6_TARGET_END);
    ttl = load<u8>(source - V6_HOP_LIMIT);
  }
  ends = ends * MIX + load<u32>(descriptor, abi.D_CONTEXT);
  const size = load<u32>(descriptor, abi.D_CAPTURED);
  const last = size < 4 ? 0 : load<u32>(<usize>load<u32>(descriptor, abi.D_PAYLOAD) + size - 4);
  const content =
    (load<u32>(transport, NUMBER) * MIX + load<u32>(transport)) ^ (checksum << 16) ^ last;
  const now = Packet.sec * NS_PER_SECOND + Packet.ns;
  const slot = ((identity >> 24) ^ (content >> 28)) & (abi.TWICE_COUNT - 1);
  const entry: usize = abi.CONTROL + abi.C_TWICE + slot * abi.TWICE_SIZE;
  const before = load<u32>(entry, 12);
  const within = identity >> 16 ? WITHIN : WITHIN_WITHOUT_ID;
  const apart = ttl - (before & ~TIME) + 1;
  if (
    load<u32>(entry) == identity &&
    load<u32>(entry, 4) == ends &&
    load<u32>(entry, 8) == content &&
    (now & TIME) - (before & TIME) <= within &&
    apart <= 2
  ) {
    const flags = load<u8>(descriptor, abi.D_FLAGS);
    store<u8>(descriptor, flags | <u8>abi.D_FLAG_TWICE, abi.D_FLAGS);
    if (isOuter) count(abi.C_TWICE_PACKETS);
  }
  store<u32>(entry, identity);
  store<u32>(entry, ends, 4);
  store<u32>(entry, content, 8);
  store<u32>(entry, (now & TIME) | ttl, 12);
}

/** As `markTwice`, of the descriptor just written: its transport header, whole in its packet, stands at `at`. */
export function seenTwice(at: usize): void {
  // What was put together of fragments has its addresses elsewhere.
  if (Packet.flags & abi.D_FLAG_FRAGMENT) return;
  if (Packet.source - Packet.data >= <usize>Packet.captured) return;
  const descriptor = descriptors + ((Packet.descriptorCount - 1) << 6);
  markTwice(descriptor, Packet.source, at, available(at), Packet.depth == 0);
}
