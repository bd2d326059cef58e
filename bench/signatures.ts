/**
 * `npm run bench:signatures`: what recognition costs as signatures are added. The package's own, with
 * made-up ones of the same kinds on top until there are 60, 300, 1,000; the same packets, and the same
 * answers, since nothing in them speaks the made-up protocols.
 */
import { writeFileSync } from "node:fs";
import type { Engine, EngineKind } from "../dist/engine/index.js";
import { openBytes } from "../dist/node.js";
import { protocols } from "../src/generated/protocols.js";
import { compile } from "../src/language/compile.js";
import type { Definition, Signature } from "../src/language/definition.js";
import * as v from "../src/language/vocabulary.js";
import { INPUTS } from "./definitions.js";
import { generate } from "./generate.js";
import { machine } from "./report.js";
import { createStageEngine, runStages } from "./stages.mjs";

const COUNTS = [0, 60, 300, 1000];
const ROUNDS = 9;
const WARM_UP = 3;

/** A linear congruential generator (Numerical Recipes); bench data need not be better. */
let state = 1;
const draw = (below: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const letters = (count: number): string =>
  String.fromCharCode(...Array.from({ length: count }, () => 0x41 + draw(26)));
const magic = (count: number): string =>
  String.fromCharCode(...Array.from({ length: count }, () => draw(256)));

/** The kinds of beginnings that protocols have. */
const KINDS: (() => Signature)[] = [
  () => ({ over: "tcp", client: [v.step(letters(4 + draw(4)), " ", v.token(), v.lineEnd)] }),
  () => ({ over: "udp", first: [v.step(magic(4), v.u16("size"), v.within("size", v.rest))] }),
  // The worst for a filter: small numbers that many protocols begin with.
  () => ({
    over: "udp",
    client: [
      v.step(
        v.u8([1, 2, 3]),
        v.u8({ min: 1, max: 4 + draw(30) }),
        v.u16("size", { min: 8, max: 1500 }),
        v.u32({ max: 0xffff }),
        magic(2),
      ),
    ],
  }),
  () => ({
    over: "tcp",
    client: [v.step(v.u32("size", { max: 0xfffff }), v.u8({ max: 30 }), magic(2 + draw(3)))],
    server: [v.step(v.u32("size", { max: 0xfffff }), v.u8({ max: 30 }), magic(2 + draw(3)))],
  }),
];

function synthetic(count: number): Definition[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `made-up-${index}`,
    title: "Made up",
    category: "test",
    source: "bench/signatures.ts",
    signatures: { it: KINDS[index % KINDS.length]!() },
  }));
}

const own = protocols.reduce((sum, { signatures = {} }) => sum + Object.keys(signatures).length, 0);
const input = generate(INPUTS.imix);
console.log(
  `${machine.cpu}, Node ${machine.node}; imix, ${input.packets} packets; recognise alone, nanoseconds a packet`,
);

interface Contender {
  signatures: number;
  kind: EngineKind;
  engine: Engine;
  /** Bytes of its tables. */
  size: number;
}

const contenders: Contender[] = [];
for (const count of COUNTS) {
  if (count > 0 && count <= own) continue;
  const { tables } = compile([...protocols, ...synthetic(Math.max(0, count - own))]);
  for (const kind of ["wasm", "wasm-scalar", "typescript"] as const) {
    const engine = await createStageEngine(kind, tables);
    contenders.push({ signatures: Math.max(own, count), kind, engine, size: tables.length });
  }
}
const samples = contenders.map((): number[] => []);
const payloads = new Set<number>();
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  for (const [index, { engine }] of contenders.entries()) {
    const result = runStages(engine, openBytes(input.bytes), 3, () => performance.now());
    payloads.add(result.payloads);
    if (round >= WARM_UP) samples[index]!.push((result.recognise * 1e6) / result.packets);
  }
}
if (payloads.size !== 1) throw new Error("the made-up signatures changed what was found");

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const rows = contenders.map(({ signatures, kind, size }, index) => {
  const base = contenders.findIndex((other) => other.kind === kind);
  const ratios = samples[index]!.map((value, round) => value / samples[base]![round]!);
  return {
    signatures,
    engine: kind,
    tables: size,
    nanoseconds: Math.round(median(samples[index]!) * 10) / 10,
    ratio: Math.round(median(ratios) * 100) / 100,
  };
});
console.table(rows);
const path = `bench/record/signatures-${new Date().toISOString().slice(0, 10)}.json`;
writeFileSync(path, `${JSON.stringify({ machine, packets: input.packets, rows }, undefined, 2)}\n`);
console.log(`written to ${path}`);
