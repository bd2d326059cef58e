/**
 * One direction of an HTTP/1 connection, in order: finds heads, passes over bodies (RFC 9112 §2, §6, §7.1). Each byte is
 * looked at once, and once more when its head is whole. Of a head it keeps what earlier segments brought, of a body nothing.
 */
import type { TransactionsEndReason } from "../../record/events.js";
import type { Budget } from "../budget.js";
import { CHUNKED, UNTIL_CLOSE } from "./head.js";

/** Bytes of a head, and of the trailer behind chunks. */
export const HEAD_MAX = 16384;
/** Bytes of a line that tells a chunk's size, with its extensions. */
export const CHUNK_LINE_MAX = 4096;
/** Offsets behind it are whole numbers still. */
const CHUNK_MAX = 2 ** 48;

/** What follows a head: bytes of a body, CHUNKED or UNTIL_CLOSE; `pause`: nobody knows yet; else nothing can be told apart. */
export type Following = number | "pause" | TransactionsEndReason;

export interface HeadListener {
  /** May a message begin with this line? */
  onStartLine(line: string): boolean;
  /** A whole head, in `bytes` from `begin` to `end`. */
  onHead(bytes: Uint8Array, begin: number, end: number): Following;
}

/** Empty lines may come in front of a message (§2.2). */
const BETWEEN = 0;
const HEAD = 1;
const CHUNK_SIZE = 2;
const CHUNK_EXTENSION = 3;
const CHUNK_END = 4;
const TRAILER = 5;
/** The rest belongs to a body that ends with the connection. */
const CLOSED = 6;

const CR = 0x0d;
const LF = 0x0a;
const KEPT_MIN = 256;
const NOTHING = new Uint8Array(0);

export class Reader {
  readonly #listener: HeadListener;
  readonly #budget: Budget;
  isPaused = false;
  stopped: TransactionsEndReason | undefined;
  #state = BETWEEN;
  /** Bytes of a body or a chunk that are still to come. */
  #left = 0;
  /** Bytes of the present head, trailer or chunk line, and of its present line without CR. */
  #length = 0;
  #line = 0;
  #isFirstLine = true;
  /** -1 in front of the first digit. */
  #chunk = -1;
  #isAfterCr = false;
  #kept = NOTHING;
  #keptLength = 0;

  constructor(listener: HeadListener, budget: Budget) {
    this.#listener = listener;
    this.#budget = budget;
  }

