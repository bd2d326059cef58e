/**
 * Fragments: datagrams that come in pieces are put together in an arena of slots, and decoded as if
 * they had come whole. RFC 791 §3.2; RFC 8200 §4.5; RFC 5722 (overlaps); RFC 6946 (atomic fragments
 * are none).
 *
 * A fragment is held: it gives no descriptor when it comes. When its datagram is whole, or given up,
 * each gets one, in the order in which they came and with its own time and length, and the last of
 * them carries the payload: all of it, or as much of its beginning as there is. Which flow that is
 * is known by then. A datagram is given up 30 s after its first piece, when it has more than
 * HELD_MAX, when a slot is needed and it is the oldest, and at the end.
 *
 * IPv4 keeps the bytes that came first. An IPv6 datagram with overlaps is dropped; it is malformed.
 *
 * A slot whose bytes were given out is zeroed and free in the next `decode`. Part of the slots is
 * kept in reserve for such: how many datagrams are collected at one time does not depend on windows.
 */
import * as abi from "../abi";
import {
  arena,
  arenaSize,
  control,
  count,
  descriptors,
  packets,
  packetsMax,
  setControl,
} from "../memory";
import { enterContext, packetContext } from "./context";
import { describe } from "./descriptor";
import { extensions } from "./ipv6";
import { available, be16, Packet } from "./packet";
import { transport } from "./transport";
import { malformed } from "./unhandled";
import { forgetWhole, rememberWhole, wasWhole } from "./whole";

const NEVER: u32 = 0xffffffff;
const UNIT: u32 = 8;
/** More than any offset. */
const NOT_CUT: u32 = 0x10000;
const LENGTH_MAX: u32 = 65535;
const UDP_HEADER: u32 = 8;
const UDP_LENGTH: usize = 4;
const PORTS: u32 = 4;
const DCCP = 33;
const UDP_LITE = 136;
/** A time-out, and for each fragment that a packet may have an eviction and a datagram that is whole. */
const GIVEN_PER_PACKET: u32 = 1 + abi.FRAGMENTS_PER_PACKET * 2;
const RESERVE_MIN: u32 = 8;

let slotsMax: u32 = 0;
let reserve: u32 = 0;
/** Datagrams collected at one time. */
let liveMax: u32 = 0;

export function configureFragments(): void {
  const used = control(abi.C_FRAGMENT_HIGH);
  for (let index: u32 = 0; index < used; index++) {
    memory.fill(slotAt(index), 0, abi.FRAGMENT_SIZE);
  }
  slotsMax = arenaSize / abi.FRAGMENT_SIZE;
  reserve = max(RESERVE_MIN, slotsMax >> 2);
  liveMax = slotsMax > reserve ? slotsMax - reserve : 0;
  setControl(abi.C_HELD_COUNT, 0);
  setControl(abi.C_FRAGMENT_LIVE, 0);
  setControl(abi.C_FRAGMENT_GIVEN, 0);
  setControl(abi.C_FRAGMENT_HIGH, 0);
  setControl(abi.C_FRAGMENT_NEXT, 0);
  setControl(abi.C_FRAGMENT_CLOCK, 0);
  setControl(abi.C_FRAGMENT_DEADLINE, NEVER);
  forgetWhole();
}

/** What the last `decode` gave out was looked at. */
export function beginFragments(): void {
  setControl(abi.C_HELD_COUNT, 0);
  if (control(abi.C_FRAGMENT_GIVEN) == 0) return;
  const used = control(abi.C_FRAGMENT_HIGH);
  for (let index: u32 = 0; index < used; index++) {
    const slot = slotAt(index);
    if (load<u32>(slot, abi.F_STATE) == abi.FRAGMENT_GIVEN) freeSlot(slot);
  }
  setControl(abi.C_FRAGMENT_GIVEN, 0);
}

