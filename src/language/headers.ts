/** HTTP/2's header blocks for the oracle: the slow and obvious way (RFC 9113 §4.1, §6.2; RFC 7541). */
import { FIELDS_MAX, DISSECT_PARTS_MAX } from "../engine/abi.js";
import { HUFFMAN_LENGTHS, STATIC_FIELDS } from "../engine/hpack-table.js";
import { fromBytes, toBytes } from "./bytes.js";
import { PREFIX_LIMIT } from "./limits.js";

const HEADERS = 1;
const PUSH_PROMISE = 5;
const CONTINUATION = 9;
const END_HEADERS = 4;
const PADDED = 8;
const PRIORITY = 0x20;
const TABLE_MOST = 65536;
const FIELD_OVERHEAD = 32;

/** Thrown where bytes are missing, and where nothing behind can be read. */
const STARVED = Symbol("starved");
const CLOSED = Symbol("closed");

/** Codes as strings of 0 and 1; a canonical code is counted up. */
const SYMBOLS = new Map<string, number>();
let nextCode = 0;
let nextLength = 0;
for (const symbol of [...HUFFMAN_LENGTHS.keys()].toSorted(
  (a, b) => HUFFMAN_LENGTHS[a]! - HUFFMAN_LENGTHS[b]! || a - b,
)) {
  nextCode *= 2 ** (HUFFMAN_LENGTHS[symbol]! - nextLength);
  nextLength = HUFFMAN_LENGTHS[symbol]!;
  SYMBOLS.set(nextCode.toString(2).padStart(nextLength, "0"), symbol);
  nextCode++;
}

interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly size: number;
  /** What there is of it. */
  readonly payload: Uint8Array;
}

export function readHeaders(
  bytes: Uint8Array,
  more: boolean,
): { bytes: Uint8Array; more: boolean } {
  const writer = new Writer();
  let isOpen = false;
  try {
    writer.connection(framesOf(bytes));
  } catch (thrown) {
    if (thrown !== STARVED && thrown !== CLOSED) throw thrown;
    isOpen = thrown === STARVED;
  }
  return { bytes: toBytes(writer.text), more: more && isOpen };
}

function* framesOf(bytes: Uint8Array): Generator<Frame, never> {
  let at = fromBytes(bytes.subarray(0, 4)) === "PRI " ? 24 : 0;
  for (;;) {
    if (at + 9 > bytes.length) throw STARVED;
    const number = (from: number, width: number) =>
      bytes.subarray(at + from, at + from + width).reduce((sum, byte) => sum * 256 + byte, 0);
    const size = number(0, 3);
    const payload = bytes.subarray(at + 9, at + 9 + size);
    yield {
      type: number(3, 1),
      flags: number(4, 1),
      stream: number(5, 4) % 2 ** 31,
      size,
      payload,
    };
    at += 9 + size;
  }
}

/** The bytes of a header block. */
function* blockOf(first: Frame, frames: Generator<Frame, never>): Generator<number> {
  const isPadded = (first.flags & PADDED) !== 0;
  const before = (isPadded ? 1 : 0) + ((first.flags & PRIORITY) !== 0 ? 5 : 0);
  if (before > first.size || first.stream === 0) throw CLOSED;
  if (isPadded && first.payload.length === 0) throw STARVED;
  const end = first.size - (isPadded ? first.payload[0]! : 0);
  if (before > end) throw CLOSED;
  let frame = first;
  let [at, last] = [before, end];
  for (;;) {
    for (; at < last; at++) {
      if (at >= frame.payload.length) throw STARVED;
      yield frame.payload[at]!;
    }
    if ((frame.flags & END_HEADERS) !== 0) return;
    frame = frames.next().value;
    if (frame.type !== CONTINUATION || frame.stream !== first.stream) throw CLOSED;
    [at, last] = [0, frame.size];
  }
}

/** Fields of header blocks, decoded and written as text. */
class Writer {
  text = "";
  /** The dynamic table, newest first. */
  #fields: (readonly [name: string, value: string])[] = [];
  #entered = 0;
  #most = 4096;
  #block: Generator<number> = blockless();
  /** The field that is being read: it is undone unless it is whole. */
  #line = "";

