/**
 * How a stream was cut into segments says nothing: whatever the program and the bytes, all ways to
 * deliver them give the candidates, evidence and facts that the whole in one segment gives.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { engineKinds } from "../../src/engine/index.js";
import { testEngine } from "../support/engines.js";
import { Recognition } from "./recognise.harness.js";
import { payloads, sensibleTables } from "./recognise.programs.js";

interface Segment {
  at: number;
  end: number;
}

/** More pieces out of order than these could leave more than the four ranges kept. */
const PIECES_MAX = 9;

/** The whole cut in pieces; those behind the first come in any order, some twice, some longer. */
const deliveries = (length: number): fc.Arbitrary<Segment[]> =>
  fc
    .record({
      cuts: fc.uniqueArray(fc.nat(length), { maxLength: PIECES_MAX - 1 }),
      order: fc.infiniteStream(fc.nat(1000)),
      longer: fc.infiniteStream(fc.nat(3)),
      again: fc.infiniteStream(fc.nat(3)),
    })
    .map(({ cuts, order, longer, again }) => {
      const bounds = [...new Set([0, ...cuts, length])].sort((a, b) => a - b);
      const pieces = bounds.slice(0, -1).map((at, index) => ({ at, end: bounds[index + 1]! }));
      const rest = pieces
        .slice(1)
        .map((piece) => ({ piece, rank: order.next().value! }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ piece }) => piece);
      return [pieces[0]!, ...rest]
        .map(({ at, end }) => ({
          at: at === 0 ? 0 : Math.max(0, at - longer.next().value!),
          end: Math.min(length, end + (at === 0 ? 0 : longer.next().value!)),
        }))
        .flatMap((segment) => (again.next().value === 0 ? [segment, segment] : [segment]));
    });

const oneByOne = (length: number): Segment[] =>
  Array.from({ length }, (_, at) => ({ at, end: at + 1 }));

interface Said {
  fromB: boolean;
  bytes: string;
  start: number;
}

/** What the flow is after each message, and after its end. Packet numbers are left out. */
function hear(
  recognition: Recognition,
  opened: boolean,
  messages: readonly Said[],
  cut: (message: Said, index: number) => readonly Segment[],
) {
  const row = 1;
  const facts: string[] = [];
  const states: unknown[] = [];
  const note = (outcome: number) => {
    const candidates = recognition.candidates(row).map(({ packet: _packet, ...rest }) => rest);
    // In whatever segment they were found, and whatever order.
    states.push({ candidates, facts: [...facts].sort(), active: outcome & abi.OUTCOME_ACTIVE });
  };
  const collect = () => {
    for (const { signature, fact, value } of recognition.spans()) {
      facts.push(JSON.stringify({ signature, fact, value }));
    }
  };
  recognition.open(row, { opened });
  for (const [index, message] of messages.entries()) {
    let outcome = 0;
    for (const { at, end } of cut(message, index)) {
      outcome = recognition.give(row, {
        bytes: message.bytes.slice(at, end),
        fromB: message.fromB,
        sequence: (message.start + at) >>> 0,
      });
      collect();
    }
    note(outcome);
  }
  recognition.finish(row);
  collect();
  note(0);
  recognition.settle(row);
  expect(recognition.memory.brokenCanaries()).toEqual([]);
  expect(recognition.memory.counter(abi.C_CANARY)).toBe(0);
  return states;
}

const conversations = fc
  .record({
    tables: sensibleTables,
    opened: fc.boolean(),
    asked: payloads(24),
    answered: payloads(24),
    start: fc.constantFrom(0, 7, 0xfffffff8),
  })
  .chain(({ tables, opened, asked, answered, start }) =>
    fc.record({
      tables: fc.constant(tables),
      opened: fc.constant(opened),
      messages: fc.constant<Said[]>([
        { fromB: false, bytes: asked, start },
        { fromB: true, bytes: answered, start: (start + 1000) >>> 0 },
      ]),
      cuts: fc.tuple(deliveries(asked.length), deliveries(answered.length)),
    }),
  );

describe.each(engineKinds)("%s", (kind) => {
  test("all ways to deliver a stream are the same", async () => {
    const limits = { gapPackets: 1000, messageLimit: 1000, maxInspections: 4 };
    await fc.assert(
      fc.asyncProperty(conversations, async ({ tables, opened, messages, cuts }) => {
        const recognition = await Recognition.create(
          (map) => testEngine(kind, map),
          tables,
          limits,
        );
        const whole = hear(recognition, opened, messages, ({ bytes }) => [
          { at: 0, end: bytes.length },
        ]);
        const some = hear(recognition, opened, messages, (_, index) => cuts[index]!);
        expect(some).toEqual(whole);
        const bytewise = hear(recognition, opened, messages, ({ bytes }) => oneByOne(bytes.length));
        expect(bytewise).toEqual(whole);
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 150) },
    );
  });
});
