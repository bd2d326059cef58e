import * as abi from "../engine/abi.js";
import type { Engine, EngineKind } from "../engine/engine.js";
import type { EngineMemory } from "../engine/memory.js";
import { Wheel } from "../flows/wheel.js";
import type { ApplicationCatalog } from "../language/applications/catalog.js";
import type { Catalog } from "../language/catalog.js";
import { ClairvoieError } from "../record/errors.js";
import type { VerdictEvent } from "../record/events.js";
import type { Summary } from "../record/summary.js";
import { Framer } from "../sources/framer.js";
import { PushWindow } from "../sources/native.js";
import type { ByteSource } from "../sources/source.js";
import { Applications } from "./applications.js";
import { Budget } from "./budget.js";
import { Connections } from "./connections.js";
import { Decisions } from "./decisions.js";
import { Effects } from "./effects.js";
import { Ends } from "./ends.js";
import { Evidence } from "./evidence.js";
import { Expectations } from "./expectations.js";
import { Facts } from "./facts.js";
import { Followers } from "./followers.js";
import { FoundFacts } from "./found.js";
import { Knowledge, type Learner } from "./knowledge.js";
import { LiveFlows } from "./live.js";
import { Names } from "./names.js";
import { Newcomers } from "./newcomers.js";
import type { ClassifierOptions, Settings } from "./options.js";
import { Outlet } from "./outlet.js";
import { checkPacket, type PushOptions, type Timestamp } from "./packet.js";
import { Pass } from "./pass.js";
import { Records, type ServiceNames } from "./record.js";
import { Refinements } from "./refinements.js";
import { Rounds } from "./rounds.js";
import { Spans } from "./spans.js";
import { Tally } from "./tally.js";
import { Verdicts } from "./verdicts.js";

export interface ReadOptions {
  /** Stops reading; what was found stays, call `finish()`. */
  signal?: AbortSignal;
  /** Called after each window with the number of stored bytes read so far. */
  onProgress?: (bytes: number) => void;
}

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
  readonly #live: LiveFlows;
  readonly #expectations: Expectations;
  readonly #connections: Connections;
  readonly #names: Names;
  readonly #knowledge: Knowledge;
  readonly #outlet: Outlet;
  readonly #tally: Tally;
  readonly #ends: Ends;
  readonly #pass: Pass;
  #pushWindow: PushWindow | undefined;
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
    const { memory } = engine;
    const live = new LiveFlows(memory, catalog, new Budget(settings.factMemory));
    const outlet = new Outlet(options);
    const tally = new Tally(memory);
    const wheel = new Wheel(memory, {
      idle: settings.idleTimeout,
      active: settings.activeTimeout,
      linger: settings.lingerTimeout,
    });
    const facts = new Facts(memory, catalog);
    const refinements = new Refinements(catalog);
    const known = new Applications(memory, catalog, applications);
    const dns = catalog.protocols.findIndex(({ name }) => name === "dns");
    const expectations = new Expectations(catalog, settings.maxExpectations);
    const connections = new Connections(catalog, settings.maxExpectations);
    const names = new Names(
      settings.maxNames,
      (host) => known.ofHost(host),
      (key) => refinements.find(dns, key, undefined).protocol === dns,
    );
    const knowledge = new Knowledge(catalog, [expectations, connections, names, ...learners]);
    const records = new Records(
      memory,
      live.rows,
      facts,
      catalog,
      services,
      known,
      refinements,
      settings.communityIdSeed,
    );
    const verdicts = new Verdicts(live, refinements);
    const followers = new Followers(engine, live, facts, outlet, hidden, settings.gapPackets);
    const effects = new Effects(live, outlet, knowledge, records, refinements, followers);
    const found = new FoundFacts(live, facts);
    const spans = new Spans(live, facts, found, refinements, outlet, effects, hidden);
    const decisions = new Decisions(
      engine,
      live,
      new Evidence(memory, catalog),
      facts,
      knowledge,
      verdicts,
      effects,
      followers,
      wantsFacts,
    );
    const rounds = new Rounds(engine, live, spans, decisions, settings.maxFlows);
    const newcomers = new Newcomers(live, outlet, knowledge, verdicts, effects);
    const ends = new Ends(
      engine,
      live,
      wheel,
      spans,
      decisions,
      effects,
      followers,
      records,
      tally,
      outlet,
    );
    this.engine = engine.kind;
    this.#engine = engine;
    this.#memory = memory;
    this.#live = live;
    this.#expectations = expectations;
    this.#connections = connections;
    this.#names = names;
    this.#knowledge = knowledge;
    this.#outlet = outlet;
    this.#tally = tally;
    this.#ends = ends;
    this.#pass = new Pass(live, rounds, found, effects, followers, newcomers, wheel, ends);
  }

  /**
   * Classifies one packet.
   * @returns the verdict, if this packet decided its flow; the innermost, where a tunnel carries another
   */
  push(packet: Uint8Array, time: Timestamp, options: PushOptions = {}): VerdictEvent | undefined {
    this.#assertIdle();
    checkPacket(packet, time, options);
    this.#pushWindow ??= new PushWindow(this.#memory);
    this.#outlet.pushed = undefined;
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
    return this.#outlet.pushed;
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
    this.#busily(() => this.#ends.endAll());
  }

  /** What was seen so far, flows that have ended and packets that made none. */
  summary(): Summary {
    const forgotten =
      this.#expectations.evicted + this.#connections.evicted + this.#knowledge.evicted;
    return this.#tally.summary(forgotten, this.#names.evicted, this.#live.factMemory.refused);
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
    this.#live.wipe();
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
      this.#ends.setDeadline();
      first = this.#engine.track(first);
      const stop = this.#memory.control(abi.C_STOP_DETAIL);
      this.#pass.settleEvents();
      if (stop === abi.TRACK_DEADLINE) this.#ends.expire(first);
      else if (stop === abi.TRACK_ROWS) this.#ends.evict();
    }
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
