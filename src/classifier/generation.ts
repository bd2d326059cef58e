/** All that works on one engine and its memory. If the engine traps, this ends with it, and another one goes on. */
import * as abi from "../engine/abi.js";
import type { Engine } from "../engine/engine.js";
import type { Trap } from "../engine/guard.js";
import { Wheel } from "../flows/wheel.js";
import type { ApplicationCatalog } from "../language/applications/catalog.js";
import type { Catalog } from "../language/catalog.js";
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
import type { Settings } from "./options.js";
import type { Outlet } from "./outlet.js";
import { Pass } from "./pass.js";
import { Progress } from "./progress.js";
import { Records, type ServiceNames } from "./record.js";
import { Refinements } from "./refinements.js";
import { Rounds } from "./rounds.js";
import { Spans } from "./spans.js";
import type { Tally, Unkept } from "./tally.js";
import { Verdicts } from "./verdicts.js";

/** What all generations of a classifier have in common. */
export interface Setting {
  readonly catalog: Catalog;
  readonly services: ServiceNames;
  readonly settings: Settings;
  readonly wantsFacts: boolean;
  readonly applications: ApplicationCatalog | undefined;
  readonly learners: readonly Learner[];
  /** Facts that the engine hands out for what flows are called, and that may not be told. */
  readonly hidden: ReadonlySet<number>;
}

export class Generation {
  readonly engine: Engine;
  readonly #live: LiveFlows;
  readonly #expectations: Expectations;
  readonly #connections: Connections;
  readonly #names: Names;
  readonly #knowledge: Knowledge;
  readonly #ends: Ends;
  readonly #pass: Pass;
  readonly #progress = new Progress();

  constructor(engine: Engine, setting: Setting, outlet: Outlet, tally: Tally) {
    const { catalog, services, settings, wantsFacts, applications, learners, hidden } = setting;
    const { memory } = engine;
    const live = new LiveFlows(memory, catalog, new Budget(settings.factMemory));
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
    const progress = this.#progress;
    const rounds = new Rounds(engine, live, spans, decisions, progress, settings.maxFlows);
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
    this.engine = engine;
    this.#live = live;
    this.#expectations = expectations;
    this.#connections = connections;
    this.#names = names;
    this.#knowledge = knowledge;
    this.#ends = ends;
    this.#pass = new Pass(
      live,
      rounds,
      found,
      effects,
      followers,
      newcomers,
      wheel,
      ends,
      progress,
    );
    progress.nextId = memory.counter(abi.C_NEXT_ID);
  }

  get counts(): Unkept {
    return {
      expectationsEvicted:
        this.#expectations.evicted + this.#connections.evicted + this.#knowledge.evicted,
      namesEvicted: this.#names.evicted,
      factsDenied: this.#live.factMemory.refused,
    };
  }

  /** The first flow that begins has this id. */
  get nextId(): number {
    return this.#progress.nextId;
  }

  /**
   * Takes what `decode` left through track, rounds and replay.
   * @param settled address of the last record that has taken effect already, or 0
   */
  process(settled = 0): void {
    const { memory } = this.engine;
    const progress = this.#progress;
    const count = memory.control(abi.C_DESCRIPTOR_COUNT);
    let first = settled === 0 ? 0 : this.#behind(settled, count);
    progress.settled = progress.tracked = first;
    while (first < count) {
      this.#ends.setDeadline();
      first = this.engine.track(first);
      progress.tracked = first;
      const stop = memory.control(abi.C_STOP_DETAIL);
      this.#pass.settleEvents();
      progress.settled = first;
      progress.nextId = memory.counter(abi.C_NEXT_ID);
      if (stop === abi.TRACK_DEADLINE) this.#ends.expire(first);
      else if (stop === abi.TRACK_ROWS) this.#ends.evict();
    }
  }

  /** Datagrams that are incomplete at the end are as they came. */
  giveUpFragments(): void {
    const { memory } = this.engine;
    memory.setControl(abi.C_FORMAT, abi.FORMAT_FLUSH);
    const nothing = memory.address("window");
    // The last call gives nothing, and zeroes what the one before it gave.
    do {
      this.engine.decode(nothing, nothing);
      this.process();
    } while (memory.control(abi.C_DESCRIPTOR_COUNT) > 0);
  }

  /** Ends all flows, in the order in which they began. */
  endAll(): void {
    this.#ends.endAll();
  }

  /** Zeroes all memory, and forgets what was learnt. */
  wipe(): void {
    this.engine.memory.wipe();
    this.#live.wipe();
    this.#knowledge.forget();
  }

  // ── After a trap: the engine is not called any more ────────────────────────────────────────────

  /** Address of the record that the engine was at; undefined where it was at none. */
  culprit(trap: Trap): number | undefined {
    const { memory } = this.engine;
    if (trap.call === "decode") return memory.control(abi.C_AT);
    const descriptor = this.#culpritDescriptor(trap);
    return descriptor < 0 ? undefined : this.#recordOf(descriptor);
  }

  /**
   * Address of the last record that has taken effect; 0: none of the batch. Packets take effect whole: one that had begun to has.
   * What was written where nobody may has no packet that could be named, so the whole batch is given up.
   */
  settle(trap: Trap): number {
    const progress = this.#progress;
    // The batch before this one is what it tells of.
    if (trap.call === "decode") progress.settled = progress.tracked = 0;
    if (trap.call === "track") progress.tracked = this.engine.memory.control(abi.C_AT);
    const count = this.engine.memory.control(abi.C_DESCRIPTOR_COUNT);
    if (trap.call === "canary") progress.settled = Math.max(progress.settled, progress.tracked);
    progress.tracked = Math.min(progress.tracked, count);
    while (
      progress.settled > 0 &&
      progress.settled < count &&
      this.#packetOf(progress.settled) === this.#packetOf(progress.settled - 1)
    )
      progress.settled++;
    // Rows of fragments that were held have no record.
    for (let descriptor = progress.settled - 1; descriptor >= 0; descriptor--) {
      const record = this.#recordOf(descriptor);
      if (record !== 0) return record;
    }
    return 0;
  }

  /** Ends the flows as far as memory can be believed; gives how many it could not. */
  endLost(trap: Trap): number {
    return this.#ends.endLost(this.#progress, trap.call !== "track");
  }

  #culpritDescriptor(trap: Trap): number {
    const { memory } = this.engine;
    const at = memory.control(abi.C_AT);
    if (trap.call === "track") return at;
    if (trap.call === "recognise") {
      return memory.u32[(memory.address("due") + at * abi.DUE_SIZE + abi.Q_DESCRIPTOR) >>> 2] ?? -1;
    }
    return this.#progress.at;
  }

  #packetOf(descriptor: number): number {
    return this.engine.memory.u32[(this.#live.descriptor(descriptor) + abi.D_PACKET) >>> 2] ?? 0;
  }

  #recordOf(descriptor: number): number {
    const { memory } = this.engine;
    const packet = memory.address("packets") + this.#packetOf(descriptor) * abi.PACKET_SIZE;
    return memory.u32[(packet + abi.P_RECORD) >>> 2] ?? 0;
  }

  /** The first descriptor of packets whose records stand behind an address. */
  #behind(record: number, count: number): number {
    for (let descriptor = count - 1; descriptor >= 0; descriptor--) {
      const at = this.#recordOf(descriptor);
      if (at !== 0 && at <= record) return descriptor + 1;
    }
    return 0;
  }
}
