/**
 * The backgrounds: what payload looks like that is nobody's protocol in particular. Evidence is
 * what a background would have to be lucky to do, so these tables decide what a signature is worth.
 *
 * Each background gives every byte value a probability, independent of its neighbours; only `tls`
 * knows positions. They are chosen by hand so far, and on the side of caution: where a value is common
 * in some traffic of the kind, it is common here.
 *
 * - `uniform`: ciphertext, compressed data.
 * - `integers`: binary protocols of zero-heavy small integers. Half of the bytes are 0, as in
 *   32-bit counters below 65,536; then 1 and 2 (versions, flags, types), 255 (masks, −1), small numbers.
 * - `text`: lines of English and of markup. Lower-case letters by their frequency in English (Lewand,
 *   "Cryptological Mathematics", 2000) times 0.56; capitals, digits and punctuation are common, as in headers
 *   and logs; CR LF ends a line of some 60 characters.
 * - `tls`: a record as in RFC 8446 §5.1: type, version and length by position, then a handshake header
 *   or ciphertext.
 */
import { BACKGROUNDS } from "./catalog.js";

/** Runs of byte values and the weight of each single value; later ones replace earlier ones. */
type Weights = readonly (readonly [low: number, high: number, each: number])[];

/** What no table lists happens once in 2^20 bytes; in a record's fixed fields once in 2^24. */
const RARE = 2 ** -20;
const NEVER = 2 ** -24;

/** Letters of English, in percent. */
const ENGLISH = `
  a 8.167, b 1.492, c 2.782, d 4.253, e 12.702, f 2.228, g 2.015, h 6.094, i 6.966,
  j 0.253, k 1.772, l 4.025, m 2.406, n 6.749, o 7.507, p 1.929, q 0.195, r 5.987, s 6.327,
  t 9.056, u 2.758, v 0.978, w 2.36, x 0.25, y 1.974, z 0.174
`;

const uniform: Weights = [[0, 255, 1 / 256]];

const integers: Weights = [
  [0, 0, 0.5],
  [1, 1, 0.08],
  [2, 2, 0.04],
  [3, 4, 0.02],
  [5, 16, 0.008],
  [17, 31, 0.003],
  [32, 127, 0.001],
  [128, 254, 0.0005],
  [255, 255, 0.04],
];

const text: Weights = [
  [0, 8, RARE],
  [9, 9, 0.004],
  [10, 10, 0.02],
  [11, 12, RARE],
  [13, 13, 0.016],
  [14, 31, RARE],
  [32, 32, 0.13],
  [33, 47, 0.004],
  [48, 57, 0.011],
  [58, 64, 0.004],
  [65, 90, 0.003],
  [91, 96, 0.004],
  ...ENGLISH.split(",").map((entry) => {
    const [letter, percent] = entry.trim().split(" ") as [string, string];
    return [letter.charCodeAt(0), letter.charCodeAt(0), (Number(percent) / 100) * 0.56] as const;
  }),
  [123, 126, 0.003],
  [127, 127, RARE],
  [128, 255, 0.0002],
];

const ciphertext: Weights = [[0, 255, 1 / 256]];

/** Positions 0, 1, 2 … of a record; the last entry is that of every later position. */
const tls: readonly Weights[] = [
  // ContentType: change_cipher_spec, alert, handshake, application_data.
  [
    [0, 255, NEVER],
    [20, 20, 0.05],
    [21, 21, 0.1],
    [22, 22, 0.45],
    [23, 23, 0.4],
  ],
  // ProtocolVersion 3.0 … 3.3.
  [
    [0, 255, NEVER],
    [3, 3, 1],
  ],
  [
    [0, 255, NEVER],
    [0, 0, 0.02],
    [1, 1, 0.3],
    [2, 2, 0.03],
    [3, 3, 0.65],
  ],
  // Length, at most 2^14 + 256.
  [
    [0, 64, 0.009],
    [0, 0, 0.4],
    [1, 2, 0.1],
    [65, 255, NEVER],
  ],
  [[0, 255, 0.01]],
  // HandshakeType and its length, or ciphertext.
  [
    [0, 255, 0.002],
    [1, 2, 0.25],
    [11, 11, 0.1],
    [16, 16, 0.05],
  ],
  [
    [0, 255, 0.002],
    [0, 0, 0.5],
  ],
  [
    [0, 255, 0.003],
    [0, 2, 0.2],
  ],
  ciphertext,
];

const spread = (weights: Weights): Float64Array => {
  const table = new Float64Array(256);
  for (const [low, high, each] of weights) table.fill(each, low, high + 1);
  const sum = table.reduce((a, b) => a + b, 0);
  return table.map((each) => each / sum);
};

const highest = (tables: readonly Float64Array[]): Float64Array =>
  Float64Array.from({ length: 256 }, (_, value) =>
    Math.max(...tables.map((table) => table[value]!)),
  );

const tlsByPosition = tls.map(spread);
const tlsAnywhere = highest(tlsByPosition);
const unplaced = [uniform, integers, text].map(spread);

/** Number of backgrounds. */
export const LANES = BACKGROUNDS.length;

/**
 * Probability of each byte value in a background, at an offset of the message; where the offset is
 * not known, an upper bound that holds at any.
 */
export function probabilities(background: number, offset: number | undefined): Float64Array {
  const table = unplaced[background];
  if (table) return table;
  return offset === undefined
    ? tlsAnywhere
    : tlsByPosition[Math.min(offset, tlsByPosition.length - 1)]!;
}
