/** A rule file can come from anybody. */
import { expect, test } from "vitest";
import { createClassifier } from "../support/classifier.js";
import { readRules, RULES_MAX } from "../../src/rules/index.js";
import { problemsOf, read, ruleOf } from "./rules.js";

const SIZE = 250_000;
const many = (text: string, between = "") =>
  Array.from({ length: Math.floor(SIZE / (text.length + between.length)) }, () => text).join(
    between,
  );

test.each<[string, string]>([
  ["brackets", many("[")],
  ["braces", many("{")],
  ["dashes", many("- ")],
  ["question marks", many("? ")],
  ["keys in keys", many("a: ")],
  ["closing brackets", many("]")],
  ["anchors", many("&a ")],
  ["documents", many("---\n")],
  ["different keys", Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n")],
  ["indentation", Array.from({ length: 600 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")],
  ["quotes", many("'")],
  ["a list", `[${many("1", ",")}]`],
  ["directives", many("%YAML 1.1\n")],
  ["tags", many("- !a x\n")],
])("much of nothing: %s", (_what, text) => {
  const begin = performance.now();
  expect(problemsOf(text).length).toBeGreaterThan(0);
  expect(performance.now() - begin).toBeLessThan(20_000);
});

test("aliases, anchors, tags and merge keys are refused", () => {
  expect(problemsOf(ruleOf("&x token", "*x"))).toEqual([
    "10:16: anchors (&x) are not used in rules",
  ]);
  expect(problemsOf(ruleOf("token", "*x"))[0]).toMatch(/Unresolved alias|aliases \(\*x\)/);
  expect(problemsOf(ruleOf("!!js/function token"))[0]).toMatch(/tag/i);
  expect(problemsOf(ruleOf("!!str token"))).toEqual([
    "10:19: tags (tag:yaml.org,2002:str) are not used in rules; leave it out",
  ]);
  expect(problemsOf(`${ruleOf("token")}<<: { name: x }\n`)[0]).toContain('a rule has no "<<"');
});

test("keys that mean something to JavaScript are names as any other", () => {
  expect(problemsOf(`${ruleOf("token")}__proto__: 1\n`)[0]).toContain('a rule has no "__proto__"');
  expect(problemsOf(ruleOf("constructor: 1"))[0]).toContain('unknown word "constructor"');
  expect(problemsOf(ruleOf("__proto__"))[0]).toContain('unknown word "__proto__"');
  expect(problemsOf(ruleOf("capture: [toString, token]"))[0]).toContain("is not declared");
  const facts = ruleOf("token").replace("host:", "__proto__:");
  expect(problemsOf(facts)[0]).toContain('the fact "__proto__" is not lower-case');
  const own = read(ruleOf("capture: [constructor, token]").replace("host:", "constructor:"));
  expect(own.protocols[0]!.definition.facts).toHaveProperty("constructor");
  expect(({} as any).textFact).toBeUndefined();
});

test("names of numbers with much space in them take no time", () => {
  const names = `"1 a${" ".repeat(SIZE)}b\u000b"`;
  const facts = `facts: { host: { textFact: D4 }, kind: { numberFact: [D5, { names: ${names} }] } }`;
  const text = ruleOf("token").replace(/^facts.*$/m, facts);
  const begin = performance.now();
  problemsOf(text);
  expect(performance.now() - begin).toBeLessThan(5000);
});

test.each<[string, string[]]>([
  ["a step that goes on for ever", Array.from({ length: 1001 }, () => '"a"')],
  ["a repeat of nothing", ['repeat: [0, 60000, { not: "x" }]']],
  ["loops in loops", ["u16: n", "times: [n, 60000, { times: [n, 60000, { u8: { max: 9 } }] }]"]],
  ["numbers without end", ["skip: .inf"]],
  ["numbers that are none", ["run: [digits, { min: .nan }]"]],
  ["huge numbers", ["run: [digits, { min: 1000000000, max: 1000000000 }]"]],
  ["fractions", ["skip: 1.5"]],
  ["many fields", Array.from({ length: 17 }, (_, index) => `u8: f${index}`)],
])("%s", (_what, items) => {
  expect(problemsOf(ruleOf(...items)).length).toBeGreaterThan(0);
});

test.each<[string, string, string]>([
  ["noise", "{ noise: 4000000000 }", "noise: 4000000000 is no number of bytes: 0 … 65535"],
  ["a length of many bytes", '{ sized: [1000000000, "a"] }', "sized: a length has 1 … 4 bytes"],
  [
    "much noise in many places",
    `[${"{ noise: 65535 }, ".repeat(3000)}]`,
    "the samples of a file have 1024 KiB at most; cut them",
  ],
])("samples with %s", (_what, bytes, problem) => {
  const begin = performance.now();
  const samples = `samples: { yes: [{ tcp: [{ client: ${bytes} }] }] }`;
  expect(problemsOf(`${ruleOf("token")}${samples}`)[0]).toContain(problem);
  expect(performance.now() - begin).toBeLessThan(5000);
});

test.each([[null], [5], [{}], [[]], [[{}]], [[{ name: "a" }]]])("%j is no rule file", (input) => {
  expect(() => readRules(input as any)).toThrow("rules: give the text of a rule file");
});

test("repeats in repeats take no time", () => {
  let word = "{ u8: { max: 9 } }";
  for (let depth = 0; depth < 12; depth++) word = `{ repeat: [1, 60000, { opt: "a" }, ${word}] }`;
  const begin = performance.now();
  read(ruleOf(word));
  expect(performance.now() - begin).toBeLessThan(5000);
});

test("a thousand rules, and not one more", async () => {
  const rule = (index: number) =>
    `{ name: own-${index}, title: Own, category: test, source: test, ports: { udp: [${index + 1}] }, ` +
    `signatures: { s: { over: [tcp, udp], client: [{ step: ["OWN-PROTOCOL-${index}/", { u16: n }, { remains: n }] }] } } }`;
  const text = (from: number, to: number) => ({
    name: `${from}.yaml`,
    text: Array.from({ length: to - from }, (_, index) => rule(from + index)).join("\n---\n"),
  });
  const files = [text(0, 500), text(500, RULES_MAX)];
  const rules = readRules(files);
  // 0.75 MiB of them are the built-in protocols.
  expect(rules.catalog.tables.length).toBeLessThan(3 * 1024 * 1024);
  for (const engine of ["wasm", "typescript"] as const) {
    const classifier = await createClassifier({ rules, engine });
    classifier.finish();
    classifier.close();
  }
  expect(() => readRules([...files, text(RULES_MAX, RULES_MAX + 1)])).toThrow(
    "1000.yaml:1:1: more than 1000 rules; load fewer",
  );
});
