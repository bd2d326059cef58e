/**
 * Opens what AES-128-GCM sealed: NIST SP 800-38D, with a nonce of 96 bits.
 *
 * GHASH goes a byte at a time, through a table of all products of H with a byte: elements are four
 * big-endian words, coefficient 0 the highest bit. Two blocks are taken at once, by H² and H: they
 * share the shifts.
 */
import { encryptBlock, expandKey } from "./aes128.js";

const keys = new Int32Array(44);
const counter = new Int32Array(4);
const hash = new Int32Array(4);
const power = new Int32Array(4);
/** Four words each of the 256 products with H, and with H². */
const once = new Int32Array(1024);
const twice = new Int32Array(1024);
/** What a byte gives that is shifted out: it times 1 + x + x² + x⁷ (§6.3), as the first 16 bits. */
const overflows = new Int32Array(256);

export function configureGcm(): void {
  for (let byte = 0; byte < 256; byte++) {
    const first = byte << 24;
    overflows[byte] = (first ^ (first >>> 1) ^ (first >>> 2) ^ (first >>> 7)) & 0xffff0000;
  }
}

const wordAt = (u8: Uint8Array, at: number): number =>
  (u8[at]! << 24) | (u8[at + 1]! << 16) | (u8[at + 2]! << 8) | u8[at + 3]!;

/**
 * Verifies the 16 bytes behind `length` bytes of ciphertext; decrypts into `into` if they are right.
 * `data` and `into` must not overlap; `additional` may be what will be overwritten. The key lies
 * in `keyBytes`; the nonce is three words.
 */
export function open(
  u8: Uint8Array,
  keyBytes: Uint8Array,
  key: number,
  nonce: Int32Array,
  additional: number,
  additionalLength: number,
  data: number,
  length: number,
  into: number,
): boolean {
  for (let i = 0; i < 4; i++) keys[i] = wordAt(keyBytes, key + 4 * i);
  expandKey(keys);
  power.fill(0);
  encryptBlock(keys, power, 0);
  fillProducts(once);
  hash.set(power);
  multiply();
  power.set(hash);
  fillProducts(twice);
  hash.fill(0);
  absorb(u8, additional, additionalLength);
  absorb(u8, data, length);
  hash[1]! ^= additionalLength << 3;
  hash[3]! ^= length << 3;
  multiply();
  setCounter(nonce, 1);
  encryptBlock(keys, counter, 0);
  let wrong = 0;
  for (let i = 0; i < 4; i++) {
    wrong |= hash[i]! ^ counter[i]! ^ wordAt(u8, data + length + 4 * i);
  }
  if (wrong === 0) decrypt(u8, nonce, data, length, into);
  return wrong === 0;
}

function setCounter(nonce: Int32Array, number: number): void {
  counter[0] = nonce[0]!;
  counter[1] = nonce[1]!;
  counter[2] = nonce[2]!;
  counter[3] = number;
}

function decrypt(
  u8: Uint8Array,
  nonce: Int32Array,
  data: number,
  length: number,
  into: number,
): void {
  for (let done = 0, number = 2; done < length; done += 16, number++) {
    setCounter(nonce, number);
    encryptBlock(keys, counter, 0);
    const from = data + done;
    const to = into + done;
    if (length - done >= 16) {
      for (let i = 0, at = 0; i < 4; i++, at += 4) {
        const word = counter[i]!;
        u8[to + at] = u8[from + at]! ^ (word >>> 24);
        u8[to + at + 1] = u8[from + at + 1]! ^ (word >>> 16);
        u8[to + at + 2] = u8[from + at + 2]! ^ (word >>> 8);
        u8[to + at + 3] = u8[from + at + 3]! ^ word;
      }
    } else {
      for (let i = 0; i < length - done; i++) {
        u8[to + i] = u8[from + i]! ^ (counter[i >> 2]! >>> (24 - 8 * (i & 3)));
      }
    }
  }
}

/** The products of `power` with all bytes: of the eight bits by halving, the rest are sums. */
function fillProducts(table: Int32Array): void {
  let a = power[0]!;
  let b = power[1]!;
  let c = power[2]!;
  let d = power[3]!;
  for (let bit = 0x80; bit > 0; bit >>= 1) {
    table[4 * bit] = a;
    table[4 * bit + 1] = b;
    table[4 * bit + 2] = c;
    table[4 * bit + 3] = d;
    const out = -(d & 1) & 0xe1000000;
    d = (d >>> 1) | (c << 31);
    c = (c >>> 1) | (b << 31);
    b = (b >>> 1) | (a << 31);
    a = (a >>> 1) ^ out;
  }
  for (let bit = 8; bit <= 512; bit <<= 1) {
    for (let i = 4; i < bit; i++) table[bit + i] = table[bit + (i & 3)]! ^ table[i]!;
  }
}

/** Takes bytes into the hash; the last block is filled up with 0. */
function absorb(u8: Uint8Array, data: number, length: number): void {
  let at = data;
  const end = data + length;
  for (; at + 32 <= end; at += 32) absorbTwo(u8, at);
  while (at < end) {
    const last = Math.min(at + 16, end);
    for (let i = 0; at < last; i++, at++) hash[i >> 2]! ^= u8[at]! << (24 - 8 * (i & 3));
    multiply();
  }
}

function absorbTwo(u8: Uint8Array, at: number): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 3; i >= 0; i--) {
    const first = hash[i]! ^ wordAt(u8, at + 4 * i);
    const second = wordAt(u8, at + 16 + 4 * i);
    for (let shift = 0; shift < 32; shift += 8) {
      const one = ((first >>> shift) & 0xff) << 2;
      const two = ((second >>> shift) & 0xff) << 2;
      const out = overflows[d & 0xff]!;
      d = ((d >>> 8) | (c << 24)) ^ twice[one + 3]! ^ once[two + 3]!;
      c = ((c >>> 8) | (b << 24)) ^ twice[one + 2]! ^ once[two + 2]!;
      b = ((b >>> 8) | (a << 24)) ^ twice[one + 1]! ^ once[two + 1]!;
      a = (a >>> 8) ^ out ^ twice[one]! ^ once[two]!;
    }
  }
  hash[0] = a;
  hash[1] = b;
  hash[2] = c;
  hash[3] = d;
}

/** The hash times H. */
function multiply(): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 15; i >= 0; i--) {
    const byte = ((hash[i >> 2]! >>> (24 - 8 * (i & 3))) & 0xff) << 2;
    const out = overflows[d & 0xff]!;
    d = ((d >>> 8) | (c << 24)) ^ once[byte + 3]!;
    c = ((c >>> 8) | (b << 24)) ^ once[byte + 2]!;
    b = ((b >>> 8) | (a << 24)) ^ once[byte + 1]!;
    a = (a >>> 8) ^ out ^ once[byte]!;
  }
  hash[0] = a;
  hash[1] = b;
  hash[2] = c;
  hash[3] = d;
}

/** Forgets all that was made of a key. */
export function forgetCipher(): void {
  for (const secret of [keys, counter, hash, power, once, twice]) secret.fill(0);
}
