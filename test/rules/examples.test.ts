/** The rules in examples/: their samples are as they say, in the oracle and in every engine, and nothing is doubtful. */
import { factName } from "../../src/language/definition.js";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { engineKinds } from "../../src/engine/index.js";
import { catalog } from "../../src/generated/catalog.js";
import { protocols } from "../../src/generated/protocols.js";
import { samplesOf } from "../../src/language/collisions.js";
import { converse } from "../../src/language/conversation.js";
import { readRules } from "../../src/rules/index.js";
import { reportRules } from "../../src/rules/report.js";
import { mapFor, Speaker } from "../protocols/harness.js";
import { testEngine } from "../support/engines.js";

const folder = new URL("../../examples/rules/", import.meta.url);
const texts = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), "utf8"),
}));
const rules = readRules(texts);
const definitions = rules.protocols.map(({ definition }) => definition);
const all = [...protocols, ...definitions];

test.each(reportRules(rules))(
  "$protocol.definition.name",
  ({ failures, warnings, samples, lines }) => {
    expect({ failures, warnings }).toEqual({ failures: [], warnings: [] });
    expect(samples).toBeGreaterThan(1);
    expect(lines.join("\n")).toContain("it names flows alone, whatever their ports");
  },
);

test("what they match, in words", () => {
  const [telemetry] = reportRules(rules).filter(
    ({ protocol }) => protocol.definition.name === "acme-telemetry",
  );
  expect(telemetry!.lines.slice(0, 10)).toEqual([
    "Acme telemetry; telemetry; Acme field bus manual, chapter 5",
    "ports: UDP 7600",
    "facts: kind (number, D5)",
    "report, over UDP:",
    "  the client says:",
    "    the bytes ac 3e",
    "    a number `version` of 1 byte, which is 1 … 3",
    "    a number `kind` of 1 byte, which is 1 … 2, 16",
    "    a number `sequence` of 2 bytes",
    "    `sequence` is remembered",
  ]);
});

test("what is built in stays as it is", () => {
  expect(rules.catalog.protocols.slice(0, catalog.protocols.length)).toEqual(catalog.protocols);
  expect(rules.catalog.signatures.slice(0, catalog.signatures.length)).toEqual(catalog.signatures);
});

describe.each(engineKinds)("engine %s", (kind) => {
  test("agrees with the oracle", async () => {
    const speaker = new Speaker(await testEngine(kind, mapFor(rules.catalog)), rules.catalog);
    for (const { conversation } of [...samplesOf(definitions), ...samplesOf(protocols)]) {
      const found = speaker.say(conversation).map(({ signature, evidence, facts }) => ({
        signature,
        evidence,
        facts,
      }));
      const opened = conversation.transport === "tcp";
      const expected = converse(all, conversation, { opened }).map(
        ({ signature, protocol, evidence, facts }) => ({
          signature,
          evidence,
          facts: facts.map(({ fact, value }) => `${factName(protocol, fact)}=${value}`).sort(),
        }),
      );
      expect(found).toEqual(expected.sort((a, b) => (a.signature < b.signature ? -1 : 1)));
    }
  });
});