  connection(frames: Generator<Frame, never>): never {
    for (let part = 0; part < DISSECT_PARTS_MAX; part++) {
      const frame = frames.next().value;
      if (frame.type === PUSH_PROMISE || frame.type === CONTINUATION) throw CLOSED;
      if (frame.type !== HEADERS) continue;
      this.#block = blockOf(frame, frames);
      for (;;) {
        const first = this.#block.next();
        if (first.done) break;
        this.#field(first.value);
      }
      this.#line = "";
      this.#put("\n");
      this.text += this.#line;
    }
    throw CLOSED;
  }

  #field(first: number): void {
    this.#line = "";
    if (first >= 0x80) {
      const index = this.#integer(first, 7);
      const [name, value] = this.#known(index);
      this.#put(`${name}: ${value}\n`);
    } else if (first >= 0x20 && first < 0x40) {
      const most = this.#integer(first, 5);
      if (most > TABLE_MOST) throw CLOSED;
      this.#most = most;
      this.#evict(0);
      return;
    } else {
      const isEntered = first >= 0x40;
      const index = this.#integer(first, isEntered ? 6 : 4);
      const name = index > 0 ? this.#known(index)[0] : this.#string(isOfName);
      if (index > 0) this.#put(name);
      if (name === "") throw CLOSED;
      this.#put(": ");
      const value = this.#string(isOfValue);
      this.#put("\n");
      if (isEntered) {
        this.text += this.#line;
        this.#line = "";
        this.#enter(name, value);
      }
    }
    this.text += this.#line;
  }

  #put(text: string): void {
    this.#line += text;
    if (this.text.length + this.#line.length > PREFIX_LIMIT) throw CLOSED;
  }

  #next(): number {
    const next = this.#block.next();
    if (next.done) throw CLOSED;
    return next.value;
  }

  #integer(first: number, bits: number): number {
    const most = 2 ** bits - 1;
    let value = first % 2 ** bits;
    if (value < most) return value;
    for (let rank = 0; rank < 4; rank++) {
      const byte = this.#next();
      value += (byte % 128) * 128 ** rank;
      if (byte < 128) return value;
    }
    throw CLOSED;
  }

  #string(isRight: (byte: number, isFirst: boolean) => boolean): string {
    const first = this.#next();
    const length = this.#integer(first, 7);
    let value = "";
    const write = (byte: number): void => {
      if (!isRight(byte, value === "")) throw CLOSED;
      value += String.fromCharCode(byte);
      this.#put(String.fromCharCode(byte));
    };
    let code = "";
    for (let at = 0; at < length; at++) {
      const byte = this.#next();
      if (first < 128) write(byte);
      else {
        for (const bit of byte.toString(2).padStart(8, "0")) {
          code += bit;
          const symbol = SYMBOLS.get(code);
          if (symbol === undefined) continue;
          if (symbol === 256) throw CLOSED;
          write(symbol);
          code = "";
        }
      }
    }
    if (code.length > 7 || code.includes("0")) throw CLOSED;
    return value;
  }

  #known(index: number): readonly [name: string, value: string] {
    const field = [...STATIC_FIELDS, ...this.#fields][index - 1];
    if (!field) throw CLOSED;
    return field;
  }

  #enter(name: string, value: string): void {
    if (this.#entered === FIELDS_MAX) throw CLOSED;
    const size = sizeOf([name, value]);
    this.#evict(size);
    if (size > this.#most) return;
    this.#fields.unshift([name, value]);
    this.#entered++;
  }

  #evict(size: number): void {
    const all = () => this.#fields.reduce((sum, field) => sum + sizeOf(field), size);
    while (this.#fields.length > 0 && all() > this.#most) this.#fields.pop();
  }
}

function* blockless(): Generator<number> {}

const sizeOf = ([name, value]: readonly [string, string]): number =>
  name.length + value.length + FIELD_OVERHEAD;

const isOfName = (byte: number, isFirst: boolean): boolean =>
  /^[!-~]$/.test(String.fromCharCode(byte)) &&
  !/[A-Z]/.test(String.fromCharCode(byte)) &&
  (isFirst || byte !== 58);
const isOfValue = (byte: number): boolean => byte !== 0 && byte !== 10 && byte !== 13;
