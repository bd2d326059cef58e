/**
 * The packet being decoded: what its capture record says, and what its headers have said so far.
 *
 * Static fields are globals of the module: nothing is allocated, and every header's file can set them.
 */
import * as abi from "../abi";

// oxlint-disable-next-line unicorn/no-static-only-class, typescript/no-extraneous-class
export class Packet {
  // What the record reader leaves.
  static sec: u32 = 0;
  static ns: u32 = 0;
  static interfaceId: u32 = 0;
  static data: usize = 0;
  static captured: u32 = 0;
  /** Frame length on the wire, never less than `captured`. */
  static wire: u32 = 0;
  static nextRecord: usize = 0;

  /** Index of the packet row, and number of descriptors written since `decode` began. */
  static index: u32 = 0;
  static descriptorCount: u32 = 0;
  /** Index of the packet row that `decode` stops in front of. */
  static packetsEnd: u32 = 0;

  /** Where the captured bytes end, and where those on the wire would. Headers with a length move both down. */
  static end: usize = 0;
  static wireEnd: usize = 0;
  /** D_FLAG_* found on the way. */
  static flags: u32 = 0;
  /** VLAN ids, 16 bits each, outermost lowest: the first four, the last four. */
  static vlanCount: u32 = 0;
  static vlansLow: u64 = 0;
  static vlansHigh: u64 = 0;
  /** NETWORK_*, and where the addresses stand. */
  static network: u32 = 0;
  static source: usize = 0;
  static target: usize = 0;
  /** Fragments that may still be collected of this packet. */
  static fragmentsLeft: u32 = 0;

  /** The Ethertype of what is to be decoded next, -1 for nothing, and where it begins. */
  static next: i32 = -1;
  static nextAt: usize = 0;
  /** Layers that were carried by others so far; the innermost tunnel, its number, and the context of what carries it. */
  static depth: u32 = 0;
  static tunnel: u32 = 0;
  static tunnelId: u32 = 0;
  static outer: u32 = 0;
  /** Number of descriptors in front of this packet's; true once the packet counts as malformed. */
  static firstDescriptor: u32 = 0;
  static isMalformed: bool = false;
}

/** Lengths on the wire beyond this are all the same to us: payload lengths are clamped far below. */
const WIRE_MAX: u32 = 1 << 24;

/** Starts on the frame that the record reader found. */
export function openFrame(): void {
  Packet.end = Packet.data + Packet.captured;
  Packet.wireEnd = Packet.data + min(Packet.wire, WIRE_MAX);
  Packet.flags = 0;
  Packet.fragmentsLeft = abi.FRAGMENTS_PER_PACKET;
  Packet.vlanCount = 0;
  Packet.vlansLow = 0;
  Packet.vlansHigh = 0;
  Packet.next = -1;
  Packet.depth = 0;
  Packet.tunnel = 0;
  Packet.tunnelId = 0;
  Packet.outer = 0;
  Packet.firstDescriptor = Packet.descriptorCount;
  Packet.isMalformed = false;
}

/** Captured bytes from `at` on. */
export function available(at: usize): u32 {
  return <u32>(Packet.end - at);
}

/**
 * A header says that what it carries ends after `length` bytes: what is behind is padding.
 * False where not even the wire had so many.
 */
export function endAfter(at: usize, length: u32): bool {
  if (length > <u32>(Packet.wireEnd - at)) return false;
  Packet.wireEnd = at + length;
  Packet.end = min(Packet.end, Packet.wireEnd);
  return true;
}

/** Big-endian numbers. */
export function be16(at: usize): u32 {
  return bswap<u16>(load<u16>(at));
}

export function be32(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}
