/**
 * The fact mask, entry by entry: alone it lets its fact through and no other, and taken away it
 * takes its fact and no other, in records and events, from every engine.
 */
import { factName } from "../../src/language/definition.js";
import { expect, test } from "vitest";
import { catalog } from "../../src/generated/catalog.js";
import { protocols } from "../../src/generated/protocols.js";
import type { ClassifierEvent } from "../../src/record/events.js";
import type { FactValue } from "../../src/record/record.js";
import {
  createClassifier,
  engineKinds,
  fixtureBytes,
  fixtures,
  openBytes,
} from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";
import type { EngineKind } from "../../src/engine/index.js";

type Shown = Record<string, FactValue>[];

/** Where a fact is shown: a fixture, or packets of a sample. */
type Place = string | readonly Uint8Array[];

/** Facts of records and transactions, and all the rest of the records. */
async function observe(place: Place, engine: EngineKind, facts: readonly string[] | boolean) {
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
  if (typeof place === "string") await classifier.read(openBytes(fixtureBytes(place), place));
  else for (const packet of place) classifier.push(packet, { seconds: 1, nanoseconds: 0 });
  classifier.finish();
  classifier.close();
  return { shown, rest };
}

const names = (shown: Shown) => [...new Set(shown.flatMap(Object.keys))].sort();

/** What shows a fact, found once: a fixture; where none was recorded, a sample on its own port. */
const places = new Map<string, Place>();
async function look(place: Place): Promise<void> {
  const { shown } = await observe(place, "wasm", true);
  for (const name of names(shown)) if (!places.has(name)) places.set(name, place);
}
for (const { file } of fixtures) await look(file);
for (const { name, facts = {}, samples = {}, ports = {} } of protocols) {
  if (Object.keys(facts).every((key) => places.has(factName(name, key)))) continue;
  for (const conversation of [...(samples.yes ?? []), ...(samples.weak ?? [])]) {
    await look(packetsOf(conversation, ports[conversation.transport]?.[0]));
  }
}

const told = catalog.facts.filter(({ inspected, carries }) => !inspected && carries === undefined);

for (const { name } of told) {
  test(`${name}: the mask lets it through, or not, and nothing else changes`, async () => {
    // `dns.response` pairs messages and is not shown itself in a transaction.
    const place = places.get(name);
    expect(place, "neither fixture nor sample shows this fact").toBeDefined();
    for (const engine of engineKinds) {
      const all = await observe(place!, engine, true);
      const alone = await observe(place!, engine, [name]);
      const others = told.map((fact) => fact.name).filter((other) => other !== name);
      const without = await observe(place!, engine, others);
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
