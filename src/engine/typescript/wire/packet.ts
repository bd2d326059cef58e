/** The packet being decoded: what its capture record says, and what its headers have said so far. */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { Clock } from "./clock.js";
import { Contexts } from "./context.js";
import { Fragments } from "./fragments.js";
import { Unhandled } from "./unhandled.js";

/** Lengths on the wire beyond this are all the same to us: payload lengths are clamped far below. */
const WIRE_MAX = 2 ** 24;

/** One per engine, used again for every packet. Addresses are byte addresses in the engine's memory. */
export class Packet {
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
  /** For what is not aligned, or big-endian: V8 compiles it to the same loads as a typed array's. */
  readonly view: DataView;
  readonly clock = new Clock();
  readonly contexts: Contexts;
  readonly unhandled: Unhandled;
  readonly #memory: EngineMemory;
  descriptors = 0;

  // What the record reader leaves, besides the time. `wire` is never less than `captured`.
  interfaceId = 0;
  data = 0;
  captured = 0;
  wire = 0;
  nextRecord = 0;

  /** Index of the packet row, and number of descriptors written since `decode` began. */
  index = 0;
  descriptorCount = 0;
  /** Index of the packet row that `decode` stops in front of. */
  packetsEnd = 0;

  /** Where the captured bytes end, and where those on the wire would. Headers with a length move both down. */
  end = 0;
  wireEnd = 0;
  /** D_FLAG_* found on the way. */
  flags = 0;
  /** NETWORK_*, and where the addresses stand. */
  network = 0;
  source = 0;
  target = 0;
  /** Fragments that may still be collected of this packet. */
  fragmentsLeft = 0;
  readonly fragments: Fragments;

  /** The Ethertype of what is to be decoded next, -1 for nothing, and where it begins. */
  next = -1;
  nextAt = 0;
  /** Layers that were carried by others so far. */
  depth = 0;
  /** Number of descriptors in front of this packet's; true once the packet counts as malformed. */
  firstDescriptor = 0;
  isMalformed = false;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.u8 = memory.u8;
    this.u32 = memory.u32;
    this.f64 = memory.f64;
    this.view = new DataView(memory.buffer);
    this.contexts = new Contexts(memory);
    this.unhandled = new Unhandled(memory);
    this.fragments = new Fragments(memory, this);
  }

  configure(): void {
    this.descriptors = this.#memory.control(abi.C_DESCRIPTORS);
    this.clock.configure();
    this.contexts.configure();
    this.unhandled.configure();
    this.fragments.configure();
  }

  /** A u32 field of the control block. */
  control(field: number): number {
    return this.u32[(abi.CONTROL + field) >>> 2]!;
  }

  /** Starts on the frame that the record reader found. */
  openFrame(): void {
    this.end = this.data + this.captured;
    this.wireEnd = this.data + Math.min(this.wire, WIRE_MAX);
    this.flags = 0;
    this.fragmentsLeft = abi.FRAGMENTS_PER_PACKET;
    this.contexts.open(this.interfaceId);
    this.next = -1;
    this.depth = 0;
    this.firstDescriptor = this.descriptorCount;
    this.isMalformed = false;
  }

  u16At(at: number): number {
    return this.view.getUint16(at);
  }

  u32At(at: number): number {
    return this.view.getUint32(at);
  }

  /** True where so many captured bytes follow. */
  has(at: number, size: number): boolean {
    return this.end - at >= size;
  }

  /** True where so many bytes followed on the wire, captured or not. */
  wireHas(at: number, size: number): boolean {
    return this.wireEnd - at >= size;
  }

  /** A tunnel's header that is not all there is counted. */
  hasTunnelHeader(at: number, size: number): boolean {
    if (this.has(at, size)) return true;
    if (this.wireHas(at, size)) this.truncated(abi.LAYER_TUNNEL);
    else this.malformed(abi.LAYER_TUNNEL);
    return false;
  }

  /** A link's header that is not all there is counted. */
  hasLinkHeader(at: number, size: number): boolean {
    if (this.has(at, size)) return true;
    this.truncated(abi.LAYER_LINK);
    return false;
  }

  /** A header says how many bytes follow: what is behind them is padding. If there never were so many, it is wrong. */
  endAfter(at: number, length: number): void {
    if (!this.wireHas(at, length)) {
      this.flags |= abi.D_FLAG_MALFORMED;
      return;
    }
    this.wireEnd = at + length;
    if (this.end > this.wireEnd) this.end = this.wireEnd;
  }

  /** Notes a fragment, once a packet. */
  markFragment(): void {
    if ((this.flags & abi.D_FLAG_FRAGMENT) === 0) this.count(abi.C_FRAGMENTS);
    this.flags |= abi.D_FLAG_FRAGMENT;
  }

  count(field: number): void {
    this.f64[(abi.CONTROL + field) >>> 3]! += 1;
  }

  /** Once a packet. */
  countMalformed(): void {
    if (!this.isMalformed) this.count(abi.C_MALFORMED);
    this.isMalformed = true;
  }

  /** No flow is made of this; what carries it may have given one. */
  leave(kind: number, value: number): void {
    if (this.descriptorCount === this.firstDescriptor) this.count(abi.C_NO_FLOW);
    this.unhandled.add(kind, value, this.wire);
  }

  /** The frame was cut off before this layer's header was complete. */
  truncated(layer: number): void {
    this.leave(abi.UNHANDLED_TRUNCATED, layer);
  }

  /** This layer's header contradicts itself, or what carries it. */
  malformed(layer: number): void {
    this.countMalformed();
    this.leave(abi.UNHANDLED_MALFORMED, layer);
  }
}
