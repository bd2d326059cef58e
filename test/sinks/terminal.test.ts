import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  cutEnd,
  cutMiddle,
  formatBytes,
  makeVisible,
  measure,
  padEnd,
  padStart,
} from "../../src/sinks/terminal.js";
import { hostileTexts } from "./records.js";

test.each([
  ["plain text", "plain text"],
  ["\u001b[31mred\u0007", "␛[31mred␇"],
  ["a\r\n\tb\0", "a␍␊␉b␀"],
  ["\u007f\u009b2J", "␡\\u009b2J"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  ["a\u200bb\u2028c", "a\\u200bb\\u2028c"],
  ["\ud800x", "\\ud800x"],
  ["\u{e0041}", "\\udb40\\udc41"],
  ["e\u0301", "e\u0301"],
  ["e\u0301\u0301\u0301", "e\u0301\u0301\\u0301"],
  ["\u3164", "\\u3164"],
  ["中文 👍 שלום", "中文 👍 שלום"],
])("%j is shown as %j", (text, visible) => {
  expect(makeVisible(text)).toBe(visible);
});

test("nothing that a terminal obeys is left in any text", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...hostileTexts));
  fc.assert(
    fc.property(text, (any) => {
      expect(makeVisible(any)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test.each([
  ["", 0],
  ["abc", 3],
  ["中文", 4],
  ["ｆｕｌｌ", 8],
  ["한국어", 6],
  ["e\u0301", 1],
  ["👍", 2],
  ["🇫🇷", 2],
  ["→●◐○…", 5],
  ["␛[2J", 4],
  ["שלום", 4],
  ["ｱ", 1],
])("%j takes %i cells", (text, cells) => {
  expect(measure(text)).toBe(cells);
});

test("what is cut fits, whatever it is", () => {
  const text = fc.string({ unit: "grapheme" }).map(makeVisible);
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (any, cells) => {
      for (const cut of [cutEnd(any, cells), cutMiddle(any, cells)]) {
        expect(measure(cut)).toBeLessThanOrEqual(cells);
        if (measure(any) <= cells) expect(cut).toBe(any);
      }
      expect(measure(padEnd(cutEnd(any, cells), cells))).toBe(cells);
      expect(measure(padStart(cutMiddle(any, cells), cells))).toBe(cells);
    }),
  );
});

test("a cut is marked, and keeps the ends", () => {
  expect(cutEnd("abcdefgh", 5)).toBe("abcd…");
  expect(cutMiddle("abcdefgh", 5)).toBe("ab…gh");
  expect(cutMiddle("中文字符", 5)).toBe("中…符");
  expect(cutMiddle("abcde\u0301f", 4)).toBe("a…e\u0301f");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [25_841, "25.8 kB"],
  [99_949, "99.9 kB"],
  [99_950, "100 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [1.5e15, "1.5 PB"],
  [5e18, "5000 PB"],
])("%d bytes are %j", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
