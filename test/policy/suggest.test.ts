import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nearest, suggestion } from "../../src/policy/suggest.js";

test.each<[string, string[], string | undefined]>([
  ["jsnol", ["table", "jsonl", "csv"], "jsonl"],
  ["JSONL", ["table", "jsonl", "csv"], "jsonl"],
  ["tab", ["table", "jsonl", "csv"], "table"],
  ["x", ["table", "jsonl", "csv"], undefined],
  ["", ["a", "table"], "a"],
  ["capture.pcpa", ["capture.pcap", "captured.pcap"], "capture.pcap"],
  ["parquet", ["table", "jsonl", "csv"], undefined],
  ["anything", [], undefined],
])("%j of %j is nearest to %j", (mistyped, words, expected) => {
  expect(nearest(mistyped, words)).toBe(expected);
});

test("a word is nearest to itself", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
      expect(nearest(words[0]!, words)?.toLowerCase()).toBe(words[0]!.toLowerCase());
    }),
  );
});

test("a swap, a missing, a needless and a wrong letter are each one mistake", () => {
  const words = ["classify"];
  for (const mistyped of ["calssify", "clasify", "classsify", "classity"]) {
    expect(suggestion(mistyped, words)).toBe('; did you mean "classify"?');
  }
});
