/**
 * The table that finds applications by host name and by address: one region of bytes, little-endian,
 * with offsets from its own first byte, which stands at a multiple of four.
 *
 * Names are a tree of labels, read from the right: `www.netflix.com` is `com`, `netflix`, `www`. A
 * node is a label below its parent; slots find it by a hash of both, with linear probing. The label's
 * bytes are compared, so nothing that a name holds can be taken for another: a 64-bit hash of the
 * whole suffix would be as large, would not be exact, and would have to be computed for every suffix of
 * a name that is not there, whereas the tree stops at the first label that it does not know.
 *
 * Addresses are intervals, sorted by their first address; an interval ends where the next one begins.
 * Nested ranges were cut up when the table was made, so one binary search finds the longest prefix.
 */

// ── Header: words ────────────────────────────────────────────────────────────────────────────────

/** Bytes of the whole region. */
export const H_SIZE = 0;
/** Number of slots less one; a power of two less one. */
export const H_SLOT_MASK = 4;
/** u16 each: a node's number, or 0. */
export const H_SLOTS = 8;
export const H_NODES = 12;
export const H_LABELS = 16;
/** Number of intervals, their first addresses as one u32 each, and u16 applications, 0 for none. */
export const H_IPV4_COUNT = 20;
export const H_IPV4_FIRST = 24;
export const H_IPV4_APPLICATION = 28;
/** The same; a first address is four u32, the most significant first. */
export const H_IPV6_COUNT = 32;
export const H_IPV6_FIRST = 36;
export const H_IPV6_APPLICATION = 40;
export const HOSTS_HEADER_SIZE = 64;

// ── Node. Number 0 is the root, which is no label ────────────────────────────────────────────────

/** u16 */
export const N_PARENT = 0;
/** u16: the application of this name and all below it, or 0. */
export const N_SUFFIX = 2;
/** u16: the application of this name alone, or 0. It goes before the suffix. */
export const N_EXACT = 4;
/** u8 */
export const N_LENGTH = 6;
/** u8: not 0 where a name's first label may say more: a node whose parent is this one's number + FIRST_PARENT. */
export const N_FIRSTS = 7;
/** u32: the label's lower-case bytes, from H_LABELS on. */
export const N_LABEL = 8;
export const NODE_SIZE = 12;
/** More than any node's number. */
export const FIRST_PARENT = 0x8000;

// ── Hash of a node: FNV-1a over the label, begun with the parent ─────────────────────────────────

export const HASH_BASIS = 0x811c9dc5;
export const HASH_PARENT = 0x9e3779b1;
export const HASH_PRIME = 0x01000193;

// ── Bounds of names. RFC 1035 §2.3.4, without the root's label ───────────────────────────────────

export const HOST_MAX = 253;
export const HOST_LABEL_MAX = 63;
/** As DNS writes it, with the root's label. */
export const NAME_MAX = 255;
/** Labels that a name in the table may have. */
export const LABELS_MAX = 8;
