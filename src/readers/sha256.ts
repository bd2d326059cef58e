/** SHA-256 of short texts, for fingerprints: synchronous, in browsers too. FIPS 180-4 §6.2. */

/** The first 32 bits of the fractional parts of roots of the first primes (§4.2.2, §5.3.3). */
const primes = Array.from({ length: 311 }, (_, index) => index + 2).filter((each, _at, all) =>
  all.every((other) => other >= each || each % other !== 0),
);
const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) | 0;
const CONSTANTS = Int32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const turn = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

/** 64 hexadecimal digits. `text` is ASCII. */
export function sha256(text: string): string {
  const length = text.length;
  const words = new Int32Array((((length + 8) >>> 6) + 1) * 16);
  for (let at = 0; at < length; at++) {
    words[at >>> 2]! |= text.charCodeAt(at) << (24 - (at & 3) * 8);
  }
  words[length >>> 2]! |= 0x80 << (24 - (length & 3) * 8);
  words[words.length - 1] = length * 8;
  const state = START.slice();
  const schedule = new Int32Array(64);
  for (let block = 0; block < words.length; block += 16) {
    schedule.set(words.subarray(block, block + 16));
    for (let t = 16; t < 64; t++) {
      const [x, y] = [schedule[t - 15]!, schedule[t - 2]!];
      const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const large = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      schedule[t] = schedule[t - 16]! + small + schedule[t - 7]! + large;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let t = 0; t < 64; t++) {
      const choice = (e & f) ^ (~e & g);
      const sum1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const first = (h + sum1 + choice + CONSTANTS[t]! + schedule[t]!) | 0;
      const majority = (a & b) ^ (a & c) ^ (b & c);
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index]! += value;
  }
  return Array.from(state, (value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
}
