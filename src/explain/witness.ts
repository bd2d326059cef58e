/**
 * A witness stands between the host and an engine, passes every call on, and keeps of one flow what
 * the engine saw: its packets, and the payloads that were matched, up to a bound. So what is told
 * of a flow is what its verdict was made of: the same bytes, by either engine, in one reading.
 */
import * as abi from "../engine/abi.js";
import type { Engine, EngineKind } from "../engine/engine.js";
import type { EngineMemory } from "../engine/memory.js";
import { readKey } from "../flows/key.js";
import type { Endpoint } from "../record/record.js";

/** Datagrams of each direction that are kept; matching looks at as many by default. */
const DATAGRAMS_MOST = 64;

/** From endpoint A (0), or from B (1). */
export type Direction = 0 | 1;

export interface SeenPacket {
  readonly direction: Direction;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Bytes of the frame, and of its payload, on the wire. */
  readonly length: number;
  readonly payload: number;
  readonly tcpFlags: number;
}

/** Something that was matched: a datagram, or a stream as far as it had come. */
export interface Heard {
  readonly direction: Direction;
  /** Number of the packet in the flow, from 1. */
  readonly packet: number;
  /** A datagram's bytes; those of streams are kept once, in {@link Witness.streams}. */
  readonly datagram?: Uint8Array;
  /** Bytes that a datagram had on the wire; bytes of the stream that were there. */
  readonly length: number;
  /** More of the stream was still wanted. */
  readonly more: boolean;
  /** It came after the verdict, and was read for its facts only. */
  readonly isWatched: boolean;
}

/** A candidate as the engine left it. */
export interface EngineCandidate {
  /** Number of its signature. */
  readonly signature: number;
  /** In eighths of a bit, per background. */
  readonly evidence: readonly number[];
}

