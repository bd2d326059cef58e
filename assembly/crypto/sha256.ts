/** SHA-256: FIPS 180-4. States are eight words in the machine's order, digests are bytes. */
import { BEGINNING, BLOCKS, ROUND_CONSTANTS, STATE, WORDS, region } from "./region";

export const DIGEST_SIZE: usize = 32;
export const BLOCK_SIZE: usize = 64;

/** Parts of a round; a class, because only methods can be marked to be written out where they are called. */
class Round {
  @inline
  static rotateFour(word: v128, by: i32): v128 {
    return v128.or(i32x4.shr_u(word, by), i32x4.shl(word, 32 - by));
  }

  @inline
  static late(word: v128): v128 {
    return v128.xor(
      v128.xor(Round.rotateFour(word, 17), Round.rotateFour(word, 19)),
      i32x4.shr_u(word, 10),
    );
  }

  /** `first` and `second` in four lanes. */
  @inline
  static firstFour(e: v128, f: v128, g: v128, early: v128): v128 {
    const choice = v128.bitselect(f, g, e);
    const sums = v128.xor(Round.rotateFour(e, 6), Round.rotateFour(e, 11));
    return i32x4.add(i32x4.add(early, choice), v128.xor(sums, Round.rotateFour(e, 25)));
  }

  @inline
  static secondFour(a: v128, b: v128, c: v128): v128 {
    const majority = v128.bitselect(c, b, v128.xor(a, b));
    const sums = v128.xor(Round.rotateFour(a, 2), Round.rotateFour(a, 13));
    return i32x4.add(majority, v128.xor(sums, Round.rotateFour(a, 22)));
  }

  @inline
  static early(word: v128): v128 {
    return v128.xor(
      v128.xor(Round.rotateFour(word, 7), Round.rotateFour(word, 18)),
      i32x4.shr_u(word, 3),
    );
  }

  @inline
  static first(e: u32, f: u32, g: u32, early: u32): u32 {
    return early + (g ^ (e & (f ^ g))) + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25));
  }

  @inline
  static second(a: u32, b: u32, c: u32): u32 {
    return (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) | (c & (a | b)));
  }
}

/**
 * §4.2.2 and §5.3.3: 32 bits of the fractions of the cube roots of the first 64 primes, and of the
 * square roots of the first eight.
 */
export function configureSha256(): void {
  let prime: u32 = 2;
  for (let at = region + BEGINNING; at < region + BEGINNING + 32; at += 4) {
    store<u32>(at, fraction(sqrt<f64>(prime)));
    prime = nextPrime(prime);
  }
  prime = 2;
  for (let at = region + ROUND_CONSTANTS; at < region + ROUND_CONSTANTS + 256; at += 4) {
    store<u32>(at, fraction(cubeRoot(<f64>prime)));
    prime = nextPrime(prime);
  }
}

function nextPrime(after: u32): u32 {
  let prime = after + 1;
  for (let divisor: u32 = 2; divisor * divisor <= prime;) {
    if (prime % divisor != 0) divisor++;
    else {
      prime++;
      divisor = 2;
    }
  }
  return prime;
}

function fraction(number: f64): u32 {
  return <u32>((number - floor<f64>(number)) * 4294967296.0);
}

/** Newton's method; the fraction's 32 bits need 35 of the 53 that a double has. */
function cubeRoot(number: f64): f64 {
  let root: f64 = 3;
  for (let i = 0; i < 40; i++) root -= (root * root * root - number) / (3 * root * root);
  return root;
}

export function begin(state: usize): void {
  memory.copy(state, region + BEGINNING, DIGEST_SIZE);
}

/** Hashes one block into a state. */
export function compress(state: usize, block: usize): void {
  schedule(block, region + WORDS);
  rounds(state, region + WORDS);
}

/** §6.2.2, step 1, with the round constants added. */
export function schedule(block: usize, words: usize): void {
  if (ASC_FEATURE_SIMD) scheduleFours(block, words);
  else scheduleOnes(block, words);
}

