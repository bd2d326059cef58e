import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TransactionEvent, VerdictEvent } from "../../src/record/index.js";
import { formatEvent, formatJsonl } from "../../src/sinks/index.js";
import { anyRecord, hostileTexts, makeRecord } from "./records.js";

/** What the format promises: JSON.stringify, with these characters escaped as well. */
const expectedLine = (value: unknown) =>
  JSON.stringify(value).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character.split("").map(escapeUnit).join(""),
  );
const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

test("an ordinary record is what JSON.stringify makes of it", () => {
  expect(formatJsonl(makeRecord())).toBe(JSON.stringify(makeRecord()));
});

test("any record is what JSON.stringify makes of it", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(formatJsonl(record)).toBe(expectedLine(record));
    }),
    { numRuns: 1000 },
  );
});

test("any record is one line of valid JSON that no terminal obeys", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const line = formatJsonl(record);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(record)));
    }),
  );
});

test.each(hostileTexts)("%j survives as a fact's value and name", (text) => {
  const facts = Object.fromEntries([[text, [text, text]]]);
  const parsed = JSON.parse(formatJsonl(makeRecord({ facts, notices: [text] })));
  expect(Object.entries(parsed.facts)).toEqual([[text, [text, text]]]);
  expect(parsed.notices).toEqual([text]);
});

test("a fact called __proto__ is a key like any other", () => {
  const facts = Object.fromEntries([["__proto__", "x"]]);
  expect(formatJsonl(makeRecord({ facts }))).toContain('"facts":{"__proto__":"x"}');
});

test("the order of a record's own keys does not matter", () => {
  const reversed = Object.fromEntries(Object.entries(makeRecord()).toReversed());
  expect(formatJsonl(reversed as never)).toBe(JSON.stringify(makeRecord()));
});

test("events are told apart from records by their first key", () => {
  const verdict: VerdictEvent = {
    type: "verdict",
    flow: 3,
    state: "final",
    protocol: "tls",
    evidence: makeRecord().evidence,
    candidates: [],
    seconds: 1,
    nanoseconds: 2,
  };
  const transaction: TransactionEvent = {
    type: "transaction",
    flow: 3,
    protocol: "dns",
    request: "2026-11-24T09:00:00.000001000Z",
    response: null,
    facts: { "dns.name": hostileTexts[0]! },
  };
  for (const event of [verdict, transaction]) {
    const reversed = Object.fromEntries(Object.entries(event).toReversed());
    expect(formatEvent(reversed as never)).toBe(expectedLine(event));
    expect(formatEvent(event)).toMatch(/^\{"type":"/);
  }
  expect(formatJsonl(makeRecord())).toMatch(/^\{"schema":1,/);
});
