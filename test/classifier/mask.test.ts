/**
 * The fact mask, entry by entry: alone it lets its fact through and no other, and taken away it
 * takes its fact and no other, in records and events, from every engine.
 */
import { expect, test } from "vitest";
import { catalog } from "../../src/generated/catalog.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import type { FactValue } from "../../src/record/record.js";
import {
  createClassifier,
  engineKinds,
  fixtureBytes,
  fixtures,
  openBytes,
} from "../support/classifier.js";
import type { EngineKind } from "../../src/engine/index.js";

type Shown = Record<string, FactValue>[];

/** Facts of records and transactions, and all the rest of the records. */
async function observe(file: string, engine: EngineKind, facts: readonly string[] | boolean) {
  const shown: Shown = [];
  const rest: unknown[] = [];
  const classifier = await createClassifier({
    engine,
    facts,
    onEvent: (event: ClassifierEvent) => {
      if (event.type === "transaction") shown.push(event.facts);
      if (event.type !== "end") return;
      const { facts: own, ...others } = event.record;
      shown.push(own);
      rest.push(others);
    },
  });
  await classifier.read(openBytes(fixtureBytes(file), file));
  classifier.finish();
  classifier.close();
  return { shown, rest };
}

const names = (shown: Shown) => [...new Set(shown.flatMap(Object.keys))].sort();

/** A fixture that shows the fact, found once. */
const places = new Map<string, string>();
for (const { file } of fixtures) {
  const { shown } = await observe(file, "wasm", true);
  for (const name of names(shown)) if (!places.has(name)) places.set(name, file);
}

for (const { name } of catalog.facts) {
  test(`${name}: the mask lets it through, or not, and nothing else changes`, async () => {
    // `dns.response` pairs messages and is not shown itself in a transaction.
    const file = places.get(name);
    expect(file, "no fixture shows this fact").toBeDefined();
    for (const engine of engineKinds) {
      const all = await observe(file!, engine, true);
      const alone = await observe(file!, engine, [name]);
      const others = catalog.facts.map((fact) => fact.name).filter((other) => other !== name);
      const without = await observe(file!, engine, others);
      expect(names(alone.shown), engine).toEqual([name]);
      expect(names(without.shown), engine).toEqual(
        names(all.shown).filter((other) => other !== name),
      );
      expect(without.rest, engine).toEqual(all.rest);
      expect(alone.rest, engine).toEqual(all.rest);
    }
  });
}

test("without facts there are none, and names and counters are the same", async () => {
  for (const { file } of fixtures) {
    const all = await observe(file, "wasm", true);
    const none = await observe(file, "wasm", false);
    expect(names(none.shown), file).toEqual([]);
    expect(none.rest, file).toEqual(all.rest);
  }
});