/** Gives up what has timed out in front of the current packet. False: no room is left for that now. */
export function expireFragments(): bool {
  while (Packet.sec >= control(abi.C_FRAGMENT_DEADLINE) && control(abi.C_FRAGMENT_LIVE) != 0) {
    if (!hasRoom()) return false;
    giveUp(oldest(), abi.C_FRAGMENTS_INCOMPLETE);
  }
  return true;
}

/** False: no room is left for all, come again. */
export function giveUpAll(): bool {
  while (control(abi.C_FRAGMENT_LIVE) != 0) {
    if (!hasRoom()) return false;
    giveUp(oldest(), abi.C_FRAGMENTS_INCOMPLETE);
  }
  forgetWhole();
  return true;
}

/** Takes a fragment that begins at `at`. False where none are put together. */
export function collectFragment(protocol: u32, id: u32, at: usize, offset: u32, more: bool): bool {
  if (liveMax == 0 || Packet.fragmentsLeft == 0) return false;
  Packet.fragmentsLeft--;
  setControl(abi.C_FRAGMENT_CLOCK, max(control(abi.C_FRAGMENT_CLOCK), Packet.sec));
  const context = packetContext();
  let slot = find(protocol, id, context);
  if (slot != 0 && load<u32>(slot, abi.F_COUNT) == abi.HELD_MAX) {
    giveUp(slot, abi.C_FRAGMENTS_INCOMPLETE);
    slot = 0;
  }
  if (slot == 0) {
    const end = offset + <u32>(Packet.wireEnd - at);
    if (wasWhole(protocol, id, context, at, offset, end, more)) return true;
    slot = takeSlot(protocol, id, context);
  }
  add(slot, at, offset, more);
  const total = load<u32>(slot, abi.F_TOTAL);
  const isDropped = load<u32>(slot, abi.F_DROPPED) != 0;
  if (!isDropped && total != 0 && load<u32>(slot, abi.F_UNITS) == (total + UNIT - 1) / UNIT) {
    complete(slot, protocol, total);
  }
  if (!hasRoom()) Packet.packetsEnd = 0;
  return true;
}

function slotAt(index: u32): usize {
  return arena + <usize>index * abi.FRAGMENT_SIZE;
}

/** Is there room for all that one packet may give out? */
function hasRoom(): bool {
  const given = control(abi.C_FRAGMENT_GIVEN) + GIVEN_PER_PACKET;
  const held = control(abi.C_HELD_COUNT) + GIVEN_PER_PACKET * abi.HELD_MAX;
  return given <= reserve && held <= <u32>abi.HELD_ROWS_MAX;
}

function find(protocol: u32, id: u32, context: u32): usize {
  const traits = protocol | (Packet.network << 8);
  const used = control(abi.C_FRAGMENT_HIGH);
  for (let index: u32 = 0; index < used; index++) {
    const slot = slotAt(index);
    if (
      load<u32>(slot, abi.F_STATE) == abi.FRAGMENT_LIVE &&
      load<u32>(slot, abi.F_ID) == id &&
      load<u32>(slot, abi.F_CONTEXT) == context &&
      load<u32>(slot, abi.F_TRAITS) == traits &&
      memory.compare(slot + abi.F_SOURCE, Packet.source, addressSize()) == 0 &&
      memory.compare(slot + abi.F_TARGET, Packet.target, addressSize()) == 0
    ) {
      return slot;
    }
  }
  return 0;
}

function addressSize(): usize {
  return Packet.network == abi.NETWORK_IPV6 ? 16 : 4;
}

