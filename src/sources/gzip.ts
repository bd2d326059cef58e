/**
 * Gzip, any number of members one behind the other. RFC 1952.
 * Bytes behind the last member that are no member are ignored, as gzip itself does.
 */
import { CaptureError } from "../record/errors.js";
import {
  Inflate,
  INFLATE_CORRUPT,
  INFLATE_DONE,
  INFLATE_NEEDS_INPUT,
  INFLATE_OUTPUT_FULL,
} from "../compression/inflate.js";
import { proceed, type ByteSource } from "./source.js";

/** Compressed bytes read at a time. */
const INPUT_SIZE = 65536;

/** §2.3. The flags, the six bytes behind them, and the fields that the flags announce. */
const MAGIC_0 = 0x1f;
const MAGIC_1 = 0x8b;
const METHOD_DEFLATE = 8;
const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
const FLAGS_RESERVED = 0xe0;

/** The check sum of §8, computed four bytes a step. */
const CRC_TABLES = Array.from({ length: 4 }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  CRC_TABLES[0]![byte] = value;
}
for (let table = 1; table < 4; table++) {
  for (let byte = 0; byte < 256; byte++) {
    const previous = CRC_TABLES[table - 1]![byte]!;
    CRC_TABLES[table]![byte] = (previous >>> 8) ^ CRC_TABLES[0]![previous & 0xff]!;
  }
}

function updateCrc(crc: number, bytes: Uint8Array, end: number): number {
  const [t0, t1, t2, t3] = CRC_TABLES as [Int32Array, Int32Array, Int32Array, Int32Array];
  let value = ~crc;
  let at = 0;
  for (; at + 4 <= end; at += 4) {
    value ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    value =
      t3[value & 0xff]! ^
      t2[(value >>> 8) & 0xff]! ^
      t1[(value >>> 16) & 0xff]! ^
      t0[value >>> 24]!;
  }
  for (; at < end; at++) value = (value >>> 8) ^ t0[(value ^ bytes[at]!) & 0xff]!;
  return ~value;
}

/** What comes next of a member. The order is that of the file. */
type Part = "magic" | "fixed" | "extra" | "name" | "comment" | "crc" | "data" | "trailer" | "rest";

/** The uncompressed bytes of a gzip source. */
export class GunzipSource implements ByteSource {
  readonly name: string;
  readonly #stored: ByteSource;
  readonly #inflate = new Inflate();
  readonly #buffer = new Uint8Array(INPUT_SIZE);
  /** Uncompressed bytes handed out. */
  #offset = 0;
  #part: Part = "magic";
  #members = 0;
  #flags = 0;
  /** Bytes of the present part that were read, and what they say so far. */
  #count = 0;
  #value = 0;
  #crc = 0;
  #length = 0;
  #fault: CaptureError | undefined;

  constructor(stored: ByteSource) {
    this.name = stored.name;
    this.#stored = stored;
  }

  get size(): number | undefined {
    return this.#stored.size;
  }

  get position(): number | undefined {
    return this.#stored.position;
  }

