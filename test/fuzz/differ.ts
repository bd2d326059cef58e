/**
 * Runs a case through the engines and compares everything: records, events and summary as lines, errors, and the engines'
 * memory. Then, for a share of the cases, in other ways that must tell the same: the engine without SIMD, other pieces,
 * packet by packet, on memory that nobody has used.
 */
import { classifierOn } from "../../src/classifier/create.js";
import type { Classifier } from "../../src/classifier/classifier.js";
import { settle, type ClassifierOptions } from "../../src/classifier/options.js";
import * as abi from "../../src/engine/abi.js";
import { engineKinds } from "../../src/engine/index.js";
import type { Engine, EngineKind, EngineMemory, MemoryMap } from "../../src/engine/index.js";
import { applicationCatalog } from "../../src/generated/applications.js";
import { catalog } from "../../src/generated/catalog.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import type { Summary } from "../../src/record/summary.js";
import { formatEvent, inPieces } from "../support/classifier.js";
import { LARGEST, type Case } from "./case.js";
import { EnginePool, freshEngine, mapOf } from "./pool.js";
import { Random } from "./random.js";

/** What one run did, added up over runs. */
export interface Work {
  packets: number;
  payloads: number;
  programs: number;
  steps: number;
  /** Runs of a case, on one engine in one way. */
  runs: number;
}

export const noWork = (): Work => ({ packets: 0, payloads: 0, programs: 0, steps: 0, runs: 0 });

/** The first difference between two runs of a case. */
export interface Difference {
  between: string;
  what: string;
}

/** Hears what each case gave, once a case. */
export interface Listener {
  event(event: ClassifierEvent): void;
  summary(summary: Summary): void;
}

/** In how many cases, one of so many, they are read in another way too. */
const RATES = { scalar: 4, pieces: 4, pushed: 3, fresh: 64 };

const parts = { catalog, applications: applicationCatalog };
const pool = new EnginePool(LARGEST);
const everything: ReadonlySet<string> = new Set(Object.keys(RATES));

interface Run {
  name: string;
  lines: string[];
  /** Memory after the last packet, and after the last flow. */
  memory: Region[][];
  work: Work;
}

type Region = readonly [name: string, bytes: Uint8Array];

/**
 * Undefined: all is the same, and no canary is broken.
 * @param thorough in all ways, on memory that nobody has used
 */
export async function findDifference(
  fuzzed: Case,
  {
    work,
    listener,
    thorough = false,
  }: { work?: Work; listener?: Listener; thorough?: boolean } = {},
): Promise<Difference | undefined> {
  const draw = new Random(fuzzed.pieces, 1);
  const ways = thorough
    ? everything
    : new Set(Object.entries(RATES).flatMap(([way, rate]) => (draw.once(rate) ? [way] : [])));
  const { pieces } = fuzzed;
  const runner = new Runner(fuzzed, thorough);
  const first = await runner.file("wasm", pieces, { listener, snapshots: true });
  const others = [await runner.file("typescript", pieces, { snapshots: true })];
  if (ways.has("scalar")) {
    others.push(await runner.file("wasm-scalar", pieces, { snapshots: true }));
  }
  // One engine, by turns.
  const kind = engineKinds[pieces % engineKinds.length]!;
  if (ways.has("pieces")) others.push(await runner.file(kind, pieces + 1));
  if (ways.has("pushed") && fuzzed.packets !== undefined) others.push(runner.pushed(kind));
  if (ways.has("fresh")) others.push(await runner.file(kind, pieces, { isFresh: true }));
  if (work !== undefined) {
    for (const field of Object.keys(work) as (keyof Work)[]) work[field] += first.work[field];
    work.runs += others.length;
  }
  for (const run of [first, ...others]) {
    const broken = run.lines.at(-1)!;
    if (broken.startsWith("canary")) return { between: run.name, what: broken };
  }
  for (const other of others) {
    const what = compareLines(first, other) ?? compareMemory(first, other);
    if (what !== undefined) return { between: `${first.name} and ${other.name}`, what };
  }
  return undefined;
}

/** Are the tables, which nobody may write, as they were before all cases? */
export function areTablesWhole(): boolean {
  return engineKinds.every((kind) => pool.areTablesWhole(kind, mapOf(LARGEST)));
}

interface How {
  listener?: Listener | undefined;
  /** Keep what is in memory. */
  snapshots?: boolean;
  isFresh?: boolean;
}

/** Runs one case. */
class Runner {
  readonly #case: Case;
  readonly #map: MemoryMap;
  readonly #isFresh: boolean;

  constructor(fuzzed: Case, isFresh: boolean) {
    this.#case = fuzzed;
    const settings = settle(fuzzed.options);
    this.#map = mapOf(settings);
    this.#isFresh = isFresh;
  }

  async file(kind: EngineKind, pieces: number, how: How = {}): Promise<Run> {
    const { capture } = this.#case;
    const random = new Random(pieces, 0);
    const most = random.pick([1, 7, 64, 1000, 20_000, Infinity]);
    // Single bytes only where that ends soon.
    const least = Math.max(1, Math.ceil(capture.length / 400));
    const size = () => (most === Infinity ? most : Math.max(least, random.between(1, most)));
    const run = this.#begin(kind, `in pieces of ${most}`, how);
    try {
      await run.classifier.read(inPieces(capture, size, "fuzzed"));
    } catch (error) {
      run.lines.push(String(error));
    }
    return this.#end(run, how);
  }

