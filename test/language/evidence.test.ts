/** Evidence against brute force: what a background does by chance must not be worth more than its odds. */
import { describe, expect, test } from "vitest";
import { probabilities } from "../../src/language/backgrounds.js";
import { BACKGROUNDS } from "../../src/language/catalog.js";
import { worth } from "../../src/language/evidence.js";
import { match } from "../../src/language/oracle.js";
import type { Sequence } from "../../src/language/pattern.js";
import { FALSE_NAMES, falseNames, worths } from "../../src/language/report.js";
import { protocols } from "../../src/generated/protocols.js";
import * as v from "../../src/language/vocabulary.js";

const SAMPLES = 40_000;

/** Messages of one background, reproducible. */
function sampler(lane: number): (length: number) => Uint8Array {
  let state = 1 + lane;
  const random = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const sums = Array.from({ length: 16 }, (_, offset) => {
    let sum = 0;
    return probabilities(lane, { at: offset, isExact: true }).map((each) => (sum += each));
  });
  return (length) =>
    Uint8Array.from({ length }, (_, offset) => {
      const table = sums[Math.min(offset, 15)]!;
      const wanted = random() * table[255]!;
      let value = 0;
      while (value < 255 && table[value]! <= wanted) value++;
      return value;
    });
}

/**
 * Mean of 2^evidence over a background's messages (those that do not match count 0), less three
 * standard errors: at most 1 if evidence is honest.
 */
function meanPower(
  sequences: readonly Sequence[],
  lane: number,
  lengths: readonly number[],
): number {
  const next = sampler(lane);
  const credits = sequences.map(worth);
  let sum = 0;
  let squares = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const saved = new Map<string, number>();
    let evidence = 0;
    const isMatch = sequences.every((sequence, index) => {
      const credit = credits[index]!;
      const result = match(sequence, next(lengths[index]!), { isDatagram: true, saved, credit });
      evidence += result.evidence[lane]! / 8;
      return result.outcome === "matched";
    });
    if (isMatch) {
      sum += 2 ** evidence;
      squares += 4 ** evidence;
    }
  }
  const mean = sum / SAMPLES;
  return mean - 3 * Math.sqrt((squares / SAMPLES - mean ** 2) / SAMPLES);
}

const small = { max: 0x3f };
/** Steps that a background matches often enough for counting. */
const steps: Record<string, { steps: Sequence[]; lengths: number[] }> = {
  "a byte of a set": { steps: [v.step(v.byte("\0-\x3f"))], lengths: [1] },
  alternatives: {
    steps: [v.step(v.either([v.u8(small), v.u8(small)], v.u8({ min: 0x20, max: 0x7f })))],
    lengths: [4],
  },
  "an optional part": { steps: [v.step(v.opt(v.u8(small)), v.u8({ min: 0x40 }))], lengths: [4] },
  "a run and what ends it": {
    steps: [v.step(v.run("\0-\x60", { min: 0, max: 6 }), v.u8({ min: 0x40 }))],
    lengths: [10],
  },
  "a search": { steps: [v.step(v.find(8, v.byte(" -z"), v.byte("\0-z")))], lengths: [12] },
  "skipped lines": { steps: [v.step(v.afterLines(3, v.byte("a-z")))], lengths: [60] },
  "an open repeat": {
    steps: [v.step(v.repeat(1, 5, v.u8({ max: 0x7f })), v.u8({ max: 0x9f }))],
    lengths: [8],
  },
  "a counted repeat": {
    steps: [v.step(v.u8("n", { max: 3 }), v.times("n", 3, v.u8({ max: 0x7f })))],
    lengths: [5],
  },
  "a length to the end": { steps: [v.step(v.u8("n"), v.remains("n"))], lengths: [3] },
  "a length within": { steps: [v.step(v.u8("n"), v.within("n", v.skip(2)))], lengths: [4] },
  "a length that does not choose": {
    steps: [v.step(v.u8("n", { max: 3 }), v.within("n", v.rest))],
    lengths: [5],
  },
  "equal fields": { steps: [v.step(v.u8("a"), v.u8("b"), v.equal("a", "b"))], lengths: [2] },
  "a field used twice": {
    steps: [
      v.step(
        v.u8("a"),
        v.u8("b"),
        v.u8("c"),
        v.equal("a", "b"),
        v.equal("b", "c"),
        v.equal("a", "c"),
      ),
    ],
    lengths: [3],
  },
  "part of a field": {
    steps: [v.step(v.u8("a"), v.derive("low", { from: "a", and: 7 }), v.remains("low"))],
    lengths: [5],
  },
  "a varying integer": { steps: [v.step(v.varint("n"), v.remains("n"))], lengths: [3] },
  "a number in groups of seven bits": {
    steps: [v.step(v.leb128("n"), v.remains("n"))],
    lengths: [3],
  },
  "a BER element": { steps: [v.step(v.ber(0x30, "n"), v.within("n", v.rest))], lengths: [4] },
  "few small bytes": {
    steps: [v.step({ kind: "few", set: [[0, 16]], most: 2, of: 6 })],
    lengths: [6],
  },
  "a name": { steps: [v.step(v.dnsName({ pointers: false }))], lengths: [12] },
  "a repeated field": {
    steps: [v.step(v.u8("a"), v.remember("a")), v.step(v.u8("a"), v.repeats("a"))],
    lengths: [1, 1],
  },
  "an advancing field": {
    steps: [v.step(v.u8("a"), v.remember("a")), v.step(v.u8("a"), v.advances("a", 8))],
    lengths: [1, 1],
  },
  "a capped part": { steps: [v.step(v.capped(1, v.byte("a-z"), v.byte("a-z")))], lengths: [2] },
};

describe.each(BACKGROUNDS.map((name, lane) => ({ name, lane })))("$name", ({ lane }) => {
  test.each(Object.keys(steps))("%s is worth no more than its odds", (name) => {
    const { steps: sequences, lengths } = steps[name]!;
    expect(meanPower(sequences, lane, lengths)).toBeLessThanOrEqual(1);
  });
});

test("uniform bits are what one would count by hand", () => {
  const [uniform] = worth(v.step("ab", v.u8({ max: 0x7f }), v.u16("n"), v.remains("n"))).main;
  expect(uniform).toBeCloseTo(8 + 8 + 1 + 16, 6);
  expect(worth(v.step(v.nocase("a"))).main[0]).toBeCloseTo(7, 6);
  expect(worth(v.step(v.oneOf("ab", "cd"))).main[0]).toBeCloseTo(15, 6);
  expect(worth(v.step(v.opt("a"), "b")).main[0]).toBeCloseTo(8 - Math.log2(1 + 1 / 256), 6);
  expect(worth(v.step(v.u8("n"), v.inside("n", v.rest))).main[0]).toBe(0);
});

test("each background's probabilities are a distribution", () => {
  for (const [lane, name] of BACKGROUNDS.entries()) {
    for (let offset = 0; offset < 12; offset++) {
      const sum = probabilities(lane, { at: offset, isExact: true }).reduce((a, b) => a + b, 0);
      expect({ name, offset, sum: Math.abs(sum - 1) < 1e-9 }).toEqual({ name, offset, sum: true });
    }
  }
});

test("the odds of a false name are small enough on every background", () => {
  for (const odds of falseNames(worths(protocols))) expect(odds).toBeLessThanOrEqual(FALSE_NAMES);
});
