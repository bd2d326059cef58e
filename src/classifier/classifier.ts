import * as abi from "../engine/abi.js";
import type { Engine, EngineKind } from "../engine/engine.js";
import { EVENTS_MAX, type EngineMemory } from "../engine/memory.js";
import { readKey } from "../flows/key.js";
import { inspectedTransport } from "../flows/transports.js";
import { Wheel } from "../flows/wheel.js";
import type { ApplicationCatalog } from "../language/applications/catalog.js";
import type { Catalog } from "../language/catalog.js";
import { ClairvoieError, OptionError } from "../record/errors.js";
import type { VerdictEvent } from "../record/events.js";
import type { Candidate, EndReason, FactValue } from "../record/record.js";
import type { Summary } from "../record/summary.js";
import { Framer } from "../sources/framer.js";
import { PushWindow } from "../sources/native.js";
import type { ByteSource } from "../sources/source.js";
import { Applications } from "./applications.js";
import { icmpMessage, isIcmp } from "./community-id.js";
import { Evidence } from "./evidence.js";
import { Expectations } from "./expectations.js";
import { Facts } from "./facts.js";
import {
  emptyExtras,
  HELD_MAX,
  type FlowExtras,
  type HeldLesson,
  type HeldMessage,
} from "./flow.js";
import { Knowledge, type Learner } from "./knowledge.js";
import { look, LOOKED_ENOUGH } from "./looks.js";
import { Names } from "./names.js";
import type { ClassifierOptions, Settings } from "./options.js";
import { Records, type ServiceNames } from "./record.js";
import { Refinements } from "./refinements.js";
import {
  NOTE_ANNOUNCED,
  NOTE_CLIENT_IS_B,
  NOTE_CLIENT_JUDGED,
  NOTE_FINAL,
  NOTE_GAP,
  NOTE_UNINSPECTED,
  outranks,
  Rows,
} from "./rows.js";
import { Tally } from "./tally.js";
import { Transactions } from "./transactions.js";

/** Packet time: whole seconds since 1970 and nanoseconds. */
export interface Timestamp {
  seconds: number;
  nanoseconds: number;
}

export interface PushOptions {
  /** LINKTYPE_ number of the packet's first header. Default 1, Ethernet. */
  linkType?: number;
  /** Frame length on the wire, where the packet was cut. Default: the packet's length. */
  wireLength?: number;
}

export interface ReadOptions {
  /** Stops reading; what was found stays, call `finish()`. */
  signal?: AbortSignal;
  /** Called after each window with the number of stored bytes read so far. */
  onProgress?: (bytes: number) => void;
}

/** Something that takes effect in packet order, although it was found in rounds. */
type Effect = { event: number; row: number; keyAt: number } & (
  | { kind: "verdict"; verdict: VerdictEvent; protocol: number }
  | { kind: "message"; message: HeldMessage }
  | { kind: "learn"; lesson: HeldLesson }
);

/** Z_DUE of spans that `finish` found, from A and from B. */
const FINISHED_A = 0xfffffffe;
const FINISHED_B = 0xffffffff;

/** After this many milliseconds of work a read lets the host's event loop run. */
const BREATH = 40;

/**
 * Packets in, records out: drives an engine over windows of packets and turns what it finds into
 * verdicts, transactions and records.
 *
 * A window goes through four passes: *decode* and *track* (the engine: collect), *rounds* (the
 * engine recognises payloads, each undecided flow at most its next one a round, and the host decides
 * on that flow alone) and *replay* (what is visible from outside or from another flow takes effect in
 * packet order). So records do not depend on how packets are divided into windows.
 */
export class Classifier {
  /** Which engine it runs on. */
  readonly engine: EngineKind;
  readonly #engine: Engine;
  readonly #memory: EngineMemory;
  readonly #catalog: Catalog;
  readonly #options: ClassifierOptions;
  readonly #wantsFacts: boolean;
  readonly #rows: Rows;
  readonly #wheel: Wheel;
  readonly #evidence: Evidence;
  readonly #facts: Facts;
  readonly #expectations: Expectations;
  readonly #names: Names;
  readonly #knowledge: Knowledge;
  readonly #refinements: Refinements;
  readonly #hidden: ReadonlySet<number>;
  readonly #records: Records;
  readonly #tally: Tally;
  /** IP protocol number → protocol index, for those that a header names; ARP at 256. */
  readonly #headers = new Map<number, number>();
  readonly #extras: (FlowExtras | undefined)[] = [];
  /** Payload events of a flow in this pass, chained: the next one of each, and each row's last. */
  readonly #nextEvent = new Int32Array(EVENTS_MAX);
  readonly #lastEvent: Int32Array;
  #effects: Effect[] = [];
  #clock = 0;
  #pushWindow: PushWindow | undefined;
  #pushed: VerdictEvent | undefined;
  #reading = false;
  /** In the middle of a window: callbacks may run. */
  #busy = false;
  #closed = false;