  read(into: Uint8Array): number | Promise<number> {
    if (into.length === 0) return 0;
    for (;;) {
      if (this.#fault) throw this.#fault;
      const count = this.#run(into);
      if (count > 0) return count;
      if (this.#fault) continue;
      if (this.#part === "rest") return 0;
      const fed = proceed(this.#stored.read(this.#buffer), (length) => this.#feed(length));
      if (fed instanceof Promise) return fed.then(() => this.read(into));
    }
  }

  close(): void | Promise<void> {
    return this.#stored.close();
  }

  #feed(length: number): number {
    if (length === 0) this.#end();
    this.#inflate.input = this.#buffer.subarray(0, length);
    this.#inflate.inputAt = 0;
    return length;
  }

  /** The stored bytes have ended. */
  #end(): void {
    const isBetween = this.#part === "magic" && this.#members > 0;
    if (!isBetween) this.#fail("TRUNCATED", "the gzip file ends in the middle");
    this.#part = "rest";
  }

  /** Unpacks what the input gives. 0: it is used up, or there is a fault, or the end. */
  #run(into: Uint8Array): number {
    const inflate = this.#inflate;
    while (this.#part !== "rest" && !this.#fault) {
      if (this.#part !== "data") {
        if (inflate.inputAt >= inflate.input.length) return 0;
        this.#header(inflate.input[inflate.inputAt++]!);
        continue;
      }
      const stop = inflate.run(into);
      const { written } = inflate;
      if (written > 0) {
        this.#crc = updateCrc(this.#crc, into, written);
        this.#length = (this.#length + written) >>> 0;
        this.#offset += written;
      }
      if (stop === INFLATE_CORRUPT) this.#fail("CORRUPT", "the gzip data are damaged");
      else if (stop === INFLATE_DONE) {
        inflate.returnBytes();
        this.#enter("trailer");
      }
      if (written > 0 || stop === INFLATE_NEEDS_INPUT || stop === INFLATE_OUTPUT_FULL) {
        return written;
      }
    }
    return 0;
  }

  #enter(part: Part): void {
    this.#part = part;
    this.#count = 0;
    this.#value = 0;
  }

  /** Goes to the next part of the header that the flags announce. */
  #advance(): void {
    const parts: readonly [Part, number][] = [
      ["extra", FLAG_EXTRA],
      ["name", FLAG_NAME],
      ["comment", FLAG_COMMENT],
      ["crc", FLAG_HEADER_CRC],
    ];
    const next = parts.find(([, flag]) => this.#flags & flag);
    if (next) {
      this.#flags &= ~next[1];
      return this.#enter(next[0]);
    }
    this.#inflate.reset();
    this.#crc = this.#length = 0;
    this.#enter("data");
  }

  /** Takes one byte of a header or trailer: they are few. */
  #header(byte: number): void {
    const at = this.#count++;
    switch (this.#part) {
      case "magic":
        if (byte !== (at === 0 ? MAGIC_0 : MAGIC_1)) this.#part = "rest";
        else if (at === 1) this.#enter("fixed");
        break;
      case "fixed":
        // Method, flags; time, extra flags and system say nothing to us.
        if (at === 0 && byte !== METHOD_DEFLATE) {
          this.#fail("UNSUPPORTED", `gzip compression method ${byte} is not read; 8 is`);
        } else if (at === 1) {
          this.#flags = byte;
          if (byte & FLAGS_RESERVED) this.#fail("CORRUPT", `gzip header has unknown flags ${byte}`);
        } else if (at === 7) this.#advance();
        break;
      case "extra":
        if (at < 2) this.#value |= byte << (8 * at);
        if (at === this.#value + 1 && at > 0) this.#advance();
        break;
      case "crc":
        if (at === 1) this.#advance();
        break;
      case "trailer":
        this.#trailer(at, byte);
        break;
      default:
        // A name or comment ends with a zero byte.
        if (byte === 0) this.#advance();
    }
  }

  /** The check sum, then the length modulo 2^32. */
  #trailer(at: number, byte: number): void {
    this.#value |= byte << (8 * (at & 3));
    if (at === 3) {
      if (this.#value !== (this.#crc | 0)) {
        this.#fail("CORRUPT", "the gzip check sum does not fit the data");
      }
      this.#value = 0;
    } else if (at === 7) {
      if (this.#value >>> 0 !== this.#length) {
        this.#fail("CORRUPT", `the gzip length does not fit the data: ${this.#value >>> 0}`);
      }
      this.#members++;
      this.#enter("magic");
    }
  }

  #fail(code: "TRUNCATED" | "CORRUPT" | "UNSUPPORTED", reason: string): void {
    this.#fault ??= new CaptureError(code, this.name, this.#offset, reason);
  }
}
