import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  MASK_BYTES,
  maskFacts,
  type FactSelection,
  type MaskableFact,
} from "../../src/policy/mask.js";
import { OptionError } from "../../src/record/index.js";

const facts: MaskableFact[] = [
  { name: "tls.sni", level: "D4" },
  { name: "tls.alpn", level: "D5" },
  { name: "http.host", level: "D4" },
  { name: "http.user_agent", level: "D5" },
  { name: "host.list", level: "D3" },
  { name: "dns.query.name", level: "D4" },
  { name: "dns.query.type", level: "D5" },
  { name: "ssh.software", level: "D5" },
  { name: "tls.ja4", level: "D5" },
];
const namesOf = (selection?: FactSelection) => maskFacts(facts, selection).names;

test.each<[FactSelection, string[]]>([
  [true, facts.map((fact) => fact.name)],
  [false, []],
  [[], []],
  [["tls.sni"], ["tls.sni"]],
  [["tls.*"], ["tls.sni", "tls.alpn", "tls.ja4"]],
  [["*.host"], ["http.host"]],
  [["*.query.*"], ["dns.query.name", "dns.query.type"]],
  [["*"], facts.map((fact) => fact.name)],
  [["D3"], ["host.list"]],
  [["d4"], ["tls.sni", "http.host", "host.list", "dns.query.name"]],
  [
    ["D3", " ssh.software "],
    ["host.list", "ssh.software"],
  ],
])("%j selects %j", (selection, expected) => {
  expect(namesOf(selection)).toEqual(expected);
});

test("without a selection, everything the purpose allows", () => {
  expect(namesOf()).toEqual(namesOf(true));
});

test("the bits are those of the names", () => {
  const { bits } = maskFacts(facts, ["tls.sni", "tls.ja4"]);
  expect(bits).toHaveLength(MASK_BYTES);
  expect([...bits.subarray(0, 2)]).toEqual([0b1, 0b1]);
  expect(bits.subarray(2).every((byte) => byte === 0)).toBe(true);
});

test("what tells only which protocol comes next cannot be masked, selected or named", () => {
  const carried: MaskableFact = { name: "smtp.carried", level: "D5", carries: "tls" };
  for (const selection of [true, false, ["tls.sni"], ["D3"]]) {
    const { bits, names } = maskFacts([...facts, carried], selection);
    expect((bits[facts.length >> 3]! >> (facts.length & 7)) & 1).toBe(1);
    expect(names).not.toContain(carried.name);
  }
  expect(() => maskFacts([...facts, carried], ["smtp.carried"])).toThrow(OptionError);
});

test("bits and names agree for any selection", () => {
  const selector = fc.constantFrom(...facts.map((fact) => fact.name), "tls.*", "D3", "D4");
  fc.assert(
    fc.property(fc.array(selector), (selection) => {
      const { bits, names } = maskFacts(facts, selection);
      const set = facts.filter((_, id) => (bits[id >> 3]! >> (id & 7)) & 1).map(({ name }) => name);
      expect(set).toEqual(names);
    }),
  );
});

test.each([
  ["tls.snii", 'no fact or level (D3, D4, D5) is called "tls.snii"; did you mean "tls.sni"?'],
  ["tsl.*", 'no fact or level (D3, D4, D5) is called "tsl.*"; did you mean "tls.*"?'],
  ["tls", 'no fact or level (D3, D4, D5) is called "tls"; did you mean "tls.*"?'],
  ["payload", 'no fact or level (D3, D4, D5) is called "payload"'],
  ["", 'no fact or level (D3, D4, D5) is called ""'],
  ["D6", 'no fact or level (D3, D4, D5) is called "D6"'],
  ["__proto__", 'no fact or level (D3, D4, D5) is called "__proto__"'],
])("%j is no fact", (selector, message) => {
  expect(() => maskFacts(facts, [selector])).toThrow(new OptionError("facts", message));
});

test("what is inspected is always read, and is no fact that can be selected", () => {
  const all: MaskableFact[] = [...facts, { name: "ftp.data-port", level: "D5", inspected: true }];
  const id = facts.length;
  for (const selection of [true, false, ["tls.*"], ["D3"], ["*"]]) {
    const { bits, names } = maskFacts(all, selection);
    expect((bits[id >> 3]! >> (id & 7)) & 1).toBe(1);
    expect(names).toEqual(namesOf(selection));
  }
  for (const selector of ["ftp.data-port", "ftp.*"]) {
    expect(() => maskFacts(all, [selector])).toThrow(OptionError);
  }
});

test("a pattern never overlaps itself", () => {
  expect(() => maskFacts([{ name: "aba", level: "D5" }], ["ab*ba"])).toThrow(OptionError);
});