/** A slot for a datagram that begins. */
function takeSlot(protocol: u32, id: u32, context: u32): usize {
  if (control(abi.C_FRAGMENT_LIVE) == liveMax) giveUp(oldest(), abi.C_FRAGMENTS_EVICTED);
  const used = control(abi.C_FRAGMENT_HIGH);
  let index: u32 = 0;
  while (index < used && load<u32>(slotAt(index), abi.F_STATE) != abi.FRAGMENT_FREE) index++;
  if (index == used) setControl(abi.C_FRAGMENT_HIGH, used + 1);
  const slot = slotAt(index);
  const number = control(abi.C_FRAGMENT_NEXT);
  setControl(abi.C_FRAGMENT_NEXT, number + 1);
  store<u32>(slot, abi.FRAGMENT_LIVE, abi.F_STATE);
  store<u32>(slot, number, abi.F_NUMBER);
  store<u32>(slot, control(abi.C_FRAGMENT_CLOCK), abi.F_SECOND);
  store<u32>(slot, id, abi.F_ID);
  store<u32>(slot, context, abi.F_CONTEXT);
  store<u32>(slot, protocol | (Packet.network << 8), abi.F_TRAITS);
  memory.copy(slot + abi.F_SOURCE, Packet.source, addressSize());
  memory.copy(slot + abi.F_TARGET, Packet.target, addressSize());
  store<u32>(slot, NOT_CUT, abi.F_CUT);
  memory.fill(slot + abi.F_CANARY, <u8>abi.PREFIX_CANARY, abi.PREFIX_CANARY_SIZE);
  setControl(abi.C_FRAGMENT_LIVE, control(abi.C_FRAGMENT_LIVE) + 1);
  setDeadline();
  return slot;
}

function freeSlot(slot: usize): void {
  const canary = slot + abi.F_CANARY;
  for (let at: usize = 0; at < <usize>abi.PREFIX_CANARY_SIZE; at++) {
    if (load<u8>(canary + at) == abi.PREFIX_CANARY) continue;
    count(abi.C_CANARY);
    break;
  }
  memory.fill(slot + abi.F_BYTES, 0, load<u32>(slot, abi.F_HIGHEST));
  memory.fill(canary, 0, abi.PREFIX_CANARY_SIZE);
  memory.fill(slot, 0, abi.F_BYTES);
}

/** Its descriptors are written: it keeps its bytes until the next `decode`. */
function release(slot: usize): void {
  store<u32>(slot, abi.FRAGMENT_GIVEN, abi.F_STATE);
  setControl(abi.C_FRAGMENT_LIVE, control(abi.C_FRAGMENT_LIVE) - 1);
  setControl(abi.C_FRAGMENT_GIVEN, control(abi.C_FRAGMENT_GIVEN) + 1);
  setDeadline();
}

/** The live datagram that began first, or 0. */
function oldest(): usize {
  const used = control(abi.C_FRAGMENT_HIGH);
  let first: usize = 0;
  for (let index: u32 = 0; index < used; index++) {
    const slot = slotAt(index);
    if (load<u32>(slot, abi.F_STATE) != abi.FRAGMENT_LIVE) continue;
    // Numbers may wrap.
    const ahead = first == 0 ? 0 : load<u32>(slot, abi.F_NUMBER) - load<u32>(first, abi.F_NUMBER);
    if (first == 0 || <i32>ahead < 0) first = slot;
  }
  return first;
}

function setDeadline(): void {
  const slot = oldest();
  const second = slot == 0 ? NEVER : load<u32>(slot, abi.F_SECOND);
  setControl(
    abi.C_FRAGMENT_DEADLINE,
    second > NEVER - abi.FRAGMENT_TIMEOUT ? NEVER : second + abi.FRAGMENT_TIMEOUT,
  );
}

