/**
 * One HTTP/1 connection: whose turn it is, and where each message ends. A response's end depends on what was asked
 * (RFC 9112 §6.3), so the methods of requests that wait are known, as far as they matter.
 */
import type { TransactionsEndReason } from "../../record/events.js";
import { WAITING_MAX } from "../transactions.js";
import type { Budget } from "../budget.js";
import { isStartLine, readHead } from "./head.js";
import { type Following, Reader, textOf } from "./reader.js";
import { Stream } from "./stream.js";

/** Told of each message but interim responses (1xx), which are no answer. */
export type Tell = (isRequest: boolean, bytes: Uint8Array, begin: number, end: number) => void;

type Direction = 0 | 1;
type Asked = "head" | "connect" | "other";

/** A status line that no request's answer has: RFC 9110 §15.2. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)/;

export class Exchange {
  readonly #tell: Tell;
  readonly #budget: Budget;
  readonly #gapPackets: number;
  readonly #streams: [Stream | undefined, Stream | undefined] = [undefined, undefined];
  /** The direction of requests, once a start line has told. */
  #client: Direction | undefined;
  readonly #asked: Asked[] = [];
  #stopped: TransactionsEndReason | undefined;

  constructor(tell: Tell, budget: Budget, gapPackets: number) {
    this.#tell = tell;
    this.#budget = budget;
    this.#gapPackets = gapPackets;
  }

  /** Was anything of this direction heard? */
  isBegun(direction: Direction): boolean {
    return this.#streams[direction] !== undefined;
  }

  /** A direction begins, at a sequence number. */
  begin(direction: Direction, sequence: number): void {
    const listener = {
      onStartLine: (line: string) => this.#isStartLine(direction, line),
      onHead: (bytes: Uint8Array, begin: number, end: number) =>
        this.#onHead(direction === this.#client, bytes, begin, end),
    };
    const reader = new Reader(listener, this.#budget);
    this.#streams[direction] = new Stream(reader, this.#budget, sequence, this.#gapPackets);
  }

  /** Hears a segment of a direction that has begun. Returns why messages cannot be told apart any more, once they cannot. */
  hear(
    direction: Direction,
    sequence: number,
    bytes: Uint8Array,
    begin: number,
    end: number,
  ): TransactionsEndReason | undefined {
    const stopped = this.#streams[direction]!.hear(sequence, bytes, begin, end);
    return (this.#stopped ??= stopped);
  }

  /** Does something wait for bytes that did not come? */
  get isBehindGap(): boolean {
    return this.#streams.some((stream) => stream?.isBehindGap);
  }

  release(): void {
    for (const stream of this.#streams) stream?.release();
  }

  #isStartLine(direction: Direction, line: string): boolean {
    if (this.#client === undefined) {
      const isResponse = line.startsWith("HTTP/1.");
      this.#client = (isResponse ? 1 - direction : direction) as Direction;
    }
    return isStartLine(line, direction === this.#client);
  }

  #onHead(isRequest: boolean, bytes: Uint8Array, begin: number, end: number): Following {
    const text = textOf(bytes, begin, end);
    const head = readHead(text, isRequest);
    if (head === undefined) {
      // Its first line was one of a message: that there was one is told, with what can be read of it.
      const isFull = isRequest && this.#asked.length === WAITING_MAX;
      if (!isFull && !INTERIM.test(text)) this.#tell(isRequest, bytes, begin, end);
      return "unreadable";
    }
    const { method, status, body } = head;
    if (isRequest) {
      if (this.#asked.length === WAITING_MAX) return "limit";
      this.#asked.push(method === "HEAD" ? "head" : method === "CONNECT" ? "connect" : "other");
      this.#tell(true, bytes, begin, end);
      // Whether HTTP goes on behind CONNECT, its answer tells.
      return method === "CONNECT" ? "pause" : body;
    }
    if (status < 200 && status !== 101) return 0;
    const asked = this.#asked.shift();
    this.#tell(false, bytes, begin, end);
    if (asked === undefined) return "unasked";
    if (status === 101 || (asked === "connect" && status < 300)) return "switched";
    if (asked === "connect") this.#stopped ??= this.#streams[this.#client!]?.resume();
    return asked === "head" || status === 204 || status === 304 ? 0 : body;
  }
}
