/** The contenders: each takes a capture in memory through one stage, and says what it found. */
import { createHash } from "node:crypto";
import type { Classifier } from "../dist/classifier/classifier.js";
import type { Engine } from "../dist/engine/index.js";
import { createClassifier, formatJsonl, openBytes, type FlowRecord } from "../dist/node.js";
import { frameViews } from "./capture.js";
import type { EngineName, Stage } from "./definitions.js";
import type { Generated } from "./generate.js";
import { classifyNaively } from "./naive.mjs";
import { createStageEngine, runStages } from "./stages.mjs";

/** What a run found; engines must agree on it. */
export interface Outcome {
  packets: number;
  flows: number;
  /** Frame lengths; 0 where the stage does not count them. */
  bytes: number;
  /** Flows by protocol; empty where the stage names none. */
  protocols: Map<string | null, number>;
  /** Digest of all records in order, ids counted from the run's first; "" unless asked for. */
  digest: string;
  /** Milliseconds, where only a part of the run is what is measured. */
  milliseconds?: number;
}

export interface Contender {
  readonly engine: EngineName;
  run(input: Generated, wantsDigest: boolean): Promise<Outcome>;
  close(): void;
}

export async function createContender(engine: EngineName, stage: Stage): Promise<Contender> {
  if (engine === "naive") return new Naive();
  switch (stage) {
    case "decode":
    case "flows":
    case "recognise":
      return new Stages(engine, await createStageEngine(engine), stage);
    default:
      return Whole.create(engine, stage);
  }
}

/** One engine, driven stage by stage. */
class Stages implements Contender {
  readonly #depth: 1 | 2 | 3;

  constructor(
    readonly engine: EngineName,
    readonly driven: Engine,
    readonly stage: "decode" | "flows" | "recognise",
  ) {
    this.#depth = stage === "decode" ? 1 : stage === "flows" ? 2 : 3;
  }

  async run(input: Generated): Promise<Outcome> {
    const source = openBytes(input.bytes);
    const result = runStages(this.driven, source, this.#depth, () => performance.now());
    return {
      packets: result.packets,
      flows: result.flows,
      bytes: 0,
      protocols: new Map(),
      // What reached a matcher must be the same everywhere too.
      digest: `${result.payloads} payloads`,
      milliseconds: result[this.stage === "flows" ? "track" : this.stage],
    };
  }

  close(): void {
    this.driven.memory.wipe();
  }
}

/** A classifier that lives on from run to run, as in a probe; its start is measured apart. */
class Whole implements Contender {
  #classifier!: Classifier;
  #flows = 0;
  #bytes = 0;
  /** Characters written, so that writing cannot be left out as unused. */
  text = 0;
  #protocols = new Map<string | null, number>();
  #digest: ReturnType<typeof createHash> | undefined;
  /** Flow ids and packets of earlier runs. */
  #idsBefore = 0;
  #packetsBefore = 0;
  #frames: Uint8Array[] = [];

  private constructor(
    readonly engine: EngineName,
    readonly stage: Stage,
  ) {}

  static async create(engine: Exclude<EngineName, "naive">, stage: Stage): Promise<Whole> {
    const contender = new Whole(engine, stage);
    contender.#classifier = await createClassifier({
      engine,
      facts: stage === "facts" || stage === "jsonl",
      seed: 1,
      onRecord: (record) => contender.#take(record),
    });
    return contender;
  }

  async run(input: Generated, wantsDigest: boolean): Promise<Outcome> {
    const classifier = this.#classifier;
    this.#flows = this.#bytes = this.text = 0;
    this.#protocols = new Map();
    this.#digest = wantsDigest ? createHash("sha256") : undefined;
    if (this.stage === "push") this.#frames = frameViews(input.bytes, input.packets);
    const from = performance.now();
    if (this.stage === "push") this.#push(input.bytes);
    else await classifier.read(openBytes(input.bytes));
    classifier.finish();
    const milliseconds = performance.now() - from;
    const { packets } = classifier.summary();
    const outcome: Outcome = {
      packets: packets - this.#packetsBefore,
      flows: this.#flows,
      bytes: this.#bytes,
      protocols: this.#protocols,
      digest: this.#digest?.digest("hex") ?? "",
      milliseconds,
    };
    this.#packetsBefore = packets;
    this.#idsBefore += this.#flows;
    return outcome;
  }

  close(): void {
    this.#classifier.close();
  }

  #push(bytes: Buffer): void {
    let record = 24;
    const time = { seconds: 0, nanoseconds: 0 };
    for (const frame of this.#frames) {
      time.seconds = bytes.readUInt32LE(record);
      time.nanoseconds = bytes.readUInt32LE(record + 4) * 1000;
      this.#classifier.push(frame, time);
      record += 16 + frame.length;
    }
  }

  #take(record: FlowRecord): void {
    this.#flows++;
    this.#bytes += record.bytes.toServer + record.bytes.toClient;
    this.#protocols.set(record.protocol, (this.#protocols.get(record.protocol) ?? 0) + 1);
    if (this.stage === "jsonl") this.text += formatJsonl(record).length;
    this.#digest?.update(formatJsonl({ ...record, id: record.id - this.#idsBefore, facts: {} }));
  }
}

/** `naive.mjs`: names always, JSON lines always. */
class Naive implements Contender {
  readonly engine = "naive";

  async run(input: Generated): Promise<Outcome> {
    const protocols = new Map<string | null, number>();
    const { flows, packets, bytes } = await classifyNaively(input.bytes);
    let text = 0;
    for (const flow of flows) {
      text += `${JSON.stringify(flow)}\n`.length;
      protocols.set(flow.protocol, (protocols.get(flow.protocol) ?? 0) + 1);
    }
    if (text === 0) throw new Error("no flows");
    return { packets, flows: flows.length, bytes, protocols, digest: "" };
  }

  close(): void {}
}
