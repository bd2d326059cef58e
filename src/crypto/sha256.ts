/** SHA-256: FIPS 180-4, on words. Blocks are made big-endian words before they come here. */

/** §5.3.3. */
export const BEGINNING: readonly number[] = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** §4.2.2. */
const K = Int32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
);

/** The block that is hashed: its 16 words, and what the schedule makes of them. */
const words = new Int32Array(64);
/** The words of the block that `compress` takes; whoever calls it fills them. */
export const block: Int32Array = words.subarray(0, 16);

/** Hashes `block` into the eight words of a state. */
export function compress(state: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15]!;
    const late = words[i - 2]!;
    words[i] =
      words[i - 16]! +
      (((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3)) +
      words[i - 7]! +
      (((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10));
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const one =
      (h +
        (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) +
        (g ^ (e & (f ^ g))) +
        K[i]! +
        words[i]!) |
      0;
    const two =
      ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) +
        ((a & b) ^ (a & c) ^ (b & c))) |
      0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** Hashes the rest of a message into a state that has taken `before` bytes, and pads (§5.1.1). */
export function finish(
  state: Int32Array,
  u8: Uint8Array,
  message: number,
  length: number,
  before: number,
): void {
  const end = message + length;
  let at = message;
  for (; at + 64 <= end; at += 64) {
    for (let i = 0; i < 16; i++) {
      const byte = at + 4 * i;
      block[i] = (u8[byte]! << 24) | (u8[byte + 1]! << 16) | (u8[byte + 2]! << 8) | u8[byte + 3]!;
    }
    compress(state);
  }
  block.fill(0);
  const left = end - at;
  for (let i = 0; i < left; i++) block[i >> 2]! |= u8[at + i]! << (24 - 8 * (i & 3));
  block[left >> 2]! |= 0x80 << (24 - 8 * (left & 3));
  if (left >= 56) {
    compress(state);
    block.fill(0);
  }
  block[14] = (before + length) / 2 ** 29;
  block[15] = (before + length) << 3;
  compress(state);
}

/** A state as the bytes of a digest, `length` of them. */
export function write(state: Int32Array, u8: Uint8Array, into: number, length: number): void {
  for (let i = 0; i < length; i++) u8[into + i] = state[i >> 2]! >>> (24 - 8 * (i & 3));
}

const state = new Int32Array(8);

export function sha256(u8: Uint8Array, message: number, length: number, into: number): void {
  state.set(BEGINNING);
  finish(state, u8, message, length, 0);
  write(state, u8, into, 32);
}

/** Forgets what was hashed. */
export function forgetHash(): void {
  words.fill(0);
  state.fill(0);
}
