/** Patterns in words: what could be read in two ways is not. */
import { expect, test } from "vitest";
import type { Pattern } from "../../src/language/pattern.js";
import { sayPattern } from "../../src/language/words.js";
import * as v from "../../src/language/vocabulary.js";

test.each<[Pattern, string]>([
  [v.byte("12"), 'one of "1" "2"'],
  [v.byte("0-9a-f"), "one of [0-9a-f]"],
  [v.u8("flags", { mask: 0xcf, bits: 0 }), "flags (8 bits): bits 0xcf are all 0"],
  [v.u8({ mask: 0x40, bits: 0x40 }), "a number of 8 bits: bits 0x40 are all 1"],
  [v.u8({ max: 9, mask: 6, bits: 2 }), "a number of 8 bits: 9 or less; bits 0x6 are 0x2"],
])("%j", (pattern, words) => {
  expect(sayPattern(pattern)).toBe(words);
});
