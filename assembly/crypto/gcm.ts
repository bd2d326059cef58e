/**
 * Opens what AES-128-GCM sealed: NIST SP 800-38D, with a nonce of 96 bits.
 *
 * GHASH multiplies four blocks at once by H⁴ … H, a byte of each at a time, from tables of all
 * products with a byte. Where there are vectors the sum of their shifts is kept in 256 bits and
 * reduced once in four blocks. Elements are as they lie in memory: coefficient 0 is the highest
 * bit of the first byte, so multiplying by x^8 moves each byte one further. Writing the loop out
 * four times gained nothing.
 */
import { encryptBlock, encryptEight, expandKey, spreadKeys } from "./aes128";
import {
  COUNTER,
  HASH,
  LAST,
  OVERFLOWS,
  PLANES,
  POWERS,
  PRODUCTS,
  PRODUCTS_SIZE,
  ROUND_KEYS,
  STREAM,
  TAG_MASK,
  region,
  uses,
} from "./region";

/** From so many blocks on, the three more tables are worth their making. */
const BLOCKS_FOR_FOUR: u32 = 16;
/** Blocks of key stream that are left where H and E(K, J0) were made in the first eight. */
const FIRST_STREAM: u32 = 96;
const NEXT_STREAM: u32 = 128;

/** Parts of a product, written out where they are called, which only methods can be. */
class Part {
  @inline
  static productOf(byte: usize, power: usize): v128 {
    return v128.load(region + ((<usize>load<u8>(byte)) << 4) + power * PRODUCTS_SIZE, PRODUCTS);
  }

