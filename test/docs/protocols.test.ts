/** docs/protocols.md says what the definitions and the fixtures say. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { protocolsPage } from "../../scripts/docs.js";
import { protocols } from "../../src/generated/protocols.js";

test("docs/protocols.md is current; if not: npm run docs", () => {
  const page = readFileSync(new URL("../../docs/protocols.md", import.meta.url), "utf8");
  expect(page).toBe(protocolsPage(protocols));
});

test("every protocol has its section", () => {
  const page = protocolsPage(protocols);
  for (const { name } of protocols) expect(page).toContain(`\n### ${name}\n`);
});

test("each protocol has a line of its own in the list, and nothing counts them", () => {
  const [head] = protocolsPage(protocols).split("\n## ");
  for (const { name } of protocols) expect(head).toContain(`\n- [${name}](#${name}) `);
  expect(head).not.toContain(`${protocols.length}`);
});
