/**
 * What the gate counts the instructions of: one capture through one stage, with nothing random.
 * node bench/gate-workload.mjs <decode | flows | recognise | whole> <engine> <capture>
 */
import { createClassifier, openCapture } from "../dist/node.js";
import { createStageEngine, runStages } from "./stages.mjs";

const [stage, engine, capture] =
  /** @type {[string, import("../dist/node.js").EngineKind, string]} */ (
    /** @type {unknown} */ (process.argv.slice(2))
  );

// The classifier looks at the time to let the event loop run; here that would be chance.
Date.now = () => 0;

const depths = /** @type {const} */ ({ decode: 1, flows: 2, recognise: 3 });

/** @returns {Promise<number>} packets */
async function run() {
  if (stage !== "whole") {
    const depth = depths[/** @type {keyof typeof depths} */ (stage)];
    const source = openCapture(capture);
    return runStages(await createStageEngine(engine), source, depth, () => 0).packets;
  }
  let flows = 0;
  const classifier = await createClassifier({ engine, seed: 1, onRecord: () => flows++ });
  await classifier.read(openCapture(capture));
  classifier.finish();
  const { packets } = classifier.summary();
  classifier.close();
  return packets;
}

console.log(await run());
