import * as abi from "../engine/abi.js";
import type { Engine } from "../engine/engine.js";
import { EVENTS_MAX } from "../engine/memory.js";
import type { Decisions } from "./decisions.js";
import type { LiveFlows } from "./live.js";
import type { Progress } from "./progress.js";
import { NOTE_UNINSPECTED } from "./rows.js";
import type { Spans } from "./spans.js";

/**
 * Recognises the payloads of a pass: in rounds, each undecided flow at most its next one a round, so
 * that one engine call serves many flows and a decided flow costs no more calls.
 */
export class Rounds {
  readonly #engine: Engine;
  readonly #live: LiveFlows;
  readonly #spans: Spans;
  readonly #decisions: Decisions;
  readonly #progress: Progress;
  /** Payload events of a flow in this pass, chained: the next one of each, and each row's last. */
  readonly #nextEvent = new Int32Array(EVENTS_MAX);
  readonly #lastEvent: Int32Array;

  constructor(
    engine: Engine,
    live: LiveFlows,
    spans: Spans,
    decisions: Decisions,
    progress: Progress,
    maxFlows: number,
  ) {
    this.#engine = engine;
    this.#live = live;
    this.#spans = spans;
    this.#decisions = decisions;
    this.#progress = progress;
    this.#lastEvent = new Int32Array(maxFlows + 1).fill(-1);
  }

  /** All payloads among the pass's `count` events. */
  all(count: number): void {
    const { u32 } = this.#live.memory;
    const base = this.#live.memory.address("events");
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
    const most = this.#live.memory.control(abi.C_DUE_MAX);
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

  /** One payload by itself, if its flow still wants it. */
  one(event: number, row: number): void {
    if (this.#isWanted(row)) this.#recognise([event]);
  }

  #isWanted(row: number): boolean {
    const state = this.#live.rows.u8(row, abi.R_STATE);
    return state === abi.STATE_INSPECT || state === abi.STATE_WATCH;
  }

  /** Runs payload events, each of another flow, through the engine and decides on each flow. */
  #recognise(events: readonly number[]): void {
    const { memory, rows } = this.#live;
    const { u32 } = memory;
    const base = memory.address("events");
    const due = memory.address("due");
    events.forEach((event, index) => {
      const from = (base + event * abi.EVENT_SIZE) >>> 2;
      const to = (due + index * abi.DUE_SIZE) >>> 2;
      u32[to + (abi.Q_ROW >>> 2)] = u32[from + (abi.E_ROW >>> 2)]!;
      u32[to + (abi.Q_DESCRIPTOR >>> 2)] = u32[from + (abi.E_DESCRIPTOR >>> 2)]!;
      u32[to + (abi.Q_PACKET >>> 2)] = u32[from + (abi.E_AUX >>> 2)]!;
      u32[to + (abi.Q_OUTCOME >>> 2)] = 0;
    });
    this.#engine.recognise(events.length);
    this.#spans.collect(events);
    events.forEach((event, entry) => {
      const at = (due + entry * abi.DUE_SIZE) >>> 2;
      const row = u32[at + (abi.Q_ROW >>> 2)]!;
      if (rows.u8(row, abi.R_STATE) !== abi.STATE_INSPECT) return;
      const outcome = u32[at + (abi.Q_OUTCOME >>> 2)]!;
      if (outcome & abi.OUTCOME_DENIED) rows.note(row, NOTE_UNINSPECTED);
      const active = (outcome & abi.OUTCOME_ACTIVE) !== 0 && (outcome & abi.OUTCOME_DENIED) === 0;
      const index = u32[at + (abi.Q_DESCRIPTOR >>> 2)]!;
      const descriptor = this.#live.descriptor(index);
      this.#progress.at = index;
      if (!active || outcome & abi.OUTCOME_CHANGED || rows.protocol(row) >= 0) {
        this.#decisions.decide(row, descriptor, active, event, this.#live.packetTime(descriptor));
      }
      if (rows.protocol(row) < 0) this.#decisions.look(row, descriptor);
    });
    this.#progress.at = -1;
  }
}
