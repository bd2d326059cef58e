/**
 * `npm run fuzz -- [--cases 10000] [--seconds S] [--seed N] [--from 0] [--jobs 1] [--most 1]`: cases made of fixtures and of
 * nothing, until so many differ. A case depends on seed and number alone, whatever the number of jobs:
 * `--seed S --from K --cases 1` runs that one again. `--replay CAPTURE` runs one that was written.
 */
import { parseArgs } from "node:util";
import { readCase } from "./replay.js";
import { Supervisor } from "./supervisor.js";
import { compare } from "./worker.js";

const { values } = parseArgs({
  options: {
    /** 10,000, unless seconds are given. */
    cases: { type: "string" },
    seconds: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    from: { type: "string", default: "0" },
    jobs: { type: "string", default: "1" },
    /** Goes on after a difference, up to so many. */
    most: { type: "string", default: "1" },
    replay: { type: "string" },
  },
});

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`not a whole number: ${text}`);
  return value;
}

async function replay(path: string): Promise<boolean> {
  const difference = await compare(readCase(path), { thorough: true });
  console.log(difference ? `${difference.between}: ${difference.what}` : "no difference");
  return difference === undefined;
}

async function fuzz(): Promise<boolean> {
  const seed = whole(values.seed);
  const from = whole(values.from);
  const cases =
    values.cases ?? (values.seconds === undefined ? "10000" : String(2 ** 31 - 1 - from));
  console.log(`seed ${seed}`);
  const found = await new Supervisor({
    seed,
    from,
    end: from + whole(cases),
    seconds: values.seconds === undefined ? Infinity : whole(values.seconds),
    jobs: whole(values.jobs),
    most: whole(values.most),
  }).run();
  const { packets, payloads, programs, steps, runs } = found.work;
  const count = (value: number, what: string) => `${value.toLocaleString("en")} ${what}`;
  console.log(
    `${count(found.cases, "cases")} in ${count(runs, "runs")}, ${count(found.conversations, "conversations for the oracle")}; ` +
      `${count(packets, "packets")}, ${count(payloads, "payloads")}, ${count(programs, "programs")}, ${count(steps, "steps")} in each engine; ` +
      `${found.seconds.toFixed(0)} s, ${(found.cases / found.seconds).toFixed(0)} a second; ${found.differing} cases differ`,
  );
  return found.differing === 0;
}

const isFine = values.replay === undefined ? await fuzz() : await replay(values.replay);
process.exitCode = isFine ? 0 : 1;
