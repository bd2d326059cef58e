/**
 * The region that cryptography works in: what lies where in the CRYPTO_SIZE bytes that the caller gives.
 *
 * Constants are computed from their definitions in `configure…`, since the engine has no data
 * segments: its memory is the host's. What is made of keys lies behind TRANSIENT and is zeroed
 * before a call returns.
 */
import * as abi from "../abi";

/** SHA-256: the 64 round constants. */
export const ROUND_CONSTANTS: usize = 0;
/** What the padded salts leave: inner and outer state, 64 bytes a salt. */
export const SALTS: usize = ROUND_CONSTANTS + 256;
/** Message schedules of the labels, round constants added. */
export const LABELS: usize = SALTS + 9 * 64;
/** AES: the S-box, and it with MixColumns as four tables of 256 words. */
export const SBOX: usize = LABELS + 8 * 256;
export const ROUND_TABLES: usize = SBOX + 256;
/** GHASH: what a byte gives that is shifted out, as u16. */
export const OVERFLOWS: usize = ROUND_TABLES + 4096;

/** SHA-256: the state before the first block. */
export const BEGINNING: usize = OVERFLOWS + 512;

/** Schedules of the labels for key, vector and header protection as lanes, 1,024 bytes a version. */
export const LABEL_LANES: usize = BEGINNING + 64;

export const TRANSIENT: usize = LABEL_LANES + 2048;
/** SHA-256: message schedule, padded last blocks. */
export const WORDS: usize = TRANSIENT;
export const BLOCKS: usize = WORDS + 256;
export const STATE: usize = BLOCKS + 128;
/** HMAC: the states of a key, and a digest. */
export const PADS: usize = STATE + 32;
export const DIGEST: usize = PADS + 64;
/** Keys of a connection where the caller keeps none. */
export const KEYS: usize = DIGEST + 32;
/** AES: round keys; as bit planes; eight blocks. */
export const ROUND_KEYS: usize = KEYS + abi.KEYS_SIZE;
export const PLANES: usize = ROUND_KEYS + 192;
export const STREAM: usize = PLANES + 1408;
/** GCM: counter block, running hash, a last block that is filled up, E(K, J0). */
export const COUNTER: usize = STREAM + 128;
export const HASH: usize = COUNTER + 16;
export const LAST: usize = HASH + 16;
export const TAG_MASK: usize = LAST + 16;
/** H, H², H³, H⁴, and for each the 256 products with a byte. */
export const POWERS: usize = TAG_MASK + 16;
export const PRODUCTS: usize = POWERS + 64;
export const PRODUCTS_SIZE: usize = 4096;
/** Four states and schedules in lanes: before there are products. */
export const LANE_STATE: usize = PRODUCTS;
export const LANES: usize = LANE_STATE + 128;

export let region: usize = 0;

export function configureRegion(address: usize): void {
  region = address;
}

/** How much of what is behind TRANSIENT may not be 0: many packets need one table of products only. */
let used: usize = LANES + 1024;

export function uses(tables: usize): void {
  used = max(used, PRODUCTS + tables * PRODUCTS_SIZE);
}

/** Forgets all that was made of keys. */
export function forget(): void {
  memory.fill(region + TRANSIENT, 0, used - TRANSIENT);
  used = LANES + 1024;
}