/** Notes a fragment, and keeps its bytes where nothing speaks against it. */
function add(slot: usize, at: usize, offset: u32, more: bool): void {
  const onWire = <u32>(Packet.wireEnd - at);
  const captured = min(onWire, available(at));
  // All but the last are whole units.
  const length = more ? onWire & ~(UNIT - 1) : onWire;
  const end = offset + length;
  const isDuplicate = hold(slot, offset, end);
  let flags = load<u32>(slot, abi.F_FLAGS) | (Packet.flags & abi.D_FLAG_MALFORMED);
  if (length != onWire || end > LENGTH_MAX) flags |= abi.D_FLAG_MALFORMED;
  store<u32>(slot, flags, abi.F_FLAGS);
  if (end > LENGTH_MAX) return drop(slot);
  if (isDuplicate || length == 0 || load<u32>(slot, abi.F_DROPPED) != 0) return;

  const total = load<u32>(slot, abi.F_TOTAL);
  const highest = load<u32>(slot, abi.F_HIGHEST);
  const isTooLong = total != 0 && end > total;
  const isOtherEnd = !more && (end < highest || (total != 0 && end != total));
  const isWrong = isTooLong || isOtherEnd;
  if (isWrong || isTaken(slot, offset, end)) {
    count(abi.C_FRAGMENTS_OVERLAP);
    if (Packet.network == abi.NETWORK_IPV6) return drop(slot);
    if (isWrong) return;
  }
  if (!more) store<u32>(slot, end, abi.F_TOTAL);
  store<u32>(slot, max(highest, end), abi.F_HIGHEST);
  if (captured < length) {
    store<u32>(slot, min(load<u32>(slot, abi.F_CUT), offset + captured), abi.F_CUT);
  }
  keep(slot, at, offset, end, offset + min(captured, length));
}

/** True where the very same fragment is held already. */
function hold(slot: usize, offset: u32, end: u32): bool {
  const held = load<u32>(slot, abi.F_COUNT);
  const range = offset | (end << 16);
  let isDuplicate = false;
  for (let index: u32 = 0; index < held; index++) {
    if (load<u32>(heldAt(slot, index), 12) == range) isDuplicate = true;
  }
  const entry = heldAt(slot, held);
  store<u32>(entry, Packet.sec);
  store<u32>(entry, Packet.ns, 4);
  store<u32>(entry, Packet.wire, 8);
  store<u32>(entry, range, 12);
  store<u32>(slot, held + 1, abi.F_COUNT);
  return isDuplicate;
}

function heldAt(slot: usize, index: u32): usize {
  return slot + abi.F_HELD + <usize>index * abi.HELD_SIZE;
}

/** RFC 5722: nothing of the datagram is used, nor of what is still to come of it. */
function drop(slot: usize): void {
  store<u32>(slot, load<u32>(slot, abi.F_FLAGS) | abi.D_FLAG_MALFORMED, abi.F_FLAGS);
  store<u32>(slot, 1, abi.F_DROPPED);
}

function isUnitThere(slot: usize, offset: u32): bool {
  const unit = offset / UNIT;
  return ((<u32>load<u8>(slot + (unit >> 3), abi.F_MAP) >> (unit & 7)) & 1) != 0;
}

function isTaken(slot: usize, offset: u32, end: u32): bool {
  for (let at = offset; at < end; at += UNIT) if (isUnitThere(slot, at)) return true;
  return false;
}

/** Copies the units that are new; those from `capturedEnd` on have no bytes. */
function keep(slot: usize, from: usize, offset: u32, end: u32, capturedEnd: u32): void {
  let units = load<u32>(slot, abi.F_UNITS);
  for (let at = offset; at < end; at += UNIT) {
    if (isUnitThere(slot, at)) continue;
    const unit = at / UNIT;
    const map = slot + (unit >> 3);
    store<u8>(map, load<u8>(map, abi.F_MAP) | ((<u8>1) << (<u8>(unit & 7))), abi.F_MAP);
    units++;
    if (at >= capturedEnd) continue;
    const target = slot + abi.F_BYTES + at;
    const source = from + (at - offset);
    if (capturedEnd - at >= UNIT) store<u64>(target, load<u64>(source));
    else memory.copy(target, source, capturedEnd - at);
  }
  store<u32>(slot, units, abi.F_UNITS);
}

