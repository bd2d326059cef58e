/** Puts the segments of one direction into order for a reader. What the reader passes over need not come at all. */
import type { TransactionsEndReason } from "../../record/events.js";
import type { Budget } from "../budget.js";
import type { Reader } from "./reader.js";

/** Segments that wait for what is in front of them, and their bytes, of one direction. */
export const HELD_SEGMENTS_MAX = 64;
export const HELD_BYTES_MAX = 65536;
/** A segment that is further ahead is no sign of how far the stream is. */
const AHEAD_MAX = 2 ** 30;

interface Segment {
  readonly from: number;
  readonly bytes: Uint8Array;
}

export class Stream {
  readonly #reader: Reader;
  readonly #budget: Budget;
  readonly #gapPackets: number;
  /** A sequence number, and the offset in the stream that it stands for: the furthest so far. */
  #sequence: number;
  #offset = 0;
  /** Offset of the next byte that matters. */
  #next = 0;
  #held: Segment[] = [];
  #heldBytes = 0;
  /** Segments that came behind a gap since it is there. */
  #behindGap = 0;

  /** `sequence` is that of the first byte; the gap is given up when more packets came behind it. */
  constructor(reader: Reader, budget: Budget, sequence: number, gapPackets: number) {
    this.#reader = reader;
    this.#budget = budget;
    this.#sequence = sequence;
    this.#gapPackets = gapPackets;
  }

  /** Hears one segment. Returns why it cannot go on, if it cannot. */
  hear(
    sequence: number,
    bytes: Uint8Array,
    begin: number,
    end: number,
  ): TransactionsEndReason | undefined {
    const from = this.#offsetOf(sequence);
    if (from + end - begin <= this.#next) return undefined;
    const isNext = from <= this.#next;
    if (isNext && !this.#reader.isPaused) {
      this.#read(bytes, begin + this.#next - from, end);
      this.#readHeld();
      this.#behindGap = 0;
    } else {
      this.#hold(from, bytes, begin, end);
      if (!isNext && ++this.#behindGap > this.#gapPackets) this.#stop("gap");
    }
    return this.#reader.stopped;
  }

  /** The reader paused, and need not any more. */
  resume(): TransactionsEndReason | undefined {
    this.#reader.isPaused = false;
    this.#readHeld();
    return this.#reader.stopped;
  }

  get isBehindGap(): boolean {
    return !this.#reader.isPaused && this.#held.length > 0;
  }

  release(): void {
    this.#budget.giveBack(this.#heldBytes);
    this.#held = [];
    this.#heldBytes = 0;
    this.#reader.release();
  }

  #offsetOf(sequence: number): number {
    const ahead = (sequence - this.#sequence) | 0;
    const offset = this.#offset + ahead;
    if (ahead > 0 && ahead < AHEAD_MAX) {
      this.#sequence = sequence;
      this.#offset = offset;
    }
    return offset;
  }

  #read(bytes: Uint8Array, begin: number, end: number): void {
    const at = this.#reader.read(bytes, begin, end);
    this.#next += at - begin;
    if (at < end && this.#reader.isPaused) this.#hold(this.#next, bytes, at, end);
    else this.#next += this.#reader.passOver();
  }

  #readHeld(): void {
    const reader = this.#reader;
    while (!reader.isPaused && reader.stopped === undefined) {
      const index = this.#held.findIndex(({ from }) => from <= this.#next);
      if (index < 0) return;
      const [{ from, bytes }] = this.#held.splice(index, 1) as [Segment];
      this.#heldBytes -= bytes.length;
      this.#budget.giveBack(bytes.length);
      if (from + bytes.length > this.#next) this.#read(bytes, this.#next - from, bytes.length);
    }
  }

  #hold(from: number, bytes: Uint8Array, begin: number, end: number): void {
    const length = end - begin;
    const isThere = ({ from: start, bytes: { length: size } }: Segment) =>
      start <= from && start + size >= from + length;
    if (this.#held.some(isThere)) return;
    if (
      this.#held.length === HELD_SEGMENTS_MAX ||
      this.#heldBytes + length > HELD_BYTES_MAX ||
      !this.#budget.take(length)
    ) {
      return this.#stop("limit");
    }
    this.#held.push({ from, bytes: bytes.slice(begin, end) });
    this.#heldBytes += length;
  }

  #stop(reason: TransactionsEndReason): void {
    this.#reader.stopped ??= reason;
  }
}