  /** Use `createClassifier`. */
  constructor(
    engine: Engine,
    catalog: Catalog,
    services: ServiceNames,
    settings: Settings,
    options: ClassifierOptions,
    wantsFacts: boolean,
    applications?: ApplicationCatalog,
    learners: readonly Learner[] = [],
    /** Facts that the engine hands out for what flows are called, and that may not be told. */
    hidden: ReadonlySet<number> = new Set(),
  ) {
    this.engine = engine.kind;
    this.#engine = engine;
    this.#memory = engine.memory;
    this.#catalog = catalog;
    this.#options = options;
    this.#wantsFacts = wantsFacts;
    this.#hidden = hidden;
    this.#rows = new Rows(this.#memory);
    this.#wheel = new Wheel(this.#memory, {
      idle: settings.idleTimeout,
      active: settings.activeTimeout,
      linger: settings.lingerTimeout,
    });
    this.#evidence = new Evidence(this.#memory, catalog);
    this.#facts = new Facts(this.#memory, catalog);
    this.#refinements = new Refinements(catalog);
    const known = new Applications(this.#memory, catalog, applications);
    const dns = catalog.protocols.findIndex(({ name }) => name === "dns");
    this.#expectations = new Expectations(catalog, settings.maxExpectations);
    this.#names = new Names(
      settings.maxNames,
      (host) => known.ofHost(host),
      (key) => this.#refinements.find(dns, key, undefined).protocol === dns,
    );
    this.#knowledge = new Knowledge(catalog, [this.#expectations, this.#names, ...learners]);
    this.#records = new Records(
      this.#memory,
      this.#rows,
      this.#facts,
      catalog,
      services,
      known,
      this.#refinements,
      settings.communityIdSeed,
    );
    this.#tally = new Tally(this.#memory);
    this.#lastEvent = new Int32Array(settings.maxFlows + 1).fill(-1);
    catalog.protocols.forEach(({ header }, index) => {
      for (const number of header?.ip ?? []) this.#headers.set(number, index);
      if (header?.ethertype?.includes(0x0806)) this.#headers.set(256, index);
    });
  }

  /**
   * Classifies one packet.
   * @returns the verdict, if this packet decided its flow; the innermost, where a tunnel carries another
   */
  push(packet: Uint8Array, time: Timestamp, options: PushOptions = {}): VerdictEvent | undefined {
    this.#assertIdle();
    checkPacket(packet, time, options);
    this.#pushWindow ??= new PushWindow(this.#memory);
    this.#pushed = undefined;
    const { begin, end } = this.#pushWindow.write(
      packet,
      time.seconds,
      time.nanoseconds,
      options.linkType ?? 1,
      options.wireLength ?? packet.length,
    );
    this.#busily(() => {
      let at = begin;
      let stop: number;
      do {
        stop = this.#engine.decode(at, end);
        at = this.#memory.control(abi.C_CONSUMED);
        this.#process();
      } while (stop === abi.STOP_FULL);
    });
    return this.#pushed;
  }

  /**
   * Classifies a whole capture. Flows that are still open stay open: another capture may go on with
   * them, `finish()` ends them.
   * @throws CaptureError after everything in front of the fault was classified
   */
  async read(source: ByteSource, options: ReadOptions = {}): Promise<void> {
    for await (const bytes of this.steps(source)) {
      options.onProgress?.(bytes);
      if (options.signal?.aborted) return;
    }
  }

  /** As `read`, a window a step; yields the number of stored bytes read so far. */
  async *steps(source: ByteSource): AsyncGenerator<number, void, void> {
    this.#assertIdle();
    this.#reading = true;
    this.#pushWindow = undefined;
    const framer = new Framer(this.#engine, source.name);
    let read = 0;
    let breath = Date.now();
    try {
      for (;;) {
        const filled = framer.fill(source);
        const bytes = typeof filled === "number" ? filled : await filled;
        this.#assertOpen();
        while (framer.next()) {
          this.#busily(() => this.#process());
          this.#assertOpen();
        }
        if (bytes === 0) break;
        read += bytes;
        yield source.position ?? read;
        if (typeof filled === "number" && Date.now() - breath > BREATH) {
          await new Promise((resolve) => setTimeout(resolve, 0));
          breath = Date.now();
        }
      }
      framer.end();
    } finally {
      this.#reading = false;
      await source.close();
    }
  }

  /** Ends all flows, in the order in which they began. */
  finish(): void {
    this.#assertIdle();
    this.#busily(() => this.#giveUpFragments());
    if (this.#closed) return;
    const rows: number[] = [];
    const high = this.#memory.control(abi.C_ROWS_HIGH);
    for (let row = 1; row <= high; row++) {
      if (this.#rows.u8(row, abi.R_STATE) !== abi.STATE_FREE) rows.push(row);
    }
    rows.sort((a, b) => this.#rows.f64(a, abi.R_ID) - this.#rows.f64(b, abi.R_ID));
    this.#busily(() => {
      for (const row of rows) this.#end(row, this.#keyOf(row), "end");
    });
  }

  /** What was seen so far, flows that have ended and packets that made none. */
  summary(): Summary {
    return this.#tally.summary(this.#expectations.evicted, this.#names.evicted);
  }

  /** Zeroes all memory. Flows that are still open are dropped without a record; call `finish()` first. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.#busy) this.#wipe();
  }

  /** Work during which a callback may call `close`: memory is then zeroed when the work is done. */
  #busily(work: () => void): void {
    this.#busy = true;
    try {
      work();
    } finally {
      this.#busy = false;
      if (this.#closed) this.#wipe();
    }
  }

  #wipe(): void {
    this.#memory.wipe();
    this.#extras.length = 0;
    this.#knowledge.forget();
  }

  /** Datagrams that are incomplete at the end are as they came. */
  #giveUpFragments(): void {
    this.#memory.setControl(abi.C_FORMAT, abi.FORMAT_FLUSH);
    const nothing = this.#memory.address("window");
    // The last call gives nothing, and zeroes what the one before it gave.
    do {
      this.#engine.decode(nothing, nothing);
      this.#process();
    } while (this.#memory.control(abi.C_DESCRIPTOR_COUNT) > 0);
  }

  /** Takes what `decode` left through track, rounds and replay. */
  #process(): void {
    const count = this.#memory.control(abi.C_DESCRIPTOR_COUNT);
    for (let first = 0; first < count;) {
      this.#clock = Math.max(this.#clock, this.#memory.control(abi.C_CLOCK_SEC));
      this.#memory.setControl(abi.C_DEADLINE, this.#wheel.deadline(this.#clock));
      first = this.#engine.track(first);
      const stop = this.#memory.control(abi.C_STOP_DETAIL);
      this.#settleEvents();
      if (stop === abi.TRACK_DEADLINE) this.#expire(first);
      else if (stop === abi.TRACK_ROWS) this.#evict();
    }
  }

  // ── Rounds and replay ──────────────────────────────────────────────────────────────────────────

  #settleEvents(): void {
    const { u32 } = this.#memory;
    const base = this.#memory.address("events");
    const count = this.#memory.control(abi.C_EVENT_COUNT);
    if (count === 0) return;
    let payloads = 0;
    for (let event = 0; event < count; event++) {
      if (u32[(base + event * abi.EVENT_SIZE + abi.E_KIND) >>> 2] === abi.EVENT_PAYLOAD) payloads++;
    }
    if (this.#isTight(payloads)) {
      for (let event = 0; event < count; event++) {
        const at = (base + event * abi.EVENT_SIZE) >>> 2;
        if (u32[at] === abi.EVENT_PAYLOAD && this.#isWanted(u32[at + (abi.E_ROW >>> 2)]!)) {
          this.#recognise([event]);
        }
        this.#replay(event);
      }
    } else {
      if (payloads > 0) this.#rounds(count);
      this.#effects.sort((a, b) => a.event - b.event);
      for (let event = 0; event < count; event++) this.#replay(event);
    }
    this.#effects.length = 0;
  }

  /** Could this pass run out of inspections or prefix blocks? Then it goes event by event, as single packets would. */
  #isTight(payloads: number): boolean {
    const memory = this.#memory;
    return (
      memory.control(abi.C_INSPECTIONS_LIVE) + payloads > memory.control(abi.C_INSPECTIONS_MAX) ||
      // A payload may ask for two: what it says, and what a dissector makes of it.
      memory.control(abi.C_PREFIX_BLOCKS_LIVE) + 2 * payloads >
        memory.control(abi.C_PREFIX_BLOCKS_MAX)
    );
  }

  #isWanted(row: number): boolean {
    const state = this.#rows.u8(row, abi.R_STATE);
    return state === abi.STATE_INSPECT || state === abi.STATE_WATCH;
  }

  #rounds(count: number): void {
    const { u32 } = this.#memory;
    const base = this.#memory.address("events");
    const rowOf = (event: number): number =>
      u32[(base + event * abi.EVENT_SIZE + abi.E_ROW) >>> 2]!;
    let round: number[] = [];
    for (let event = 0; event < count; event++) {
      if (u32[(base + event * abi.EVENT_SIZE + abi.E_KIND) >>> 2] !== abi.EVENT_PAYLOAD) continue;
      const row = rowOf(event);
      const last = this.#lastEvent[row]!;
      if (last < 0) round.push(event);
      else this.#nextEvent[last] = event;
      this.#lastEvent[row] = event;
      this.#nextEvent[event] = -1;
    }
    for (const event of round) this.#lastEvent[rowOf(event)] = -1;
    const most = this.#memory.control(abi.C_DUE_MAX);
    while (round.length > 0) {
      for (let from = 0; from < round.length; from += most) {
        this.#recognise(round.slice(from, from + most));
      }
      const next: number[] = [];
      for (const event of round) {
        const following = this.#nextEvent[event]!;
        if (following >= 0 && this.#isWanted(rowOf(event))) next.push(following);
      }
      round = next;
    }
  }

  /** Runs payload events, each of another flow, through the engine and decides on each flow. */
  #recognise(events: readonly number[]): void {
    const { u32 } = this.#memory;
    const base = this.#memory.address("events");
    const due = this.#memory.address("due");
    events.forEach((event, index) => {
      const from = (base + event * abi.EVENT_SIZE) >>> 2;
      const to = (due + index * abi.DUE_SIZE) >>> 2;
      u32[to + (abi.Q_ROW >>> 2)] = u32[from + (abi.E_ROW >>> 2)]!;
      u32[to + (abi.Q_DESCRIPTOR >>> 2)] = u32[from + (abi.E_DESCRIPTOR >>> 2)]!;
      u32[to + (abi.Q_PACKET >>> 2)] = u32[from + (abi.E_AUX >>> 2)]!;
      u32[to + (abi.Q_OUTCOME >>> 2)] = 0;
    });
    this.#engine.recognise(events.length);
    this.#collectSpans(events);
    events.forEach((event, index) => {
      const at = (due + index * abi.DUE_SIZE) >>> 2;
      const row = u32[at + (abi.Q_ROW >>> 2)]!;
      if (this.#rows.u8(row, abi.R_STATE) !== abi.STATE_INSPECT) return;
      const outcome = u32[at + (abi.Q_OUTCOME >>> 2)]!;
      if (outcome & abi.OUTCOME_DENIED) this.#rows.note(row, NOTE_UNINSPECTED);
      const active = (outcome & abi.OUTCOME_ACTIVE) !== 0 && (outcome & abi.OUTCOME_DENIED) === 0;
      const descriptor = this.#descriptor(u32[at + (abi.Q_DESCRIPTOR >>> 2)]!);
      if (!active || outcome & abi.OUTCOME_CHANGED || this.#rows.protocol(row) >= 0) {
        this.#decide(row, descriptor, active, event, this.#packetTime(descriptor));
      }
      if (this.#rows.protocol(row) < 0) this.#look(row, descriptor);
    });
  }

  /**
   * Describes a payload that nothing names yet: of each side the first one, or a longer one while
   * that is short. Only the description is kept.
   */
  #look(row: number, descriptor: number): void {
    const { u8, u32 } = this.#memory;
    const length = u32[(descriptor + abi.D_CAPTURED) >>> 2]!;
    const direction = (u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) === 0 ? 0 : 1;
    const looks = (this.#extrasOf(row).looks ??= [undefined, undefined]);
    const held = looks[direction];
    if (held !== undefined && (held.bytes >= Math.min(length, LOOKED_ENOUGH) || held.format))
      return;
    const from = u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    looks[direction] = look(u8, from, length);
  }

  /** Reads the candidates of a flow under inspection, names it if they suffice, ends the inspection if nothing more can come. */
  #decide(row: number, keyAt: number, active: boolean, event: number, time: Timestamp): void {
    const rows = this.#rows;
    const inspection = rows.u32(row, abi.R_INSPECTION);
    const decision =
      inspection === 0
        ? undefined
        : this.#evidence.decide(
            inspection,
            inspectedTransport(this.#memory.u8[keyAt + abi.D_PROTOCOL]!)!,
            this.#memory.u16[(keyAt + abi.D_PORT_A) >>> 1]!,
            this.#memory.u16[(keyAt + abi.D_PORT_B) >>> 1]!,
            !active,
          );
    const named = decision !== undefined && decision.signature >= 0;
    const held = rows.signature(row);
    const protocol = named ? this.#catalog.signatures[decision.signature]!.protocol : -1;
    // The stack does not depend on the mask, so what may carry another protocol is read to its end.
    const isRead = this.#readsOn(protocol) || this.#facts.canCarry(protocol);
    const isSettled = named && !decision.contested && (!isRead || decision.complete);
    const over = !active || isSettled;
    if (named && rows.protocol(row) !== protocol) {
      rows.setVerdict(
        row,
        protocol,
        decision.signature,
        decision.grade,
        decision.bits,
        decision.packet,
      );
      if (decision.clientIsB !== undefined) {
        rows.note(row, NOTE_CLIENT_JUDGED | (decision.clientIsB ? NOTE_CLIENT_IS_B : 0));
      }
      this.#verdict(row, keyAt, event, time, over, []);
    } else if (decision !== undefined && decision.candidates.length > 0 && held < 0) {
      this.#extrasOf(row).candidates = decision.candidates;
      this.#verdict(row, keyAt, event, time, true, decision.candidates);
    }
    if (over) this.#endInspection(row);
  }

  /** Is a flow of this protocol read after it is named? */
  #readsOn(protocol: number): boolean {
    return this.#wantsFacts || this.#knowledge.teaches(protocol);
  }

  #endInspection(row: number): void {
    const rows = this.#rows;
    const inspection = rows.u32(row, abi.R_INSPECTION);
    if (inspection !== 0) {
      const at =
        this.#memory.address("inspections") + inspection * abi.INSPECTION_SIZE + abi.K_DIRECTION;
      for (let direction = 0; direction < 2; direction++) {
        const flags = this.#memory.u32[(at + direction * abi.DIRECTION_SIZE + abi.W_FLAGS) >>> 2]!;
        if (flags & abi.WAY_GAP) rows.note(row, NOTE_GAP);
      }
    }
    const signature = rows.signature(row);
    const watched =
      signature >= 0 &&
      this.#catalog.signatures[signature]!.watch &&
      this.#readsOn(this.#catalog.signatures[signature]!.protocol);
    rows.note(row, NOTE_FINAL);
    this.#engine.settle(row, watched ? abi.STATE_WATCH : abi.STATE_DONE, Math.max(signature, 0));
  }

  #verdict(
    row: number,
    keyAt: number,
    event: number,
    time: Timestamp,
    final: boolean,
    candidates: Candidate[],
  ): void {
    const verdict = this.#verdictOf(row, keyAt, time, final, candidates);
    this.#effects.push({
      event,
      row,
      keyAt,
      kind: "verdict",
      verdict,
      protocol: this.#rows.protocol(row),
    });
  }

  #verdictOf(
    row: number,
    keyAt: number,
    time: Timestamp,
    final: boolean,
    candidates: Candidate[],
  ): VerdictEvent {
    const rows = this.#rows;
    const signature = rows.signature(row);
    const protocol = rows.protocol(row);
    const refined =
      protocol < 0
        ? undefined
        : this.#refinements.find(protocol, readKey(this.#memory, keyAt), this.#extras[row]);
    return {
      type: "verdict",
      flow: rows.f64(row, abi.R_ID),
      state: final ? "final" : "provisional",
      protocol: refined ? this.#catalog.protocols[refined.protocol]!.name : null,
      evidence: {
        grade: refined?.isGuess ? "corroborated" : rows.grade(row),
        bits: rows.bits(row),
        signature: signature < 0 ? null : this.#catalog.signatures[signature]!.name,
        packet: rows.u32(row, abi.R_VERDICT_PACKET),
        flow: null,
      },
      candidates,
      seconds: time.seconds,
      nanoseconds: time.nanoseconds,
    };
  }

  /**
   * Turns the spans of the last engine call into facts, into messages where the protocol has
   * transactions, and into lessons where it inspects.
   */
  #collectSpans(events: readonly number[], keyAt = 0): void {
    const { u16, u32 } = this.#memory;
    const count = this.#memory.control(abi.C_SPAN_COUNT);
    const base = this.#memory.address("spans");
    let message: HeldMessage | undefined;
    let messageDue = -1;
    let messageSignature = -1;
    let lesson: HeldLesson | undefined;
    let lessonDue = -1;
    let lessonSignature = -1;
    for (let span = 0; span < count; span++) {
      const at = base + span * abi.SPAN_SIZE;
      const row = u32[(at + abi.Z_ROW) >>> 2]!;
      const signature = u16[(at + abi.Z_SIGNATURE) >>> 1]!;
      const fact = u16[(at + abi.Z_FACT) >>> 1]!;
      const due = u32[(at + abi.Z_DUE) >>> 2]!;
      const extras = this.#extrasOf(row);
      if (u32[(at + abi.Z_KIND) >>> 2] === abi.SPAN_APPLICATION) {
        // The first host that a client names is the one it speaks to.
        if (extras.application === 0) {
          extras.application = u32[(at + abi.Z_ADDRESS) >>> 2]!;
          extras.applicationFact = fact;
        }
        continue;
      }
      const values = this.#facts.read(at);
      if (values.length === 0) continue;
      const protocol = this.#catalog.signatures[signature]!.protocol;
      const { inspected, name } = this.#catalog.facts[fact]!;
      if (inspected) {
        if (lesson === undefined || due !== lessonDue || signature !== lessonSignature) {
          lesson = this.#openLesson(row, protocol, due, events, keyAt);
          lessonDue = due;
          lessonSignature = signature;
        }
        for (const value of values) lesson.facts.push([name, value]);
        continue;
      }
      this.#refinements.hear(extras, fact, values);
      if (this.#hidden.has(fact)) continue;
      for (const value of values) this.#facts.add(extras.facts, fact, value);
      if (
        this.#options.onEvent === undefined ||
        this.#catalog.protocols[protocol]!.transaction === undefined
      ) {
        continue;
      }
      if (message === undefined || due !== messageDue || signature !== messageSignature) {
        message = this.#openMessage(row, protocol, due, events, keyAt);
        messageDue = due;
        messageSignature = signature;
      }
      for (const value of values) {
        putMessageFact(message.facts, name, value);
      }
    }
  }

  #openMessage(
    row: number,
    protocol: number,
    due: number,
    events: readonly number[],
    keyAt: number,
  ): HeldMessage {
    const { place, ...said } = this.#placeOf(row, due, events, keyAt);
    const message: HeldMessage = { protocol, facts: {}, ...said };
    this.#effects.push({ ...place, kind: "message", message });
    return message;
  }

  #openLesson(
    row: number,
    protocol: number,
    due: number,
    events: readonly number[],
    keyAt: number,
  ): HeldLesson {
    const { place, ...said } = this.#placeOf(row, due, events, keyAt);
    const lesson: HeldLesson = { protocol, facts: [], ...said };
    this.#effects.push({ ...place, kind: "learn", lesson });
    return lesson;
  }

  /** Where a message that spans were found in takes effect, which side said it, and when. */
  #placeOf(row: number, due: number, events: readonly number[], keyAt: number) {
    if (due === FINISHED_A || due === FINISHED_B) {
      return {
        place: { event: EVENTS_MAX, row, keyAt },
        reversed: due === FINISHED_B,
        seconds: this.#rows.u32(row, abi.R_LAST_SEC),
        nanoseconds: this.#rows.u32(row, abi.R_LAST_NS),
      };
    }
    const entry = this.#memory.address("due") + due * abi.DUE_SIZE;
    const descriptor = this.#descriptor(this.#memory.u32[(entry + abi.Q_DESCRIPTOR) >>> 2]!);
    return {
      place: { event: events[due]!, row, keyAt: descriptor },
      reversed: (this.#memory.u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) !== 0,
      ...this.#packetTime(descriptor),
    };
  }

  /** Applies one event, and the effects found at it, in packet order. */
  #replay(event: number): void {
    const { u32 } = this.#memory;
    const at = (this.#memory.address("events") + event * abi.EVENT_SIZE) >>> 2;
    const row = u32[at + (abi.E_ROW >>> 2)]!;
    const descriptor = this.#descriptor(u32[at + (abi.E_DESCRIPTOR >>> 2)]!);
    const time = this.#packetTime(descriptor);
    const aux = u32[at + (abi.E_AUX >>> 2)]!;
    switch (u32[at]) {
      case abi.EVENT_NEW:
        this.#wheel.add(row, aux);
        this.#keepIcmp(row, descriptor);
        if (this.#knowledge.meets) this.#meet(row, descriptor, time);
        this.#nameByHeader(row, descriptor, time);
        break;
      case abi.EVENT_CLOSE:
        this.#wheel.close(row, aux);
        break;
      case abi.EVENT_SUPERSEDED:
        this.#end(row, descriptor, undefined);
        break;
    }
    this.#applyEffects(event);
  }

  #applyEffects(upTo: number): void {
    let done = 0;
    while (done < this.#effects.length && this.#effects[done]!.event <= upTo) {
      const effect = this.#effects[done++]!;
      if (effect.kind === "verdict")
        this.#announce(effect.row, effect.verdict, effect.protocol, effect.keyAt);
      else if (effect.kind === "learn") this.#takeLesson(effect.row, effect.lesson, effect.keyAt);
      else this.#takeMessage(effect.row, effect.message, effect.keyAt);
    }
    if (done > 0) this.#effects.splice(0, done);
  }

  /** Community ID wants an ICMP flow's first message; a TCP flow has a sequence number in its place. */
  #keepIcmp(row: number, descriptor: number): void {
    const { u8, u32 } = this.#memory;
    if (!isIcmp(u8[descriptor + abi.D_PROTOCOL]!)) return;
    if (u32[(descriptor + abi.D_CAPTURED) >>> 2]! < 2) return;
    const message = u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    this.#rows.setU32(row, abi.R_SEQUENCE_A, icmpMessage(u8[message]!, u8[message + 1]!));
  }

  #nameByHeader(row: number, descriptor: number, time: Timestamp): void {
    const isArp = this.#memory.u8[descriptor + abi.D_NETWORK] === abi.NETWORK_ARP;
    const protocol = this.#headers.get(isArp ? 256 : this.#memory.u8[descriptor + abi.D_PROTOCOL]!);
    if (protocol === undefined) return;
    this.#rows.setVerdict(row, protocol, -1, "header", 0, 1);
    this.#rows.note(row, NOTE_FINAL);
    this.#announce(row, this.#verdictOf(row, descriptor, time, true, []), protocol, descriptor);
  }

  #announce(row: number, verdict: VerdictEvent, protocol: number, keyAt: number): void {
    this.#rows.note(row, NOTE_ANNOUNCED);
    const session = this.#extras[row]?.session;
    if (session !== undefined) {
      if (session.protocol === protocol) verdict.evidence.flow = session.flow;
      // What was announced is told already, and stands against weaker evidence of anything else.
      if (outranks("session", verdict.evidence.grade)) return;
    }
    this.#pushed = verdict;
    this.#options.onEvent?.(verdict);
    if (this.#knowledge.teaches(protocol)) this.#extrasOf(row);
    const extras = this.#extras[row];
    if (extras === undefined) return;
    // Only what is proved teaches.
    extras.announced = verdict.evidence.grade === "payload" ? protocol : -1;
    for (const lesson of extras.lessons.splice(0)) {
      if (lesson.protocol === extras.announced) this.#learn(row, lesson, keyAt);
    }
    for (const message of extras.held.splice(0)) {
      if (message.protocol === protocol) this.#pair(row, extras, message, keyAt);
    }
  }

  #takeMessage(row: number, message: HeldMessage, keyAt: number): void {
    const extras = this.#extrasOf(row);
    if (!this.#rows.hasNote(row, NOTE_ANNOUNCED)) {
      if (extras.held.length < HELD_MAX) extras.held.push(message);
    } else if (message.protocol === this.#rows.protocol(row)) {
      this.#pair(row, extras, message, keyAt);
    }
  }

  #takeLesson(row: number, lesson: HeldLesson, keyAt: number): void {
    const { announced, lessons } = this.#extrasOf(row);
    if (announced < 0) {
      if (lessons.length < HELD_MAX) lessons.push(lesson);
    } else if (lesson.protocol === announced) this.#learn(row, lesson, keyAt);
  }

  #learn(row: number, { protocol, reversed, ...said }: HeldLesson, keyAt: number): void {
    this.#knowledge.learn({
      flow: this.#rows.f64(row, abi.R_ID),
      protocol: this.#catalog.protocols[protocol]!.name,
      key: readKey(this.#memory, keyAt),
      fromB: reversed,
      ...said,
    });
  }

  #meet(row: number, descriptor: number, time: Timestamp): void {
    const newcomer = {
      flow: this.#rows.f64(row, abi.R_ID),
      key: readKey(this.#memory, descriptor),
      fromB: (this.#memory.u8[descriptor + abi.D_FLAGS]! & abi.D_FLAG_REVERSED) !== 0,
      ...time,
    };
    this.#knowledge.meet(newcomer, () => this.#extrasOf(row));
    const session = this.#extras[row]?.session;
    if (session === undefined) return;
    const verdict: VerdictEvent = {
      type: "verdict",
      flow: newcomer.flow,
      state: "provisional",
      protocol: this.#catalog.protocols[session.protocol]!.name,
      evidence: { grade: "session", bits: 0, signature: null, packet: 1, flow: session.flow },
      candidates: [],
      ...time,
    };
    this.#pushed = verdict;
    this.#options.onEvent?.(verdict);
  }

  #pair(row: number, extras: FlowExtras, message: HeldMessage, keyAt: number): void {
    const key = readKey(this.#memory, keyAt);
    extras.transactions ??= new Transactions(
      this.#rows.f64(row, abi.R_ID),
      this.#catalog.protocols[message.protocol]!,
      this.#catalog.protocols[this.#refinements.find(message.protocol, key, extras).protocol]!.name,
    );
    const event = extras.transactions.add({
      facts: message.facts,
      fromClient: message.reversed === this.#records.clientIsB(row, key),
      seconds: message.seconds,
      nanoseconds: message.nanoseconds,
    });
    if (event !== undefined) this.#options.onEvent?.(event);
  }

  // ── Ends ───────────────────────────────────────────────────────────────────────────────────────

  /** The next packet's second has come: flows time out before it is counted. */
  #expire(descriptor: number): void {
    const second = this.#packetTime(this.#descriptor(descriptor)).seconds;
    const now = Math.max(second, this.#memory.control(abi.C_CLOCK_SEC));
    this.#clock = now;
    this.#wheel.expire(
      now,
      (row) => this.#end(row, this.#keyOf(row), undefined),
      (row) => this.#endPart(row, now),
    );
  }

  #evict(): void {
    // Replay may have freed a row that `track` still saw in use.
    const live = this.#memory.control(abi.C_ROWS_LIVE);
    if (live < this.#memory.control(abi.C_ROWS_MAX)) return;
    const row = this.#wheel.longestIdle();
    if (row === 0) throw new ClairvoieError("ENGINE", "no flow is left to evict");
    this.#tally.evicted++;
    this.#end(row, this.#keyOf(row), "evicted");
  }

  /** Ends a flow: last decision, last events, record; frees its row. */
  #end(row: number, keyAt: number, reason: EndReason | undefined): void {
    const rows = this.#rows;
    if (rows.u8(row, abi.R_STATE) === abi.STATE_INSPECT && rows.u32(row, abi.R_INSPECTION) !== 0) {
      const before = this.#effects;
      this.#effects = [];
      this.#engine.finish(row);
      this.#collectSpans([], keyAt);
      const time = {
        seconds: rows.u32(row, abi.R_LAST_SEC),
        nanoseconds: rows.u32(row, abi.R_LAST_NS),
      };
      this.#decide(row, keyAt, false, EVENTS_MAX, time);
      this.#applyEffects(EVENTS_MAX);
      this.#effects = before;
    }
    const extras = this.#extras[row];
    for (const event of extras?.transactions?.finish() ?? []) this.#options.onEvent?.(event);
    this.#emit(row, keyAt, reason ?? this.#reason(row));
    this.#wheel.remove(row);
    this.#engine.release(row);
    this.#extras[row] = undefined;
  }

  /** The flow goes on, its part ends: a record, and counters from zero. */
  #endPart(row: number, now: number): void {
    const rows = this.#rows;
    this.#emit(row, this.#keyOf(row), "active");
    for (const field of [abi.R_PACKETS_A, abi.R_PACKETS_B, abi.R_BYTES_A, abi.R_BYTES_B]) {
      rows.setF64(row, field, 0);
    }
    rows.setU32(row, abi.R_PART, rows.u32(row, abi.R_PART) + 1);
    rows.setU32(row, abi.R_PART_SEC, now);
    rows.setU8(row, abi.R_FLAGS, rows.u8(row, abi.R_FLAGS) | abi.ROW_NEW_PART);
  }

  #emit(row: number, keyAt: number, reason: EndReason): void {
    // A part in which nothing came is no record: the part before it was the last.
    if (this.#rows.f64(row, abi.R_PACKETS_A) + this.#rows.f64(row, abi.R_PACKETS_B) === 0) return;
    const extras = this.#extras[row];
    const record = this.#records.make(row, keyAt, reason, extras);
    this.#tally.add(record);
    this.#options.onRecord?.(record);
    this.#options.onEvent?.({ type: "end", record });
  }

  #reason(row: number): EndReason {
    const flags = this.#rows.u8(row, abi.R_FLAGS);
    if (flags & abi.ROW_RST) return "rst";
    return flags & abi.ROW_CLOSED ? "fin" : "idle";
  }

  // ── Memory ─────────────────────────────────────────────────────────────────────────────────────

  #extrasOf(row: number): FlowExtras {
    return (this.#extras[row] ??= emptyExtras());
  }

  #descriptor(index: number): number {
    return this.#memory.address("descriptors") + index * abi.DESCRIPTOR_SIZE;
  }

  #packetTime(descriptor: number): Timestamp {
    const { u32 } = this.#memory;
    const packet =
      this.#memory.address("packets") + u32[(descriptor + abi.D_PACKET) >>> 2]! * abi.PACKET_SIZE;
    return {
      seconds: u32[(packet + abi.P_SEC) >>> 2]!,
      nanoseconds: u32[(packet + abi.P_NS) >>> 2]!,
    };
  }

  /** Address of a live row's key: its slot. */
  #keyOf(row: number): number {
    return this.#memory.control(abi.C_SLOT_TABLE) + this.#rows.u32(row, abi.R_SLOT) * abi.SLOT_SIZE;
  }

  #assertOpen(): void {
    if (this.#closed) throw new ClairvoieError("CLOSED", "the classifier is closed");
  }

  /** One capture or packet at a time: the window is that one's. */
  #assertIdle(): void {
    this.#assertOpen();
    if (this.#reading || this.#busy) {
      throw new ClairvoieError("BUSY", "the classifier is at work on a capture or a packet");
    }
  }
}

