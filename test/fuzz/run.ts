/**
 * `npm run fuzz -- [--cases 10000] [--seed N] [--from 0]`: cases made of fixtures, one after the other,
 * until one differs. `--seed S --from K --cases 1` runs that one case again.
 */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusCase } from "./corpus.js";
import { findDifference, noWork, type Difference } from "./differ.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    from: { type: "string", default: "0" },
    /** Goes on after a difference, up to so many. */
    most: { type: "string", default: "1" },
  },
});
const [cases, seed, from, most] = [values.cases, values.seed, values.from, values.most].map(
  Number,
) as [number, number, number, number];
console.log(`seed ${seed}`);

const work = noWork();
const start = performance.now();
let found = 0;
for (let number = from; number < from + cases && found < most; number++) {
  const fuzzed = corpusCase(seed, number);
  let difference: Difference | undefined;
  try {
    difference = await findDifference(fuzzed, { work });
  } catch (error) {
    difference = { between: "an engine and its specification", what: (error as Error).stack! };
  }
  if (difference !== undefined) {
    found++;
    const path = join(tmpdir(), `fuzz-${seed}-${number}.pcap`);
    writeFileSync(path, fuzzed.capture);
    writeFileSync(`${path}.json`, JSON.stringify({ ...fuzzed.options, pieces: fuzzed.pieces }));
    console.log(`case ${number} differs: ${difference.between}: ${difference.what}`);
    console.log(`capture: ${path}, options: ${path}.json`);
  }
  if ((number + 1) % 1000 === 0) console.log(`${number + 1 - from} cases`);
}
const seconds = (performance.now() - start) / 1000;
const [packets, payloads, programs, steps] = Object.values(work).map((n) => n.toLocaleString("en"));
console.log(
  `${packets} packets, ${payloads} payloads, ${programs} programs, ${steps} steps in each engine; ` +
    `${seconds.toFixed(0)} s; ${found} cases differ`,
);
process.exitCode = found === 0 ? 0 : 1;
