/**
 * `npm run fuzz:reach -- [--cases 3000] [--seed 1] [--from 0] [--holes TEXT]`: what of all there is the cases reach: names, signatures,
 * facts, grades, flags, tunnels, reasons and counters; and the code of the TypeScript engine (V8's precise coverage), which
 * does what the compiled ones do. `--holes` shows the code that was never entered, of files whose path contains the text.
 */
import { Session } from "node:inspector/promises";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "3000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    holes: { type: "string" },
  },
});

// Only what is compiled from now on is covered by blocks: so the rest is imported dynamically.
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Debugger.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

const { catalog } = await import("../../src/generated/catalog.js");
const record = await import("../../src/record/record.js");
const { UNHANDLED_KINDS } = await import("../../src/record/summary.js");
const { makeCase } = await import("./cases.js");
const { findDifference } = await import("./differ.js");

/** Of some kind of thing: which there are, and how often each was seen. */
class Tally {
  readonly #seen = new Map<string, number>();

  constructor(
    readonly what: string,
    readonly all: readonly string[],
  ) {}

  see(name: string): void {
    this.#seen.set(name, (this.#seen.get(name) ?? 0) + 1);
  }

  tell(): void {
    const missing = this.all.filter((name) => !this.#seen.has(name));
    const found = this.all.length - missing.length;
    const list = missing.length === 0 ? "" : `; not: ${missing.slice(0, 40).join(" ")}`;
    console.log(`${this.what}: ${found} of ${this.all.length}${list}`);
  }
}

const protocols = new Tally(
  "protocols",
  catalog.protocols.map(({ name }) => name),
);
const signatures = new Tally(
  "signatures that named",
  catalog.signatures.map(({ name }) => name),
);
const facts = new Tally(
  "facts told",
  catalog.facts.filter(({ inspected, carries }) => !inspected && !carries).map(({ name }) => name),
);
const grades = new Tally("grades", record.GRADES);
const flags = new Tally("flags", record.FLAGS);
const tunnels = new Tally("tunnels", record.TUNNEL_TYPES);
const reasons = new Tally("ends", record.END_REASONS);
const looks = new Tally("looks", record.LOOKS);
const unhandled = new Tally("reasons without a flow", UNHANDLED_KINDS);
const counters = new Map<string, number>();

const from = Number(values.from);
for (let number = from; number < from + Number(values.cases); number++) {
  const difference = await findDifference(makeCase(Number(values.seed), number), {
    listener: {
      event(event) {
        if (event.type !== "end") return;
        const {
          protocol,
          evidence,
          applicationEvidence,
          ended,
          looks: sides,
          ...rest
        } = event.record;
        for (const name of rest.stack) protocols.see(name);
        if (protocol !== null) protocols.see(protocol);
        if (evidence.signature !== null) signatures.see(evidence.signature);
        for (const name of Object.keys(rest.facts)) facts.see(name);
        for (const flag of rest.flags) flags.see(flag);
        for (const { type } of rest.tunnels ?? []) tunnels.see(type);
        grades.see(evidence.grade);
        if (applicationEvidence) grades.see(applicationEvidence.grade);
        reasons.see(ended.reason);
        for (const side of [sides?.toServer, sides?.toClient]) if (side) looks.see(side.kind);
      },
      summary(summary) {
        for (const { kind } of summary.unhandled) unhandled.see(kind);
        for (const [name, count] of Object.entries(summary.counters)) {
          counters.set(name, (counters.get(name) ?? 0) + count);
        }
      },
    },
  });
  if (difference) console.log(`case ${number}: ${difference.between}: ${difference.what}`);
}
for (const each of [
  protocols,
  signatures,
  facts,
  grades,
  flags,
  tunnels,
  reasons,
  looks,
  unhandled,
]) {
  each.tell();
}
console.log([...counters].map(([name, count]) => `${name} ${count}`).join(", "));

interface File {
  readonly path: string;
  readonly bytes: number;
  readonly holes: readonly string[];
  readonly missed: number;
}

/** The innermost range says how often a place was entered. */
async function coverage(): Promise<File[]> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const files: File[] = [];
  for (const { scriptId, url, functions } of result) {
    const path = /\/src\/engine\/typescript\/(.*)$/.exec(url)?.[1];
    if (path === undefined) continue;
    const { scriptSource } = await session.post("Debugger.getScriptSource", { scriptId });
    const entered = new Uint8Array(scriptSource.length).fill(1);
    const ranges = functions.flatMap((each) => each.ranges);
    // A range stands in another or beside it: wider ones first.
    ranges.sort((a, b) => b.endOffset - b.startOffset - (a.endOffset - a.startOffset));
    for (const { startOffset, endOffset, count } of ranges) {
      entered.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    }
    const holes: string[] = [];
    let missed = 0;
    for (let at = 0; at < entered.length;) {
      let end = at;
      while (end < entered.length && entered[end] === entered[at]) end++;
      if (entered[at] === 0 && end - at > 8) {
        missed += end - at;
        holes.push(scriptSource.slice(at, end).replaceAll(/\s+/g, " ").slice(0, 140));
      }
      at = end;
    }
    files.push({ path, bytes: entered.length, holes, missed });
  }
  return files.sort((a, b) => b.missed - a.missed);
}

const files = await coverage();
const sum = (of: (file: File) => number) => files.reduce((total, file) => total + of(file), 0);
const share = (missed: number, bytes: number) => `${(100 - (100 * missed) / bytes).toFixed(1)} %`;
console.log(
  `code of the engine: ${share(
    sum(({ missed }) => missed),
    sum(({ bytes }) => bytes),
  )}`,
);
for (const { path, missed, bytes, holes } of files.slice(
  0,
  values.holes === undefined ? 25 : 400,
)) {
  if (holes.length === 0) continue;
  console.log(`  ${share(missed, bytes).padStart(7)}  ${path}, ${holes.length} places`);
  if (values.holes !== undefined && path.includes(values.holes)) {
    for (const hole of holes) console.log(`           ${hole}`);
  }
}