/** Whole numbers within 32 bits; the engine's fields are no wider. */
const isU32 = (value: unknown): boolean => Number.isInteger(value) && Number(value) >>> 0 === value;

/** @throws OptionError on what cannot be a packet, a time or a link type */
function checkPacket(packet: Uint8Array, time: Timestamp, options: PushOptions): void {
  const refuse = (option: string, text: string): never => {
    throw new OptionError(option, `${option}: ${text}`);
  };
  if (!(packet instanceof Uint8Array)) refuse("packet", "not a Uint8Array");
  if (packet.length > abi.MAX_PACKET) {
    refuse("packet", `${packet.length} bytes are more than ${abi.MAX_PACKET}`);
  }
  if (!isU32(time?.seconds) || !isU32(time.nanoseconds) || time.nanoseconds >= 1e9) {
    refuse("time", "not whole seconds since 1970 and nanoseconds below 10^9");
  }
  const { linkType = 1, wireLength = packet.length } = options;
  if (!isU32(linkType) || linkType > 65535) refuse("linkType", `${linkType} is no link type`);
  if (!isU32(wireLength) || wireLength < packet.length) {
    refuse("wireLength", `${wireLength} is no length of a frame that held this packet`);
  }
}

/** Facts of one message: several values of one fact become a list. */
function putMessageFact(
  facts: Record<string, FactValue>,
  name: string,
  value: string | number,
): void {
  const held = facts[name];
  if (held === undefined) facts[name] = value;
  else if (Array.isArray(held)) {
    if (held.length < 16) held.push(value);
  } else facts[name] = [held, value];
}