/** The current packet has made the datagram whole: its descriptor carries the payload. */
function complete(slot: usize, protocol: u32, total: u32): void {
  const held = load<u32>(slot, abi.F_COUNT);
  count(abi.C_REASSEMBLED);
  count(abi.C_REASSEMBLED_FRAGMENTS, held);
  Packet.flags = (Packet.flags & ~abi.D_FLAG_FRAGMENT) | load<u32>(slot, abi.F_FLAGS);
  // What is decoded may need a slot itself, and this one is not to be had.
  release(slot);
  const carrier = Packet.descriptorCount + held - 1;
  give(slot, protocol, held - 1, min(total, load<u32>(slot, abi.F_CUT)), total);
  if (Packet.descriptorCount > carrier) {
    rememberWhole(slot, total, descriptors + ((<usize>carrier) << 6));
  }
}

/** What has come of the datagram is all that there will be. */
function giveUp(slot: usize, counter: i32): void {
  const end = Packet.end;
  const wireEnd = Packet.wireEnd;
  const flags = Packet.flags;
  const network = Packet.network;
  const source = Packet.source;
  const target = Packet.target;
  const index = Packet.index;
  const wire = Packet.wire;
  const interfaceId = Packet.interfaceId;
  const vlanCount = Packet.vlanCount;
  const vlansLow = Packet.vlansLow;
  const vlansHigh = Packet.vlansHigh;
  const tunnel = Packet.tunnel;
  const tunnelId = Packet.tunnelId;
  const outer = Packet.outer;
  const isMalformed = Packet.isMalformed;
  const next = Packet.next;
  const nextAt = Packet.nextAt;
  const depth = Packet.depth;
  const firstDescriptor = Packet.firstDescriptor;
  const fragmentsLeft = Packet.fragmentsLeft;

  count(counter);
  release(slot);
  const traits = load<u32>(slot, abi.F_TRAITS);
  const protocol = traits & 0xff;
  Packet.network = traits >> 8;
  Packet.source = slot + abi.F_SOURCE;
  Packet.target = slot + abi.F_TARGET;
  Packet.flags = load<u32>(slot, abi.F_FLAGS) | abi.D_FLAG_FRAGMENT | abi.D_FLAG_HELD;
  Packet.fragmentsLeft = 0;
  Packet.isMalformed = false;
  enterContext(load<u32>(slot, abi.F_CONTEXT));
  // The last of those held carries what there is.
  const others = load<u32>(slot, abi.F_COUNT) - 1;
  Packet.wire = load<u32>(heldAt(slot, others), 8);
  const there = beginning(slot);
  give(slot, protocol, others, there, lengthOf(slot, protocol, there));

  Packet.end = end;
  Packet.wireEnd = wireEnd;
  Packet.flags = flags;
  Packet.network = network;
  Packet.source = source;
  Packet.target = target;
  Packet.index = index;
  Packet.wire = wire;
  Packet.interfaceId = interfaceId;
  Packet.vlanCount = vlanCount;
  Packet.vlansLow = vlansLow;
  Packet.vlansHigh = vlansHigh;
  Packet.tunnel = tunnel;
  Packet.tunnelId = tunnelId;
  Packet.outer = outer;
  Packet.isMalformed = isMalformed;
  Packet.next = next;
  Packet.nextAt = nextAt;
  Packet.depth = depth;
  Packet.firstDescriptor = firstDescriptor;
  Packet.fragmentsLeft = fragmentsLeft;
}

/** Bytes from offset 0 on without a gap. */
function beginning(slot: usize): u32 {
  let at: u32 = 0;
  while (at < LENGTH_MAX && isUnitThere(slot, at)) at += UNIT;
  return min(at, min(load<u32>(slot, abi.F_HIGHEST), load<u32>(slot, abi.F_CUT)));
}

/** The datagram's length, as far as it is known: the end of what came, or what UDP says. */
function lengthOf(slot: usize, protocol: u32, there: u32): u32 {
  const highest = load<u32>(slot, abi.F_HIGHEST);
  if (protocol != abi.IP_UDP || there < UDP_HEADER || load<u32>(slot, abi.F_TOTAL) != 0) {
    return highest;
  }
  return max(highest, be16(slot + abi.F_BYTES + UDP_LENGTH));
}

