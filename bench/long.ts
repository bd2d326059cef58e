/**
 * `npm run bench:long`: mixed captures over and over, each pass an hour later, on one classifier; resident memory over
 * time. Exit code 1 where it grows, or where two passes give different flows.
 *
 *   npm run bench:long -- [--packets 100000000] [--engine wasm]
 */
import { parseArgs } from "node:util";
import { createClassifier, openBytes } from "../dist/node.js";
import { delay } from "./capture.js";
import { INPUTS } from "./definitions.js";
import { FlatMemory } from "./flat.js";
import { generate } from "./generate.js";

const { values } = parseArgs({
  options: {
    packets: { type: "string", default: "100000000" },
    engine: { type: "string", default: "wasm" },
  },
});
const PACKETS = Number(values.packets);
const HOUR = 3600;

const captures = (["web", "imix", "tiny", "quic"] as const).map((name) => generate(INPUTS[name]));
const memory = new FlatMemory();
let [packets, flows, passes] = [0, 0, 0];
const perPass: number[] = [];
const classifier = await createClassifier({
  engine: values.engine as "wasm",
  seed: 1,
  onRecord: () => flows++,
});
const begin = performance.now();
while (packets < PACKETS) {
  const before = flows;
  for (const capture of captures) {
    await classifier.read(openBytes(capture.bytes, "long"), { onProgress: () => memory.sample() });
    packets += capture.packets;
    for (const each of captures) delay(each.bytes, HOUR);
  }
  perPass.push(flows - before);
  passes++;
}
classifier.finish();
classifier.close();
const seconds = (performance.now() - begin) / 1000;
const count = (value: number) => Math.round(value).toLocaleString("en");
console.log(
  `${count(packets)} packets, ${count(flows)} flows in ${passes} passes, ${seconds.toFixed(0)} s, ${count(packets / seconds)} packets a second`,
);
console.log(`resident MB over time: ${memory.text()}`);
// Flows of the last capture end in the next pass; from the second on all are alike.
const isSame = perPass.slice(1).every((each) => each === perPass[1]);
if (!isSame) console.log(`passes differ: ${perPass.slice(0, 20).join(" ")} flows`);
if (!memory.isFlat()) console.log("memory is not flat");
process.exitCode = isSame && memory.isFlat() ? 0 : 1;
