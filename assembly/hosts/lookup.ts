/**
 * Finds the application of a host name, or of an address. `src/engine/hosts-table.ts` has the layout.
 *
 * A name is walked by labels from the right, as long as the table knows them: one look-up a label, at
 * most as many as the table's longest name has. What stands left of the longest suffix is not looked
 * at, but for the first label where the table asks for it. Whoever chooses names chooses how far slots are probed, but not beyond the longest run of full
 * slots, which was fixed when the table was made.
 */
import * as layout from "../../src/engine/hosts-table";

const DOT: u32 = 0x2e;
const COLON: u32 = 0x3a;
/** A port behind the name has five digits at most. */
const PORT_MAX: u32 = 5;

const HOST_MAX: u32 = layout.HOST_MAX;
const LABEL_MAX: u32 = layout.HOST_LABEL_MAX;
const NAME_MAX: u32 = layout.NAME_MAX;
const LABELS_MAX: u32 = layout.LABELS_MAX;

/** Addresses of the table's parts. */
class Table {
  static base: usize = 0;
  static mask: u32 = 0;
  static slots: usize = 0;
  static nodes: usize = 0;
  static labels: usize = 0;
}

/** The table stands at `base`, a multiple of four. */
export function configureHosts(base: usize): void {
  Table.base = base;
  Table.mask = load<u32>(base, layout.H_SLOT_MASK);
  Table.slots = base + load<u32>(base, layout.H_SLOTS);
  Table.nodes = base + load<u32>(base, layout.H_NODES);
  Table.labels = base + load<u32>(base, layout.H_LABELS);
}

function lower(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte | 0x20 : byte;
}

/** The walk down the tree. */
class Walk {
  /** What it has found. */
  static application: u32 = 0;
  static parent: u32 = 0;
  /** The node that asks for the first label, or 0. */
  static firsts: u32 = 0;
}

/**
 * The application of the host name at `address`, or 0. A dot at its end is the root's, a colon and
 * digits a port: both are left out.
 */
export function lookupHost(address: usize, length: u32): u32 {
  let end = address + withoutPort(address, length);
  if (end > address && load<u8>(end - 1) == DOT) end--;
  if (end - address > HOST_MAX) return 0;
  const last = end;
  begin();
  while (end > address) {
    let label = end;
    while (label > address && end - label <= LABEL_MAX && load<u8>(label - 1) != DOT) label--;
    if (!take(label, <u32>(end - label), label == address)) break;
    // In front of a label that is not the first stands a dot; behind the first one the walk ends.
    end = label == address ? address : label - 1;
  }
  if (Walk.firsts == 0) return Walk.application;
  let first = address;
  while (first < last && first - address <= LABEL_MAX && load<u8>(first) != DOT) first++;
  return takeFirst(address, <u32>(first - address));
}

/** The same for a name as DNS writes it: labels with their lengths in front, no pointers. */
export function lookupName(address: usize, length: u32): u32 {
  if (length > NAME_MAX) return 0;
  // Where the last eight labels begin, a byte each: the table's names have no more.
  let begins: u64 = 0;
  let count: u32 = 0;
  for (let at: u32 = 0; at < length;) {
    const label: u32 = load<u8>(address + at);
    if (label == 0) break;
    if (label > LABEL_MAX || at + 1 + label > length) return 0;
    begins = (begins << 8) | at;
    count++;
    at += 1 + label;
  }
  begin();
  for (let index: u32 = 0; index < count && index < LABELS_MAX; index++) {
    const at = address + <usize>((begins >> (index << 3)) & 255);
    if (!take(at + 1, load<u8>(at), index == count - 1)) break;
  }
  if (Walk.firsts == 0) return Walk.application;
  return takeFirst(address + 1, load<u8>(address));
}

/** At the root. */
function begin(): void {
  Walk.application = 0;
  Walk.parent = 0;
  Walk.firsts = 0;
}

