/** AES-128 encryption: FIPS 197, with tables of S-box and MixColumns; words are columns, big-endian. */

const SBOX = new Uint8Array(256);
/** Row 0 of a column times the matrix; the other rows' tables are this one turned. */
const T0 = new Int32Array(256);
const T1 = new Int32Array(256);
const T2 = new Int32Array(256);
const T3 = new Int32Array(256);

const double = (x: number): number => (x << 1) ^ ((x >> 7) * 0x11b);

/** §5.1.1: the inverse by logarithms to the base 3, then the affine map bit by bit. */
export function configureAes128(): void {
  const powers = new Uint8Array(255);
  const logarithms = new Uint8Array(256);
  for (let i = 0, power = 1; i < 255; i++, power ^= double(power)) {
    powers[i] = power;
    logarithms[power] = i;
  }
  for (let x = 0; x < 256; x++) {
    const inverse = x === 0 ? 0 : powers[(255 - logarithms[x]!) % 255]!;
    let s = 0x63;
    for (let turn = 0; turn < 5; turn++) s ^= (inverse << turn) | (inverse >> (8 - turn));
    s &= 0xff;
    SBOX[x] = s;
    const twice = double(s);
    const column = (twice << 24) | (s << 16) | (s << 8) | (twice ^ s);
    T0[x] = column;
    T1[x] = (column >>> 8) | (column << 24);
    T2[x] = (column >>> 16) | (column << 16);
    T3[x] = (column >>> 24) | (column << 8);
  }
}

/** §5.2: writes 44 words; the first four are the key. */
export function expandKey(keys: Int32Array): void {
  let constant = 1;
  for (let i = 4; i < 44; i++) {
    let word = keys[i - 1]!;
    if ((i & 3) === 0) {
      word =
        ((SBOX[(word >>> 16) & 0xff]! ^ constant) << 24) |
        (SBOX[(word >>> 8) & 0xff]! << 16) |
        (SBOX[word & 0xff]! << 8) |
        SBOX[word >>> 24]!;
      constant = double(constant);
    }
    keys[i] = keys[i - 4]! ^ word;
  }
}

/** §5.1: encrypts the four words at `at` in place. */
export function encryptBlock(keys: Int32Array, words: Int32Array, at: number): void {
  let a = words[at]! ^ keys[0]!;
  let b = words[at + 1]! ^ keys[1]!;
  let c = words[at + 2]! ^ keys[2]!;
  let d = words[at + 3]! ^ keys[3]!;
  for (let key = 4; key < 40; key += 4) {
    const e =
      T0[a >>> 24]! ^ T1[(b >>> 16) & 0xff]! ^ T2[(c >>> 8) & 0xff]! ^ T3[d & 0xff]! ^ keys[key]!;
    const f =
      T0[b >>> 24]! ^
      T1[(c >>> 16) & 0xff]! ^
      T2[(d >>> 8) & 0xff]! ^
      T3[a & 0xff]! ^
      keys[key + 1]!;
    const g =
      T0[c >>> 24]! ^
      T1[(d >>> 16) & 0xff]! ^
      T2[(a >>> 8) & 0xff]! ^
      T3[b & 0xff]! ^
      keys[key + 2]!;
    d =
      T0[d >>> 24]! ^
      T1[(a >>> 16) & 0xff]! ^
      T2[(b >>> 8) & 0xff]! ^
      T3[c & 0xff]! ^
      keys[key + 3]!;
    a = e;
    b = f;
    c = g;
  }
  words[at] = last(a, b, c, d) ^ keys[40]!;
  words[at + 1] = last(b, c, d, a) ^ keys[41]!;
  words[at + 2] = last(c, d, a, b) ^ keys[42]!;
  words[at + 3] = last(d, a, b, c) ^ keys[43]!;
}

const last = (a: number, b: number, c: number, d: number): number =>
  (SBOX[a >>> 24]! << 24) |
  (SBOX[(b >>> 16) & 0xff]! << 16) |
  (SBOX[(c >>> 8) & 0xff]! << 8) |
  SBOX[d & 0xff]!;
