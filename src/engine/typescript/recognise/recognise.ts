/**
 * Recognise: runs payloads of undecided flows through the matchers, and says what came of it.
 *
 * A datagram is matched where it lies. The first segment of a stream is too, and its bytes are
 * copied only if something still waits for them afterwards: most flows are decided, or given up by
 * every opener, within their first segment.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { opensWithSyn } from "../flows/history.js";
import { Candidates } from "./candidates.js";
import { Dispatch } from "./dispatch.js";
import { Dissectors } from "./dissect.js";
import { Flow, NONE } from "./flow.js";
import { Inspections, wayAt } from "./inspections.js";
import { Machine, RUN_DONE } from "./machine.js";
import { Prefixes } from "./prefixes.js";
import { Reassembly } from "./reassembly.js";
import { Spans } from "./spans.js";
import { Tables } from "./tables.js";

const PACKETS_MOST = 0xffffffff;
const AT = (abi.CONTROL + abi.C_AT) >>> 2;

export class Recogniser {
  readonly #memory: EngineMemory;
  readonly #u8: Uint8Array;
  readonly #u32: Uint32Array;
  readonly #tables = new Tables();
  readonly #flow: Flow;
  readonly #spans: Spans;
  readonly #dispatch: Dispatch;
  readonly #dissectors: Dissectors;
  readonly #machine: Machine;
  readonly #candidates: Candidates;
  readonly #prefixes: Prefixes;
  readonly #inspections: Inspections;
  readonly #reassembly: Reassembly;
  #rows = 0;
  #due = 0;
  #descriptors = 0;
  #prefixLimit = 0;
  #messageLimit = 0;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.#u8 = memory.u8;
    this.#u32 = memory.u32;
    this.#flow = new Flow(memory);
    this.#spans = new Spans(memory);
    this.#dispatch = new Dispatch(memory, this.#tables);
    this.#prefixes = new Prefixes(memory);
    this.#dissectors = new Dissectors(memory, this.#flow, this.#prefixes);
    this.#machine = new Machine(memory, this.#tables, this.#spans, this.#dissectors);
    this.#candidates = new Candidates(
      memory,
      this.#flow,
      this.#tables,
      this.#dispatch,
      this.#machine,
      this.#spans,
    );
    this.#inspections = new Inspections(memory, this.#prefixes);
    this.#reassembly = new Reassembly(memory);
  }

  configure(): void {
    const memory = this.#memory;
    this.#rows = memory.control(abi.C_ROWS);
    this.#due = memory.control(abi.C_DUE);
    this.#descriptors = memory.control(abi.C_DESCRIPTORS);
    this.#prefixLimit = memory.control(abi.C_PREFIX_LIMIT);
    this.#messageLimit = memory.control(abi.C_MESSAGE_LIMIT);
    this.#tables.configure(memory);
    this.#spans.configure();
    this.#dispatch.configure();
    this.#dissectors.configure();
    this.#machine.configure();
    this.#prefixes.configure();
    this.#inspections.configure();
    this.#reassembly.configure();
  }

  recognise(count: number): void {
    const u32 = this.#u32;
    const flow = this.#flow;
    this.#spans.reset();
    for (let index = 0; index < count; index++) {
      u32[AT] = index;
      const entry = (this.#due + index * abi.DUE_SIZE) >>> 2;
      const descriptor =
        this.#descriptors + u32[entry + (abi.Q_DESCRIPTOR >>> 2)]! * abi.DESCRIPTOR_SIZE;
      flow.row = u32[entry + (abi.Q_ROW >>> 2)]!;
      flow.packet = u32[entry + (abi.Q_PACKET >>> 2)]!;
      flow.due = index;
      const state = this.#u8[this.#rowAt(flow.row) + abi.R_STATE];
      let outcome = 0;
      if (state === abi.STATE_INSPECT) outcome = this.#inspect(descriptor);
      else if (state === abi.STATE_WATCH) this.#watch(descriptor);
      u32[entry + (abi.Q_OUTCOME >>> 2)] = outcome;
    }
  }

  finish(row: number): number {
    const { f64 } = this.#memory;
    const flow = this.#flow;
    this.#spans.reset();
    const at = this.#rowAt(row);
    const number = this.#u32[(at + abi.R_INSPECTION) >>> 2]!;
    if (number === 0 || this.#u8[at + abi.R_STATE] !== abi.STATE_INSPECT) return 0;
    flow.row = row;
    flow.due = NONE;
    const packets = f64[(at + abi.R_PACKETS_A) >>> 3]! + f64[(at + abi.R_PACKETS_B) >>> 3]!;
    flow.packet = Math.min(packets, PACKETS_MOST);
    flow.enter(this.#inspections.at(number), this.#u8[at + abi.R_FLAGS]!);
    for (let direction = 0; direction < 2; direction++) {
      if (flow.isFinished(direction)) continue;
      flow.setFlags(direction, abi.WAY_FINISHED);
      const isStarted = (flow.flagsOf(direction) & abi.WAY_STARTED) !== 0;
      if (!isStarted || flow.transport !== abi.TRANSPORT_TCP) continue;
      this.#reassembly.beginAnew(wayAt(flow.inspection, direction));
      this.#matchStream(direction);
    }
    return flow.changed ? abi.OUTCOME_CHANGED : 0;
  }

  read(signature: number, role: number, at: number, length: number): void {
    const { u8, u16 } = this.#memory;
    this.#spans.reset();
    if (signature >= this.#tables.signaturesCount) return;
    const entry = this.#tables.signature(signature);
    const isServer = role !== 0;
    if (u8[entry + (isServer ? abi.G_SERVER_COUNT : abi.G_CLIENT_COUNT)] === 0) return;
    const step = u16[(entry + (isServer ? abi.G_SERVER_FIRST : abi.G_CLIENT_FIRST)) >>> 1]!;
    this.#machine.clearSaved();
    if (this.#machine.run(step, at, length, length, false) === RUN_DONE) {
      this.#spans.give(0, signature, NONE);
    }
  }

  settle(row: number, state: number, signature: number): void {
    const at = this.#rowAt(row);
    const number = this.#u32[(at + abi.R_INSPECTION) >>> 2]!;
    if (number !== 0) this.#inspections.free(number);
    this.#u32[(at + abi.R_INSPECTION) >>> 2] = 0;
    this.#u8[at + abi.R_STATE] = state;
    if (state === abi.STATE_FOLLOW) return;
    this.#u32[(at + abi.R_SIGNATURE) >>> 2] = state === abi.STATE_WATCH ? signature : 0;
  }

  #rowAt(row: number): number {
    return this.#rows + row * abi.ROW_SIZE;
  }

  #count(field: number): void {
    this.#memory.f64[(abi.CONTROL + field) >>> 3]!++;
  }

  /** Runs the watch program of the flow's signature: no candidates, spans only. */
  #watch(descriptor: number): void {
    const flow = this.#flow;
    if ((this.#u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_TWICE) !== 0) return;
    const signature = this.#u32[(this.#rowAt(flow.row) + abi.R_SIGNATURE) >>> 2]!;
    if (signature >= this.#tables.signaturesCount) return;
    const step = this.#memory.u16[(this.#tables.signature(signature) + abi.G_WATCH) >>> 1]!;
    if (step === abi.NO_STEP) return;
    const payload = this.#u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    const captured = this.#u32[(descriptor + abi.D_CAPTURED) >>> 2]!;
    const length = this.#u32[(descriptor + abi.D_LENGTH) >>> 2]!;
    this.#count(abi.C_PAYLOADS);
    this.#machine.clearSaved();
    if (this.#machine.run(step, payload, captured, length, false) === RUN_DONE) {
      this.#spans.give(flow.row, signature, flow.due);
    }
  }

  /** Enters the flow's inspection, a new one if it has none yet. False if none is left. */
  #enter(protocol: number): boolean {
    const flow = this.#flow;
    const row = this.#rowAt(flow.row);
    let number = this.#u32[(row + abi.R_INSPECTION) >>> 2]!;
    if (number === 0) {
      number = this.#inspections.take(flow.row);
      if (number === 0) return false;
      this.#u32[(row + abi.R_INSPECTION) >>> 2] = number;
      let transport = abi.TRANSPORT_SCTP;
      if (protocol === abi.IP_TCP) transport = abi.TRANSPORT_TCP;
      else if (protocol === abi.IP_UDP) transport = abi.TRANSPORT_UDP;
      this.#u8[this.#inspections.at(number) + abi.K_TRANSPORT] = transport;
    }
    flow.enter(this.#inspections.at(number), this.#u8[row + abi.R_FLAGS]!);
    return true;
  }

  #inspect(descriptor: number): number {
    const u32 = this.#u32;
    const flow = this.#flow;
    if (!this.#enter(this.#u8[descriptor + abi.D_PROTOCOL]!)) {
      this.#count(abi.C_INSPECTION_DENIED);
      return abi.OUTCOME_DENIED;
    }
    const flags = this.#u8[descriptor + abi.D_FLAGS]!;
    const direction = (flags & abi.D_FLAG_REVERSED) === 0 ? 0 : 1;
    const captured = u32[(descriptor + abi.D_CAPTURED) >>> 2]!;
    if (captured === 0 || flow.isFinished(direction)) return this.#outcome();

    const way = wayAt(flow.inspection, direction);
    const isNew = (flow.flagsOf(direction) & abi.WAY_STARTED) === 0;
    if (isNew) this.#hear(direction);
    const isStream = flow.transport === abi.TRANSPORT_TCP;
    // A copy of a datagram is no other datagram; of a segment, reassembly has it already.
    if (!isStream && !isNew && (flags & abi.D_FLAG_TWICE) !== 0) return this.#outcome();
    // A byte a segment is the most that a stream's prefix can need.
    const isLast =
      ++u32[(way + abi.W_MESSAGES) >>> 2]! >= (isStream ? this.#prefixLimit : this.#messageLimit);
    const payload = u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    const length = u32[(descriptor + abi.D_LENGTH) >>> 2]!;
    if (flow.transport !== abi.TRANSPORT_TCP) {
      this.#count(abi.C_PAYLOADS);
      this.#candidates.followDatagram(direction, payload, captured, length);
      if (isNew) this.#candidates.openDatagram(direction, payload, captured, length);
      if (isLast) flow.setFlags(direction, abi.WAY_FINISHED);
      return this.#outcome();
    }

    const sequence = u32[(descriptor + abi.D_SEQ) >>> 2]!;
    let isNews = true;
    if (isNew && !this.#waitForBeginning(direction, sequence)) {
      this.#startStream(direction, sequence, payload, captured, length);
    } else isNews = this.#reassembly.add(way, sequence, payload, captured, length);
    if (isLast) flow.setFlags(direction, abi.WAY_FINISHED);
    if (isNews || isLast) {
      this.#count(abi.C_PAYLOADS);
      this.#matchStream(direction);
    }
    const denied = this.#keepBytes(direction) ? 0 : abi.OUTCOME_DENIED;
    return this.#outcome() | denied;
  }

  #hear(direction: number): void {
    const heard = this.#flow.inspection + abi.K_HEARD;
    const first = this.#u8[heard] === 0 ? abi.WAY_FIRST : 0;
    this.#flow.setFlags(direction, abi.WAY_STARTED | first);
    this.#u8[heard]! |= 1 << direction;
  }

  /** Is this segment not the first one, by what the SYN said? Then the stream is kept for that. */
  #waitForBeginning(direction: number, sequence: number): boolean {
    const u32 = this.#u32;
    const row = this.#rowAt(this.#flow.row);
    if (!opensWithSyn(u32, row >>> 2, direction)) return false;
    const first = u32[(row + (direction === 0 ? abi.R_SEQUENCE_A : abi.R_SEQUENCE_B)) >>> 2]!;
    const ahead = (sequence - first) >>> 0;
    if (ahead === 0 || ahead >= this.#prefixLimit) return false;
    const block = this.#prefixes.take();
    if (block === 0) return false;
    const way = wayAt(this.#flow.inspection, direction);
    u32[(way + abi.W_PREFIX) >>> 2] = block;
    u32[(way + abi.W_BASE) >>> 2] = first;
    u32[(way + abi.W_STOP) >>> 2] = this.#prefixLimit;
    return true;
  }

  /** The stream begins with this segment, which is matched where it lies. */
  #startStream(
    direction: number,
    sequence: number,
    payload: number,
    captured: number,
    length: number,
  ): void {
    const u32 = this.#u32;
    const way = wayAt(this.#flow.inspection, direction);
    const stop = captured < length ? Math.min(captured, this.#prefixLimit) : this.#prefixLimit;
    u32[(way + abi.W_BASE) >>> 2] = sequence;
    u32[(way + abi.W_STOP) >>> 2] = stop;
    u32[(way + abi.W_LENGTH) >>> 2] = Math.min(captured, stop);
    if (captured >= stop) this.#flow.setFlags(direction, abi.WAY_FINISHED);
    this.#flow.direct = direction;
    this.#flow.directBytes = payload;
  }

  #matchStream(direction: number): void {
    const candidates = this.#candidates;
    candidates.followStream(direction);
    if ((this.#flow.flagsOf(direction) & abi.WAY_DISPATCHED) !== 0) return;
    if (!candidates.openStream(direction)) return;
    // The new candidates go on with what both sides have said already.
    candidates.followStream(direction);
    candidates.followStream(1 - direction);
  }

  /**
   * Copies what was matched in the window into a block, if anything still waits for it. A direction
   * that nothing waits for is finished. False if no block was left: then what waits gets no more.
   */
  #keepBytes(direction: number): boolean {
    const flow = this.#flow;
    if (flow.isFinished(direction)) return true;
    const isWanted =
      flow.openersWait(direction) ||
      this.#candidates.concernedBy(direction) ||
      // Openers of the side heard first may yet make candidates that look at what this one said.
      flow.openersWait(1 - direction);
    if (!isWanted) {
      flow.setFlags(direction, abi.WAY_FINISHED);
      return true;
    }
    if (direction !== flow.direct) return true;
    const way = wayAt(flow.inspection, direction);
    const block = this.#prefixes.take();
    if (block === 0) {
      this.#count(abi.C_PREFIX_DENIED);
      flow.setFlags(direction, abi.WAY_FINISHED);
      this.#matchStream(direction);
      return false;
    }
    const bytes = flow.directBytes;
    const length = this.#u32[(way + abi.W_LENGTH) >>> 2]!;
    this.#u8.copyWithin(block, bytes, bytes + length);
    this.#u32[(way + abi.W_PREFIX) >>> 2] = block;
    return true;
  }

  #outcome(): number {
    const changed = this.#flow.changed ? abi.OUTCOME_CHANGED : 0;
    return this.#isActive() ? changed | abi.OUTCOME_ACTIVE : changed;
  }

  /** Can anything that is still to come change the picture? */
  #isActive(): boolean {
    const flow = this.#flow;
    for (let direction = 0; direction < 2; direction++) {
      if (flow.isFinished(direction)) continue;
      if (flow.openersWait(direction) || this.#candidates.concernedBy(direction)) return true;
      if ((flow.flagsOf(direction) & abi.WAY_STARTED) !== 0) continue;
      if (this.#dispatch.hasOpeners(flow.transport, flow.roleOf(direction))) return true;
    }
    return false;
  }
}
