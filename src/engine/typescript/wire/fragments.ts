/**
 * Fragments: datagrams that come in pieces are put together in an arena of slots, and decoded as if
 * they had come whole. RFC 791 §3.2; RFC 8200 §4.5; RFC 5722 (overlaps); RFC 6946 (atomic fragments
 * are none). ARCHITECTURE.md has the policy; `assembly/wire/fragments.ts` is the same in Wasm.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { describe } from "./descriptor.js";
import { extensions } from "./ipv6.js";
import type { Packet } from "./packet.js";
import { transport } from "./transport.js";
import { Whole } from "./whole.js";

const NEVER = 0xffffffff;
const UNIT = 8;
/** More than any offset. */
const NOT_CUT = 0x10000;
const LENGTH_MAX = 65535;
const UDP_HEADER = 8;
const UDP_LENGTH = 4;
const PORTS = 4;
const DCCP = 33;
const UDP_LITE = 136;
const withPorts = [abi.IP_TCP, abi.IP_UDP, abi.IP_SCTP, DCCP, UDP_LITE];
/** A time-out, and for each fragment that a packet may have an eviction and a datagram that is whole. */
const GIVEN_PER_PACKET = 1 + abi.FRAGMENTS_PER_PACKET * 2;
const RESERVE_MIN = 8;

/** Fields of a held fragment, in words. */
const HELD_WORDS = abi.HELD_SIZE >>> 2;
const HELD_WIRE = 2;
const HELD_RANGE = 3;

const PACKET_WORDS = abi.PACKET_SIZE >>> 2;
const DESCRIPTOR_WORDS = abi.DESCRIPTOR_SIZE >>> 2;

export class Fragments {
  readonly #memory: EngineMemory;
  readonly #packet: Packet;
  readonly #u8: Uint8Array;
  readonly #u32: Uint32Array;
  readonly #whole: Whole;
  #arena = 0;
  #packets = 0;
  #packetsMax = 0;
  /** Slots kept for datagrams whose bytes were given out. */
  #reserve = 0;
  /** Datagrams collected at one time: it does not depend on windows. */
  #liveMax = 0;

  constructor(memory: EngineMemory, packet: Packet) {
    this.#memory = memory;
    this.#packet = packet;
    this.#u8 = memory.u8;
    this.#u32 = memory.u32;
    this.#whole = new Whole(memory, packet);
  }

  configure(): void {
    const memory = this.#memory;
    this.#arena = memory.control(abi.C_ARENA);
    this.#packets = memory.control(abi.C_PACKETS) >>> 2;
    this.#packetsMax = memory.control(abi.C_PACKETS_MAX);
    const used = memory.control(abi.C_FRAGMENT_HIGH) * abi.FRAGMENT_SIZE;
    this.#u8.fill(0, this.#arena, this.#arena + used);
    const slots = Math.floor(memory.control(abi.C_ARENA_SIZE) / abi.FRAGMENT_SIZE);
    this.#reserve = Math.max(RESERVE_MIN, slots >>> 2);
    this.#liveMax = Math.max(0, slots - this.#reserve);
    memory.setControl(abi.C_HELD_COUNT, 0);
    memory.setControl(abi.C_FRAGMENT_LIVE, 0);
    memory.setControl(abi.C_FRAGMENT_GIVEN, 0);
    memory.setControl(abi.C_FRAGMENT_HIGH, 0);
    memory.setControl(abi.C_FRAGMENT_NEXT, 0);
    memory.setControl(abi.C_FRAGMENT_CLOCK, 0);
    memory.setControl(abi.C_FRAGMENT_DEADLINE, NEVER);
    this.#whole.forget();
  }