function scheduleOnes(block: usize, words: usize): void {
  for (let at: usize = 0; at < 64; at += 4) {
    store<u32>(words + at, bswap<u32>(load<u32>(block + at)));
  }
  for (let at = words; at < words + 192; at += 4) {
    const early = load<u32>(at, 4);
    const late = load<u32>(at, 56);
    store<u32>(
      at,
      load<u32>(at) +
        (rotr(early, 7) ^ rotr(early, 18) ^ (early >> 3)) +
        load<u32>(at, 36) +
        (rotr(late, 17) ^ rotr(late, 19) ^ (late >> 10)),
      64,
    );
  }
  const constants = region + ROUND_CONSTANTS;
  for (let at: usize = 0; at < 256; at += 8) {
    store<u32>(words + at, load<u32>(words + at) + load<u32>(constants + at));
    store<u32>(words + at, load<u32>(words + at, 4) + load<u32>(constants + at, 4), 4);
  }
}

/** Four words at a time. The last two of four need the first two: their half is computed twice. */
function scheduleFours(block: usize, words: usize): void {
  const order = i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  const zero = i32x4.splat(0);
  let a = i8x16.swizzle(v128.load(block), order);
  let b = i8x16.swizzle(v128.load(block, 16), order);
  let c = i8x16.swizzle(v128.load(block, 32), order);
  let d = i8x16.swizzle(v128.load(block, 48), order);
  let constants = region + ROUND_CONSTANTS;
  for (const end = constants + 192; constants < end; constants += 16, words += 16) {
    v128.store(words, i32x4.add(a, v128.load(constants)));
    const early = v128.shuffle<i32>(a, b, 1, 2, 3, 4);
    let next = i32x4.add(a, v128.shuffle<i32>(c, d, 1, 2, 3, 4));
    next = i32x4.add(
      next,
      v128.xor(
        v128.xor(Round.rotateFour(early, 7), Round.rotateFour(early, 18)),
        i32x4.shr_u(early, 3),
      ),
    );
    next = i32x4.add(next, Round.late(v128.shuffle<i32>(d, zero, 2, 3, 4, 4)));
    next = i32x4.add(next, Round.late(v128.shuffle<i32>(zero, next, 0, 0, 4, 5)));
    a = b;
    b = c;
    c = d;
    d = next;
  }
  v128.store(words, i32x4.add(a, v128.load(constants)));
  v128.store(words, i32x4.add(b, v128.load(constants, 16)), 16);
  v128.store(words, i32x4.add(c, v128.load(constants, 32)), 32);
  v128.store(words, i32x4.add(d, v128.load(constants, 48)), 48);
}

/**
 * §6.2.2, steps 2 to 4. Eight rounds written out, so that no variable moves. Each waits for the last:
 * nested rotations, which are fewer operations, cost 10 % more.
 */
export function rounds(state: usize, words: usize): void {
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let d = load<u32>(state, 12);
  let e = load<u32>(state, 16);
  let f = load<u32>(state, 20);
  let g = load<u32>(state, 24);
  let h = load<u32>(state, 28);
  for (const end = words + 256; words < end; words += 32) {
    h = Round.first(e, f, g, h + load<u32>(words));
    d += h;
    h += Round.second(a, b, c);
    g = Round.first(d, e, f, g + load<u32>(words, 4));
    c += g;
    g += Round.second(h, a, b);
    f = Round.first(c, d, e, f + load<u32>(words, 8));
    b += f;
    f += Round.second(g, h, a);
    e = Round.first(b, c, d, e + load<u32>(words, 12));
    a += e;
    e += Round.second(f, g, h);
    d = Round.first(a, b, c, d + load<u32>(words, 16));
    h += d;
    d += Round.second(e, f, g);
    c = Round.first(h, a, b, c + load<u32>(words, 20));
    g += c;
    c += Round.second(d, e, f);
    b = Round.first(g, h, a, b + load<u32>(words, 24));
    f += b;
    b += Round.second(c, d, e);
    a = Round.first(f, g, h, a + load<u32>(words, 28));
    e += a;
    a += Round.second(b, c, d);
  }
  store<u32>(state, load<u32>(state) + a);
  store<u32>(state, load<u32>(state, 4) + b, 4);
  store<u32>(state, load<u32>(state, 8) + c, 8);
  store<u32>(state, load<u32>(state, 12) + d, 12);
  store<u32>(state, load<u32>(state, 16) + e, 16);
  store<u32>(state, load<u32>(state, 20) + f, 20);
  store<u32>(state, load<u32>(state, 24) + g, 24);
  store<u32>(state, load<u32>(state, 28) + h, 28);
}

// ── Four blocks in lanes, where there are vectors ────────────────────────────────────────────────
// Rounds of one block wait for each other; four blocks take 1.3 times as long as one. A state is
// eight vectors, a schedule 64.