  @inline
  static further(low: v128): v128 {
    return i8x16.shuffle(low, i32x4.splat(0), 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  }

  @inline
  static carried(low: v128, high: v128): v128 {
    return i8x16.shuffle(low, high, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  }

  /** 256 bits to 128: the upper half times x^128 = 1 + x + x² + x⁷. It has no bits that overflow twice. */
  @inline
  static reduce(low: v128, high: v128): v128 {
    const order = i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const number = i8x16.swizzle(high, order);
    const upper = v128.shuffle<i64>(number, i32x4.splat(0), 1, 2);
    const halves = v128.xor(
      v128.xor(number, i64x2.shr_u(number, 1)),
      v128.xor(i64x2.shr_u(number, 2), i64x2.shr_u(number, 7)),
    );
    const between = v128.xor(
      i64x2.shl(upper, 63),
      v128.xor(i64x2.shl(upper, 62), i64x2.shl(upper, 57)),
    );
    return v128.xor(low, i8x16.swizzle(v128.xor(halves, between), order));
  }

  @inline
  static productAt(byte: usize, power: usize): usize {
    return region + PRODUCTS + ((<usize>load<u8>(byte)) << 4) + power * PRODUCTS_SIZE;
  }

  @inline
  static overflowOf(second: u64): u64 {
    return load<u16>(region + ((<usize>(second >> 56)) << 1), OVERFLOWS);
  }
}

/** What a byte gives that is shifted out: it times 1 + x + x² + x⁷ (§6.3). */
export function configureGcm(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    const first = byte << 8;
    const sum = first ^ (first >> 1) ^ (first >> 2) ^ (first >> 7);
    store<u16>(region + OVERFLOWS + ((<usize>byte) << 1), bswap<u16>(<u16>sum));
  }
}

/**
 * Verifies the 16 bytes behind `length` bytes of ciphertext; decrypts into `into` if they are right.
 * `data` and `into` must not overlap; `additional` may be what will be overwritten.
 */
export function open(
  key: usize,
  nonce: usize,
  additional: usize,
  additionalLength: u32,
  data: usize,
  length: u32,
  into: usize,
): bool {
  const hash = region + HASH;
  start(key, nonce);
  const blocks = (additionalLength >> 4) + (length >> 4);
  prepare(blocks >= BLOCKS_FOR_FOUR);
  store<u64>(hash, 0);
  store<u64>(hash, 0, 8);
  absorb(additional, additionalLength);
  absorb(data, length);
  const last = region + LAST;
  store<u64>(last, bswap<u64>((<u64>additionalLength) << 3));
  store<u64>(last, bswap<u64>((<u64>length) << 3), 8);
  absorbOne(last);
  const tag = data + length;
  const mask = region + TAG_MASK;
  const wrong =
    (load<u64>(hash) ^ load<u64>(mask) ^ load<u64>(tag)) |
    (load<u64>(hash, 8) ^ load<u64>(mask, 8) ^ load<u64>(tag, 8));
  if (wrong != 0) return false;
  decrypt(data, length, into);
  return true;
}

/** Round keys, H, E(K, J0), and where there are vectors the first six blocks of key stream. */
function start(key: usize, nonce: usize): void {
  const keys = region + ROUND_KEYS;
  const counter = region + COUNTER;
  const stream = region + STREAM;
  expandKey(key, keys);
  store<u64>(counter, load<u64>(nonce));
  store<u32>(counter, load<u32>(nonce, 8), 8);
  if (ASC_FEATURE_SIMD) {
    spreadKeys(keys, region + PLANES);
    fillCounters(0);
    v128.store(stream, i32x4.splat(0));
    encryptEight(region + PLANES, stream);
    v128.store(region + POWERS, v128.load(stream));
    v128.store(region + TAG_MASK, v128.load(stream, 16));
  } else {
    store<u64>(stream, 0);
    store<u64>(stream, 0, 8);
    encryptBlock(keys, stream, region + POWERS);
    store<u32>(counter, bswap<u32>(1), 12);
    encryptBlock(keys, counter, region + TAG_MASK);
  }
}

/** Eight counter blocks into STREAM. */
function fillCounters(from: u32): void {
  const counter = v128.load(region + COUNTER);
  const stream = region + STREAM;
  for (let i: u32 = 0; i < 8; i++) {
    v128.store(stream + ((<usize>i) << 4), i32x4.replace_lane(counter, 3, bswap<u32>(from + i)));
  }
}

function decrypt(data: usize, length: u32, into: usize): void {
  const stream = region + STREAM;
  if (ASC_FEATURE_SIMD) {
    let part = min(length, FIRST_STREAM);
    add(data, stream + 32, part, into);
    for (let counter: u32 = 8, done = part; done < length; counter += 8, done += part) {
      fillCounters(counter);
      encryptEight(region + PLANES, stream);
      part = min(length - done, NEXT_STREAM);
      add(data + done, stream, part, into + done);
    }
  } else {
    const counter = region + COUNTER;
    for (let done: u32 = 0, block: u32 = 2; done < length; done += 16, block++) {
      store<u32>(counter, bswap<u32>(block), 12);
      encryptBlock(region + ROUND_KEYS, counter, stream);
      add(data + done, stream, min<u32>(length - done, 16), into + done);
    }
  }
}

function add(data: usize, stream: usize, length: u32, into: usize): void {
  let at: u32 = 0;
  for (; at + 16 <= length; at += 16) {
    if (ASC_FEATURE_SIMD) {
      v128.store(into + at, v128.xor(v128.load(data + at), v128.load(stream + at)));
    } else {
      store<u64>(into + at, load<u64>(data + at) ^ load<u64>(stream + at));
      store<u64>(into + at, load<u64>(data + at, 8) ^ load<u64>(stream + at, 8), 8);
    }
  }
  for (; at < length; at++) store<u8>(into + at, load<u8>(data + at) ^ load<u8>(stream + at));
}

// ── GHASH (§6.4) ─────────────────────────────────────────────────────────────────────────────────

/** Powers of H and their tables. */
function prepare(four: bool): void {
  uses(four ? 4 : 1);
  const hash = region + HASH;
  const powers = region + POWERS;
  fillProducts(powers, region + PRODUCTS);
  store<u64>(powers + 16, 0);
  hasFour = four;
  if (!four) return;
  for (let power: usize = 1; power < 4; power++) {
    store<u64>(hash, 0);
    store<u64>(hash, 0, 8);
    const at = powers + (power << 4);
    absorbOne(at - 16);
    store<u64>(at, load<u64>(hash));
    store<u64>(at, load<u64>(hash, 8), 8);
    fillProducts(at, region + PRODUCTS + power * PRODUCTS_SIZE);
  }
}

let hasFour: bool = false;

/** The products of an element with all bytes: of the eight bits by halving, the rest are sums. */
function fillProducts(element: usize, table: usize): void {
  let high = bswap<u64>(load<u64>(element));
  let low = bswap<u64>(load<u64>(element, 8));
  store<u64>(table, 0);
  store<u64>(table, 0, 8);
  for (let bit: usize = 0x80; bit > 0; bit >>= 1) {
    store<u64>(table + (bit << 4), bswap<u64>(high));
    store<u64>(table + (bit << 4), bswap<u64>(low), 8);
    const out: u64 = low & 1;
    low = (low >> 1) | (high << 63);
    high = (high >> 1) ^ (out * 0xe100000000000000);
  }
  for (let bit: usize = 2 << 4; bit <= 0x80 << 4; bit <<= 1) {
    const end = table + bit;
    if (ASC_FEATURE_SIMD) {
      const product = v128.load(end);
      for (let at = table + 16; at < end; at += 16) {
        v128.store(at + bit, v128.xor(product, v128.load(at)));
      }
    } else {
      const first = load<u64>(end);
      const second = load<u64>(end, 8);
      for (let at = table + 16; at < end; at += 16) {
        store<u64>(at + bit, first ^ load<u64>(at));
        store<u64>(at + bit, second ^ load<u64>(at, 8), 8);
      }
    }
  }
}

/** Takes `length` bytes into the hash; the last block is filled up with 0. */
function absorb(data: usize, length: u32): void {
  if (hasFour) {
    for (; length >= 64; length -= 64, data += 64) absorbFour(data);
  }
  for (; length >= 16; length -= 16, data += 16) absorbOne(data);
  if (length == 0) return;
  const last = region + LAST;
  store<u64>(last, 0);
  store<u64>(last, 0, 8);
  memory.copy(last, data, length);
  absorbOne(last);
}

function absorbFour(data: usize): void {
  const hash = region + HASH;
  if (ASC_FEATURE_SIMD) {
    v128.store(hash, v128.xor(v128.load(hash), v128.load(data)));
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    for (let at: isize = 15; at >= 0; at--) {
      const byte = data + at;
      const sum = v128.xor(
        v128.xor(Part.productOf(byte + 16, 2), Part.productOf(byte + 32, 1)),
        v128.xor(Part.productOf(byte + 48, 0), Part.productOf(hash + at, 3)),
      );
      high = Part.carried(low, high);
      low = v128.xor(Part.further(low), sum);
    }
    v128.store(hash, Part.reduce(low, high));
  } else {
    store<u64>(hash, load<u64>(hash) ^ load<u64>(data));
    store<u64>(hash, load<u64>(hash, 8) ^ load<u64>(data, 8), 8);
    let first: u64 = 0;
    let second: u64 = 0;
    for (let at: isize = 15; at >= 0; at--) {
      const a = Part.productAt(hash + at, 3);
      const b = Part.productAt(data + at + 16, 2);
      const c = Part.productAt(data + at + 32, 1);
      const d = Part.productAt(data + at + 48, 0);
      const out = Part.overflowOf(second);
      second = (second << 8) | (first >> 56);
      first = (first << 8) ^ out;
      first ^= load<u64>(a) ^ load<u64>(b) ^ load<u64>(c) ^ load<u64>(d);
      second ^= load<u64>(a, 8) ^ load<u64>(b, 8) ^ load<u64>(c, 8) ^ load<u64>(d, 8);
    }
    store<u64>(hash, first);
    store<u64>(hash, second, 8);
  }
}

function absorbOne(data: usize): void {
  const hash = region + HASH;
  if (ASC_FEATURE_SIMD) {
    v128.store(hash, v128.xor(v128.load(hash), v128.load(data)));
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    for (let at: isize = 15; at >= 0; at--) {
      high = Part.carried(low, high);
      low = v128.xor(Part.further(low), Part.productOf(hash + at, 0));
    }
    v128.store(hash, Part.reduce(low, high));
  } else {
    store<u64>(hash, load<u64>(hash) ^ load<u64>(data));
    store<u64>(hash, load<u64>(hash, 8) ^ load<u64>(data, 8), 8);
    let first: u64 = 0;
    let second: u64 = 0;
    for (let at: isize = 15; at >= 0; at--) {
      const product = Part.productAt(hash + at, 0);
      const out = Part.overflowOf(second);
      second = ((second << 8) | (first >> 56)) ^ load<u64>(product, 8);
      first = (first << 8) ^ out ^ load<u64>(product);
    }
    store<u64>(hash, first);
    store<u64>(hash, second, 8);
  }
}