/** Goes down by a label, the name's first one or not. False when nothing more can be found. */
function take(label: usize, length: u32, isFirst: bool): bool {
  const node = nodeOf(Walk.parent, label, length);
  if (node == 0) return false;
  const at = Table.nodes + <usize>node * layout.NODE_SIZE;
  const exact: u32 = load<u16>(at, layout.N_EXACT);
  if (isFirst && exact != 0) {
    Walk.application = exact;
    Walk.firsts = 0;
    return false;
  }
  const suffix: u32 = load<u16>(at, layout.N_SUFFIX);
  if (suffix != 0) {
    Walk.application = suffix;
    Walk.firsts = 0;
  }
  if (load<u8>(at, layout.N_FIRSTS) != 0 && !isFirst) Walk.firsts = node;
  Walk.parent = node;
  return true;
}

/** The application when the name's first label is this one. */
function takeFirst(label: usize, length: u32): u32 {
  const node = nodeOf(Walk.firsts + layout.FIRST_PARENT, label, length);
  if (node == 0) return Walk.application;
  return load<u16>(Table.nodes + <usize>node * layout.NODE_SIZE, layout.N_SUFFIX);
}

function withoutPort(address: usize, length: u32): u32 {
  for (let digits: u32 = 0; digits <= PORT_MAX && digits < length; digits++) {
    const byte: u32 = load<u8>(address + (length - 1 - digits));
    if (byte == COLON) return length - 1 - digits;
    if (byte - 0x30 >= 10) break;
  }
  return length;
}

/** The node of a label below `parent`, or 0. */
function nodeOf(parent: u32, label: usize, length: u32): u32 {
  if (length == 0 || length > LABEL_MAX) return 0;
  let hash: u32 = <u32>layout.HASH_BASIS ^ (parent * <u32>layout.HASH_PARENT);
  for (let at: u32 = 0; at < length; at++) {
    hash = (hash ^ lower(load<u8>(label + at))) * <u32>layout.HASH_PRIME;
  }
  let slot = (hash ^ (hash >> 15)) & Table.mask;
  while (true) {
    const node: u32 = load<u16>(Table.slots + ((<usize>slot) << 1));
    if (node == 0) return 0;
    const at = Table.nodes + <usize>node * layout.NODE_SIZE;
    if (load<u16>(at, layout.N_PARENT) == parent && load<u8>(at, layout.N_LENGTH) == length) {
      const known = Table.labels + load<u32>(at, layout.N_LABEL);
      let same: u32 = 0;
      while (same < length && load<u8>(known + same) == lower(load<u8>(label + same))) same++;
      if (same == length) return node;
    }
    slot = (slot + 1) & Table.mask;
  }
}

/** The application of the IPv4 (`size` 4) or IPv6 (16) address in network byte order, or 0. */
export function lookupAddress(address: usize, size: u32): u32 {
  return size == 4
    ? search(address, 1, layout.H_IPV4_COUNT)
    : search(address, 4, layout.H_IPV6_COUNT);
}

/** The last interval that begins at or before the address of so many words. */
function search(address: usize, words: u32, header: usize): u32 {
  const firsts = Table.base + load<u32>(Table.base + header + 4);
  const applications = Table.base + load<u32>(Table.base + header + 8);
  let low: u32 = 0; // the first interval begins at 0, so it begins before every address
  let high = load<u32>(Table.base + header);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (beginsBehind(firsts + ((<usize>(middle * words)) << 2), address, words)) high = middle;
    else low = middle;
  }
  return load<u16>(applications + ((<usize>low) << 1));
}

function beginsBehind(first: usize, address: usize, words: u32): bool {
  for (let word: u32 = 0; word < words; word++) {
    const ours = bswap<u32>(load<u32>(address + ((<usize>word) << 2)));
    const theirs = load<u32>(first + ((<usize>word) << 2));
    if (ours != theirs) return theirs > ours;
  }
  return false;
}
