/**
 * HPACK: the fields of header blocks as lines `name: value` of text (RFC 7541).
 *
 * The dynamic table holds places in that text: no field is kept that was not written, so it is as
 * bounded as the text. What the first bytes of a block gave stays when more of them are there.
 */
import * as abi from "../abi";
import { hpack, prefixLimit, scratch } from "../memory";
import { Block, CLOSED, ENDED, GOING, nextByte } from "./header-block";

/** §4.1: what a field takes in the table besides its bytes. */
const FIELD_OVERHEAD: u32 = 32;
/** The table's size until the encoder says another (RFC 9113 §6.5.2), which may be no larger than this here. */
const TABLE_BEGINS: u32 = 4096;
const TABLE_MOST: u32 = 65536;
/** An integer above 28 bits is of nothing that is read: §5.1 lets a limit be set. */
const INTEGER_BITS: u32 = 28;
/** Bits of the longest code, and of padding at most (§5.2). */
const CODE_MOST: u32 = 30;
const PADDING_MOST: u32 = 7;
const END_OF_STRING: u32 = 256;

const LINE_FEED: u32 = 10;
const CARRIAGE_RETURN: u32 = 13;
const COLON: u32 = 0x3a;
const BLANK: u32 = 0x20;

export class Text {
  static base: usize = 0;
  static length: u32 = 0;
  /** The most that was ever written. */
  static extent: u32 = 0;
  /** Where the present name, or value, begins. */
  static begin: u32 = 0;
  static isName: bool = false;
}

/** The dynamic table. */
class Table {
  /** Fields ever entered, and those still there. */
  static entered: u32 = 0;
  static live: u32 = 0;
  static size: u32 = 0;
  static most: u32 = 0;
}

/** A connection begins. */
export function beginText(base: usize): void {
  Text.base = base;
  Text.length = 0;
  Text.extent = 0;
  Table.entered = 0;
  Table.live = 0;
  Table.size = 0;
  Table.most = TABLE_BEGINS;
}

/** Writes the fields of the block as far as they are there, and an empty line behind the last. */
export function writeFields(): void {
  while (Block.state == GOING) {
    const first = nextByte();
    if (Block.state != GOING) break;
    if ((first & 0xe0) == 0x20) resize(readInteger(first, 5));
    else writeField(first);
  }
  if (Block.state != ENDED) return;
  Block.state = GOING;
  putByte(LINE_FEED);
  if (Block.state == GOING) Block.state = ENDED;
}

/** §6.1, §6.2. A field that is not whole leaves nothing. */
function writeField(first: u32): void {
  const start = Text.length;
  const isIndexed = (first & 0x80) != 0;
  const isEntered = !isIndexed && (first & 0x40) != 0;
  const index = readInteger(first, isIndexed ? 7 : isEntered ? 6 : 4);
  beginPart(true);
  if (index != 0) copyPart(index, 0);
  else if (isIndexed) Block.state = CLOSED;
  else writeString();
  const name = Text.length - start;
  // RFC 9113 §8.2: a field has a name.
  if (name == 0 && Block.state == GOING) Block.state = CLOSED;
  writeSeparator();
  beginPart(false);
  const begin = Text.length;
  if (isIndexed) copyPart(index, 8);
  else writeString();
  const value = Text.length - begin;
  if (Block.state == GOING) putByte(LINE_FEED);
  if (Block.state != GOING) {
    Text.length = start;
    // The block is at its end within a field.
    if (Block.state == ENDED) Block.state = CLOSED;
    return;
  }
  if (isEntered) enter(start, name, begin, value);
}

function writeSeparator(): void {
  if (Block.state == GOING) putByte(COLON);
  if (Block.state == GOING) putByte(BLANK);
}

function beginPart(isName: bool): void {
  Text.begin = Text.length;
  Text.isName = isName;
}

