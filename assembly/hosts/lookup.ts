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

/**
 * The application of the host name at `address`, or 0. A dot at its end is the root's, a colon and
 * digits a port: both are left out.
 */
export function lookupHost(address: usize, length: u32): u32 {
  let end = address + withoutPort(address, length);
  if (end > address && load<u8>(end - 1) == DOT) end--;
  if (end - address > HOST_MAX) return 0;
  const last = end;
  let application: u32 = 0;
  let firsts: u32 = 0;
  let parent: u32 = 0;
  while (end > address) {
    let begin = end;
    while (begin > address && end - begin <= LABEL_MAX && load<u8>(begin - 1) != DOT) {
      begin--;
    }
    const node = nodeOf(parent, begin, <u32>(end - begin));
    if (node == 0) break;
    const at = Table.nodes + <usize>node * layout.NODE_SIZE;
    const exact: u32 = load<u16>(at, layout.N_EXACT);
    if (begin == address && exact != 0) return exact;
    const suffix: u32 = load<u16>(at, layout.N_SUFFIX);
    if (suffix != 0) {
      application = suffix;
      firsts = 0;
    }
    if (load<u8>(at, layout.N_FIRSTS) != 0 && begin > address) firsts = node;
    parent = node;
    // In front of a label that is not the first stands a dot; behind the first one the walk ends.
    end = begin == address ? address : begin - 1;
  }
  if (firsts == 0) return application;
  let first = address;
  while (first < last && first - address <= LABEL_MAX && load<u8>(first) != DOT) first++;
  const node = nodeOf(firsts + layout.FIRST_PARENT, address, <u32>(first - address));
  if (node == 0) return application;
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
