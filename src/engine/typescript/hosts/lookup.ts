/**
 * Finds the application of a host name, or of an address. `src/engine/hosts-table.ts` has the layout.
 *
 * A name is walked by labels from the right, as long as the table knows them: one look-up a label, at
 * most as many as the table's longest name has. What stands left of the longest suffix is not looked
 * at, but for the first label where the table asks for it. No string is made. Whoever chooses names chooses how far slots are probed, but not beyond the
 * longest run of full slots, which was fixed when the table was made.
 */
import * as layout from "../../hosts-table.js";

const DOT = 0x2e;
const COLON = 0x3a;
/** A port behind the name has five digits at most. */
const PORT_MAX = 5;

/**
 * Views of a table that stands at `base`, a multiple of four, in a buffer; and the walk down its tree,
 * which keeps where it is in here so that a look-up allocates nothing.
 */
export class HostTable {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  /** What the walk has found. */
  application = 0;
  readonly #mask: number;
  /** Index into `u16`, and addresses. */
  readonly #slots: number;
  readonly #nodes: number;
  readonly #labels: number;
  #parent = 0;
  /** The node that asks for the first label, or 0. */
  #firsts = 0;

  constructor(
    buffer: ArrayBufferLike,
    readonly base = 0,
  ) {
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer, 0, buffer.byteLength >>> 1);
    this.u32 = new Uint32Array(buffer, 0, buffer.byteLength >>> 2);
    this.#mask = this.word(layout.H_SLOT_MASK);
    this.#slots = (base + this.word(layout.H_SLOTS)) >>> 1;
    this.#nodes = base + this.word(layout.H_NODES);
    this.#labels = base + this.word(layout.H_LABELS);
  }

  word(offset: number): number {
    return this.u32[(this.base + offset) >>> 2]!;
  }

  /** At the root. */
  begin(): void {
    this.application = 0;
    this.#parent = 0;
    this.#firsts = 0;
  }

  /** Goes down by a label, the name's first one or not. False when nothing more can be found. */
  take(bytes: Uint8Array, begin: number, end: number, isFirst: boolean): boolean {
    const { u8, u16 } = this;
    const node = this.#nodeOf(this.#parent, bytes, begin, end);
    if (node === 0) return false;
    const at = this.#nodes + node * layout.NODE_SIZE;
    const exact = u16[(at + layout.N_EXACT) >>> 1]!;
    if (isFirst && exact !== 0) {
      this.application = exact;
      this.#firsts = 0;
      return false;
    }
    const suffix = u16[(at + layout.N_SUFFIX) >>> 1]!;
    if (suffix !== 0) {
      this.application = suffix;
      this.#firsts = 0;
    }
    if (u8[at + layout.N_FIRSTS] !== 0 && !isFirst) this.#firsts = node;
    this.#parent = node;
    return true;
  }

  get asksFirst(): boolean {
    return this.#firsts !== 0;
  }

  /** The application when the name's first label is this one. */
  first(bytes: Uint8Array, begin: number, end: number): number {
    const node = this.#nodeOf(this.#firsts + layout.FIRST_PARENT, bytes, begin, end);
    return node === 0
      ? this.application
      : this.u16[(this.#nodes + node * layout.NODE_SIZE + layout.N_SUFFIX) >>> 1]!;
  }

  /** The node of a label below `parent`, or 0. */
  #nodeOf(parent: number, bytes: Uint8Array, begin: number, end: number): number {
    const { u8, u16, u32 } = this;
    const length = end - begin;
    if (length === 0 || length > layout.HOST_LABEL_MAX) return 0;
    let hash = layout.HASH_BASIS ^ Math.imul(parent, layout.HASH_PARENT);
    for (let at = begin; at < end; at++) {
      hash = Math.imul(hash ^ lower(bytes[at]!), layout.HASH_PRIME);
    }
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    for (;;) {
      const node = u16[this.#slots + slot]!;
      if (node === 0) return 0;
      const at = this.#nodes + node * layout.NODE_SIZE;
      if (u16[(at + layout.N_PARENT) >>> 1] === parent && u8[at + layout.N_LENGTH] === length) {
        const label = this.#labels + u32[(at + layout.N_LABEL) >>> 2]!;
        let same = 0;
        while (same < length && u8[label + same] === lower(bytes[begin + same]!)) same++;
        if (same === length) return node;
      }
      slot = (slot + 1) & this.#mask;
    }
  }
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/**
 * The application of the host name in `bytes` from `address` on, or 0. A dot at its end is the root's,
 * a colon and digits a port: both are left out.
 */
export function applicationOf(
  table: HostTable,
  bytes: Uint8Array,
  address: number,
  length: number,
): number {
  let end = address + withoutPort(bytes, address, length);
  if (end > address && bytes[end - 1] === DOT) end--;
  if (end - address > layout.HOST_MAX) return 0;
  const last = end;
  table.begin();
  while (end > address) {
    let begin = end;
    while (begin > address && end - begin <= layout.HOST_LABEL_MAX && bytes[begin - 1] !== DOT) {
      begin--;
    }
    if (!table.take(bytes, begin, end, begin === address)) break;
    end = begin - 1;
  }
  if (!table.asksFirst) return table.application;
  let first = address;
  while (first < last && first - address <= layout.HOST_LABEL_MAX && bytes[first] !== DOT) first++;
  return table.first(bytes, address, first);
}

/** The same for a name as DNS writes it: labels with their lengths in front, no pointers. */
export function applicationOfName(
  table: HostTable,
  bytes: Uint8Array,
  address: number,
  length: number,
): number {
  if (length > layout.NAME_MAX) return 0;
  // Where the last eight labels begin, a byte each: the table's names have no more.
  let high = 0;
  let low = 0;
  let count = 0;
  for (let at = 0; at < length && bytes[address + at] !== 0; at += 1 + bytes[address + at]!) {
    const label = bytes[address + at]!;
    if (label > layout.HOST_LABEL_MAX || at + 1 + label > length) return 0;
    high = (high << 8) | (low >>> 24);
    low = (low << 8) | at;
    count++;
  }
  table.begin();
  for (let index = 0; index < count && index < layout.LABELS_MAX; index++) {
    const at = address + (((index < 4 ? low : high) >>> ((index & 3) << 3)) & 255);
    if (!table.take(bytes, at + 1, at + 1 + bytes[at]!, index === count - 1)) break;
  }
  if (!table.asksFirst) return table.application;
  return table.first(bytes, address + 1, address + 1 + bytes[address]!);
}

function withoutPort(bytes: Uint8Array, address: number, length: number): number {
  for (let digits = 0; digits <= PORT_MAX && digits < length; digits++) {
    const byte = bytes[address + length - 1 - digits]!;
    if (byte === COLON) return length - 1 - digits;
    if (!isDigit(byte)) break;
  }
  return length;
}

/** The application of the IPv4 (`size` 4) or IPv6 (16) address in network byte order, or 0. */
export function applicationOfAddress(
  table: HostTable,
  bytes: Uint8Array,
  address: number,
  size: number,
): number {
  return size === 4
    ? search(table, bytes, address, 1, layout.H_IPV4_COUNT)
    : search(table, bytes, address, 4, layout.H_IPV6_COUNT);
}

/** The last interval that begins at or before the address of so many words. */
function search(
  table: HostTable,
  bytes: Uint8Array,
  address: number,
  words: number,
  header: number,
): number {
  const firsts = (table.base + table.word(header + 4)) >>> 2;
  const applications = (table.base + table.word(header + 8)) >>> 1;
  let low = 0; // the first interval begins at 0, so it begins before every address
  let high = table.word(header);
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (beginsBehind(table, firsts + middle * words, bytes, address, words)) high = middle;
    else low = middle;
  }
  return table.u16[applications + low]!;
}

function beginsBehind(
  { u32 }: HostTable,
  first: number,
  bytes: Uint8Array,
  address: number,
  words: number,
): boolean {
  for (let word = 0; word < words; word++) {
    const at = address + word * 4;
    const ours =
      ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
    const theirs = u32[first + word]!;
    if (ours !== theirs) return theirs > ours;
  }
  return false;
}