  /** What the last `decode` gave out was looked at. */
  begin(): void {
    const memory = this.#memory;
    memory.setControl(abi.C_HELD_COUNT, 0);
    if (memory.control(abi.C_FRAGMENT_GIVEN) === 0) return;
    const end = this.#end();
    for (let slot = this.#arena; slot < end; slot += abi.FRAGMENT_SIZE) {
      if (this.#get(slot, abi.F_STATE) === abi.FRAGMENT_GIVEN) this.#free(slot);
    }
    memory.setControl(abi.C_FRAGMENT_GIVEN, 0);
  }

  /** Gives up what has timed out in front of the current packet. False: no room is left for that now. */
  expire(): boolean {
    const memory = this.#memory;
    const { sec } = this.#packet.clock;
    while (
      sec >= memory.control(abi.C_FRAGMENT_DEADLINE) &&
      memory.control(abi.C_FRAGMENT_LIVE) !== 0
    ) {
      if (!this.#hasRoom()) return false;
      this.#giveUp(this.#oldest(), abi.C_FRAGMENTS_INCOMPLETE);
    }
    return true;
  }

  /** False: no room is left for all, come again. */
  giveUpAll(): boolean {
    while (this.#memory.control(abi.C_FRAGMENT_LIVE) !== 0) {
      if (!this.#hasRoom()) return false;
      this.#giveUp(this.#oldest(), abi.C_FRAGMENTS_INCOMPLETE);
    }
    this.#whole.forget();
    return true;
  }

  /** Takes a fragment that begins at `at`. False where none are put together. */
  collect(protocol: number, id: number, at: number, offset: number, more: boolean): boolean {
    const packet = this.#packet;
    const memory = this.#memory;
    if (this.#liveMax === 0 || packet.fragmentsLeft === 0) return false;
    packet.fragmentsLeft--;
    const clock = Math.max(memory.control(abi.C_FRAGMENT_CLOCK), packet.clock.sec);
    memory.setControl(abi.C_FRAGMENT_CLOCK, clock);
    const context = packet.contexts.find();
    let slot = this.#find(protocol, id, context);
    if (slot !== 0 && this.#get(slot, abi.F_COUNT) === abi.HELD_MAX) {
      this.#giveUp(slot, abi.C_FRAGMENTS_INCOMPLETE);
      slot = 0;
    }
    if (slot === 0) {
      const end = offset + packet.wireEnd - at;
      if (this.#whole.had({ protocol, id, context, at, offset, end, more })) return true;
      slot = this.#take(protocol, id, context);
    }
    this.#add(slot, at, offset, more);
    const total = this.#get(slot, abi.F_TOTAL);
    const isWhole = total !== 0 && this.#get(slot, abi.F_UNITS) === Math.ceil(total / UNIT);
    if (isWhole && this.#get(slot, abi.F_DROPPED) === 0) this.#complete(slot, protocol, total);
    if (!this.#hasRoom()) packet.packetsEnd = 0;
    return true;
  }

  #get(slot: number, field: number): number {
    return this.#u32[(slot + field) >>> 2]!;
  }

  #set(slot: number, field: number, value: number): void {
    this.#u32[(slot + field) >>> 2] = value;
  }

  /** A field of a held fragment. */
  #held(slot: number, index: number, field: number): number {
    return this.#u32[((slot + abi.F_HELD) >>> 2) + index * HELD_WORDS + field]!;
  }

  #count(field: number, amount = 1): void {
    this.#memory.f64[(abi.CONTROL + field) >>> 3]! += amount;
  }

  /** Where the slots end that were ever used. */
  #end(): number {
    return this.#arena + this.#memory.control(abi.C_FRAGMENT_HIGH) * abi.FRAGMENT_SIZE;
  }

  /** Is there room for all that one packet may give out? */
  #hasRoom(): boolean {
    const given = this.#memory.control(abi.C_FRAGMENT_GIVEN) + GIVEN_PER_PACKET;
    const held = this.#memory.control(abi.C_HELD_COUNT) + GIVEN_PER_PACKET * abi.HELD_MAX;
    return given <= this.#reserve && held <= abi.HELD_ROWS_MAX;
  }

  #find(protocol: number, id: number, context: number): number {
    const packet = this.#packet;
    const traits = protocol | (packet.network << 8);
    const end = this.#end();
    for (let slot = this.#arena; slot < end; slot += abi.FRAGMENT_SIZE) {
      if (
        this.#get(slot, abi.F_STATE) === abi.FRAGMENT_LIVE &&
        this.#get(slot, abi.F_ID) === id &&
        this.#get(slot, abi.F_CONTEXT) === context &&
        this.#get(slot, abi.F_TRAITS) === traits &&
        this.#isAddress(slot + abi.F_SOURCE, packet.source) &&
        this.#isAddress(slot + abi.F_TARGET, packet.target)
      ) {
        return slot;
      }
    }
    return 0;
  }

