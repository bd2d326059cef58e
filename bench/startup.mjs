/**
 * One capture in one process: what a command costs before and after the work itself.
 * node bench/startup.mjs <none | naive | wasm | wasm-scalar | typescript> <capture>
 */
const [engine, capture] = /** @type {[string, string]} */ (
  /** @type {unknown} */ (process.argv.slice(2))
);

/** @type {(string | null)[]} */
const names = [];
if (engine === "naive") {
  const { classifyNaively } = await import("./naive.mjs");
  for (const { protocol } of (await classifyNaively(capture)).flows) names.push(protocol);
} else if (engine !== "none") {
  const { classify, openCapture } = await import("../dist/node.js");
  const kind = /** @type {import("../dist/node.js").EngineKind} */ (engine);
  for await (const flow of classify(openCapture(capture), { engine: kind }))
    names.push(flow.protocol);
}
console.log(names.filter((name) => name === "http").length);
