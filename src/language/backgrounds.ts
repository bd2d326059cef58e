/**
 * The backgrounds: what payload looks like that is nobody's protocol in particular. Evidence is
 * what a background would have to be lucky to do, so these tables decide what a signature is worth.
 *
 * Each background gives every byte value a probability, independent of its neighbours; only `tls`
 * knows positions.
 *
 * - `uniform`: ciphertext, compressed data. All values alike.
 * - `integers`: binary messages of zero-heavy small integers; half of their bytes are zero.
 * - `text`: lines of printable ASCII.
 * - `tls`: a record as in RFC 8446 §5.1: type, version and length by position, then a handshake header
 *   or ciphertext.
 *
 * The last three are measured from `fixtures/`: see scripts/backgrounds.ts.
 */
import * as measured from "./backgrounds.data.js";
import { BACKGROUNDS } from "./catalog.js";

const normalised = (counts: readonly number[]): Float64Array => {
  const sum = counts.reduce((a, b) => a + b, 0);
  return Float64Array.from(counts, (count) => count / sum);
};

const uniform = new Float64Array(256).fill(1 / 256);
const tlsByPosition = measured.tls.map(normalised);
/** Upper bounds that hold at a position and at all later ones. */
const tlsFrom = tlsByPosition.map((_table, first) =>
  Float64Array.from({ length: 256 }, (_, value) =>
    Math.max(...tlsByPosition.slice(first).map((table) => table[value]!)),
  ),
);
const unplaced = [uniform, normalised(measured.integers), normalised(measured.text)];

/** Number of backgrounds. */
export const LANES = BACKGROUNDS.length;

/** A place in a message: so many bytes behind its beginning, or at least so many. */
export interface Place {
  readonly at: number;
  readonly isExact: boolean;
}

/** Probability of each byte value in a background, at a place; where that is not exact, an upper bound. */
export function probabilities(background: number, { at, isExact }: Place): Float64Array {
  const position = Math.min(at, tlsByPosition.length - 1);
  return unplaced[background] ?? (isExact ? tlsByPosition : tlsFrom)[position]!;
}
