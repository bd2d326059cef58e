import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";

/** Time-outs in whole seconds of capture time. */
export interface TimeOuts {
  /** A flow without a packet for longer than this has ended. */
  idle: number;
  /** A flow that lasts longer than this is reported in parts. */
  active: number;
  /** A closed TCP flow (FIN from both sides, or RST) is kept this long for its last packets. */
  linger: number;
}

/** `C_DEADLINE` for "never". */
const NEVER = 0xffffffff;
const BUCKETS = 4096;

/**
 * Which flow times out when: a timing wheel of one-second buckets over the rows' own link fields.
 *
 * A packet does not touch the wheel. A row stands in the bucket of the second in which it would have
 * timed out when it was last looked at; when that second comes it is looked at again and either ends
 * or moves on. So the cost is one visit per flow and time-out, not one per packet, and the same list
 * gives the flow that is idle longest when the table is full. Seconds are too coarse for that alone: a flood
 * can turn a table over in less than one. So whoever has spoken since it was last looked at goes behind
 * the others of its second, as often as it has spoken: a packet pays for one such move at most.
 */
export class Wheel {
  readonly #memory: EngineMemory;
  readonly #rows: number;
  readonly #heads = new Uint32Array(BUCKETS);
  readonly #tails = new Uint32Array(BUCKETS);
  /** Packets of a row when it was last looked at; they tell only whether there are more now. */
  readonly #looked: Float64Array;
  #size = 0;
  /** No row stands in a bucket of an earlier second. */
  #earliest = NEVER;

  constructor(
    memory: EngineMemory,
    readonly timeOuts: TimeOuts,
  ) {
    this.#memory = memory;
    this.#rows = memory.address("rows");
    this.#looked = new Float64Array(memory.map.options.maxFlows + 1);
  }

  /** The clock second at which `track` must stop, given the clock now: nothing can time out before it. */
  deadline(clock: number): number {
    const { idle, active, linger } = this.timeOuts;
    const newest = clock + Math.min(idle, active, linger) + 1;
    return Math.min(this.#size === 0 ? newest : Math.min(this.#earliest, newest), NEVER);
  }

  /** Adds a new row, at the clock second of its first packet. */
  add(row: number, clock: number): void {
    this.#set(row, abi.R_PART_SEC, clock);
    // Not those it has: later ones of the window are counted already, and windows must not matter.
    this.#looked[row] = 1;
    this.#link(row, clock + Math.min(this.timeOuts.idle, this.timeOuts.active) + 1);
  }

  /** The row's connection was closed at this clock second: it ends soon. */
  close(row: number, clock: number): void {
    const { idle, linger } = this.timeOuts;
    this.remove(row);
    this.#link(row, clock + Math.min(linger, idle) + 1);
  }

  remove(row: number): void {
    const { u32 } = this.#memory;
    const at = (this.#rows + row * abi.ROW_SIZE) >>> 2;
    const next = u32[at + (abi.R_WHEEL_NEXT >>> 2)]!;
    const previous = u32[at + (abi.R_WHEEL_PREVIOUS >>> 2)]!;
    const bucket = u32[at + (abi.R_WHEEL_SECOND >>> 2)]! % BUCKETS;
    if (previous === 0) this.#heads[bucket] = next;
    else this.#set(previous, abi.R_WHEEL_NEXT, next);
    if (next === 0) this.#tails[bucket] = previous;
    else this.#set(next, abi.R_WHEEL_PREVIOUS, previous);
    this.#size--;
  }

  /**
   * Calls `idle(row)` for each flow that has timed out at clock second `now`, and `active(row)` for
   * each whose part is complete, both in a fixed order. `idle` must remove the row, `active` begin a
   * new part (R_PART_SEC).
   */
  expire(now: number, idle: (row: number) => void, active: (row: number) => void): void {
    if (this.#size === 0) return;
    // After a jump of the clock each bucket is visited once, not each second.
    const from = Math.max(this.#earliest, now - BUCKETS + 1);
    if (from > now) return;
    this.#earliest = now + 1;
    for (let second = from; second <= now; second++) {
      const bucket = second % BUCKETS;
      const last = this.#tails[bucket]!;
      for (let row = this.#heads[bucket]!, next = 0; row !== 0; row = next) {
        next = row === last ? 0 : this.#get(row, abi.R_WHEEL_NEXT);
        if (this.#get(row, abi.R_WHEEL_SECOND) > now) continue;
        if (this.#idleEnd(row) <= now) {
          idle(row);
          continue;
        }
        if (this.#activeEnd(row) <= now) active(row);
        this.remove(row);
        this.#looked[row] = this.#packets(row);
        this.#link(row, Math.max(now + 1, Math.min(this.#idleEnd(row), this.#activeEnd(row))));
      }
    }
    this.#settleEarliest();
  }

  /** A row that has been idle longest (closed flows first), or 0. */
  longestIdle(): number {
    if (this.#size === 0) return 0;
    for (;;) {
      this.#settleEarliest();
      const second = this.#earliest;
      const row = this.#heads[second % BUCKETS]!;
      const end = this.#idleEnd(row);
      const packets = this.#packets(row);
      if (end <= second && packets === this.#looked[row]) return row;
      this.#looked[row] = packets;
      this.remove(row);
      this.#link(row, Math.max(end, second));
    }
  }

  #packets(row: number): number {
    const at = (this.#rows + row * abi.ROW_SIZE) >>> 3;
    const { f64 } = this.#memory;
    return f64[at + (abi.R_PACKETS_A >>> 3)]! + f64[at + (abi.R_PACKETS_B >>> 3)]!;
  }

  /** First clock second in which the row counts as idle. */
  #idleEnd(row: number): number {
    const closed =
      (this.#memory.u8[this.#rows + row * abi.ROW_SIZE + abi.R_FLAGS]! & abi.ROW_CLOSED) !== 0;
    const wait = closed ? Math.min(this.timeOuts.linger, this.timeOuts.idle) : this.timeOuts.idle;
    return this.#get(row, abi.R_SEEN_SEC) + wait + 1;
  }

  #activeEnd(row: number): number {
    return this.#get(row, abi.R_PART_SEC) + this.timeOuts.active + 1;
  }

  /** Moves `#earliest` to the first bucket that holds a row. */
  #settleEarliest(): void {
    if (this.#size === 0) {
      this.#earliest = NEVER;
      return;
    }
    while (this.#heads[this.#earliest % BUCKETS] === 0) this.#earliest++;
  }

  #link(row: number, second: number): void {
    // Beyond the wheel's horizon a row waits in the last bucket, and is looked at there.
    const base = this.#size === 0 ? second : Math.min(this.#earliest, second);
    const stand = Math.min(second, base + BUCKETS - 1);
    const bucket = stand % BUCKETS;
    const tail = this.#tails[bucket]!;
    this.#set(row, abi.R_WHEEL_NEXT, 0);
    this.#set(row, abi.R_WHEEL_PREVIOUS, tail);
    this.#set(row, abi.R_WHEEL_SECOND, stand);
    if (tail === 0) this.#heads[bucket] = row;
    else this.#set(tail, abi.R_WHEEL_NEXT, row);
    this.#tails[bucket] = row;
    this.#size++;
    this.#earliest = base;
  }

  #get(row: number, field: number): number {
    return this.#memory.u32[(this.#rows + row * abi.ROW_SIZE + field) >>> 2]!;
  }

  #set(row: number, field: number, value: number): void {
    this.#memory.u32[(this.#rows + row * abi.ROW_SIZE + field) >>> 2] = value;
  }
}