  pushed(kind: EngineKind): Run {
    const { frames, linkType } = this.#case.packets!;
    const run = this.#begin(kind, "pushed", {});
    for (const { data, sec = 1, ns = 0, wire = 0 } of frames) {
      // What a capture may claim and `push` refuses: a frame that was shorter than what is there, and
      // a fraction beyond a second. A capture's reader takes them as this does.
      const time = { seconds: sec + Math.floor(ns / 1e9), nanoseconds: ns % 1e9 };
      const wireLength = Math.max(wire >>> 0, data.length);
      run.classifier.push(data, time, { linkType, wireLength });
    }
    return this.#end(run, {});
  }

  #begin(kind: EngineKind, how: string, { isFresh = false, listener }: How) {
    const fresh = isFresh || this.#isFresh;
    const engine = fresh ? freshEngine(kind, this.#map) : pool.take(kind, this.#map);
    const lines: string[] = [];
    const options: ClassifierOptions = {
      ...this.#case.options,
      onEvent(event) {
        lines.push(formatEvent(event));
        listener?.event(event);
      },
    };
    const classifier = classifierOn(() => engine, parts, options);
    const name = `${kind} ${how}${fresh ? " on fresh memory" : ""}`;
    return { name, engine, classifier, lines };
  }

  #end(
    {
      name,
      engine,
      classifier,
      lines,
    }: { name: string; engine: Engine; classifier: Classifier; lines: string[] },
    { snapshots = false, listener }: How,
  ): Run {
    const { memory } = engine;
    const kept: Region[][] = [];
    if (snapshots) kept.push(snapshot(memory));
    classifier.finish();
    if (snapshots) kept.push(snapshot(memory));
    const summary = classifier.summary();
    listener?.summary(summary);
    lines.push(JSON.stringify(summary));
    const canaries = memory.brokenCanaries();
    const inPrefixes = memory.counter(abi.C_CANARY);
    if (canaries.length > 0) lines.push(`canary broken behind ${canaries.join()}`);
    if (inPrefixes > 0) lines.push(`canary broken behind ${inPrefixes} prefixes`);
    const work = {
      packets: memory.counter(abi.C_TOTAL_PACKETS),
      payloads: memory.counter(abi.C_PAYLOADS),
      programs: memory.counter(abi.C_PROGRAMS),
      steps: memory.counter(abi.C_STEPS),
      runs: 1,
    };
    return { name, lines, memory: kept, work };
  }
}

/** All that was written, and means something: counts say how much of each region that is. */
function snapshot(memory: EngineMemory): Region[] {
  const field = (name: number) => memory.control(name);
  const table = field(abi.C_SLOT_TABLE);
  const used = (name: Parameters<EngineMemory["address"]>[0], size: number): Region => [
    name,
    memory.u8.slice(memory.address(name), memory.address(name) + size),
  ];
  return [
    used("control", abi.CONTROL_SIZE),
    used("contexts", field(abi.C_CONTEXT_COUNT) * abi.CONTEXT_SIZE),
    used("unhandled", field(abi.C_UNHANDLED_COUNT) * abi.UNHANDLED_SIZE),
    used("packets", field(abi.C_PACKET_COUNT) * abi.PACKET_SIZE),
    used("descriptors", field(abi.C_DESCRIPTOR_COUNT) * abi.DESCRIPTOR_SIZE),
    used("events", field(abi.C_EVENT_COUNT) * abi.EVENT_SIZE),
    used("spans", field(abi.C_SPAN_COUNT) * abi.SPAN_SIZE),
    used("inspections", (field(abi.C_INSPECTIONS_HIGH) + 1) * abi.INSPECTION_SIZE),
    used("prefixes", field(abi.C_PREFIX_BLOCKS_HIGH) * field(abi.C_PREFIX_BLOCK)),
    used("fragments", field(abi.C_FRAGMENT_HIGH) * abi.FRAGMENT_SIZE),
    used("rows", (field(abi.C_ROWS_HIGH) + 1) * abi.ROW_SIZE),
    ["slots", memory.u8.slice(table, table + field(abi.C_SLOT_CAPACITY) * abi.SLOT_SIZE)],
  ];
}

function compareLines(one: Run, other: Run): string | undefined {
  const length = Math.max(one.lines.length, other.lines.length);
  for (let index = 0; index < length; index++) {
    const [a, b] = [one.lines[index], other.lines[index]];
    if (a !== b) return `line ${index + 1}\n  ${a ?? "(none)"}\n  ${b ?? "(none)"}`;
  }
  return undefined;
}

function compareMemory(one: Run, other: Run): string | undefined {
  if (other.memory.length === 0) return undefined;
  for (const [moment, regions] of one.memory.entries()) {
    for (const [index, [region, bytes]] of regions.entries()) {
      const others = other.memory[moment]![index]![1];
      if (Buffer.compare(bytes, others) === 0) continue;
      const at = bytes.findIndex((byte, place) => byte !== others[place]);
      const when = moment === 0 ? "after the last packet" : "after the last flow";
      return `memory ${when}: ${region} + ${at}: ${bytes[at]} and ${others[at]}`;
    }
  }
  return undefined;
}
