/**
 * No input may cost more for each of its bytes, all of the way from capture to JSON. The worst that was constructed takes
 * 253: JSON in TCP segments of a byte, which several signatures read anew with each. Of 1,370 others (`--samples --bytes`)
 * the worst takes 85. Runs differ by less than a thousandth. What a step is depends on how sources are written out, so only
 * figures of `npm run bench:worst` compare with this.
 */
export const MOST_STEPS = 400;
