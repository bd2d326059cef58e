import * as abi from "../engine/abi.js";
import type { Engine } from "../engine/engine.js";
import { EVENTS_MAX } from "../engine/memory.js";
import type { Wheel } from "../flows/wheel.js";
import { ClairvoieError } from "../record/errors.js";
import type { EndReason, FlowRecord } from "../record/record.js";
import type { Decisions } from "./decisions.js";
import type { Effects } from "./effects.js";
import type { Followers } from "./followers.js";
import type { LiveFlows } from "./live.js";
import type { Outlet } from "./outlet.js";
import type { Progress } from "./progress.js";
import type { Records } from "./record.js";
import { rescue } from "./rescue.js";
import type { Spans } from "./spans.js";
import type { Tally } from "./tally.js";

/** When flows end, and what becomes of them: last decision, last events, record. */
export class Ends {
  readonly #engine: Engine;
  readonly #live: LiveFlows;
  readonly #wheel: Wheel;
  readonly #spans: Spans;
  readonly #decisions: Decisions;
  readonly #effects: Effects;
  readonly #followers: Followers;
  readonly #records: Records;
  readonly #tally: Tally;
  readonly #outlet: Outlet;
  /** The second that the capture has come to. */
  #clock = 0;
  /** The row that has its record, and is about to be released. */
  #ended = 0;

  constructor(
    engine: Engine,
    live: LiveFlows,
    wheel: Wheel,
    spans: Spans,
    decisions: Decisions,
    effects: Effects,
    followers: Followers,
    records: Records,
    tally: Tally,
    outlet: Outlet,
  ) {
    this.#engine = engine;
    this.#live = live;
    this.#wheel = wheel;
    this.#spans = spans;
    this.#decisions = decisions;
    this.#effects = effects;
    this.#followers = followers;
    this.#records = records;
    this.#tally = tally;
    this.#outlet = outlet;
  }

  /** Tells `track` the second at which it must stop. */
  setDeadline(): void {
    const { memory } = this.#live;
    this.#clock = Math.max(this.#clock, memory.control(abi.C_CLOCK_SEC));
    memory.setControl(abi.C_DEADLINE, this.#wheel.deadline(this.#clock));
  }

  /** The next packet's second has come: flows time out before it is counted. */
  expire(descriptor: number): void {
    const second = this.#live.packetTime(this.#live.descriptor(descriptor)).seconds;
    const now = Math.max(second, this.#live.memory.control(abi.C_CLOCK_SEC));
    this.#clock = now;
    this.#wheel.expire(
      now,
      (row) => this.end(row, this.#live.keyOf(row), undefined),
      (row) => this.#endPart(row, now),
    );
  }

  evict(): void {
    // Replay may have freed a row that `track` still saw in use.
    const { memory } = this.#live;
    if (memory.control(abi.C_ROWS_LIVE) < memory.control(abi.C_ROWS_MAX)) return;
    const row = this.#wheel.longestIdle();
    if (row === 0) throw new ClairvoieError("ENGINE", "no flow is left to evict");
    this.#tally.evicted++;
    this.end(row, this.#live.keyOf(row), "evicted");
  }

  /** Ends all flows, in the order in which they began. */
  endAll(): void {
    const { rows: live, memory } = this.#live;
    const rows: number[] = [];
    const high = memory.control(abi.C_ROWS_HIGH);
    for (let row = 1; row <= high; row++) {
      if (live.u8(row, abi.R_STATE) !== abi.STATE_FREE) rows.push(row);
    }
    rows.sort((a, b) => live.f64(a, abi.R_ID) - live.f64(b, abi.R_ID));
    for (const row of rows) this.end(row, this.#live.keyOf(row), "end");
  }

  /**
   * Ends a flow, frees its row.
   * @param reason undefined where the row itself tells
   */
  end(row: number, keyAt: number, reason: EndReason | undefined): void {
    const { rows } = this.#live;
    if (rows.u8(row, abi.R_STATE) === abi.STATE_INSPECT && rows.u32(row, abi.R_INSPECTION) !== 0) {
      this.#effects.applyApart(() => {
        this.#engine.finish(row);
        this.#spans.collect([], keyAt);
        this.#decisions.decide(row, keyAt, false, EVENTS_MAX, this.#live.lastTime(row));
      });
    }
    const transactions = this.#live.extras(row)?.transactions;
    for (const event of transactions?.finish() ?? []) this.#outlet.event(event);
    this.#followers.finish(row);
    this.#emit(row, keyAt, reason ?? this.#reason(row));
    this.#ended = row;
    this.#wheel.remove(row);
    this.#engine.release(row);
    this.#live.drop(row);
    this.#ended = 0;
  }

  /**
   * Ends the flows of an engine that trapped, which is not asked any more.
   * @returns how many there is no record of
   */
  endLost(progress: Progress, hasEvents: boolean): number {
    const { flows, lost } = rescue(this.#live, progress, hasEvents);
    let unmade = 0;
    for (const { row, keyAt } of flows) {
      if (row === this.#ended) continue;
      const record = this.#recordOfLost(row, keyAt);
      if (record === undefined) {
        unmade++;
        continue;
      }
      const transactions = this.#live.extras(row)?.transactions;
      for (const event of transactions?.finish() ?? []) this.#outlet.event(event);
      this.#followers.finish(row);
      this.#tell(record);
    }
    return lost + unmade;
  }

  /** What was believed may still make no sense. */
  #recordOfLost(row: number, keyAt: number): FlowRecord | undefined {
    try {
      return this.#records.make(row, keyAt, "engine-lost", this.#live.extras(row));
    } catch {
      return undefined;
    }
  }

  /** The flow goes on, its part ends: a record, and counters from zero. */
  #endPart(row: number, now: number): void {
    const { rows } = this.#live;
    this.#emit(row, this.#live.keyOf(row), "active");
    for (const field of [abi.R_PACKETS_A, abi.R_PACKETS_B, abi.R_BYTES_A, abi.R_BYTES_B]) {
      rows.setF64(row, field, 0);
    }
    rows.setU32(row, abi.R_PART, rows.u32(row, abi.R_PART) + 1);
    rows.setU32(row, abi.R_PART_SEC, now);
    rows.setU8(row, abi.R_FLAGS, rows.u8(row, abi.R_FLAGS) | abi.ROW_NEW_PART);
  }

  #emit(row: number, keyAt: number, reason: EndReason): void {
    // A part in which nothing came is no record: the part before it was the last.
    const { rows } = this.#live;
    if (rows.f64(row, abi.R_PACKETS_A) + rows.f64(row, abi.R_PACKETS_B) === 0) return;
    this.#tell(this.#records.make(row, keyAt, reason, this.#live.extras(row)));
  }

  #tell(record: FlowRecord): void {
    this.#tally.add(record);
    this.#outlet.record(record);
  }

  #reason(row: number): EndReason {
    const flags = this.#live.rows.u8(row, abi.R_FLAGS);
    if (flags & abi.ROW_RST) return "rst";
    return flags & abi.ROW_CLOSED ? "fin" : "idle";
  }
}