export class Witness implements Engine {
  readonly kind: EngineKind;
  readonly memory: EngineMemory;
  readonly packets: SeenPacket[] = [];
  packetCount = 0;
  readonly heard: Heard[] = [];
  /** The first bytes of each direction of a stream. */
  readonly streams: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];
  /** The candidates when the engine last looked. */
  candidates: readonly EngineCandidate[] = [];
  /** Endpoint A, which direction 0 comes from. */
  endpointA: Endpoint = { address: "", port: 0 };
  /** Its first packet was a SYN or a SYN-ACK, so that the roles were known; whether B was the client. */
  isOpened = false;
  isClientB = false;
  /** Memory for inspecting it had run out. */
  isDenied = false;
  /** The flow has come, and has gone. */
  isOver = false;

  readonly #engine: Engine;
  readonly #flow: number;
  readonly #packetsMost: number;
  #row = 0;
  readonly #key = new Uint32Array(11);

  /** @param flow number of the flow @param packetsMost packets that are kept */
  constructor(engine: Engine, flow: number, packetsMost: number) {
    this.#engine = engine;
    this.kind = engine.kind;
    this.memory = engine.memory;
    this.#flow = flow;
    this.#packetsMost = packetsMost;
  }

  /** The flow has come. */
  get hasBegun(): boolean {
    return this.#row !== 0;
  }

  configure(): void {
    this.#engine.configure();
  }

  decode(begin: number, end: number): number {
    return this.#engine.decode(begin, end);
  }

  track(first: number): number {
    const next = this.#engine.track(first);
    if (this.isOver) return next;
    let from = first;
    let to = next;
    const { memory } = this;
    for (let event = 0; event < memory.control(abi.C_EVENT_COUNT); event++) {
      const at = memory.address("events") + event * abi.EVENT_SIZE;
      const row = this.#u32(at + abi.E_ROW);
      const index = this.#u32(at + abi.E_DESCRIPTOR);
      if (this.#u32(at) === abi.EVENT_NEW && this.#row === 0 && this.#idOf(row) === this.#flow) {
        this.#begin(row, this.#descriptor(index));
        from = index;
      } else if (this.#u32(at) === abi.EVENT_SUPERSEDED && row === this.#row) {
        to = index;
      }
    }
    if (this.#row !== 0) for (let index = from; index < to; index++) this.#see(index);
    return next;
  }

  recognise(count: number): void {
    const entry = this.#dueEntry(count);
    if (entry === 0) return this.#engine.recognise(count);
    const descriptor = this.#descriptor(this.#u32(entry + abi.Q_DESCRIPTOR));
    const direction = this.#directionOf(descriptor);
    const isInspected = this.#field(abi.R_STATE) === abi.STATE_INSPECT;
    const before = isInspected ? this.#flagsOf(direction) : 0;
    this.#engine.recognise(count);
    const packet = this.#u32(entry + abi.Q_PACKET);
    const captured = this.#u32(descriptor + abi.D_CAPTURED);
    if (captured === 0 || before & abi.WAY_FINISHED) return;
    if (this.#u32(entry + abi.Q_OUTCOME) & abi.OUTCOME_DENIED) this.isDenied = true;
    const payload = this.#u32(descriptor + abi.D_PAYLOAD);
    if (isInspected) this.#takeCandidates();
    if (this.memory.u8[descriptor + abi.D_PROTOCOL] === abi.IP_TCP) {
      const isNew = (before & abi.WAY_STARTED) === 0;
      this.#hearStream(direction, packet, isNew ? payload : 0);
      return;
    }
    // A copy of a datagram was not matched.
    const isTwice = (this.memory.u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_TWICE) !== 0;
    if (isTwice && (!isInspected || before & abi.WAY_STARTED)) return;
    if (this.heard.filter((each) => each.direction === direction).length >= DATAGRAMS_MOST) return;
    this.heard.push({
      direction,
      packet,
      datagram: this.memory.u8.slice(payload, payload + captured),
      length: this.#u32(descriptor + abi.D_LENGTH),
      more: false,
      isWatched: !isInspected,
    });
  }

  finish(row: number): number {
    if (row !== this.#row || this.isOver) return this.#engine.finish(row);
    const before = [this.#flagsOf(0), this.#flagsOf(1)];
    const outcome = this.#engine.finish(row);
    if (this.#inspection === 0) return outcome;
    this.#takeCandidates();
    for (const direction of [0, 1] as const) {
      const flags = before[direction]!;
      const isStarted = (flags & (abi.WAY_STARTED | abi.WAY_FINISHED)) === abi.WAY_STARTED;
      const isStream = this.memory.u8[this.#inspection + abi.K_TRANSPORT] === abi.TRANSPORT_TCP;
      if (isStarted && isStream) this.#hearStream(direction, this.#packetsOfPart(), 0);
    }
    return outcome;
  }

  read(signature: number, role: number, at: number, length: number): void {
    this.#engine.read(signature, role, at, length);
  }

  settle(row: number, state: number, signature: number): void {
    this.#engine.settle(row, state, signature);
  }

  release(row: number): void {
    if (row === this.#row) this.isOver = true;
    this.#engine.release(row);
  }

  // ── The flow's own memory ──────────────────────────────────────────────────────────────────────

  #begin(row: number, descriptor: number): void {
    this.#row = row;
    this.#key.set(this.#keyAt(descriptor));
    const { addressA, portA } = readKey(this.memory, descriptor);
    this.endpointA = { address: addressA, port: portA };
    const flags = this.#field(abi.R_FLAGS);
    this.isOpened = (flags & abi.ROW_OPENED) !== 0;
    this.isClientB = (flags & abi.ROW_CLIENT_B) !== 0;
  }

  #see(index: number): void {
    const descriptor = this.#descriptor(index);
    const key = this.#keyAt(descriptor);
    for (let word = 0; word < key.length; word++) if (key[word] !== this.#key[word]) return;
    this.packetCount++;
    if (this.packets.length === this.#packetsMost) return;
    const packet =
      this.memory.address("packets") + this.#u32(descriptor + abi.D_PACKET) * abi.PACKET_SIZE;
    this.packets.push({
      direction: this.#directionOf(descriptor),
      seconds: this.#u32(packet + abi.P_SEC),
      nanoseconds: this.#u32(packet + abi.P_NS),
      length: this.#u32(packet + abi.P_WIRE),
      payload: this.#u32(descriptor + abi.D_LENGTH),
      tcpFlags: this.memory.u8[descriptor + abi.D_TCP_FLAGS]!,
    });
  }

  /** The stream as the engine has it: in its block, or (first segment) where it lies in the window. */
  #hearStream(direction: Direction, packet: number, firstSegment: number): void {
    const inspection = this.#inspection;
    if (inspection === 0) return;
    const way = wayAt(inspection, direction);
    const length = this.#u32(way + abi.W_LENGTH);
    const bytes = this.#u32(way + abi.W_PREFIX) || firstSegment;
    if (bytes === 0) {
      if (length !== this.streams[direction].length) return;
    } else this.streams[direction] = this.memory.u8.slice(bytes, bytes + length);
    const more = (this.#flagsOf(direction) & abi.WAY_FINISHED) === 0;
    this.heard.push({ direction, packet, length, more, isWatched: false });
  }

  #takeCandidates(): void {
    const inspection = this.#inspection;
    if (inspection === 0) return;
    const { u8, u16 } = this.memory;
    this.candidates = Array.from({ length: u8[inspection + abi.K_CANDIDATES]! }, (_, index) => {
      const at = inspection + abi.K_CANDIDATE + index * abi.CANDIDATE_SIZE;
      const evidence = (at + abi.Y_EVIDENCE) >>> 1;
      return {
        signature: u16[(at + abi.Y_SIGNATURE) >>> 1]!,
        evidence: [...u16.subarray(evidence, evidence + 4)],
      };
    });
  }

  #dueEntry(count: number): number {
    if (this.#row === 0 || this.isOver) return 0;
    for (let index = 0; index < count; index++) {
      const entry = this.memory.address("due") + index * abi.DUE_SIZE;
      if (this.#u32(entry + abi.Q_ROW) === this.#row) return entry;
    }
    return 0;
  }

  get #inspection(): number {
    const number = this.#u32(this.#rowAt(this.#row) + abi.R_INSPECTION);
    return number === 0 ? 0 : this.memory.address("inspections") + number * abi.INSPECTION_SIZE;
  }

  #flagsOf(direction: Direction): number {
    const inspection = this.#inspection;
    return inspection === 0 ? 0 : this.#u32(wayAt(inspection, direction) + abi.W_FLAGS);
  }

  /** As the engine numbers what it finds at the end. */
  #packetsOfPart(): number {
    const at = this.#rowAt(this.#row);
    const { f64 } = this.memory;
    return f64[(at + abi.R_PACKETS_A) >>> 3]! + f64[(at + abi.R_PACKETS_B) >>> 3]!;
  }

  #rowAt(row: number): number {
    return this.memory.address("rows") + row * abi.ROW_SIZE;
  }

  #field(field: number): number {
    return this.memory.u8[this.#rowAt(this.#row) + field]!;
  }

  #idOf(row: number): number {
    return this.memory.f64[(this.#rowAt(row) + abi.R_ID) >>> 3]!;
  }

  #descriptor(index: number): number {
    return this.memory.address("descriptors") + index * abi.DESCRIPTOR_SIZE;
  }

  #directionOf(descriptor: number): Direction {
    return this.memory.u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED ? 1 : 0;
  }

  /** Bytes 0 … 43 of a descriptor, without those that tell of the packet: see `abi.ts`. */
  #keyAt(descriptor: number): Uint32Array {
    const key = this.memory.u32.slice(descriptor >>> 2, (descriptor >>> 2) + 11);
    key[abi.D_FLAGS >>> 2]! &= 0xffff;
    return key;
  }

  #u32(address: number): number {
    return this.memory.u32[address >>> 2]!;
  }
}

const wayAt = (inspection: number, direction: Direction) =>
  inspection + abi.K_DIRECTION + direction * abi.DIRECTION_SIZE;
