/**
 * The hash of a flow's key: HalfSipHash-1-3, of which no collisions are known that hold for every
 * seed. Aumasson & Bernstein, "SipHash: a fast short-input PRF", 2012, in its 32-bit form.
 */
import * as abi from "../../abi.js";

const FINAL_ROUNDS = 3;
const ADDRESS_B = abi.D_ADDRESS_B >>> 2;
const PORTS = abi.D_PORT_A >>> 2;
const PROTOCOL = abi.D_PROTOCOL >>> 2;
const CONTEXT = abi.D_CONTEXT >>> 2;
const NETWORK_SHIFT = (abi.D_NETWORK & 3) * 8;

/** Hashes the key that begins at word `key` of memory; the result is a u32. */
export function hashKey(u32: Uint32Array, key: number, seed0: number, seed1: number): number {
  let v0 = seed0 | 0;
  let v1 = seed1 | 0;
  let v2 = seed0 ^ 0x6c796765;
  let v3 = seed1 ^ 0x74656462;
  const protocol = u32[key + PROTOCOL]! & 0xffff;
  // All but IPv6 leave three of the four words of an address 0: they are not mixed in.
  let step = protocol >>> NETWORK_SHIFT === abi.NETWORK_IPV6 ? 1 : ADDRESS_B;
  for (let at = 0; at <= PROTOCOL + FINAL_ROUNDS; at += step) {
    let word = 0;
    if (at < PROTOCOL) {
      word = u32[key + at]! | 0;
      if (at === PORTS) step = 1;
    } else if (at === PROTOCOL) {
      word = protocol | (u32[key + CONTEXT]! << 16);
    } else if (at === PROTOCOL + 1) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}
