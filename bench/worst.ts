/**
 * `npm run bench:worst`: the worst captures we can construct, in steps for each captured byte, and where they are spent.
 * Exit code 1 where one costs more than MOST_STEPS.
 *
 *   npm run bench:worst -- [--only TEXT] [--samples] [--bytes]
 *
 * `--samples` tries every sample of every protocol in segments of a byte, `--bytes` every byte over and over.
 */
import { parseArgs } from "node:util";
import { MOST_STEPS } from "./most-steps.js";
import { stepsOf } from "./worst-steps.js";
import { oneByteInputs, sampleInput, WORST, type WorstInput } from "./worst-inputs.js";

const { protocols } = await import("../src/generated/protocols.js");
const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    samples: { type: "boolean", default: false },
    bytes: { type: "boolean", default: false },
  },
});

function* samples(): Generator<WorstInput> {
  for (const { name, ports, samples: own } of protocols) {
    for (const conversation of own?.yes ?? []) {
      const port = ports?.[conversation.transport]?.[0] ?? 9;
      yield { name: `sample of ${name}`, capture: sampleInput(conversation, port) };
    }
  }
}

function* inputs(): Generator<WorstInput> {
  for (const [name, make] of Object.entries(WORST)) {
    if (name.includes(values.only)) yield { name, capture: make() };
  }
  if (values.bytes) yield* oneByteInputs();
  if (values.samples) yield* samples();
}

const rows: { name: string; perByte: number; perPacket: number; where: string }[] = [];
for (const input of inputs()) {
  const { perByte, perPacket, files } = await stepsOf(input.capture);
  const where = [...files]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(
      ([file, share]) =>
        `${file.replace("src/engine/typescript/", "")} ${Math.round(share * 100)} %`,
    )
    .join(", ");
  rows.push({ name: input.name, perByte, perPacket, where });
}
rows.sort((a, b) => b.perByte - a.perByte);
console.log("steps a byte   a packet  input (where most are spent)");
for (const { name, perByte, perPacket, where } of rows.slice(0, 60)) {
  const cells = [perByte.toFixed(1).padStart(12), perPacket.toFixed(0).padStart(9)];
  console.log(`${cells.join("  ")}  ${name} (${where})`);
}
console.log(`${rows.length} inputs; at most ${MOST_STEPS} steps a byte are allowed`);
process.exitCode = rows.every(({ perByte }) => perByte <= MOST_STEPS) ? 0 : 1;
