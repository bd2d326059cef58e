/**
 * The three engines leave the same bytes behind, whatever the programs and the payloads: compared
 * after every call, the price of the programs included. A fourth one has other bytes around the
 * payloads: nothing may depend on them.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { engineKinds } from "../../src/engine/index.js";
import type { RegionName } from "../../src/engine/memory.js";
import { testEngine } from "../support/engines.js";
import { type FlowOptions, type Payload, Recognition } from "./recognise.harness.js";
import { noisyTables, payloads, sensibleTables } from "./recognise.programs.js";

const compared: RegionName[] = [
  "control",
  "tables",
  "scratch",
  "due",
  "spans",
  "inspections",
  "prefixes",
  "rows",
];
const runs = Number(process.env["FUZZ_RUNS"] ?? 150);
const ROWS = 6;

function differences(all: readonly Recognition[]): string[] {
  const [first, ...others] = all.map(({ memory }) => memory);
  return first!.map.regions
    .filter(({ name }) => compared.includes(name))
    .flatMap(({ name, address, size }) =>
      others.flatMap((other, index) => {
        const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, address, size);
        if (view(first!.u8).equals(view(other.u8))) return [];
        const at = view(first!.u8).findIndex((byte, offset) => byte !== other.u8[address + offset]);
        return [`${name} + ${at} in engine ${index + 1}`];
      }),
    );
}

type Action =
  | { kind: "give"; payloads: { row: number; payload: Payload }[] }
  | { kind: "finish"; row: number }
  | { kind: "settle"; row: number; state: number };

const row = fc.integer({ min: 1, max: ROWS });
const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .record({
        kind: fc.constant("give" as const),
        payloads: fc.uniqueArray(
          fc.record({
            row,
            payload: fc.record({
              bytes: fc.oneof(payloads(80), fc.uint8Array({ minLength: 1, maxLength: 80 })),
              fromB: fc.boolean(),
              sequence: fc.oneof(
                { weight: 8, arbitrary: fc.integer({ min: 0, max: 120 }) },
                { weight: 1, arbitrary: fc.nat(0xffffffff) },
              ),
              packet: fc.nat(1000),
              cut: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(100)),
            }),
          }),
          { minLength: 1, maxLength: 4, selector: (one) => one.row },
        ),
      })
      .map(({ payloads: list }) => ({
        kind: "give" as const,
        payloads: list.map(({ row: number, payload: { cut, ...payload } }) => ({
          row: number,
          payload: { ...payload, length: payload.bytes.length + cut },
        })),
      })),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("finish" as const), row }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("settle" as const),
      row,
      state: fc.constantFrom(abi.STATE_DONE, abi.STATE_WATCH, abi.STATE_INSPECT),
    }),
  },
);

const flows: fc.Arbitrary<FlowOptions[]> = fc.array(
  fc.record({
    protocol: fc.constantFrom("tcp" as const, "udp" as const),
    opened: fc.boolean(),
    clientIsB: fc.boolean(),
  }),
  { minLength: ROWS, maxLength: ROWS },
);

async function play(tables: Uint8Array, rows: readonly FlowOptions[], list: readonly Action[]) {
  const limits = {
    gapPackets: 3,
    messageLimit: 6,
    maxInspections: 4,
    prefixLimit: 200,
    prefixMemory: 3 * 256,
    windowSize: 4096,
  };
  const all = await Promise.all(
    [...engineKinds, engineKinds[0]!].map((kind) =>
      Recognition.create((map) => testEngine(kind, map), tables, limits),
    ),
  );
  all[3]!.surroundings = 0xa5;
  for (const recognition of all) {
    // Every other fact may be given.
    const mask = recognition.memory.address("mask");
    recognition.memory.u8.fill(0x55, mask, mask + abi.HOST_FACTS);
  }
  for (const [index, options] of rows.entries()) {
    for (const recognition of all) recognition.open(index + 1, options);
  }
  for (const action of list) {
    const results = all.map((recognition) => {
      if (action.kind === "give") {
        return recognition.giveAll(
          action.payloads.map(({ row: number, payload }) => [number, payload] as const),
        );
      }
      if (action.kind === "finish") return recognition.finish(action.row);
      return recognition.settle(action.row, action.state, action.row % 2);
    });
    expect(results).toEqual(results.map(() => results[0]));
    expect(differences(all)).toEqual([]);
  }
  for (const recognition of all) {
    for (let number = 1; number <= ROWS; number++) recognition.settle(number);
    expect(recognition.memory.brokenCanaries()).toEqual([]);
    expect(recognition.memory.counter(abi.C_CANARY)).toBe(0);
    expect(recognition.memory.control(abi.C_INSPECTIONS_LIVE)).toBe(0);
    expect(recognition.memory.control(abi.C_PREFIX_BLOCKS_LIVE)).toBe(0);
  }
  return all[0]!;
}

test.each([
  ["programs that match now and then", sensibleTables],
  ["programs that are noise", noisyTables],
] as const)("%s", async (_, tables) => {
  await fc.assert(
    fc.asyncProperty(
      tables,
      flows,
      fc.array(actions, { maxLength: 25 }),
      async (bytes, rows, list) => {
        await play(bytes, rows, list);
      },
    ),
    { numRuns: runs },
  );
});