  #addressSize(): number {
    return this.#packet.network === abi.NETWORK_IPV6 ? 16 : 4;
  }

  #isAddress(held: number, address: number): boolean {
    const size = this.#addressSize();
    for (let byte = 0; byte < size; byte++) {
      if (this.#u8[held + byte] !== this.#u8[address + byte]) return false;
    }
    return true;
  }

  /** A slot for a datagram that begins. */
  #take(protocol: number, id: number, context: number): number {
    const memory = this.#memory;
    const packet = this.#packet;
    if (memory.control(abi.C_FRAGMENT_LIVE) === this.#liveMax) {
      this.#giveUp(this.#oldest(), abi.C_FRAGMENTS_EVICTED);
    }
    const end = this.#end();
    let slot = this.#arena;
    while (slot < end && this.#get(slot, abi.F_STATE) !== abi.FRAGMENT_FREE) {
      slot += abi.FRAGMENT_SIZE;
    }
    if (slot === end) {
      memory.setControl(abi.C_FRAGMENT_HIGH, memory.control(abi.C_FRAGMENT_HIGH) + 1);
    }
    const number = memory.control(abi.C_FRAGMENT_NEXT);
    memory.setControl(abi.C_FRAGMENT_NEXT, number + 1);
    this.#set(slot, abi.F_STATE, abi.FRAGMENT_LIVE);
    this.#set(slot, abi.F_NUMBER, number);
    this.#set(slot, abi.F_SECOND, memory.control(abi.C_FRAGMENT_CLOCK));
    this.#set(slot, abi.F_ID, id);
    this.#set(slot, abi.F_CONTEXT, context);
    this.#set(slot, abi.F_TRAITS, protocol | (packet.network << 8));
    const size = this.#addressSize();
    this.#u8.copyWithin(slot + abi.F_SOURCE, packet.source, packet.source + size);
    this.#u8.copyWithin(slot + abi.F_TARGET, packet.target, packet.target + size);
    this.#set(slot, abi.F_CUT, NOT_CUT);
    const canary = slot + abi.F_CANARY;
    this.#u8.fill(abi.PREFIX_CANARY, canary, canary + abi.PREFIX_CANARY_SIZE);
    memory.setControl(abi.C_FRAGMENT_LIVE, memory.control(abi.C_FRAGMENT_LIVE) + 1);
    this.#setDeadline();
    return slot;
  }

  #free(slot: number): void {
    const canary = slot + abi.F_CANARY;
    for (let at = canary; at < canary + abi.PREFIX_CANARY_SIZE; at++) {
      if (this.#u8[at] === abi.PREFIX_CANARY) continue;
      this.#count(abi.C_CANARY);
      break;
    }
    this.#u8.fill(0, slot, slot + abi.F_BYTES + this.#get(slot, abi.F_HIGHEST));
    this.#u8.fill(0, canary, canary + abi.PREFIX_CANARY_SIZE);
  }

  /** Its descriptors are written: it keeps its bytes until the next `decode`. */
  #release(slot: number): void {
    const memory = this.#memory;
    this.#set(slot, abi.F_STATE, abi.FRAGMENT_GIVEN);
    memory.setControl(abi.C_FRAGMENT_LIVE, memory.control(abi.C_FRAGMENT_LIVE) - 1);
    memory.setControl(abi.C_FRAGMENT_GIVEN, memory.control(abi.C_FRAGMENT_GIVEN) + 1);
    this.#setDeadline();
  }

  /** The live datagram that began first, or 0. */
  #oldest(): number {
    const end = this.#end();
    let first = 0;
    for (let slot = this.#arena; slot < end; slot += abi.FRAGMENT_SIZE) {
      if (this.#get(slot, abi.F_STATE) !== abi.FRAGMENT_LIVE) continue;
      // Numbers may wrap.
      const isFirst =
        first === 0 || ((this.#get(slot, abi.F_NUMBER) - this.#get(first, abi.F_NUMBER)) | 0) < 0;
      if (isFirst) first = slot;
    }
    return first;
  }

  #setDeadline(): void {
    const slot = this.#oldest();
    const second = slot === 0 ? NEVER : this.#get(slot, abi.F_SECOND);
    const deadline = Math.min(NEVER, second + abi.FRAGMENT_TIMEOUT);
    this.#memory.setControl(abi.C_FRAGMENT_DEADLINE, deadline);
  }

  /** Notes a fragment, and keeps its bytes where nothing speaks against it. */
  #add(slot: number, at: number, offset: number, more: boolean): void {
    const packet = this.#packet;
    const onWire = packet.wireEnd - at;
    const captured = Math.min(onWire, packet.end - at);
    // All but the last are whole units.
    const length = more ? onWire - (onWire % UNIT) : onWire;
    const end = offset + length;
    const isDuplicate = this.#hold(slot, offset, end);
    let flags = packet.flags & abi.D_FLAG_MALFORMED;
    if (length !== onWire || end > LENGTH_MAX) flags |= abi.D_FLAG_MALFORMED;
    this.#u32[(slot + abi.F_FLAGS) >>> 2]! |= flags;
    if (end > LENGTH_MAX) return this.#drop(slot);
    if (isDuplicate || length === 0 || this.#get(slot, abi.F_DROPPED) !== 0) return;

    const total = this.#get(slot, abi.F_TOTAL);
    const highest = this.#get(slot, abi.F_HIGHEST);
    const isTooLong = total !== 0 && end > total;
    const isOtherEnd = !more && (end < highest || (total !== 0 && end !== total));
    const isWrong = isTooLong || isOtherEnd;
    if (isWrong || this.#isTaken(slot, offset, end)) {
      this.#count(abi.C_FRAGMENTS_OVERLAP);
      if (packet.network === abi.NETWORK_IPV6) return this.#drop(slot);
      if (isWrong) return;
    }
    if (!more) this.#set(slot, abi.F_TOTAL, end);
    this.#set(slot, abi.F_HIGHEST, Math.max(highest, end));
    if (captured < length) {
      this.#set(slot, abi.F_CUT, Math.min(this.#get(slot, abi.F_CUT), offset + captured));
    }
    this.#keep(slot, at, offset, end, offset + Math.min(captured, length));
  }

  /** True where the very same fragment is held already. */
  #hold(slot: number, offset: number, end: number): boolean {
    const packet = this.#packet;
    const count = this.#get(slot, abi.F_COUNT);
    const range = (offset | (end << 16)) >>> 0;
    let isDuplicate = false;
    for (let index = 0; index < count; index++) {
      if (this.#held(slot, index, HELD_RANGE) === range) isDuplicate = true;
    }
    const entry = ((slot + abi.F_HELD) >>> 2) + count * HELD_WORDS;
    this.#u32[entry] = packet.clock.sec;
    this.#u32[entry + 1] = packet.clock.ns;
    this.#u32[entry + HELD_WIRE] = packet.wire;
    this.#u32[entry + HELD_RANGE] = range;
    this.#set(slot, abi.F_COUNT, count + 1);
    return isDuplicate;
  }

  /** RFC 5722: nothing of the datagram is used, nor of what is still to come of it. */
  #drop(slot: number): void {
    this.#u32[(slot + abi.F_FLAGS) >>> 2]! |= abi.D_FLAG_MALFORMED;
    this.#set(slot, abi.F_DROPPED, 1);
  }

  #isUnitThere(slot: number, offset: number): boolean {
    const unit = offset >>> 3;
    return ((this.#u8[slot + abi.F_MAP + (unit >>> 3)]! >>> (unit & 7)) & 1) !== 0;
  }

  #isTaken(slot: number, offset: number, end: number): boolean {
    for (let at = offset; at < end; at += UNIT) if (this.#isUnitThere(slot, at)) return true;
    return false;
  }

  /** Copies the units that are new; those from `capturedEnd` on have no bytes. */
  #keep(slot: number, from: number, offset: number, end: number, capturedEnd: number): void {
    const bytes = slot + abi.F_BYTES;
    let units = this.#get(slot, abi.F_UNITS);
    for (let at = offset; at < end; at += UNIT) {
      if (this.#isUnitThere(slot, at)) continue;
      const unit = at >>> 3;
      this.#u8[slot + abi.F_MAP + (unit >>> 3)]! |= 1 << (unit & 7);
      units++;
      const stop = Math.min(at + UNIT, capturedEnd);
      for (let byte = at; byte < stop; byte++) {
        this.#u8[bytes + byte] = this.#u8[from + byte - offset]!;
      }
    }
    this.#set(slot, abi.F_UNITS, units);
  }

  /** The current packet has made the datagram whole: its descriptor carries the payload. */
  #complete(slot: number, protocol: number, total: number): void {
    const packet = this.#packet;
    const count = this.#get(slot, abi.F_COUNT);
    this.#count(abi.C_REASSEMBLED);
    this.#count(abi.C_REASSEMBLED_FRAGMENTS, count);
    packet.flags = (packet.flags & ~abi.D_FLAG_FRAGMENT) | this.#get(slot, abi.F_FLAGS);
    // What is decoded may need a slot itself, and this one is not to be had.
    this.#release(slot);
    const there = Math.min(total, this.#get(slot, abi.F_CUT));
    const carrier = packet.descriptorCount + count - 1;
    this.#give(slot, protocol, count - 1, there, total);
    if (packet.descriptorCount > carrier) {
      const descriptor = packet.descriptors + carrier * abi.DESCRIPTOR_SIZE;
      this.#whole.remember(slot, total, descriptor);
    }
  }

  /** What has come of the datagram is all that there will be. */
  #giveUp(slot: number, counter: number): void {
    const packet = this.#packet;
    const { end, wireEnd, flags, network, source, target, index, wire, fragmentsLeft } = packet;
    const { next, nextAt, depth, firstDescriptor, isMalformed } = packet;
    this.#count(counter);
    this.#release(slot);
    const traits = this.#get(slot, abi.F_TRAITS);
    const protocol = traits & 0xff;
    packet.network = traits >>> 8;
    packet.source = slot + abi.F_SOURCE;
    packet.target = slot + abi.F_TARGET;
    packet.flags = this.#get(slot, abi.F_FLAGS) | abi.D_FLAG_FRAGMENT | abi.D_FLAG_HELD;
    packet.fragmentsLeft = 0;
    packet.isMalformed = false;
    packet.contexts.enter(this.#get(slot, abi.F_CONTEXT));
    // The last of those held carries what there is.
    const others = this.#get(slot, abi.F_COUNT) - 1;
    packet.wire = this.#held(slot, others, HELD_WIRE);
    const there = this.#beginning(slot);
    this.#give(slot, protocol, others, there, this.#lengthOf(slot, protocol, there));
    packet.contexts.leave();
    Object.assign(packet, { end, wireEnd, flags, network, source, target });
    Object.assign(packet, { index, wire, fragmentsLeft });
    Object.assign(packet, { next, nextAt, depth, firstDescriptor, isMalformed });
  }

  /** Bytes from offset 0 on without a gap. */
  #beginning(slot: number): number {
    let at = 0;
    while (at < LENGTH_MAX && this.#isUnitThere(slot, at)) at += UNIT;
    return Math.min(at, this.#get(slot, abi.F_HIGHEST), this.#get(slot, abi.F_CUT));
  }

  /** The datagram's length, as far as it is known: the end of what came, or what UDP says. */
  #lengthOf(slot: number, protocol: number, there: number): number {
    const highest = this.#get(slot, abi.F_HIGHEST);
    const isKnown = this.#get(slot, abi.F_TOTAL) !== 0;
    if (protocol !== abi.IP_UDP || there < UDP_HEADER || isKnown) return highest;
    return Math.max(highest, this.#packet.u16At(slot + abi.F_BYTES + UDP_LENGTH));
  }

  /**
   * Writes a descriptor for each fragment: `others` first, then the current packet's, which is decoded
   * from the slot. Where that gives none, none of them has a flow.
   */
  #give(slot: number, protocol: number, others: number, there: number, length: number): void {
    const u32 = this.#u32;
    const packet = this.#packet;
    const bytes = slot + abi.F_BYTES;
    const first = packet.descriptorCount;
    const rows = this.#packetsMax + this.#memory.control(abi.C_HELD_COUNT);
    const isLate = (packet.flags & abi.D_FLAG_HELD) !== 0;
    const rowCount = isLate ? others + 1 : others;
    for (let index = 0; index < rowCount; index++) {
      const row = this.#packets + (rows + index) * PACKET_WORDS;
      const entry = ((slot + abi.F_HELD) >>> 2) + index * HELD_WORDS;
      u32[row + (abi.P_SEC >>> 2)] = u32[entry]!;
      u32[row + (abi.P_NS >>> 2)] = u32[entry + 1]!;
      u32[row + (abi.P_WIRE >>> 2)] = u32[entry + HELD_WIRE]!;
      u32[row + (abi.P_RECORD >>> 2)] = 0;
    }
    this.#memory.setControl(abi.C_HELD_COUNT, rows - this.#packetsMax + rowCount);
    if (isLate) packet.index = rows + others;
    packet.end = bytes + there;
    packet.wireEnd = bytes + length;
    packet.descriptorCount = first + others;
    const { firstDescriptor } = packet;
    packet.firstDescriptor = first + others;
    if (there === 0) describe(packet, protocol, 0, 0, 0, 0, bytes, 0);
    else if (this.#get(slot, abi.F_DROPPED) !== 0) describePorts(packet, protocol, bytes, there);
    else if (packet.network === abi.NETWORK_IPV6) extensions(packet, bytes, protocol);
    else transport(packet, protocol, bytes);

    if (packet.descriptorCount === first + others) {
      const { wire } = packet;
      packet.descriptorCount = first;
      packet.firstDescriptor = first;
      for (let index = 0; index < others; index++) {
        packet.wire = this.#held(slot, index, HELD_WIRE);
        packet.isMalformed = false;
        packet.malformed(abi.LAYER_TRANSPORT);
      }
      packet.wire = wire;
      packet.firstDescriptor = firstDescriptor;
      return;
    }
    packet.firstDescriptor = firstDescriptor;
    const begin = packet.descriptors + first * abi.DESCRIPTOR_SIZE;
    const carrier = begin + others * abi.DESCRIPTOR_SIZE;
    const flags = this.#u8[carrier + abi.D_FLAGS]! & ~abi.D_FLAG_SNAPPED;
    for (let index = 0; index < others; index++) {
      const row = begin + index * abi.DESCRIPTOR_SIZE;
      u32.copyWithin(row >>> 2, carrier >>> 2, (carrier >>> 2) + DESCRIPTOR_WORDS);
      this.#u8[row + abi.D_FLAGS] = flags | abi.D_FLAG_HELD;
      u32[(row + abi.D_CAPTURED) >>> 2] = 0;
      u32[(row + abi.D_LENGTH) >>> 2] = 0;
      u32[(row + abi.D_PACKET) >>> 2] = rows + index;
      // A datagram opens or closes a stream once: with the first.
      if (index !== 0) this.#u8[row + abi.D_TCP_FLAGS] = 0;
      if ((flags & abi.D_FLAG_MALFORMED) !== 0) this.#count(abi.C_MALFORMED);
    }
    if (others !== 0) this.#u8[carrier + abi.D_TCP_FLAGS] = 0;
  }
}

/** The flow of a datagram that is dropped. */
function describePorts(packet: Packet, protocol: number, at: number, there: number): void {
  const hasPorts = there >= PORTS && withPorts.includes(protocol);
  const source = hasPorts ? packet.u16At(at) : 0;
  const target = hasPorts ? packet.u16At(at + 2) : 0;
  describe(packet, protocol, source, target, 0, 0, at, 0);
}
