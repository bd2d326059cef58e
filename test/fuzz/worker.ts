/** One of the threads of `npm run fuzz`: its share of the numbers, one case after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { MOST_STEPS } from "../../bench/most-steps.js";
import type { Case } from "./case.js";
import { makeCase } from "./cases.js";
import { areTablesWhole, findDifference, noWork, type Difference, type Work } from "./differ.js";
import { OracleComparison } from "./oracle.js";
import { writeCase } from "./replay.js";
import { shrink } from "./shrink.js";

export interface Share {
  seed: number;
  /** The first number, and from each to the next. */
  from: number;
  step: number;
  /** The first number that is not to be run. */
  end: number;
  /** Words of {@link Progress}. */
  progress: SharedArrayBuffer;
}

/** What the threads tell each other, as indices of 32-bit words. */
export const Progress = {
  /** The number being run. */
  Number: 0,
  /** Cases done. */
  Done: 1,
  /** Set by who watches: no further case. */
  Stop: 2,
  /** Rises with every run of a case, and of one that is being made smaller. */
  Beat: 3,
} as const;

export type Message =
  | { type: "difference"; number: number; what: string }
  | { type: "done"; work: Work; conversations: number };

/** With one case in so many comes a conversation for the oracle; odd, so that every thread has its share. */
const ORACLE = 41;
/** The tables, which nobody may write, are compared once in so many cases. */
const TABLES = 50_000;
/** Milliseconds to make one that differs smaller. */
const SHRINKING = 60_000;

export async function compare(
  ...args: Parameters<typeof findDifference>
): Promise<Difference | undefined> {
  try {
    return (await findDifference(...args)) ?? undefined;
  } catch (error) {
    return { between: "an engine and its specification", what: (error as Error).stack! };
  }
}

/** The machine's own steps are some of those that are bounded for each byte. */
function tooMany(steps: number, bytes: number): Difference | undefined {
  if (steps <= MOST_STEPS * bytes) return undefined;
  return { between: "the bound and the machine", what: `${steps} steps for ${bytes} bytes` };
}

async function runShare({ seed, from, step, end, progress }: Share): Promise<void> {
  const words = new Int32Array(progress);
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  const tell = (message: Message) => parentPort!.postMessage(message);
  const work = noWork();
  const oracle = await OracleComparison.create();
  let conversations = 0;
  for (let number = from; number < end; number += step) {
    if (Atomics.load(words, Progress.Stop) !== 0) break;
    Atomics.store(words, Progress.Number, number);
    Atomics.add(words, Progress.Beat, 1);
    const report = (what: string) => tell({ type: "difference", number, what });
    const fuzzed = makeCase(seed, number);
    const before = work.steps;
    const difference =
      (await compare(fuzzed, { work })) ?? tooMany(work.steps - before, fuzzed.capture.length);
    if (difference !== undefined) {
      report(describe(difference, writeCase(fuzzed, `fuzz-${seed}-${number}`)));
      const differs = async (smaller: Case): Promise<boolean> => {
        Atomics.add(words, Progress.Beat, 1);
        return (await compare(smaller, { thorough: true })) !== undefined;
      };
      const smaller = await shrink(fuzzed, differs, SHRINKING);
      const own = await compare(smaller, { thorough: true });
      report(
        own === undefined
          ? "alone there is no difference: bytes were read that an earlier case left"
          : describe(own, writeCase(smaller, `fuzz-${seed}-${number}-small`)),
      );
    }
    if (number % ORACLE === 0) {
      conversations++;
      const found = oracle.compare(seed, number);
      if (found !== undefined) {
        const again = `npm run fuzz:oracle -- --seed ${seed} --from ${number} --cases 1`;
        report(`${found.engine} and the oracle: ${JSON.stringify(found)}\n${again}`);
      }
    }
    if (number % TABLES < step && !areTablesWhole()) report("an engine has written to its tables");
    Atomics.add(words, Progress.Done, 1);
  }
  tell({ type: "done", work, conversations });
}

const describe = ({ between, what }: Difference, path: string): string =>
  `${between}: ${what}\nnpm run fuzz -- --replay ${path}`;

if (parentPort !== null) await runShare(workerData as Share);
