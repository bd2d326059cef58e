/** The retelling agrees with the engines, on every flow of every fixture. */
import { expect, test } from "vitest";
import { fixtures } from "../support/classifier.js";
import { allStories, fixture } from "./stories.js";

for (const [index, { file }] of fixtures.entries()) {
  test(`${file}: what is told is what the engine found`, async () => {
    // Each fixture by one engine, in turn: the engines themselves are compared elsewhere.
    const engine = (["wasm", "wasm-scalar", "typescript"] as const)[index % 3]!;
    const stories = await allStories(() => fixture(file), { engine });
    expect(stories.length).toBeGreaterThan(0);
    for (const { record, agrees, differences, evidence, facts, packetCount } of stories) {
      const { id } = record;
      expect({ id, agrees, differences }).toEqual({ id, agrees: true, differences: [] });
      const { signature, bits } = record.evidence;
      if (signature !== null) {
        const least = Object.values(evidence!.bits).filter((each) => each !== null);
        expect([evidence!.signature, Math.floor(Math.min(...least))]).toEqual([signature, bits]);
      }
      expect(packetCount).toBeGreaterThanOrEqual(record.packets.toServer + record.packets.toClient);
      const told = new Set(facts.map(({ name }) => name));
      expect({ id, told: [...told].sort() }).toEqual({ id, told: Object.keys(record.facts) });
    }
  });
}
