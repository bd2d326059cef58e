/**
 * Damaged and odd captures of other projects, through all engines: a slice of them, where they are there.
 * `npm run fuzz:captures -- FOLDER…` runs all.
 */
import { existsSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { filesIn, judgeCapture } from "./captures.js";

const FOLDER = "../shared/corpus/robustness";
const isThere = existsSync(FOLDER);

test.skipIf(!isThere)(
  `captures of ${FOLDER}${isThere ? "" : ", which is absent,"} are the same to all engines`,
  { timeout: 300_000 },
  async () => {
    const small = filesIn(FOLDER).filter((path) => statSync(path).size < 16_384);
    const slice = small.filter((_, index) => index % 16 === 0);
    expect(slice.length).toBeGreaterThan(20);
    for (const path of slice) expect([path, await judgeCapture(path)]).toEqual([path, undefined]);
  },
);
