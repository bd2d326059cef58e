/**
 * The hash of a flow's key: HalfSipHash-1-3 keyed with the two seeds.
 *
 * Whoever sends packets chooses keys. Cheaper mixers (murmur, FNV) have collisions that hold for
 * every seed; of this one none are known, and it needs no multiplication. It costs 10 ns a key more.
 * Aumasson & Bernstein, "SipHash: a fast short-input PRF", 2012; HalfSipHash is its 32-bit form.
 */
import * as abi from "../abi";
import { seed0, seed1 } from "../memory";

/** The last word that is mixed in takes all that follows addresses and ports. */
const LAST: usize = abi.D_PROTOCOL;
const FINAL_ROUNDS: usize = 3;

function hashKey(key: usize): u32 {
  let v0 = seed0;
  let v1 = seed1;
  let v2 = seed0 ^ 0x6c796765;
  let v3 = seed1 ^ 0x74656462;
  // IPv4 and ARP keys are 0 behind the first word of each address: 4 words to mix instead of 10.
  let step: usize = load<u8>(key, abi.D_NETWORK) == abi.NETWORK_IPV6 ? 4 : abi.D_ADDRESS_B;
  for (let at: usize = 0; at <= LAST + 4 * FINAL_ROUNDS; at += step) {
    let word: u32 = 0;
    if (at < LAST) {
      word = load<u32>(key + at);
      if (at == abi.D_PORT_A) step = 4;
    } else if (at == LAST) {
      word = load<u16>(key, abi.D_PROTOCOL) | (load<u32>(key, abi.D_CONTEXT) << 16);
    } else if (at == LAST + 4) v2 ^= 0xff;
    v3 ^= word;
    v0 += v1;
    v1 = rotl(v1, 5) ^ v0;
    v0 = rotl(v0, 16);
    v2 += v3;
    v3 = rotl(v3, 8) ^ v2;
    v0 += v3;
    v3 = rotl(v3, 7) ^ v0;
    v2 += v1;
    v1 = rotl(v1, 13) ^ v2;
    v2 = rotl(v2, 16);
    v0 ^= word;
  }
  return v1 ^ v3;
}

/** Hashes the keys of `count` neighbouring descriptors. */
export function hashKeys(first: usize, count: u32, hashes: usize): void {
  let key = first;
  const end = first + <usize>count * abi.DESCRIPTOR_SIZE;
  if (ASC_FEATURE_SIMD) {
    for (; key + 4 * abi.DESCRIPTOR_SIZE <= end && areShort(key); key += 4 * abi.DESCRIPTOR_SIZE) {
      v128.store(hashes, hashFour(key));
      hashes += 16;
    }
  }
  for (; key < end; key += abi.DESCRIPTOR_SIZE) {
    store<u32>(hashes, hashKey(key));
    hashes += 4;
  }
}

/** None of four neighbours is an IPv6 key. */
function areShort(key: usize): bool {
  for (let at = key; at < key + 4 * abi.DESCRIPTOR_SIZE; at += abi.DESCRIPTOR_SIZE) {
    if (load<u8>(at, abi.D_NETWORK) == abi.NETWORK_IPV6) return false;
  }
  return true;
}

/** `hashKey` of four neighbours that are not IPv6, a lane each: it saves 5 ns a key. */
function hashFour(key: usize): v128 {
  let v0 = i32x4.splat(seed0);
  let v1 = i32x4.splat(seed1);
  let v2 = i32x4.splat(seed0 ^ 0x6c796765);
  let v3 = i32x4.splat(seed1 ^ 0x74656462);
  let step: usize = abi.D_ADDRESS_B;
  for (let at: usize = 0; at <= LAST + 4 * FINAL_ROUNDS; at += step) {
    let word = i32x4.splat(0);
    if (at < LAST) {
      word = wordOfFour(key + at);
      if (at == abi.D_PORT_A) step = 4;
    } else if (at == LAST) {
      word = v128.and(wordOfFour(key + abi.D_PROTOCOL), i32x4.splat(0xffff));
      word = v128.or(word, i32x4.shl(wordOfFour(key + abi.D_CONTEXT), 16));
    } else if (at == LAST + 4) v2 = v128.xor(v2, i32x4.splat(0xff));
    v3 = v128.xor(v3, word);
    v0 = i32x4.add(v0, v1);
    v1 = v128.xor(rotateFour(v1, 5), v0);
    v0 = rotateFour(v0, 16);
    v2 = i32x4.add(v2, v3);
    v3 = v128.xor(rotateFour(v3, 8), v2);
    v0 = i32x4.add(v0, v3);
    v3 = v128.xor(rotateFour(v3, 7), v0);
    v2 = i32x4.add(v2, v1);
    v1 = v128.xor(rotateFour(v1, 13), v2);
    v2 = rotateFour(v2, 16);
    v0 = v128.xor(v0, word);
  }
  return v128.xor(v1, v3);
}

function wordOfFour(at: usize): v128 {
  let word = v128.load32_zero(at);
  word = v128.load32_lane(at, word, 1, abi.DESCRIPTOR_SIZE);
  word = v128.load32_lane(at, word, 2, 2 * abi.DESCRIPTOR_SIZE);
  return v128.load32_lane(at, word, 3, 3 * abi.DESCRIPTOR_SIZE);
}

function rotateFour(word: v128, by: i32): v128 {
  return v128.or(i32x4.shl(word, by), i32x4.shr_u(word, 32 - by));
}
