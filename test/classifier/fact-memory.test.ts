/** Facts and messages that wait, of many flows at one time, in memory that is not enough for all of them. */
import { describe, expect, test } from "vitest";
import { Budget, Share } from "../../src/classifier/budget.js";
import { Held } from "../../src/classifier/held.js";
import { sizeOfMessage } from "../../src/classifier/sizes.js";
import { Transactions } from "../../src/classifier/transactions.js";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import type { ProtocolEntry } from "../../src/language/catalog.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import type { FactValue, FlowRecord } from "../../src/record/record.js";
import type { Counters } from "../../src/record/summary.js";
import { createClassifier, engineKinds, formatEvent, inPieces } from "../support/classifier.js";
import { ethernet, ipv4, pcapFile, tcp, TYPE_IPV4 } from "../support/packets.js";

const FLOWS = 200;
const LATER = 1000;

/** Requests of one flow each, all of them open at one time; one more, after they have timed out. */
function capture() {
  const request = (flow: number, time: number) => {
    const text = `GET /${flow}${"x".repeat(700)} HTTP/1.1\r\nHost: example.org\r\n\r\n`;
    const segment = tcp({ from: 1024 + flow, to: 80, flags: "PA", sequence: 1 }, text);
    return {
      data: ethernet(
        TYPE_IPV4,
        ipv4({ protocol: 6, from: "192.0.2.1", to: "198.51.100.2" }, segment),
      ),
      sec: time,
    };
  };
  const first = Array.from({ length: FLOWS }, (_, flow) => request(flow, 0));
  return pcapFile([...first, request(FLOWS, LATER)]);
}

interface Run {
  records: FlowRecord[];
  events: ClassifierEvent[];
  lines: string[];
  counters: Counters;
}

async function run(options: ClassifierOptions, isHeard = true, size = 512 * 1024): Promise<Run> {
  const events: ClassifierEvent[] = [];
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({
    ...options,
    onRecord: (record) => records.push(record),
    ...(isHeard && { onEvent: (event: ClassifierEvent) => events.push(event) }),
  });
  await classifier.read(inPieces(capture(), () => size));
  classifier.finish();
  const { counters } = classifier.summary();
  classifier.close();
  return { records, events, lines: events.map(formatEvent), counters };
}

/** Bytes of texts alone, which is less than they are counted as. */
const textsOf = (facts: Record<string, FactValue>): number =>
  Object.values(facts).reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? 2 * value.length : 0),
    0,
  );

const isCut = ({ flags }: FlowRecord) => flags.includes("facts-cut");

describe.each(engineKinds)("with the engine %s", (engine) => {
  const factMemory = 65_536;

  test("facts have no more than it, and each record says whether it has all of its own", async () => {
    const { records, counters } = await run({ engine, factMemory }, false);
    const open = records.slice(0, FLOWS);
    const held = open.reduce((sum, { facts }) => sum + textsOf(facts), 0);
    expect(held).toBeLessThanOrEqual(factMemory);
    expect(held).toBeGreaterThan(factMemory / 2);
    const whole = (record: FlowRecord) => Object.keys(record.facts).length === 3;
    expect(open.map(isCut)).toEqual(open.map((record) => !whole(record)));
    expect(counters.factsDenied).toBe(
      open.reduce((sum, { facts }) => sum + 3 - Object.keys(facts).length, 0),
    );
    expect(counters.factsDenied).toBeGreaterThan(FLOWS / 2);
    // What ended has given its memory back.
    expect(Object.keys(records[FLOWS]!.facts)).toHaveLength(3);
    expect(isCut(records[FLOWS]!)).toBe(false);
  });

  test("messages that wait have a part of it, and what gets none does not depend on windows", async () => {
    const { records, events, lines } = await run({ engine, factMemory });
    const waited = events.reduce(
      (sum, event) => sum + (event.type === "transaction" ? textsOf(event.facts) : 0),
      0,
    );
    const held = records.slice(0, FLOWS).reduce((sum, { facts }) => sum + textsOf(facts), waited);
    expect(held).toBeLessThanOrEqual(factMemory);
    expect(held).toBeGreaterThan(factMemory / 4);
    expect(records.filter(isCut).length).toBeGreaterThan(FLOWS / 2);
    for (const size of [1, 700, 20_000]) {
      expect((await run({ engine, factMemory }, true, size)).lines).toEqual(lines);
    }
    expect((await run({ engine: "typescript", factMemory })).lines).toEqual(lines);
  });
});

test("memory enough: nothing is cut", async () => {
  const { records, counters } = await run({});
  expect(records.filter(isCut)).toEqual([]);
  expect(counters.factsDenied).toBe(0);
});

test("a request that has no memory to wait is told at once, and the others wait on", () => {
  const request = (path: string) => ({
    facts: { "http.target": path },
    fromClient: true,
    seconds: 1,
    nanoseconds: 0,
  });
  const budget = new Budget(sizeOfMessage(request("/1")));
  const share = new Share(budget);
  const entry = { transaction: {} } as unknown as ProtocolEntry;
  const transactions = new Transactions(1, entry, "http", share);
  expect(transactions.add(request("/1"))).toBeUndefined();
  expect(share.isCut).toBe(false);
  expect(transactions.add(request("/2"))).toMatchObject({
    response: null,
    facts: { "http.target": "/2" },
  });
  expect(share.isCut).toBe(true);
  const answer = transactions.add({ ...request(""), facts: {}, fromClient: false });
  expect(answer).toMatchObject({ facts: { "http.target": "/1" } });
  expect(budget.take(sizeOfMessage(request("/1")))).toBe(true);
});

test("what is held until a flow is named gives its memory back, one by one or with the flow", () => {
  const budget = new Budget(10);
  const share = new Share(budget);
  const held = new Held<number>(share, (size) => size);
  for (const size of [4, 7, 5]) held.push(size);
  expect(held.length).toBe(2);
  expect(budget.refused).toBe(1);
  expect(held.splice(0)).toEqual([4, 5]);
  expect(budget.take(10)).toBe(true);
  budget.giveBack(10);
  held.push(9);
  share.end();
  expect(budget.take(10)).toBe(true);
});
