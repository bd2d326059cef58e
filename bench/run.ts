/**
 * `npm run bench [-- --full] [-- --only <text>]`: measures all definitions on this machine.
 * `--full`: inputs four times as large. `--only imix`, `--only decode`: a part, without a record.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DEFINITIONS, ENGINES, INPUTS, START_UP, type InputName } from "./definitions.js";
import { generate, type Generated } from "./generate.js";
import { describeInput, describeResult, describeStartUp, machine, writeRecord } from "./report.js";
import type { Result, StartUp } from "./report.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.removeAllListeners("warning"); // pcap-parser says `new Buffer`

const ROUNDS = 9;
const args = process.argv.slice(2);
const isFull = args.includes("--full");
const only = args.includes("--only") ? args[args.indexOf("--only") + 1] : undefined;

if (!existsSync("dist/node.js") || !existsSync("dist/engine/wasm/engine-simd.wasm")) {
  console.error("dist/ is not built: npm run build");
  process.exit(1);
}
// Only now: it loads what is built.
const { measure, quartiles } = await import("./measure.js");

const { cpu, cores, node, arch } = machine;
console.log(
  `${cpu}, ${cores} cores, ${arch}, Node ${node}; medians of ${ROUNDS} rounds (quartiles)`,
);
console.log("× is the time against the first engine, in the same round");

const results: Result[] = [];
let input: { name: InputName; capture: Generated } | undefined;
for (const definition of DEFINITIONS) {
  if (only !== undefined && definition.input !== only && definition.stage !== only) continue;
  if (input?.name !== definition.input) {
    const recipe = INPUTS[definition.input];
    const packets = recipe.packets * (isFull ? 4 : 1);
    input = { name: definition.input, capture: generate({ ...recipe, packets }) };
    console.log(describeInput(input.name, input.capture));
  }
  const { capture } = input;
  const result = {
    ...definition,
    packets: capture.packets,
    meanLength: capture.wireBytes / capture.packets,
    measurements: await measure(definition, capture, ROUNDS),
  };
  results.push(result);
  console.log(describeResult(result));
}
if (only === undefined) {
  const startUp = measureStartUp();
  console.log(describeStartUp(startUp));
  console.log(`\nwritten to ${writeRecord(results, startUp, isFull)}`);
}

/** Processes from spawn to exit, engines in turns. */
function measureStartUp(): StartUp {
  const engines = ["none", ...ENGINES];
  const samples = new Map(engines.map((engine): [string, number[]] => [engine, []]));
  for (let count = 0; count < ROUNDS; count++) {
    for (const engine of engines) {
      const from = performance.now();
      const command = ["--no-deprecation", "bench/startup.mjs", engine, START_UP.capture];
      const { stdout } = spawnSync(process.execPath, command, { encoding: "utf8" });
      samples.get(engine)!.push(performance.now() - from);
      const http = engine === "none" ? 0 : START_UP.http;
      if (Number(stdout) !== http) throw new Error(`start-up, ${engine}: ${stdout} HTTP flows`);
    }
  }
  return Object.fromEntries(engines.map((engine) => [engine, quartiles(samples.get(engine)!)]));
}
