/**
 * `npm run fuzz:steps -- [--cases 1000] [--seed 1] [--from 0]`: the same cases as `npm run fuzz`, with V8's count of basic blocks
 * over the TypeScript engine and the host, as `npm run bench:worst` counts: none may cost more than MOST_STEPS for each byte.
 */
import { parseArgs } from "node:util";
import { MOST_STEPS } from "../../bench/most-steps.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
  },
});

/** What every capture costs, however short: its tables and its summary. Spread over its bytes it would say nothing of them. */
const OF_A_CAPTURE = 40_000;

// Only what is compiled from now on is counted.
const { stepsOf } = await import("../../bench/worst-steps.js");
const { makeCase } = await import("./cases.js");
const { writeCase } = await import("./replay.js");

const [seed, from, cases] = [values.seed, values.from, values.cases].map(Number) as [
  number,
  number,
  number,
];
let worst = { perByte: 0, number: from };
let steps = 0;
let bytes = 0;
for (let number = from; number < from + cases; number++) {
  const fuzzed = makeCase(seed, number);
  const { length } = fuzzed.capture;
  const count = async () => (await stepsOf(fuzzed.capture)).perByte * length;
  const perByteOf = (all: number) => Math.max(0, all - OF_A_CAPTURE) / Math.max(1, length);
  let all = await count();
  // What is derived of a catalog when it is first needed is no cost of this capture.
  if (perByteOf(all) > MOST_STEPS) all = await count();
  const perByte = perByteOf(all);
  steps += all;
  bytes += length;
  if (perByte > worst.perByte) worst = { perByte, number };
  if (perByte <= MOST_STEPS) continue;
  const path = writeCase(fuzzed, `fuzz-steps-${seed}-${number}`);
  console.log(`case ${number}: ${perByte.toFixed(1)} steps a byte: ${path}`);
  process.exitCode = 1;
}
console.log(
  `${cases} cases, ${bytes.toLocaleString("en")} bytes: ${(steps / bytes).toFixed(1)} steps a byte, ` +
    `at most ${worst.perByte.toFixed(1)} (case ${worst.number}); ${MOST_STEPS} are allowed`,
);
