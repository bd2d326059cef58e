/** A classifier with rules: names, facts, ports, and what may not name. */
import { describe, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { catalog } from "../../src/generated/catalog.js";
import { keepOdds, oddsOf } from "../../src/language/odds.js";
import { OptionError } from "../../src/record/errors.js";
import type { FlowRecord } from "../../src/record/record.js";
import { readRules, type Rules } from "../../src/rules/index.js";
import { loadWarnings } from "../../src/rules/report.js";
import { createClassifier } from "../support/classifier.js";
import { ipv4, udp } from "../support/packets.js";
import { read, ruleOf } from "./rules.js";

const example = (name: string) => {
  const url = new URL(`../../examples/rules/${name}.yaml`, import.meta.url);
  return { name, text: readFileSync(url, "utf8") };
};

/** Records of flows of one datagram each, from the client to a port. */
async function classify(
  rules: Rules | undefined,
  flows: readonly (readonly [port: number, text: string])[],
): Promise<FlowRecord[]> {
  const records: FlowRecord[] = [];
  const classifier = await createClassifier({
    ...(rules && { rules }),
    onRecord: (record) => records.push(record),
  });
  flows.forEach(([to, text], index) => {
    const datagram = udp({ from: 40000 + index, to }, Buffer.from(text, "latin1"));
    const packet = ipv4({ protocol: 17, from: "192.0.2.1", to: "198.51.100.2" }, datagram);
    classifier.push(packet, { seconds: 1764000000, nanoseconds: index }, { linkType: 101 });
  });
  classifier.finish();
  classifier.close();
  return records.sort((a, b) => a.client.port! - b.client.port!);
}

const hello = "ACME\0\x11agent=desk-4;idle";

test("a rule names, and gives its facts", async () => {
  const rules = readRules(example("print-agent"));
  const [flow] = await classify(rules, [[9999, hello]]);
  expect(flow).toMatchObject({
    protocol: "acme-announce",
    category: "printing",
    evidence: { grade: "payload", signature: "acme-announce/hello" },
    facts: { "acme-announce.name": "desk-4" },
  });
  expect((await classify(undefined, [[9999, hello]]))[0]!.protocol).toBeNull();
});

test("its port guesses, and does not name", async () => {
  const rules = readRules(example("print-agent"));
  const [flow] = await classify(rules, [[8632, "something else"]]);
  expect(flow).toMatchObject({ protocol: null, portGuess: "acme-announce" });
});

describe("a weak rule", () => {
  const weak = ruleOf('hex: "ac 3e"', "u8: [1, 2]").replace(
    "source: test",
    "source: test\nports: { udp: 7600 }",
  );

  test("names on its port only, and says so when it is loaded", async () => {
    const rules = read(weak);
    const [other, own] = await classify(rules, [
      [7601, "\xac\x3e\x01"],
      [7600, "\xac\x3e\x01"],
    ]);
    expect(other).toMatchObject({ protocol: null });
    expect(own).toMatchObject({ protocol: "own", evidence: { grade: "corroborated" } });
    expect(loadWarnings(rules).map(({ line, message }) => `${line}: ${message}`)).toEqual([
      "7: own/s: is weak: it names a flow only on the protocol's ports, when the flow has ended",
    ]);
  });

  test("without a port names nothing", async () => {
    const rules = read(weak.replace("ports: { udp: 7600 }\n", ""));
    const [flow] = await classify(rules, [[7600, "\xac\x3e\x01"]]);
    expect(flow).toMatchObject({ protocol: null });
    expect(loadWarnings(rules)[0]!.message).toContain("names nothing");
  });
});

test("what has no signatures, or names what is built in, is said when it is loaded", () => {
  const empty = "name: own\ntitle: Own\ncategory: test\nsource: test\n";
  expect(loadWarnings(read(empty)).map(({ message }) => message)).toEqual([
    "own: it has no signatures, so it names nothing: say under `signatures` what its client or its server says",
  ]);
  const hijack = ruleOf('"GET / HTTP/1.1\\r\\n"').replace("over: udp", "over: tcp");
  expect(loadWarnings(read(hijack))[0]!.message).toContain("own/s: it names what is http");
});

test("rules that would break the odds together are weak, the stricter ones are kept", async () => {
  // 30 bits against random bytes each: 2 · 2^-30 a flow, and 10^-6 is used up after 537.
  const signature = (text: string) => `{ over: udp, client: [{ step: [${text}] }] }`;
  const of = (index: number) =>
    signature(
      `{ hex: "e${index.toString(16).padStart(3, "0")}" }, { hex: "f5" }, { u8: { max: 3 } }`,
    );
  const loose = Array.from({ length: 700 }, (_, index) => `s${index}: ${of(index)}`);
  const text =
    "name: own\ntitle: Own\ncategory: test\nsource: test\nports: { udp: [7600] }\nsignatures:\n" +
    `  strict: ${signature('"a long text that nobody says"')}\n` +
    loose.map((each) => `  ${each}\n`).join("");
  const rules = read(text);
  const entries = rules.catalog.signatures.slice(catalog.signatures.length);
  const weak = entries.filter((entry) => entry.weak);
  expect(weak.length).toBeGreaterThan(100);
  expect(entries.find(({ name }) => name === "own/strict")!.weak).toBeUndefined();
  for (const lane of [0, 1, 2, 3]) {
    const sum = rules.catalog.signatures.reduce((total, entry) => total + oddsOf(entry)[lane]!, 0);
    expect(sum).toBeLessThanOrEqual(1e-6);
  }
  expect(keepOdds(catalog, 0)).toBe(catalog);
  const index = Number(weak[0]!.name.slice("own/s".length));
  const bytes = `${String.fromCharCode(0xe0 | (index >> 8), index & 255)}\xf5\x02`;
  const [elsewhere, own] = await classify(rules, [
    [7601, bytes],
    [7600, bytes],
  ]);
  expect(elsewhere!.protocol).toBeNull();
  expect(own).toMatchObject({ protocol: "own", evidence: { grade: "corroborated" } });
});

test("what are no rules is refused", async () => {
  for (const wrong of ["own.yaml", {}, { catalog: {} }, null]) {
    await expect(createClassifier({ rules: wrong as never })).rejects.toThrow(OptionError);
  }
});