/** `schedule` in place, of blocks that are the first sixteen vectors, words in the machine's order. */
export function scheduleLanes(words: usize): void {
  let at = words;
  for (const end = words + 768; at < end; at += 16) {
    const next = i32x4.add(
      i32x4.add(v128.load(at), Round.early(v128.load(at, 16))),
      i32x4.add(v128.load(at, 144), Round.late(v128.load(at, 224))),
    );
    v128.store(at, next, 256);
  }
  let constants = region + ROUND_CONSTANTS;
  for (const end = constants + 256; constants < end; constants += 4, words += 16) {
    v128.store(words, i32x4.add(v128.load(words), v128.load32_splat(constants)));
  }
}

export function roundsLanes(state: usize, words: usize): void {
  let a = v128.load(state);
  let b = v128.load(state, 16);
  let c = v128.load(state, 32);
  let d = v128.load(state, 48);
  let e = v128.load(state, 64);
  let f = v128.load(state, 80);
  let g = v128.load(state, 96);
  let h = v128.load(state, 112);
  for (const end = words + 1024; words < end; words += 128) {
    h = Round.firstFour(e, f, g, i32x4.add(h, v128.load(words)));
    d = i32x4.add(d, h);
    h = i32x4.add(h, Round.secondFour(a, b, c));
    g = Round.firstFour(d, e, f, i32x4.add(g, v128.load(words, 16)));
    c = i32x4.add(c, g);
    g = i32x4.add(g, Round.secondFour(h, a, b));
    f = Round.firstFour(c, d, e, i32x4.add(f, v128.load(words, 32)));
    b = i32x4.add(b, f);
    f = i32x4.add(f, Round.secondFour(g, h, a));
    e = Round.firstFour(b, c, d, i32x4.add(e, v128.load(words, 48)));
    a = i32x4.add(a, e);
    e = i32x4.add(e, Round.secondFour(f, g, h));
    d = Round.firstFour(a, b, c, i32x4.add(d, v128.load(words, 64)));
    h = i32x4.add(h, d);
    d = i32x4.add(d, Round.secondFour(e, f, g));
    c = Round.firstFour(h, a, b, i32x4.add(c, v128.load(words, 80)));
    g = i32x4.add(g, c);
    c = i32x4.add(c, Round.secondFour(d, e, f));
    b = Round.firstFour(g, h, a, i32x4.add(b, v128.load(words, 96)));
    f = i32x4.add(f, b);
    b = i32x4.add(b, Round.secondFour(c, d, e));
    a = Round.firstFour(f, g, h, i32x4.add(a, v128.load(words, 112)));
    e = i32x4.add(e, a);
    a = i32x4.add(a, Round.secondFour(b, c, d));
  }
  v128.store(state, i32x4.add(v128.load(state), a));
  v128.store(state, i32x4.add(v128.load(state, 16), b), 16);
  v128.store(state, i32x4.add(v128.load(state, 32), c), 32);
  v128.store(state, i32x4.add(v128.load(state, 48), d), 48);
  v128.store(state, i32x4.add(v128.load(state, 64), e), 64);
  v128.store(state, i32x4.add(v128.load(state, 80), f), 80);
  v128.store(state, i32x4.add(v128.load(state, 96), g), 96);
  v128.store(state, i32x4.add(v128.load(state, 112), h), 112);
}

/** Hashes all the rest into a state that has taken `before` bytes, a multiple of 64, and pads (§5.1.1). */
export function finish(state: usize, message: usize, length: u32, before: u32): void {
  let left = length;
  for (; left >= 64; left -= 64, message += 64) compress(state, message);
  const last = region + BLOCKS;
  const size: usize = left < 56 ? 64 : 128;
  memory.fill(last, 0, size);
  memory.copy(last, message, left);
  store<u8>(last + left, 0x80);
  store<u64>(last + size - 8, bswap<u64>((<u64>before + length) << 3));
  compress(state, last);
  if (size == 128) compress(state, last + 64);
}

/** A state as the bytes of a digest; `length` is a multiple of 4. */
export function write(state: usize, into: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 4) {
    store<u32>(into + at, bswap<u32>(load<u32>(state + at)));
  }
}

export function sha256(message: usize, length: u32, into: usize): void {
  const state = region + STATE;
  begin(state);
  finish(state, message, length, 0);
  write(state, into, DIGEST_SIZE);
}
