/** What generated modules hold as text. */
import { deflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { unpack } from "../../src/compression/unpack.js";

const pack = (bytes: Uint8Array): string => deflateRawSync(bytes).toString("base64");

test("bytes are the same when unpacked", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 400 }),
      (unit, times) => {
        const bytes = new Uint8Array(unit.length * times);
        for (let time = 0; time < times; time++) bytes.set(unit, time * unit.length);
        expect(unpack(pack(bytes), bytes.length)).toEqual(bytes);
      },
    ),
    { numRuns: 50 },
  );
});

test("another length, or damage, is an error", () => {
  const text = pack(new Uint8Array(1000).fill(7));
  expect(() => unpack(text, 999)).toThrow("damaged");
  expect(() => unpack(text, 1001)).toThrow("damaged");
  expect(() => unpack(text.slice(0, 8), 1000)).toThrow("damaged");
});
