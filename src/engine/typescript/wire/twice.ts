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
import * as abi from "../../abi.js";
import type { Packet } from "./packet.js";

// Of the IPv4 header, from its source address; of IPv6's.
const LENGTH_AND_ID = 10;
const TTL = 4;
const TARGET = 4;
const V6_LENGTH = 4;
const V6_HOP_LIMIT = 1;
const V6_SOURCE_END = 12;
const V6_TARGET_END = 28;

const NUMBER = 4;
const TCP_CHECKSUM = 16;
const UDP_CHECKSUM = 6;
const TCP_SIZE = 18;
const UDP_SIZE = 8;

const MIX = 0x9e3779b1;
const WITHIN = 100e6;
const WITHIN_WITHOUT_ID = 1e6;
/** Where the lowest byte of the time stands, its TTL does. */
const TIME = 0xffffff00;

const ENTRIES = (abi.CONTROL + abi.C_TWICE) >>> 2;

/** Marks the descriptor if its packet was seen just before. `source` and `transport` point into the frame. */
export function markTwice(
  packet: Packet,
  descriptor: number,
  source: number,
  transport: number,
  captured: number,
  isOuter: boolean,
): void {
  const { u8, u32, view } = packet;
  const isTcp = u8[descriptor + abi.D_PROTOCOL] === abi.IP_TCP;
  if (captured < (isTcp ? TCP_SIZE : UDP_SIZE)) return;
  const checksum = view.getUint16(transport + (isTcp ? TCP_CHECKSUM : UDP_CHECKSUM), true);
  if (checksum === 0) return;
  let identity: number;
  let ends: number;
  let ttl: number;
  if (u8[descriptor + abi.D_NETWORK] === abi.NETWORK_IPV4) {
    identity = view.getUint32(source - LENGTH_AND_ID, true);
    ends = mix(view.getUint32(source, true), view.getUint32(source + TARGET, true));
    ttl = u8[source - TTL]!;
  } else {
    identity = view.getUint16(source - V6_LENGTH, true);
    ends = mix(
      view.getUint32(source + V6_SOURCE_END, true),
      view.getUint32(source + V6_TARGET_END, true),
    );
    ttl = u8[source - V6_HOP_LIMIT]!;
  }
  ends = mix(ends, u32[(descriptor + abi.D_CONTEXT) >>> 2]!);
  const number = view.getUint32(transport + NUMBER, true);
  const size = u32[(descriptor + abi.D_CAPTURED) >>> 2]!;
  const last =
    size < 4 ? 0 : view.getUint32(u32[(descriptor + abi.D_PAYLOAD) >>> 2]! + size - 4, true);
  const content = (mix(number, view.getUint32(transport, true)) ^ (checksum << 16) ^ last) >>> 0;
  const { sec, ns } = packet.clock;
  const now = ((Math.imul(sec, 1e9) + ns) & TIME) >>> 0;
  const slot = ((identity >>> 24) ^ (content >>> 28)) & (abi.TWICE_COUNT - 1);
  const entry = ENTRIES + slot * (abi.TWICE_SIZE >>> 2);
  const before = u32[entry + 3]!;
  const apart = ttl - (before & 0xff);
  if (
    u32[entry] === identity &&
    u32[entry + 1] === ends &&
    u32[entry + 2] === content &&
    (now - (before & TIME)) >>> 0 <= (identity >>> 16 !== 0 ? WITHIN : WITHIN_WITHOUT_ID) &&
    apart >= -1 &&
    apart <= 1
  ) {
    u8[descriptor + abi.D_FLAGS]! |= abi.D_FLAG_TWICE;
    if (isOuter) packet.count(abi.C_TWICE_PACKETS);
  }
  u32[entry] = identity;
  u32[entry + 1] = ends;
  u32[entry + 2] = content;
  u32[entry + 3] = now | ttl;
}

/** As `markTwice`, of the descriptor just written: its transport header, whole in its packet, stands at `at`. */
export function seenTwice(packet: Packet, at: number): void {
  // What was put together of fragments has its addresses elsewhere.
  if ((packet.flags & abi.D_FLAG_FRAGMENT) !== 0) return;
  const { source, data, captured, end } = packet;
  if (source < data || source >= data + captured) return;
  const descriptor = packet.descriptors + (packet.descriptorCount - 1) * abi.DESCRIPTOR_SIZE;
  markTwice(packet, descriptor, source, at, end - at, packet.depth === 0);
}

const mix = (one: number, other: number): number => (Math.imul(one, MIX) + other) >>> 0;
