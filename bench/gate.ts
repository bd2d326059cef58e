/**
 * `npm run gate`: instructions a packet, stage by stage, against the budget in `bench/record/gate.json`.
 *
 * Instructions do not depend on what else the machine does, so a regression of a few per cent shows
 * where a clock would not. Each stage runs under valgrind's cachegrind on a short and on a longer
 * capture; the difference, divided by the difference in packets, has no start-up in it.
 * `npm run gate -- --update` writes what it finds as the new budget.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { INPUTS } from "./definitions.js";
import { generate } from "./generate.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const BUDGET = "bench/record/gate.json";
/** Above this much more than the budget, the gate fails. Two runs differ by less than a tenth of it. */
const TOLERANCE = 0.03;
const PACKETS = { short: 60_000, long: 180_000 };

/**
 * Nothing that depends on time: no tiers in Wasm, no threads, no random seeds. Incremental marking
 * paces itself by the clock: with it runs of the whole differ by 4 %, without it by 0.05 %.
 */
const NODE_FLAGS = [
  "--no-liftoff",
  "--single-threaded",
  "--predictable",
  "--hash-seed=1",
  "--random-seed=1",
  "--no-incremental-marking",
  "--no-memory-reducer",
  "--min-semi-space-size=16",
];
/** V8 writes its code anew all the time, and valgrind must notice. */
const VALGRIND = ["--tool=cachegrind", "--cache-sim=no", "--smc-check=all-non-file"];

const STAGES = [
  { name: "decode", stage: "decode", engine: "wasm" },
  { name: "flows", stage: "flows", engine: "wasm", minus: "decode" },
  { name: "recognise", stage: "recognise", engine: "wasm", minus: "flows" },
  { name: "whole", stage: "whole", engine: "wasm" },
  { name: "whole-typescript", stage: "whole", engine: "typescript" },
] as const;

interface Budget {
  node: number;
  arch: string;
  /** Instructions a packet. */
  instructions: Record<string, number>;
}

const here = { node: Number(process.versions.node.split(".")[0]), arch: process.arch };
const budget: Budget | undefined = existsSync(BUDGET)
  ? (JSON.parse(readFileSync(BUDGET, "utf8")) as Budget)
  : undefined;
const isUpdate = process.argv.includes("--update");

const reason = await whyNot();
if (reason !== undefined) {
  console.log(`gate: not run, ${reason.text}`);
  process.exit(reason.fails ? 1 : 0);
}

const folder = mkdtempSync(join(tmpdir(), "gate-"));
try {
  process.exitCode = report(await countAll());
} finally {
  rmSync(folder, { recursive: true });
}

/** Why nothing can be compared here. In continuous integration a missing valgrind is a failure: it is installed there. */
async function whyNot(): Promise<{ text: string; fails: boolean } | undefined> {
  const hasValgrind = await promisify(execFile)("valgrind", ["--version"]).then(
    () => true,
    () => false,
  );
  if (!hasValgrind) {
    return { text: "valgrind is not installed", fails: process.env["CI"] === "true" };
  }
  if (!existsSync("dist/node.js"))
    return { text: "dist/ is not built: npm run build", fails: true };
  if (isUpdate) return undefined;
  if (budget === undefined) {
    return { text: `there is no ${BUDGET}: npm run gate -- --update`, fails: true };
  }
  if (budget.node === here.node && budget.arch === here.arch) return undefined;
  const recorded = `Node ${budget.node} on ${budget.arch}`;
  return {
    text: `the budget is that of ${recorded}, this is ${here.node} on ${here.arch}`,
    fails: false,
  };
}

/** Instructions a packet by stage. */
async function countAll(): Promise<Record<string, number>> {
  const captures = Object.entries(PACKETS).map(([name, packets]) => {
    const { bytes } = generate({ ...INPUTS.imix, packets, concurrent: 1000 });
    const path = join(folder, `${name}.pcap`);
    writeFileSync(path, bytes);
    return path;
  });
  const jobs = STAGES.flatMap(({ stage, engine }) =>
    captures.map((capture) => () => countInstructions(stage, engine, capture)),
  );
  const counts = await inParallel(jobs, availableParallelism());
  const totals: Record<string, number> = {};
  const instructions: Record<string, number> = {};
  STAGES.forEach((entry, index) => {
    const [short, long] = counts.slice(index * 2, index * 2 + 2) as [Count, Count];
    const total = (long.instructions - short.instructions) / (long.packets - short.packets);
    totals[entry.name] = total;
    const before = "minus" in entry ? totals[entry.minus]! : 0;
    instructions[entry.name] = Number((total - before).toFixed(1));
  });
  return instructions;
}

interface Count {
  packets: number;
  instructions: number;
}

async function countInstructions(stage: string, engine: string, capture: string): Promise<Count> {
  const workload = ["bench/gate-workload.mjs", stage, engine, capture];
  const args = [...VALGRIND, "--cachegrind-out-file=/dev/null", process.execPath, ...NODE_FLAGS];
  const { stdout, stderr } = await promisify(execFile)("valgrind", [...args, ...workload]);
  const found = /I\s+refs:\s+([\d,]+)/.exec(stderr)?.[1];
  if (found === undefined) throw new Error(`valgrind said nothing of instructions:\n${stderr}`);
  return { packets: Number(stdout), instructions: Number(found.replaceAll(",", "")) };
}

async function inParallel<T>(jobs: readonly (() => Promise<T>)[], workers: number): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async () => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await jobs[index]!();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

/** Compares, or updates. Returns the exit code. */
function report(instructions: Record<string, number>): number {
  let failed = false;
  for (const [stage, found] of Object.entries(instructions)) {
    const allowed = budget?.instructions[stage];
    const change = allowed === undefined ? undefined : found / allowed - 1;
    const isOver = change !== undefined && change > TOLERANCE;
    failed ||= isOver || (allowed === undefined && !isUpdate);
    const against =
      change === undefined
        ? "no budget"
        : `budget ${allowed}, ${change >= 0 ? "+" : ""}${(change * 100).toFixed(2)} %`;
    const verdict = isOver && !isUpdate ? "  OVER" : "";
    console.log(
      `${stage.padEnd(17)}${found.toFixed(1).padStart(8)} instructions/packet  ${against}${verdict}`,
    );
  }
  if (isUpdate) {
    writeFileSync(BUDGET, `${JSON.stringify({ ...here, instructions }, null, 2)}\n`);
    console.log(`written to ${BUDGET}`);
    return 0;
  }
  if (failed) {
    console.log(
      `more than ${TOLERANCE * 100} % over budget; if that is what it costs: npm run gate -- --update`,
    );
  }
  return failed ? 1 : 0;
}
