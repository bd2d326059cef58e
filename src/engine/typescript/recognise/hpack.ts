/**
 * HPACK: the fields of header blocks as lines `name: value` of text (RFC 7541).
 *
 * The dynamic table holds places in that text: no field is kept that was not written, so it is as
 * bounded as the text. What the first bytes of a block gave stays when more of them are there.
 */
import * as abi from "../../abi.js";
import type { EngineMemory } from "../../memory.js";
import { type Block, CLOSED, ENDED, GOING } from "./header-block.js";

/** §4.1: what a field takes in the table besides its bytes. */
const FIELD_OVERHEAD = 32;
/** The table's size until the encoder says another (RFC 9113 §6.5.2), which may be no larger than this here. */
const TABLE_BEGINS = 4096;
const TABLE_MOST = 65536;
/** An integer above 28 bits is of nothing that is read: §5.1 lets a limit be set. */
const INTEGER_BITS = 28;
/** Bits of the longest code, and of padding at most (§5.2). */
const CODE_MOST = 30;
const PADDING_MOST = 7;
const END_OF_STRING = 256;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const COLON = 0x3a;
const BLANK = 0x20;

const NAME = 0;
/** Words between the places of a name and of its value. */
const VALUE = 2;

export class Hpack {
  length = 0;
  /** The most that was ever written. */
  extent = 0;
  readonly #memory: EngineMemory;
  readonly #block: Block;
  #hpack = 0;
  #limit = 0;
  /** Word index of the dynamic table. */
  #fields = 0;

  // The text, and where its present name, or value, begins.
  #base = 0;
  #begin = 0;
  #isName = false;

  // The dynamic table: fields ever entered, and those still there.
  #entered = 0;
  #live = 0;
  #size = 0;
  #most = 0;

  constructor(memory: EngineMemory, block: Block) {
    this.#memory = memory;
    this.#block = block;
  }

  configure(): void {
    this.#hpack = this.#memory.control(abi.C_HPACK);
    this.#limit = this.#memory.control(abi.C_PREFIX_LIMIT);
    this.#fields = (this.#memory.control(abi.C_SCRATCH) + abi.SCRATCH_FIELDS) >>> 2;
  }

  /** A connection begins. */
  begin(base: number): void {
    this.#base = base;
    this.length = 0;
    this.extent = 0;
    this.#entered = 0;
    this.#live = 0;
    this.#size = 0;
    this.#most = TABLE_BEGINS;
  }

