/**
 * `npm run fuzz:oracle -- [--cases 10000] [--seed N] [--from 0]`: changed samples and random payload,
 * said to every engine and to the oracle, which reads the definitions themselves; until one differs.
 */
import { factName } from "../../src/language/definition.js";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { type EngineKind, engineKinds } from "../../src/engine/index.js";
import { catalog } from "../../src/generated/catalog.js";
import { protocols } from "../../src/generated/protocols.js";
import { Namer, samplesOf } from "../../src/language/collisions.js";
import { type EngineCandidate, mapFor, Speaker } from "../protocols/harness.js";
import { testEngine } from "../support/engines.js";
import { conversationCase } from "./conversations.js";
import { Random } from "./random.js";

type Candidate = Omit<EngineCandidate, "steps">;

export interface OracleDifference {
  readonly number: number;
  readonly engine: EngineKind;
  readonly found: readonly Candidate[];
  readonly wanted: readonly Candidate[];
}

export class OracleComparison {
  readonly #samples = samplesOf(protocols);
  readonly #namer = new Namer(protocols);
  readonly #speakers: readonly { kind: EngineKind; speaker: Speaker }[];

  private constructor(speakers: readonly { kind: EngineKind; speaker: Speaker }[]) {
    this.#speakers = speakers;
  }

  static async create(): Promise<OracleComparison> {
    const speakers = engineKinds.map(async (kind) => {
      const engine = await testEngine(kind, mapFor(catalog));
      return { kind, speaker: new Speaker(engine, catalog) };
    });
    return new OracleComparison(await Promise.all(speakers));
  }

  /** `each` hears how many candidates there are. */
  compare(
    seed: number,
    number: number,
    each: (candidates: number) => void = () => undefined,
  ): OracleDifference | undefined {
    const conversation = conversationCase(this.#samples, seed, number);
    const random = new Random(seed ^ 0x5eed, number);
    const opened = conversation.transport === "tcp" && !random.once(3);
    const segments = [1400, 1400, 1400, 1400, 1400, 1400, 1400, 150, 20, random.between(1, 8)];
    const segment = random.pick(segments);
    const wanted = this.#namer
      .name(conversation, { opened })
      .map(({ signature, protocol, evidence, facts }) => ({
        signature,
        evidence,
        facts: facts.map(({ fact, value }) => `${factName(protocol, fact)}=${value}`).sort(),
      }))
      .sort((a, b) => (a.signature < b.signature ? -1 : 1));
    each(wanted.length);
    for (const { kind, speaker } of this.#speakers) {
      const found = speaker
        .say(conversation, { opened, segment })
        .map(({ signature, evidence, facts }) => ({ signature, evidence, facts }));
      if (!isDeepStrictEqual(found, wanted)) return { number, engine: kind, found, wanted };
    }
    return undefined;
  }
}

/** Compares so many cases; gives the first that differs. `each` hears of every case. */
export async function compareWithOracle(
  { seed, from, cases }: { seed: number; from: number; cases: number },
  each?: (candidates: number) => void,
): Promise<OracleDifference | undefined> {
  const comparison = await OracleComparison.create();
  for (let number = from; number < from + cases; number++) {
    const difference = comparison.compare(seed, number, each);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: {
      cases: { type: "string", default: "10000" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      from: { type: "string", default: "0" },
    },
  });
  const [cases, seed, from] = [values.cases, values.seed, values.from].map(Number) as [
    number,
    number,
    number,
  ];
  console.log(`seed ${seed}`);
  const start = performance.now();
  let count = 0;
  let candidates = 0;
  const difference = await compareWithOracle({ seed, from, cases }, (more) => {
    candidates += more;
    if (++count % 20000 === 0) console.log(`${count} cases`);
  });
  console.log(
    `${count} conversations, ${candidates} candidates, ${engineKinds.length} engines and the oracle; ` +
      `${((performance.now() - start) / 1000).toFixed(0)} s`,
  );
  if (difference !== undefined) {
    console.log(JSON.stringify(difference, undefined, 1));
    process.exitCode = 1;
  }
}
