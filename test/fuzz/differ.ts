/**
 * Runs a case through all engines and compares everything: records, events and summary as lines,
 * errors, and the engines' memory. Then once more in other pieces, and packet by packet.
 */
import { Classifier } from "../../src/classifier/classifier.js";
import { settle } from "../../src/classifier/options.js";
import { serviceNames } from "../../src/classifier/services.js";
import * as abi from "../../src/engine/abi.js";
import { createEngine, engineKinds, MemoryMap } from "../../src/engine/index.js";
import type { EngineKind, EngineMemory } from "../../src/engine/index.js";
import { catalog } from "../../src/generated/catalog.js";
import { maskFacts } from "../../src/policy/mask.js";
import { formatEvent, inPieces } from "../support/classifier.js";
import { readEngine } from "../support/engines.js";
import type { Case } from "./case.js";
import { Random } from "./random.js";

/** What one run did, added up over runs. */
export interface Work {
  packets: number;
  payloads: number;
  programs: number;
  steps: number;
}

/** The first difference between two runs of a case. */
export interface Difference {
  between: string;
  what: string;
}

const modules = {
  wasm: await WebAssembly.compile(new Uint8Array(await readEngine("wasm"))),
  "wasm-scalar": await WebAssembly.compile(new Uint8Array(await readEngine("wasm-scalar"))),
};
const services = serviceNames(catalog);

interface Run {
  name: string;
  lines: string[];
  /** Memory after the last packet, and after the last flow. */
  memory: Map<string, Uint8Array>[];
  work: Work;
}

/** Runs a case in every way. Undefined: all is the same, and no canary is broken. */
export async function findDifference(fuzzed: Case, work?: Work): Promise<Difference | undefined> {
  const runs: Run[] = [];
  for (const kind of engineKinds) runs.push(await runFile(kind, fuzzed, fuzzed.pieces));
  const [first, ...others] = runs as [Run, ...Run[]];
  if (work !== undefined) {
    for (const field of Object.keys(work) as (keyof Work)[]) work[field] += first.work[field];
  }
  const broken = runs.find(({ lines }) => lines.some((line) => line.startsWith("canary")));
  if (broken !== undefined) return { between: broken.name, what: broken.lines.at(-1)! };
  for (const other of others) {
    const what = compareLines(first, other) ?? compareMemory(first, other);
    if (what !== undefined) return { between: `${first.name} and ${other.name}`, what };
  }
  // One engine, by turns, in other pieces.
  const kind = engineKinds[fuzzed.pieces % engineKinds.length]!;
  const again = await runFile(kind, fuzzed, fuzzed.pieces + 1);
  const pushed = fuzzed.packets === undefined ? undefined : await runPushed(kind, fuzzed);
  for (const other of [again, pushed]) {
    const what = other && compareLines(first, other);
    if (what !== undefined) return { between: `${first.name} and ${other!.name}`, what };
  }
  return undefined;
}

async function runFile(kind: EngineKind, { capture, options }: Case, pieces: number): Promise<Run> {
  const random = new Random(pieces, 0);
  const most = random.pick([1, 7, 64, 1000, 20_000, Infinity]);
  // Single bytes only where that ends.
  const least = capture.length > 20_000 ? 50 : 1;
  const size = () => (most === Infinity ? most : Math.max(least, random.between(1, most)));
  return run(kind, `in pieces of ${most}`, options, async (classifier, lines) => {
    try {
      await classifier.read(inPieces(capture, size, "fuzzed"));
    } catch (error) {
      lines.push(String(error));
    }
  });
}

async function runPushed(kind: EngineKind, { packets, options }: Case): Promise<Run> {
  const { frames, linkType } = packets!;
  return run(kind, "pushed", options, async (classifier) => {
    for (const { data, sec = 1, ns = 0, wire = 0 } of frames) {
      // What a capture may claim and `push` refuses: a frame that was shorter than what is there, and
      // a fraction beyond a second. A capture's reader takes them as this does.
      const time = { seconds: sec + Math.floor(ns / 1e9), nanoseconds: ns % 1e9 };
      classifier.push(data, time, { linkType, wireLength: Math.max(wire >>> 0, data.length) });
    }
  });
}

async function run(
  kind: EngineKind,
  how: string,
  options: Case["options"],
  feed: (classifier: Classifier, lines: string[]) => Promise<void>,
): Promise<Run> {
  const lines: string[] = [];
  const settings = settle(options);
  const mask = maskFacts(catalog.facts, options.facts ?? true);
  const map = new MemoryMap({
    ...settings,
    windowSize: 512 * 1024,
    tableSize: catalog.tables.length,
  });
  const load = async (wanted: "wasm" | "wasm-scalar") => modules[wanted];
  const engine = await createEngine(kind, map, load);
  const { memory } = engine;
  memory.setControl(abi.C_SEED0, settings.seed!);
  memory.setControl(abi.C_SEED1, ~settings.seed! >>> 0);
  memory.setControl(abi.C_GAP_PACKETS, settings.gapPackets);
  memory.setControl(abi.C_MESSAGE_LIMIT, settings.messageLimit);
  memory.u8.set(mask.bits, memory.address("mask"));
  memory.u8.set(catalog.tables, memory.address("tables"));
  engine.configure();
  const listening = {
    ...options,
    onEvent: (event: Parameters<typeof formatEvent>[0]) => lines.push(formatEvent(event)),
  };
  const wantsFacts = mask.names.length > 0;
  // A trap is a finding: it is not contained here.
  const makeEngine = () => engine;
  const setting = {
    catalog,
    services,
    settings,
    wantsFacts,
    applications: undefined,
    learners: [],
    hidden: new Set<number>(),
  };
  const classifier = new Classifier(makeEngine, setting, listening);
  await feed(classifier, lines);
  const snapshots = [snapshot(memory)];
  classifier.finish();
  snapshots.push(snapshot(memory));
  lines.push(JSON.stringify(classifier.summary()));
  const canaries = memory.brokenCanaries();
  const inPrefixes = memory.counter(abi.C_CANARY);
  if (canaries.length > 0) lines.push(`canary broken behind ${canaries.join()}`);
  if (inPrefixes > 0) lines.push(`canary broken behind ${inPrefixes} prefixes`);
  return {
    name: `${kind} ${how}`,
    lines,
    memory: snapshots,
    work: {
      packets: memory.counter(abi.C_TOTAL_PACKETS),
      payloads: memory.counter(abi.C_PAYLOADS),
      programs: memory.counter(abi.C_PROGRAMS),
      steps: memory.counter(abi.C_STEPS),
    },
  };
}

/** All that was written, and means something: counts say how much of each region that is. */
function snapshot(memory: EngineMemory): Map<string, Uint8Array> {
  const field = (name: number) => memory.control(name);
  const table = field(abi.C_SLOT_TABLE);
  const used = (
    name: Parameters<EngineMemory["address"]>[0],
    size: number,
  ): [string, Uint8Array] => [
    name,
    memory.u8.slice(memory.address(name), memory.address(name) + size),
  ];
  return new Map([
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
  ]);
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
  for (const [moment, snapshots] of one.memory.entries()) {
    for (const [region, bytes] of snapshots) {
      const others = other.memory[moment]!.get(region)!;
      if (Buffer.compare(bytes, others) === 0) continue;
      const at = bytes.findIndex((byte, index) => byte !== others[index]);
      const when = moment === 0 ? "after the last packet" : "after the last flow";
      return `memory ${when}: ${region} + ${at}: ${bytes[at]} and ${others[at]}`;
    }
  }
  return undefined;
}
