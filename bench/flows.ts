/**
 * `npm run bench:flows`: what a whole TLS connection and a whole QUIC connection cost, in nanoseconds a flow, for the three
 * engines: recorded ones, each many times over with fresh addresses. Every round runs each engine once.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Definition, ENGINES, INPUTS, STAGES } from "./definitions.js";
import { generate } from "./generate.js";
import { machine } from "./report.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const ROUNDS = 9;

if (!existsSync("dist/node.js") || !existsSync("dist/engine/wasm/engine-simd.wasm")) {
  console.error("dist/ is not built: npm run build");
  process.exit(1);
}
// Only now: it loads what is built.
const { measure } = await import("./measure.js");

const engines = ENGINES.filter((engine) => engine !== "naive");
const whole = (value: number) => Math.round(value).toLocaleString("en");

console.log(
  `${machine.cpu}, Node ${machine.node}; nanoseconds a flow, medians of ${ROUNDS} rounds`,
);
console.log("[quartiles]; × is the time against the first engine, in the same round");
for (const input of ["tls", "quic"] as const) {
  const capture = generate(INPUTS[input]);
  const perFlow = capture.packets / capture.flows;
  console.log(
    `\n${input}: ${whole(capture.flows)} flows of ${perFlow.toFixed(1)} packets, ${whole(capture.wireBytes / capture.flows)} bytes`,
  );
  for (const stage of ["decode", "flows", "recognise", "whole", "facts"] as const) {
    const definition: Definition = { input, stage, engines };
    console.log(`  ${STAGES[stage]}`);
    for (const { engine, time, ratio } of await measure(definition, capture, ROUNDS)) {
      const [median, low, high] = [time.median, time.low, time.high].map((each) =>
        whole(each * perFlow),
      );
      const [times, from, to] = [ratio.median, ratio.low, ratio.high].map((each) =>
        each.toFixed(2),
      );
      console.log(
        `    ${engine.padEnd(12)} ${median!.padStart(8)} [${low} … ${high}]  × ${times} [${from} … ${to}]`,
      );
    }
  }
}
