/**
 * `npm run collisions`: every signature against the samples of all other protocols (by the oracle)
 * and against the lab's captures (by the engine); writes `docs/collisions.md`. Exit code 1 if a name falls
 * on what is another protocol's. The same comparisons are tests; the table shows how close the others came.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { classify, openCapture } from "../dist/node.js";
import { endsKey, fixtures, keyOfTruth, readManifest } from "../lab/fixtures.js";
import { protocols } from "../src/generated/protocols.js";
import { Namer, samplesOf } from "../src/language/collisions.js";
import { THRESHOLD } from "../src/language/compile.js";

interface Row {
  own: number;
  foreign: number;
  /** Foreign samples of which a signature matched at least a step. */
  held: number;
  nearest: { bits: number; signature: string; sample: string } | undefined;
  named: string[];
  /** Recorded flows: its own, and those of others that got its name. */
  flows: number;
  others: string[];
}

const tellable = protocols.filter(({ signatures }) => signatures !== undefined);
const rows = new Map(
  tellable.map(({ name }): [string, Row] => [
    name,
    { own: 0, foreign: 0, held: 0, nearest: undefined, named: [], flows: 0, others: [] },
  ]),
);
const impliedBy = (name: string): readonly string[] => {
  const [protocol, key] = name.split("/") as [string, string];
  return protocols.find((each) => each.name === protocol)?.signatures?.[key]?.implies ?? [];
};

/** What a signature of the sample's own protocol implies is no collision: it is what the protocol rides on. */
function trySamples(): number {
  const namer = new Namer(protocols);
  const samples = samplesOf(protocols);
  for (const { protocol, kind, number, conversation } of samples) {
    const namings = namer.name(conversation);
    const implied = new Set(
      namings
        .filter((each) => each.protocol === protocol)
        .flatMap((each) => impliedBy(each.signature)),
    );
    const sample = `${protocol}, ${kind} ${number}`;
    for (const [name, row] of rows) {
      if (name === protocol) {
        row.own++;
        continue;
      }
      // A near miss may be another protocol's message, and then its name is right.
      if (kind === "no") continue;
      row.foreign++;
      const found = namings.filter(
        (each) => each.protocol === name && !implied.has(each.signature),
      );
      if (found.length === 0) continue;
      row.held++;
      for (const { signature, bits, named } of found) {
        if (named) row.named.push(`${signature} on ${sample}`);
        else if (row.nearest === undefined || bits > row.nearest.bits) {
          row.nearest = { bits, signature, sample };
        }
      }
    }
  }
  return samples.length;
}

async function tryFixtures(): Promise<number> {
  let count = 0;
  for (const { file, flows } of readManifest()) {
    const truth = new Map(flows.map((flow) => [keyOfTruth(flow), flow.protocol]));
    for await (const flow of classify(openCapture(join(fixtures, file)), { seed: 1 })) {
      count++;
      const { transport, client, server, protocol, stack } = flow;
      const key = endsKey(transport, [client.address, client.port], [server.address, server.port]);
      const wanted = truth.get(key);
      const row = rows.get(protocol ?? "");
      if (row === undefined || wanted === undefined || wanted === null) continue;
      if (protocol === wanted || stack.includes(wanted)) row.flows++;
      else row.others.push(`${file} (${wanted})`);
    }
  }
  return count;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
const samples = trySamples();
const flows = await tryFixtures();
const collisions = [...rows.values()].flatMap(({ named }) => named);
const otherNames = [...rows.values()].flatMap(({ others }) => others);
const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
const lines = sorted.map(
  ([name, { own, foreign, held, nearest, named, flows: recorded, others }]) =>
    `| ${[
      name,
      own,
      foreign,
      named.length,
      held,
      nearest
        ? `${Math.floor(nearest.bits)} bits: \`${nearest.signature}\` on ${nearest.sample}`
        : "",
      recorded,
      others.join(", "),
    ]
      .map((each) => cell(String(each)))
      .join(" | ")} |`,
);
const page = `# Collisions

Written by \`npm run collisions\`; not to be edited.

Each protocol's signatures against the ${samples} samples of all protocols, and against the ${flows} flows of the lab's captures.
**Named** counts foreign samples that it names: ${collisions.length} in all. **Held** counts those of which a signature matched at least one step;
**nearest** is the one with most evidence of them, where a name needs ${THRESHOLD} bits in every background. What a protocol rides on (\`implies\`) is no
collision. Of the recorded flows, ${otherNames.length} got another name than the truth; the reasons stand beside them in
\`test/classifier/fixtures.test.ts\`.

| protocol | own samples | foreign | named | held | nearest | recorded flows | other flows that got its name |
| --- | --: | --: | --: | --: | --- | --: | --- |
${lines.join("\n")}
`;
writeFileSync(new URL("../docs/collisions.md", import.meta.url), page);
console.log(`${samples} samples, ${flows} recorded flows: ${collisions.length} collisions`);
for (const each of collisions) console.error(each);
if (collisions.length > 0) process.exitCode = 1;
