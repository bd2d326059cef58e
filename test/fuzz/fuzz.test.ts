/** A slice of the fuzzing in every test run: always the same cases. `npm run fuzz` makes others. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpusCase } from "./corpus.js";
import { findDifference } from "./differ.js";
import { generatedCase } from "./generated.js";
import { compareWithOracle } from "./oracle.js";

const SEED = 20261124;
const CASES = 150;

test("mutated fixtures: the engines agree, whatever the pieces", async () => {
  for (let number = 0; number < CASES; number++) {
    const difference = await findDifference(corpusCase(SEED, number));
    expect({ number, difference }).toEqual({ number, difference: undefined });
  }
}, 120_000);

test("generated packets: the engines agree, whatever the pieces", async () => {
  await fc.assert(
    fc.asyncProperty(generatedCase, async (fuzzed) => {
      expect(await findDifference(fuzzed)).toBeUndefined();
    }),
    { numRuns: 60, seed: SEED },
  );
}, 120_000);

test("changed samples and random payload: the engines agree with the oracle", async () => {
  let count = 0;
  const difference = await compareWithOracle({ seed: SEED, from: 0, cases: 1500 }, () => count++);
  expect(difference).toBeUndefined();
  expect(count).toBe(1500);
}, 120_000);
