/** MD5, which JA3 is defined with. RFC 1321. */

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Int32Array.from({ length: 64 }, (_, index) =>
  Number(BigInt.asIntN(32, BigInt(Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32)))),
);

/** 32 hexadecimal digits. `text` is ASCII. */
export function md5(text: string): string {
  const length = text.length;
  const words = new Int32Array((((length + 8) >>> 6) + 1) * 16);
  for (let at = 0; at < length; at++) words[at >>> 2]! |= text.charCodeAt(at) << ((at & 3) * 8);
  words[length >>> 2]! |= 0x80 << ((length & 3) * 8);
  words[words.length - 2] = length * 8;
  let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let block = 0; block < words.length; block += 16) {
    let [e, f, g, h] = [a, b, c, d];
    for (let step = 0; step < 64; step++) {
      const round = step >>> 4;
      let mixed: number;
      let word: number;
      if (round === 0) [mixed, word] = [(f & g) | (~f & h), step];
      else if (round === 1) [mixed, word] = [(h & f) | (~h & g), (5 * step + 1) & 15];
      else if (round === 2) [mixed, word] = [f ^ g ^ h, (3 * step + 5) & 15];
      else [mixed, word] = [g ^ (f | ~h), (7 * step) & 15];
      const sum = (e + mixed + SINES[step]! + words[block + word]!) | 0;
      const shift = SHIFTS[round * 4 + (step & 3)]!;
      [e, h, g] = [h, g, f];
      f = (f + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    a = (a + e) | 0;
    b = (b + f) | 0;
    c = (c + g) | 0;
    d = (d + h) | 0;
  }
  return [a, b, c, d]
    .map((value) => {
      const swapped =
        ((value & 0xff) << 24) |
        ((value & 0xff00) << 8) |
        ((value >>> 8) & 0xff00) |
        (value >>> 24);
      return (swapped >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}
