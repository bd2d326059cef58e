/** Runs contenders in turns on the same bytes, checks their answers, and keeps every sample. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Bench } from "tinybench";
import { delay } from "./capture.js";
import type { Definition, EngineName } from "./definitions.js";
import { createContender, type Contender, type Outcome } from "./engines.js";
import type { Generated } from "./generate.js";

/** Rounds before the first that counts: until V8's tiers have settled. */
const WARM_UP = 3;

export interface Quartiles {
  median: number;
  low: number;
  high: number;
}

export interface Measurement {
  engine: EngineName;
  /** Nanoseconds a packet. */
  time: Quartiles;
  /** How many times the time of the first engine, round by round. */
  ratio: Quartiles;
  /** Share of flows that were named, where the stage names them. */
  named: number | null;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/**
 * Measures one definition. Every round runs each engine once, so that what disturbs the machine
 * disturbs them all; nobody's garbage is left for the next one.
 * @throws where an answer is wrong
 */
export async function measure(
  definition: Definition,
  input: Generated,
  rounds: number,
): Promise<Measurement[]> {
  const contenders: Contender[] = [];
  for (const engine of definition.engines) {
    contenders.push(await createContender(engine, definition.stage));
  }
  const samples = contenders.map((): number[] => []);
  let outcomes: Outcome[] = [];
  for (let round = 0; round < WARM_UP + rounds; round++) {
    const wantsDigest = round === 0;
    outcomes = [];
    const bench = new Bench({
      iterations: 1,
      time: 0,
      warmup: false,
      retainSamples: true,
      throws: true,
    });
    for (const contender of contenders) {
      const run = async () => {
        const outcome = await contender.run(input, wantsDigest);
        outcomes.push(outcome);
        return outcome.milliseconds === undefined
          ? {}
          : { overriddenDuration: outcome.milliseconds };
      };
      bench.add(contender.engine, run, { async: true, beforeEach: collectGarbage });
    }
    await bench.run();
    check(definition, input, outcomes);
    if (round >= WARM_UP) {
      bench.tasks.forEach(({ result }, index) => {
        if (!("latency" in result)) throw new Error(`${definition.stage}: no sample`);
        samples[index]!.push((result.latency.mean * 1e6) / input.packets);
      });
    }
    // A classifier lives on: the next round is later, and all time-outs have passed.
    delay(input.bytes, input.seconds + 3600);
  }
  for (const contender of contenders) contender.close();
  return contenders.map(({ engine }, index) => ({
    engine,
    time: quartiles(samples[index]!),
    ratio: quartiles(samples[index]!.map((time, round) => time / samples[0]![round]!)),
    named: namedShare(outcomes[index]!),
  }));
}

/** A wrong answer fails the benchmark, however fast it was. */
function check({ input: name, stage, engines }: Definition, input: Generated, outcomes: Outcome[]) {
  for (const [index, outcome] of outcomes.entries()) {
    const expect = (what: string, found: unknown, expected: unknown): void => {
      if (found === expected) return;
      throw new Error(
        `${name}, ${stage}, ${engines[index]}: ${what} ${found}, should be ${expected}`,
      );
    };
    expect("packets", outcome.packets, input.packets);
    if (stage !== "decode") expect("flows", outcome.flows, input.flows);
    if (outcome.bytes !== 0) expect("bytes", outcome.bytes, input.wireBytes);
    // The naive one is allowed its own opinion of names; the report says how many it has.
    if (engines[index] === "naive") continue;
    expect("digest", outcome.digest, outcomes[0]!.digest);
    if (outcome.protocols.size === 0) continue;
    for (const [protocol, flows] of Object.entries(input.protocols)) {
      expect(
        `${protocol} flows`,
        outcome.protocols.get(protocol === "scan" ? null : protocol),
        flows,
      );
    }
  }
}

function namedShare({ protocols, flows }: Outcome): number | null {
  return protocols.size === 0 ? null : 1 - (protocols.get(null) ?? 0) / flows;
}

export function quartiles(samples: readonly number[]): Quartiles {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
