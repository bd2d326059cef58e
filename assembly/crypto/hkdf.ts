/**
 * HMAC-SHA-256 (RFC 2104), HKDF (RFC 5869) and HKDF-Expand-Label with an empty context (RFC 8446, §7.1).
 *
 * A key is two states, what its inner and its outer pad leave (64 bytes): so a key that is used
 * often is padded once, and a short message costs two blocks.
 */
import { BEGINNING, BLOCKS, DIGEST, LANES, LANE_STATE, STATE, region } from "./region";
import {
  BLOCK_SIZE,
  DIGEST_SIZE,
  begin,
  compress,
  finish,
  rounds,
  roundsLanes,
  schedule,
  scheduleLanes,
  sha256,
  write,
} from "./sha256";

const OUTER: usize = 32;

/** The pads of a key. */
export function padKey(key: usize, length: u32, pads: usize): void {
  const block = region + BLOCKS;
  if (length > <u32>BLOCK_SIZE) {
    sha256(key, length, region + DIGEST);
    key = region + DIGEST;
    length = <u32>DIGEST_SIZE;
  }
  memory.fill(block, 0, BLOCK_SIZE);
  memory.copy(block, key, length);
  flip(block, 0x3636363636363636);
  begin(pads);
  compress(pads, block);
  flip(block, 0x3636363636363636 ^ 0x5c5c5c5c5c5c5c5c);
  begin(pads + OUTER);
  compress(pads + OUTER, block);
}

function flip(block: usize, by: u64): void {
  for (let at = block; at < block + BLOCK_SIZE; at += 8) store<u64>(at, load<u64>(at) ^ by);
}

/** HMAC of a message of any length; HKDF-Extract where the key is the salt. */
export function hmac(pads: usize, message: usize, length: u32, into: usize): void {
  const state = region + STATE;
  memory.copy(state, pads, DIGEST_SIZE);
  finish(state, message, length, <u32>BLOCK_SIZE);
  finishOuter(pads, into, DIGEST_SIZE);
}

/** HMAC of a message of one block whose schedule is known, up to `length` bytes of it. */
export function hmacScheduled(pads: usize, words: usize, into: usize, length: usize): void {
  const state = region + STATE;
  memory.copy(state, pads, DIGEST_SIZE);
  rounds(state, words);
  finishOuter(pads, into, length);
}

/** Hashes the inner digest, which is STATE, into the outer state. */
function finishOuter(pads: usize, into: usize, length: usize): void {
  const state = region + STATE;
  const block = region + BLOCKS;
  write(state, block, DIGEST_SIZE);
  store<u64>(block, 0x80, 32);
  store<u64>(block, 0, 40);
  store<u64>(block, 0, 48);
  store<u64>(block, bswap<u64>((BLOCK_SIZE + DIGEST_SIZE) << 3), 56);
  memory.copy(state, pads + OUTER, DIGEST_SIZE);
  compress(state, block);
  write(state, into, length);
}

// ── The same in lanes, where there are vectors ───────────────────────────────────────────────────

/** `padKey` of a digest: both pads at once. */
export function padDigest(digest: usize, pads: usize): void {
  if (!ASC_FEATURE_SIMD) {
    padKey(digest, <u32>DIGEST_SIZE, pads);
    return;
  }
  const state = region + LANE_STATE;
  const words = region + LANES;
  const both = i32x4(0x36363636, 0x5c5c5c5c, 0, 0);
  for (let i: usize = 0; i < 8; i++) {
    const word = i32x4.splat(bswap<u32>(load<u32>(digest + (i << 2))));
    v128.store(words + (i << 4), v128.xor(word, both));
    v128.store(words + (i << 4), both, 128);
    v128.store(state + (i << 4), v128.load32_splat(region + BEGINNING + (i << 2)));
  }
  scheduleLanes(words);
  roundsLanes(state, words);
  for (let i: usize = 0; i < 8; i++) {
    store<u32>(pads + (i << 2), load<u32>(state + (i << 4)));
    store<u32>(pads + (i << 2), load<u32>(state + (i << 4), 4), OUTER);
  }
}

/** The MACs of up to four messages of one block, of which the schedules are known; as lanes in LANE_STATE. */
export function hmacLanes(pads: usize, schedules: usize): void {
  const state = region + LANE_STATE;
  const words = region + LANES;
  for (let i: usize = 0; i < 8; i++) {
    v128.store(state + (i << 4), v128.load32_splat(pads + (i << 2)));
  }
  roundsLanes(state, schedules);
  memory.copy(words, state, 128);
  v128.store(words, i32x4.splat(0x80000000), 128);
  for (let i: usize = 9; i < 15; i++) v128.store(words + (i << 4), i32x4.splat(0));
  v128.store(words, i32x4.splat(<i32>((BLOCK_SIZE + DIGEST_SIZE) << 3)), 240);
  for (let i: usize = 0; i < 8; i++) {
    v128.store(state + (i << 4), v128.load32_splat(pads + OUTER + (i << 2)));
  }
  scheduleLanes(words);
  roundsLanes(state, words);
}

/** The first `length` bytes of one of the MACs that `hmacLanes` made. */
export function writeLane(lane: usize, into: usize, length: usize): void {
  const state = region + LANE_STATE + (lane << 2);
  for (let at: usize = 0; at < length; at += 4) {
    store<u32>(into + at, bswap<u32>(load<u32>(state + (at << 2))));
  }
}

/**
 * HKDF-Expand-Label's message, padded to the one block it is (up to 35 bytes of label):
 * length, "tls13 " and label, no context, and HKDF-Expand's counter. Gives its schedule.
 */
export function scheduleLabel(label: usize, size: u32, length: u32, words: usize): void {
  const block = region + BLOCKS;
  memory.fill(block, 0, BLOCK_SIZE);
  store<u16>(block, bswap<u16>(<u16>length));
  store<u8>(block, <u8>(6 + size), 2);
  store<u64>(block, 0x203331736c74, 3); // "tls13 "
  memory.copy(block + 9, label, size);
  store<u8>(block + size, 1, 10);
  store<u8>(block + size, 0x80, 11);
  store<u64>(block, bswap<u64>((BLOCK_SIZE + 11 + size) << 3), 56);
  schedule(block, words);
}
