/** All engines give the same events, records and summaries on every fixture. */
import { expect, test } from "vitest";
import { engineKinds, fixtureBytes, fixtures, inPieces, observe } from "../support/classifier.js";

for (const { file } of fixtures) {
  test(`${file}: one result from ${engineKinds.join(", ")}`, async () => {
    const bytes = fixtureBytes(file);
    const [first, ...others] = await Promise.all(
      engineKinds.map((engine) =>
        observe(
          inPieces(bytes, () => 64 * 1024),
          { engine },
        ),
      ),
    );
    for (const other of others) expect(other).toEqual(first);
  });
}