  get #isGoing(): boolean {
    return this.#block.state === GOING;
  }

  /** Nothing behind can be read. */
  #close(): void {
    this.#block.state = CLOSED;
  }

  /** Writes the fields of the block as far as they are there, and an empty line behind the last. */
  write(): void {
    const block = this.#block;
    while (this.#isGoing) {
      const first = block.next();
      if (!this.#isGoing) break;
      if ((first & 0xe0) === 0x20) this.#resize(this.#integer(first, 5));
      else this.#field(first);
    }
    if (block.state !== ENDED) return;
    block.state = GOING;
    this.#put(LINE_FEED);
    if (this.#isGoing) block.state = ENDED;
  }

  /** §6.1, §6.2. A field that is not whole leaves nothing. */
  #field(first: number): void {
    const start = this.length;
    const isIndexed = (first & 0x80) !== 0;
    const isEntered = !isIndexed && (first & 0x40) !== 0;
    const index = this.#integer(first, isIndexed ? 7 : isEntered ? 6 : 4);
    this.#beginPart(true);
    if (index !== 0) this.#copyPart(index, NAME);
    else if (isIndexed) this.#close();
    else this.#string();
    const name = this.length - start;
    // RFC 9113 §8.2: a field has a name.
    if (name === 0 && this.#isGoing) this.#close();
    if (this.#isGoing) this.#put(COLON);
    if (this.#isGoing) this.#put(BLANK);
    this.#beginPart(false);
    const begin = this.length;
    if (isIndexed) this.#copyPart(index, VALUE);
    else this.#string();
    const value = this.length - begin;
    if (this.#isGoing) this.#put(LINE_FEED);
    if (!this.#isGoing) {
      this.length = start;
      // The block is at its end within a field.
      if (this.#block.state === ENDED) this.#close();
      return;
    }
    if (isEntered) this.#enter(start, name, begin, value);
  }

  #beginPart(isName: boolean): void {
    this.#begin = this.length;
    this.#isName = isName;
  }

  /** §5.1: an integer that begins in the lowest bits of `first`. */
  #integer(first: number, bits: number): number {
    const most = (1 << bits) - 1;
    let value = first & most;
    if (value < most) return value;
    for (let shift = 0; shift < INTEGER_BITS; shift += 7) {
      const byte = this.#block.next();
      value += (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value;
    }
    this.#close();
    return 0;
  }

  /** §5.2. */
  #string(): void {
    const first = this.#block.next();
    const length = this.#integer(first, 7);
    if ((first & 0x80) !== 0) {
      this.#huffman(length);
      return;
    }
    for (let at = 0; at < length && this.#isGoing; at++) {
      const byte = this.#block.next();
      if (this.#isGoing) this.#write(byte);
    }
  }

  /** Bit by bit: the codes of each length are counted up, in their order (a canonical code). */
  #huffman(length: number): void {
    const { u16 } = this.#memory;
    const counts = (this.#hpack + abi.HPACK_COUNTS) >>> 1;
    const symbols = (this.#hpack + abi.HPACK_SYMBOLS) >>> 1;
    let bits = 0;
    let code = 0;
    let first = 0;
    let index = 0;
    for (let at = 0; at < length && this.#isGoing; at++) {
      const byte = this.#block.next();
      for (let bit = 7; bit >= 0 && this.#isGoing; bit--) {
        code |= (byte >>> bit) & 1;
        bits++;
        const count = u16[counts + bits]!;
        if (code < first + count) {
          const symbol = u16[symbols + index + code - first]!;
          if (symbol === END_OF_STRING) this.#close();
          else this.#write(symbol);
          bits = 0;
          code = 0;
          first = 0;
          index = 0;
        } else if (bits === CODE_MOST) this.#close();
        else {
          index += count;
          first = (first + count) << 1;
          code <<= 1;
        }
      }
    }
    const isPadding = bits <= PADDING_MOST && code >>> 1 === (1 << bits) - 1;
    if (this.#isGoing && !isPadding) this.#close();
  }

  /** Name or value of the field with this index: §2.3.3. */
  #copyPart(index: number, part: number): void {
    if (!this.#isGoing) return;
    const { u32 } = this.#memory;
    if (index <= abi.HPACK_STATIC_COUNT) {
      const field = u32[(this.#hpack + abi.HPACK_STATIC) / 4 + index - 1]!;
      const from = this.#hpack + (field & 0xffff);
      const name = (field >>> 16) & 0xff;
      if (part === NAME) this.#writeAll(from, name);
      else this.#writeAll(from + name, field >>> 24);
      return;
    }
    const back = index - abi.HPACK_STATIC_COUNT;
    if (back > this.#live) {
      this.#close();
      return;
    }
    const field = this.#place(this.#entered - back) + part;
    this.#writeAll(this.#base + u32[field]!, u32[field + 1]!);
  }

  #writeAll(from: number, length: number): void {
    const { u8 } = this.#memory;
    for (let at = 0; at < length && this.#isGoing; at++) this.#write(u8[from + at]!);
  }

  /** RFC 9113 §8.2.1: what names and values may hold. */
  #write(byte: number): void {
    const isFirst = this.length === this.#begin;
    const isRight = this.#isName
      ? byte > BLANK && byte < 0x7f && (byte < 0x41 || byte > 0x5a) && (byte !== COLON || isFirst)
      : byte !== 0 && byte !== LINE_FEED && byte !== CARRIAGE_RETURN;
    if (isRight) this.#put(byte);
    else this.#close();
  }

  #put(byte: number): void {
    if (this.length === this.#limit) {
      this.#close();
      return;
    }
    this.#memory.u8[this.#base + this.length] = byte;
    this.length++;
    this.extent = Math.max(this.extent, this.length);
  }

  /** Word index of a field that was entered. */
  #place(number: number): number {
    return this.#fields + (number * abi.FIELD_SIZE) / 4;
  }

  /** §4.4. */
  #enter(name: number, nameLength: number, value: number, valueLength: number): void {
    if (this.#entered === abi.FIELDS_MAX) {
      this.#close();
      return;
    }
    const size = nameLength + valueLength + FIELD_OVERHEAD;
    this.#evict(size);
    if (size > this.#most) return;
    this.#memory.u32.set([name, nameLength, value, valueLength], this.#place(this.#entered));
    this.#entered++;
    this.#live++;
    this.#size += size;
  }

  /** §4.3, §6.3. */
  #resize(most: number): void {
    if (most > TABLE_MOST || this.#block.state === ENDED) this.#close();
    if (!this.#isGoing) return;
    this.#most = most;
    this.#evict(0);
  }

  /** Takes the oldest fields out until `size` more bytes fit in. */
  #evict(size: number): void {
    const { u32 } = this.#memory;
    while (this.#live > 0 && this.#size + size > this.#most) {
      const oldest = this.#place(this.#entered - this.#live);
      this.#size -= u32[oldest + 1]! + u32[oldest + 3]! + FIELD_OVERHEAD;
      this.#live--;
    }
  }
}