/**
 * Writes a descriptor for each fragment: `others` first, then the current packet's, which is decoded
 * from the slot. Where that gives none, none of them has a flow.
 */
function give(slot: usize, protocol: u32, others: u32, there: u32, length: u32): void {
  const bytes = slot + abi.F_BYTES;
  const first = Packet.descriptorCount;
  const held = control(abi.C_HELD_COUNT);
  const isLate = (Packet.flags & abi.D_FLAG_HELD) != 0;
  const rowCount = isLate ? others + 1 : others;
  for (let index: u32 = 0; index < rowCount; index++) {
    const row = packets + ((<usize>(packetsMax + held + index)) << 4);
    const entry = heldAt(slot, index);
    store<u64>(row, load<u64>(entry), abi.P_SEC);
    store<u32>(row, load<u32>(entry, 8), abi.P_WIRE);
    store<u32>(row, 0, abi.P_RECORD);
  }
  setControl(abi.C_HELD_COUNT, held + rowCount);
  if (isLate) Packet.index = packetsMax + held + others;
  Packet.end = bytes + there;
  Packet.wireEnd = bytes + length;
  Packet.descriptorCount = first + others;
  const firstDescriptor = Packet.firstDescriptor;
  Packet.firstDescriptor = first + others;
  if (there == 0) describe(protocol, 0, 0, 0, 0, bytes, 0);
  else if (load<u32>(slot, abi.F_DROPPED) != 0) describePorts(protocol, bytes, there);
  else if (Packet.network == abi.NETWORK_IPV6) extensions(bytes, protocol);
  else transport(protocol, bytes);

  if (Packet.descriptorCount == first + others) {
    const wire = Packet.wire;
    Packet.descriptorCount = first;
    Packet.firstDescriptor = first;
    for (let index: u32 = 0; index < others; index++) {
      Packet.wire = load<u32>(heldAt(slot, index), 8);
      Packet.isMalformed = false;
      malformed(abi.LAYER_TRANSPORT);
    }
    Packet.wire = wire;
    Packet.firstDescriptor = firstDescriptor;
    return;
  }
  Packet.firstDescriptor = firstDescriptor;
  const carrier = descriptors + ((<usize>(first + others)) << 6);
  const flags = <u32>load<u8>(carrier, abi.D_FLAGS) & ~abi.D_FLAG_SNAPPED;
  for (let index: u32 = 0; index < others; index++) {
    const row = descriptors + ((<usize>(first + index)) << 6);
    memory.copy(row, carrier, abi.DESCRIPTOR_SIZE);
    store<u8>(row, <u8>(flags | abi.D_FLAG_HELD), abi.D_FLAGS);
    store<u32>(row, 0, abi.D_CAPTURED);
    store<u32>(row, 0, abi.D_LENGTH);
    store<u32>(row, packetsMax + held + index, abi.D_PACKET);
    // A datagram opens or closes a stream once: with the first.
    if (index != 0) store<u8>(row, 0, abi.D_TCP_FLAGS);
    if (flags & abi.D_FLAG_MALFORMED) count(abi.C_MALFORMED);
  }
  if (others != 0) store<u8>(carrier, 0, abi.D_TCP_FLAGS);
}

/** The flow of a datagram that is dropped. */
function describePorts(protocol: u32, at: usize, there: u32): void {
  const hasPorts =
    there >= PORTS &&
    (protocol == abi.IP_TCP ||
      protocol == abi.IP_UDP ||
      protocol == abi.IP_SCTP ||
      protocol == DCCP ||
      protocol == UDP_LITE);
  describe(protocol, hasPorts ? be16(at) : 0, hasPorts ? be16(at + 2) : 0, 0, 0, at, 0);
}
