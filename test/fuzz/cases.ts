/** Number → case, the same for ever with the same seed, fixtures and definitions. */
import fc from "fast-check";
import type { Case } from "./case.js";
import { corpusCase } from "./corpus.js";
import { generatedCase } from "./generated.js";

/** One case in so many is made of nothing, by fast-check; the others of fixtures. */
const GENERATED = 5;
/** fast-check gives a list of cases for a seed. */
const BATCH = 64;

let batch: { seed: number; cases: readonly Case[] } | undefined;

export function makeCase(seed: number, number: number): Case {
  if (number % GENERATED !== GENERATED - 1) return corpusCase(seed, number);
  const index = Math.floor(number / GENERATED);
  const own = (seed + Math.floor(index / BATCH)) | 0;
  if (batch?.seed !== own) {
    batch = { seed: own, cases: fc.sample(generatedCase, { seed: own, numRuns: BATCH }) };
  }
  return batch.cases[index % BATCH]!;
}
