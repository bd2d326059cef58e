/** docs/rules.md: each example is a rule, or a part of one, that compiles; a whole one is as its samples say. Every word has one. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { words } from "../../src/generated/words.js";
import { readRules } from "../../src/rules/index.js";
import { type ProtocolReport, reportRules } from "../../src/rules/report.js";

const text = readFileSync(new URL("../../docs/rules.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, code]) => code!);

const HEAD = "name: test\ntitle: Test\ncategory: test\nsource: test\n";
const indented = (code: string, by: number) => code.replaceAll(/^/gm, " ".repeat(by));

/** An example is a whole rule, the words of a step, or other keys of a rule. */
function complete(code: string): string {
  if (code.startsWith("name:")) return code;
  if (!code.startsWith("-")) return HEAD + code;
  const factType = code.includes("dnsName") ? "nameFact" : "textFact";
  const before = code.includes("repeats:")
    ? "      - step: [{ u16: id }, { remember: id }]\n      - step:\n"
    : "      - step:\n";
  return `${HEAD}signatures:\n  s:\n    over: udp\n    client:\n${before}${indented(code, 10)}
facts: { host: { ${factType}: D4 }, kind: { numberFact: D5 } }\n`;
}

for (const [index, code] of examples.entries()) {
  test(`example ${index + 1}: ${code.split("\n")[0]}`, () => {
    const rules = readRules({ name: "docs/rules.md", text: complete(code) });
    expect(rules.protocols).toHaveLength(1);
    if (!code.startsWith("name:")) return;
    const [{ failures, warnings, samples }] = reportRules(rules) as [ProtocolReport];
    expect({ failures, warnings }).toEqual({ failures: [], warnings: [] });
    expect(samples).toBeGreaterThan(1);
  });
}

test("every word of the vocabulary has an example", () => {
  const all = examples.join("\n");
  const lacking = Object.keys(words).filter((word) => !new RegExp(`\\b${word}\\b`).test(all));
  expect(lacking, "write an example into docs/rules.md, under “The words”").toEqual([]);
});
