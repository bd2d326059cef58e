/**
 * SHA-1 (FIPS 180-4 §6.1) of one block: what Community ID hashes is 40 bytes at most. SHA-1 is broken
 * for signatures; here it only mixes. WebCrypto answers later and `node:crypto` is not in browsers.
 */

/** Bytes of a message that fit one block: the padding takes nine. */
export const SHA1_MOST = 55;

const block = new Uint8Array(64);
const words = new Int32Array(80);

/**
 * The digest, 20 bytes, of the first `length` bytes.
 * @param length at most {@link SHA1_MOST}
 * @param digest where it is written
 */
export function sha1(bytes: Uint8Array, length: number, digest: Uint8Array): void {
  block.fill(0);
  for (let at = 0; at < length; at++) block[at] = bytes[at]!;
  block[length] = 0x80;
  for (let at = 0; at < 64; at += 4) {
    words[at >>> 2] =
      (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!;
  }
  words[15] = length * 8;
  for (let at = 16; at < 80; at++) {
    const word = words[at - 3]! ^ words[at - 8]! ^ words[at - 14]! ^ words[at - 16]!;
    words[at] = (word << 1) | (word >>> 31);
  }
  let a = 0x67452301;
  let b = 0xefcdab89 | 0;
  let c = 0x98badcfe | 0;
  let d = 0x10325476;
  let e = 0xc3d2e1f0 | 0;
  let i = 0;
  // Four loops instead of one with a choice in each turn: 40 % less time.
  for (; i < 20; i++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + e + 0x5a827999 + words[i]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (; i < 40; i++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + 0x6ed9eba1 + words[i]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (; i < 60; i++) {
    const next =
      (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + e + 0x8f1bbcdc + words[i]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (; i < 80; i++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + 0xca62c1d6 + words[i]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  put(digest, 0, a + 0x67452301);
  put(digest, 4, b + 0xefcdab89);
  put(digest, 8, c + 0x98badcfe);
  put(digest, 12, d + 0x10325476);
  put(digest, 16, e + 0xc3d2e1f0);
}

function put(digest: Uint8Array, at: number, word: number): void {
  digest[at] = word >>> 24;
  digest[at + 1] = word >>> 16;
  digest[at + 2] = word >>> 8;
  digest[at + 3] = word;
}
