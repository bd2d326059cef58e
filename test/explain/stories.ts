/** Stories of fixtures and of packets, on the engines as built. */
import { assemble, type Parts } from "../../src/classifier/create.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import { explainWith, tell, type ExplainOptions } from "../../src/explain/explain.js";
import type { Story } from "../../src/explain/story.js";
import { Witness } from "../../src/explain/witness.js";
import { catalog } from "../../src/generated/catalog.js";
import { protocols } from "../../src/generated/protocols.js";
import { CaptureError } from "../../src/record/errors.js";
import type { FlowRecord } from "../../src/record/record.js";
import type { ByteSource } from "../../src/sources/source.js";
import { fixtureBytes, loadModule, openBytes } from "../support/classifier.js";

const parts: Parts = { catalog, loadModule };

export const explain = (source: ByteSource, flow: number, options: ExplainOptions = {}) =>
  explainWith(parts, protocols, source, flow, { maxFlows: 4096, ...options });

export const fixture = (file: string) => openBytes(fixtureBytes(file), file);

/** The stories of all flows of a capture, as far as it can be read, in one reading: a witness for each, one behind the other. */
export async function allStories(
  source: () => ByteSource,
  options: ClassifierOptions = {},
): Promise<Story[]> {
  const records = new Map<number, FlowRecord>();
  const flows = await run(parts, source(), options, () => {});
  const witnesses: Witness[] = [];
  const observe: Parts["observe"] = (engine) => {
    for (let flow = 1; flow <= flows; flow++) {
      engine = new Witness(engine, flow, 4);
      witnesses.push(engine as Witness);
    }
    return engine;
  };
  await run({ ...parts, observe }, source(), options, (record) => records.set(record.id, record));
  return [...records].map(([flow, record]) =>
    tell(parts, protocols, record, witnesses[flow - 1]!, { bytes: 256, candidates: 8 }, null),
  );
}

/** The number of flows. */
async function run(
  withParts: Parts,
  source: ByteSource,
  options: ClassifierOptions,
  onRecord: (record: FlowRecord) => void,
): Promise<number> {
  const classifier = await assemble(withParts, { maxFlows: 4096, ...options, onRecord });
  try {
    await classifier.read(source);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  }
  classifier.finish();
  const { flows } = classifier.summary();
  classifier.close();
  return flows;
}
