/** Probabilities, in bits (−log₂), that a background meets conditions on single bytes and numbers. */
import { LANES, type Place, probabilities } from "./backgrounds.js";
import type { ByteSet } from "./bytes.js";
import type { PatternOf, Where } from "./pattern.js";

/** One value per background. */
export type Lanes = readonly number[];

export const lanes = (value: (background: number) => number): Lanes =>
  Array.from({ length: LANES }, (_, background) => value(background));

export const ZERO: Lanes = lanes(() => 0);

export const add = (a: Lanes, b: Lanes): Lanes => a.map((value, lane) => value + b[lane]!);
export const subtract = (a: Lanes, b: Lanes): Lanes => a.map((value, lane) => value - b[lane]!);
export const larger = (a: Lanes, b: Lanes): Lanes =>
  a.map((value, lane) => Math.max(value, b[lane]!));

/** The place behind so many bytes, or behind at least so many. */
export const behind = ({ at, isExact }: Place, bytes: number, more = false): Place => ({
  at: at + bytes,
  isExact: isExact && !more,
});

/** Bits of a probability. What is impossible is worth no more than 64. */
export const bits = (probability: number): number => Math.min(64, -Math.log2(probability));

/** The bits of one of several things happening: their probabilities are added. */
export const anyOf = (all: readonly Lanes[]): Lanes =>
  lanes((lane) => -Math.log2(all.reduce((sum, each) => sum + 2 ** -each[lane]!, 0)));

export function setProbability(set: ByteSet, lane: number, place: Place): number {
  const table = probabilities(lane, place);
  let sum = 0;
  for (const [low, high] of set) for (let value = low; value <= high; value++) sum += table[value]!;
  return Math.min(1, sum);
}

export const setBits = (set: ByteSet, place: Place): Lanes =>
  lanes((lane) => bits(setProbability(set, lane, place)));

type NumberPattern = PatternOf<"number">;

/** The bits of a number meeting its condition. */
export const conditionBits = (pattern: NumberPattern, place: Place): Lanes =>
  lanes((lane) => bits(Math.min(1, fold(pattern, pattern.where, place, lane, sum))));

/** The bits of a number having the one value that a relation asks for: the likeliest that meets its condition. */
export const likeliestBits = (pattern: NumberPattern, place: Place): Lanes =>
  lanes((lane) => bits(fold(pattern, pattern.where, place, lane, Math.max)));

/**
 * The same for a value made of a number of at most two bytes: `make` may give one value for several.
 */
export function likeliestImageBits(
  pattern: NumberPattern,
  make: (value: number) => number,
  place: Place,
): Lanes {
  const limit = 256 ** pattern.width;
  // What `make` gives is nearly always small: an array is ten times faster than a map.
  const small = new Float64Array(limit);
  return lanes((lane) => {
    small.fill(0);
    const large = new Map<number, number>();
    const high8 = pattern.width === 1 ? undefined : tableOf(pattern, 0, place, lane);
    const low8 = tableOf(pattern, pattern.width - 1, place, lane);
    for (const [low, high] of pattern.where.ranges) {
      for (let value = low; value <= Math.min(high, limit - 1); value++) {
        if ((value & pattern.where.mask) >>> 0 !== pattern.where.bits) continue;
        const image = make(value);
        const probability = (high8?.[value >> 8] ?? 1) * low8[value & 255]!;
        if (image < limit) small[image]! += probability;
        else large.set(image, (large.get(image) ?? 0) + probability);
      }
    }
    let likeliest = 0;
    for (const sums of [small, large.values()]) {
      for (const sum of sums) if (sum > likeliest) likeliest = sum;
    }
    return bits(Math.min(1, likeliest));
  });
}

export const meets = ({ ranges, mask, bits: wanted }: Where, value: number): boolean =>
  ranges.some(([low, high]) => value >= low && value <= high) && (value & mask) >>> 0 === wanted;

/** The byte of a number that has so many bytes of higher rank before it. */
const byteOf = (value: number, width: number, rank: number): number =>
  Math.floor(value / 256 ** (width - 1 - rank)) & 255;

const tableOf = (pattern: NumberPattern, rank: number, place: Place, lane: number) =>
  probabilities(lane, behind(place, pattern.little ? pattern.width - 1 - rank : rank));

const sum = (a: number, b: number): number => a + b;

/** Sum, or maximum, of the probabilities of all values that meet a condition: byte by byte, from the highest. */
function fold(
  pattern: NumberPattern,
  where: Where,
  place: Place,
  lane: number,
  join: (a: number, b: number) => number,
): number {
  const { width } = pattern;
  const from = (rank: number, low: number, high: number, atLow: boolean, atHigh: boolean) => {
    if (rank === width) return 1;
    const table = tableOf(pattern, rank, place, lane);
    const first = atLow ? byteOf(low, width, rank) : 0;
    const last = atHigh ? byteOf(high, width, rank) : 255;
    const mask = byteOf(where.mask, width, rank);
    const wanted = byteOf(where.bits, width, rank);
    let total = 0;
    let between: number | undefined; // what follows a byte that is neither bound, once computed
    for (let value = first; value <= last; value++) {
      if ((value & mask) !== wanted) continue;
      const stillLow = atLow && value === first;
      const stillHigh = atHigh && value === last;
      const rest: number =
        stillLow || stillHigh
          ? from(rank + 1, low, high, stillLow, stillHigh)
          : (between ??= from(rank + 1, low, high, false, false));
      total = join(total, table[value]! * rest);
    }
    return total;
  };
  return where.ranges.reduce(
    (total, [low, high]) => join(total, from(0, low, high, true, true)),
    0,
  );
}