/** §5.1: an integer that begins in the lowest bits of `first`. */
function readInteger(first: u32, bits: u32): u32 {
  const most: u32 = (1 << bits) - 1;
  let value = first & most;
  if (value < most) return value;
  for (let shift: u32 = 0; shift < INTEGER_BITS; shift += 7) {
    const byte = nextByte();
    value += (byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  Block.state = CLOSED;
  return 0;
}

/** §5.2. */
function writeString(): void {
  const first = nextByte();
  const length = readInteger(first, 7);
  if ((first & 0x80) != 0) writeHuffman(length);
  else for (let at: u32 = 0; at < length && Block.state == GOING; at++) writeNext();
}

function writeNext(): void {
  const byte = nextByte();
  if (Block.state == GOING) writeByte(byte);
}

/** Bit by bit: the codes of each length are counted up, in their order (a canonical code). */
function writeHuffman(length: u32): void {
  let bits: u32 = 0;
  let code: u32 = 0;
  let first: u32 = 0;
  let index: u32 = 0;
  for (let at: u32 = 0; at < length && Block.state == GOING; at++) {
    const byte = nextByte();
    for (let bit: i32 = 7; bit >= 0 && Block.state == GOING; bit--) {
      code |= (byte >> bit) & 1;
      bits++;
      const count: u32 = load<u16>(hpack + abi.HPACK_COUNTS + <usize>(bits << 1));
      if (code < first + count) {
        const place = <usize>((index + code - first) << 1);
        const symbol: u32 = load<u16>(hpack + abi.HPACK_SYMBOLS + place);
        if (symbol == END_OF_STRING) Block.state = CLOSED;
        else writeByte(symbol);
        bits = 0;
        code = 0;
        first = 0;
        index = 0;
      } else if (bits == CODE_MOST) Block.state = CLOSED;
      else {
        index += count;
        first = (first + count) << 1;
        code <<= 1;
      }
    }
  }
  const isPadding = bits <= PADDING_MOST && code >> 1 == ((<u32>1) << bits) - 1;
  if (Block.state == GOING && !isPadding) Block.state = CLOSED;
}

/** Name (`part` 0) or value (8) of the field with this index: §2.3.3. */
function copyPart(index: u32, part: usize): void {
  if (Block.state != GOING) return;
  if (index <= <u32>abi.HPACK_STATIC_COUNT) {
    const field = load<u32>(hpack + abi.HPACK_STATIC + <usize>((index - 1) << 2));
    const name = (field >> 16) & 0xff;
    const from = hpack + <usize>(field & 0xffff);
    if (part == 0) writeBytes(from, name);
    else writeBytes(from + name, field >> 24);
    return;
  }
  const back = index - abi.HPACK_STATIC_COUNT;
  if (back > Table.live) {
    Block.state = CLOSED;
    return;
  }
  const field = fieldAt(Table.entered - back) + part;
  writeBytes(Text.base + load<u32>(field), load<u32>(field, 4));
}

function writeBytes(from: usize, length: u32): void {
  for (let at: usize = 0; at < <usize>length && Block.state == GOING; at++) {
    writeByte(load<u8>(from + at));
  }
}

/** RFC 9113 §8.2.1: what names and values may hold. */
function writeByte(byte: u32): void {
  const isFirst = Text.length == Text.begin;
  const isRight = Text.isName
    ? byte > BLANK && byte < 0x7f && (byte < 0x41 || byte > 0x5a) && (byte != COLON || isFirst)
    : byte != 0 && byte != LINE_FEED && byte != CARRIAGE_RETURN;
  if (isRight) putByte(byte);
  else Block.state = CLOSED;
}

function putByte(byte: u32): void {
  if (Text.length == prefixLimit) {
    Block.state = CLOSED;
    return;
  }
  store<u8>(Text.base + Text.length, <u8>byte);
  Text.length++;
  Text.extent = max(Text.extent, Text.length);
}

function fieldAt(number: u32): usize {
  return scratch + abi.SCRATCH_FIELDS + <usize>number * abi.FIELD_SIZE;
}

/** §4.4. */
function enter(name: u32, nameLength: u32, value: u32, valueLength: u32): void {
  if (Table.entered == <u32>abi.FIELDS_MAX) {
    Block.state = CLOSED;
    return;
  }
  const size = nameLength + valueLength + FIELD_OVERHEAD;
  evict(size);
  if (size > Table.most) return;
  const field = fieldAt(Table.entered);
  store<u32>(field, name);
  store<u32>(field, nameLength, 4);
  store<u32>(field, value, 8);
  store<u32>(field, valueLength, 12);
  Table.entered++;
  Table.live++;
  Table.size += size;
}

/** §4.3, §6.3. */
function resize(most: u32): void {
  if (most > TABLE_MOST || Block.state == ENDED) Block.state = CLOSED;
  if (Block.state != GOING) return;
  Table.most = most;
  evict(0);
}

/** Takes the oldest fields out until `size` more bytes fit in. */
function evict(size: u32): void {
  while (Table.live > 0 && Table.size + size > Table.most) {
    const oldest = fieldAt(Table.entered - Table.live);
    Table.size -= load<u32>(oldest, 4) + load<u32>(oldest, 12) + FIELD_OVERHEAD;
    Table.live--;
  }
}