  /** Reads on, and returns where it paused or stopped: `end`, if it did not. */
  read(bytes: Uint8Array, begin: number, end: number): number {
    let at = begin;
    while (at < end && !this.isPaused && this.stopped === undefined) {
      if (this.#left > 0) {
        const passed = Math.min(this.#left, end - at);
        this.#left -= passed;
        at += passed;
        continue;
      }
      switch (this.#state) {
        case BETWEEN:
          if (bytes[at] === CR || bytes[at] === LF) at++;
          else this.#beginHead();
          break;
        case HEAD:
          at = this.#readHead(bytes, at, end);
          break;
        case TRAILER:
          this.#readTrailer(bytes[at++]!);
          break;
        case CLOSED:
          at = end;
          break;
        default:
          this.#readChunkLine(bytes[at++]!);
      }
    }
    return at;
  }

  /** How many bytes behind those that were read do not matter, whatever they are. */
  passOver(): number {
    if (this.#state === CLOSED) return Infinity;
    const passed = this.#left;
    this.#left = 0;
    return passed;
  }

  release(): void {
    this.#budget.giveBack(this.#kept.length);
    this.#kept = NOTHING;
    this.#keptLength = 0;
  }

  #beginHead(): void {
    this.#state = HEAD;
    this.#length = 0;
    this.#line = 0;
    this.#isFirstLine = true;
  }

  #readHead(bytes: Uint8Array, begin: number, end: number): number {
    let at = begin;
    while (at < end) {
      const byte = bytes[at++]!;
      if (++this.#length > HEAD_MAX) return this.#stop("limit", at);
      if (byte !== LF) {
        if (byte !== CR) this.#line++;
        continue;
      }
      if (this.#line === 0) {
        this.#take(bytes, begin, at);
        return at;
      }
      this.#line = 0;
      if (this.#isFirstLine && !this.#isStart(bytes, begin, at))
        return this.#stop("unreadable", at);
      this.#isFirstLine = false;
    }
    if (!this.#keep(bytes, begin, end)) this.stopped = "limit";
    return at;
  }

  #isStart(bytes: Uint8Array, begin: number, end: number): boolean {
    const before = this.#keptLength === 0 ? "" : textOf(this.#kept, 0, this.#keptLength);
    const line = before + textOf(bytes, begin, end - 1);
    return this.#listener.onStartLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  }

  #take(bytes: Uint8Array, begin: number, end: number): void {
    this.#state = BETWEEN;
    let following: Following = "limit";
    if (this.#keptLength === 0) following = this.#listener.onHead(bytes, begin, end);
    else if (this.#keep(bytes, begin, end)) {
      following = this.#listener.onHead(this.#kept, 0, this.#keptLength);
    }
    this.release();
    if (following === "pause") this.isPaused = true;
    else if (typeof following === "string") this.stopped = following;
    else if (following === CHUNKED) this.#beginChunk();
    else if (following === UNTIL_CLOSE) this.#state = CLOSED;
    else this.#left = following;
  }

  #beginChunk(): void {
    this.#state = CHUNK_SIZE;
    this.#length = 0;
    this.#chunk = -1;
    this.#isAfterCr = false;
  }

  /** Chunk lines end with CR LF and nothing else: what a lone CR or LF means, readers do not agree on. */
  #readChunkLine(byte: number): void {
    if (++this.#length > CHUNK_LINE_MAX) this.stopped = "limit";
    else if (this.#isAfterCr) {
      this.#isAfterCr = false;
      if (byte === LF) this.#endChunkLine();
      else this.stopped = "unreadable";
    } else if (byte === CR) {
      this.#isAfterCr = true;
      if (this.#state === CHUNK_SIZE && this.#chunk < 0) this.stopped = "unreadable";
    } else if (byte === LF || this.#state === CHUNK_END) this.stopped = "unreadable";
    else if (this.#state === CHUNK_SIZE) this.#readChunkSize(byte);
  }

  #readChunkSize(byte: number): void {
    const digit = digitOf(byte);
    if (digit >= 0) {
      this.#chunk = Math.max(this.#chunk, 0) * 16 + digit;
      if (this.#chunk > CHUNK_MAX) this.stopped = "unreadable";
    } else if (this.#chunk >= 0 && EXTENSION_STARTS.has(byte)) this.#state = CHUNK_EXTENSION;
    else this.stopped = "unreadable";
  }

  #endChunkLine(): void {
    if (this.#state === CHUNK_END) this.#beginChunk();
    else if (this.#chunk === 0) {
      this.#state = TRAILER;
      this.#length = 0;
      this.#line = 0;
    } else {
      this.#state = CHUNK_END;
      this.#length = 0;
      this.#left = this.#chunk;
    }
  }

  #readTrailer(byte: number): void {
    if (++this.#length > HEAD_MAX) this.stopped = "limit";
    else if (this.#isAfterCr && byte !== LF) this.stopped = "unreadable";
    else if (byte === LF) {
      if (this.#line === 0) this.#state = BETWEEN;
      this.#line = 0;
    } else if (byte !== CR) this.#line++;
    this.#isAfterCr = byte === CR;
  }

  #stop(reason: TransactionsEndReason, at: number): number {
    this.stopped = reason;
    return at;
  }

  #keep(bytes: Uint8Array, begin: number, end: number): boolean {
    const length = this.#keptLength + end - begin;
    if (length > this.#kept.length) {
      let room = Math.max(this.#kept.length, KEPT_MIN);
      while (room < length) room *= 2;
      if (!this.#budget.take(room - this.#kept.length)) return false;
      const kept = new Uint8Array(room);
      kept.set(this.#kept.subarray(0, this.#keptLength));
      this.#kept = kept;
    }
    this.#kept.set(bytes.subarray(begin, end), this.#keptLength);
    this.#keptLength = length;
    return true;
  }
}

/** §7.1.1: `;`, with blanks in front of it. */
const EXTENSION_STARTS: ReadonlySet<number> = new Set([0x3b, 0x20, 0x09]);

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** What tells where messages end is ASCII, so it does not matter what becomes of other bytes. */
export const textOf = (bytes: Uint8Array, begin: number, end: number): string =>
  utf8.decode(bytes.slice(begin, end));
