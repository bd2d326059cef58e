/** Words, the checker's complaints, and what dispatch and packing promise. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { POSITIONS } from "../../src/engine/abi.js";
import {
  bitmap,
  complement,
  contains,
  fromBytes,
  parseSet,
  toBytes,
  union,
} from "../../src/language/bytes.js";
import { compile } from "../../src/language/compile.js";
import type { Definition, Signature } from "../../src/language/definition.js";
import { firstBytes, shortest } from "../../src/language/dispatch.js";
import { match } from "../../src/language/oracle.js";
import type { Sequence } from "../../src/language/pattern.js";
import * as v from "../../src/language/vocabulary.js";

const define = (signature: Signature, more: Partial<Definition> = {}): Definition => ({
  name: "test",
  title: "Test",
  category: "test",
  source: "test",
  signatures: { s: signature },
  ...more,
});
const onClient = (...words: v.Word[]) => define({ over: "udp", client: [v.step(...words)] });

describe("bytes", () => {
  test("sets are written as in regular expressions", () => {
    expect(parseSet("0-9a-f-")).toEqual([
      [45, 45],
      [48, 57],
      [97, 102],
    ]);
    expect(() => parseSet("z-a")).toThrow('"z-a" is not a set of bytes');
  });

  test("a set and its complement share out all bytes", () => {
    const range = fc
      .tuple(fc.nat(255), fc.nat(255))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const set = union(ranges);
        const bits = bitmap(set);
        for (let value = 0; value < 256; value++) {
          const isIn = ranges.some(([low, high]) => value >= low && value <= high);
          expect(contains(set, value)).toBe(isIn);
          expect(contains(complement(set), value)).toBe(!isIn);
          expect((bits[value >> 3]! >> (value & 7)) & 1).toBe(isIn ? 1 : 0);
        }
      }),
    );
  });
});

describe("checker", () => {
  const problems: [string, () => Definition, string][] = [
    [
      "a field that was not read",
      () => onClient(v.skip("n")),
      'test/s, client 1: the field "n" is used before it is read',
    ],
    [
      "a fact that is not declared",
      () => onClient(v.capture("x", "a")),
      'test/s, client 1: the fact "x" is not declared',
    ],
    [
      "a number where there is text",
      () => ({ ...onClient(v.u8("n"), v.report("n")), facts: { n: v.textFact("D5") } }),
      'test/s, client 1: the fact "n" is text: capture it',
    ],
    [
      "an alternative that hides another",
      () => onClient(v.oneOf("AB", "ABC")),
      'test/s, client 1: "AB" hides "ABC", put the longer one first',
    ],
    [
      "an accept inside",
      () => onClient("a", v.opt(v.accept)),
      "test/s, client 1: accept stands only at the top of a step",
    ],
    [
      "two accepts",
      () => onClient("a", v.accept, "b", v.accept),
      "test/s, client 1: a step is accepted once",
    ],
    [
      "a comparison with nothing",
      () => onClient(v.u8("n"), v.repeats("n")),
      'test/s: "n" is compared but never remembered',
    ],
    [
      "a field that is misspelt",
      () => onClient(v.u16("length"), v.remains("lenght")),
      'the field "lenght" is used before it is read: did you mean "length"? If not, put u16("lenght")',
    ],
    [
      "a fact that is misspelt",
      () => ({ ...onClient(v.capture("hots", "a")), facts: { host: v.textFact("D4") } }),
      'the fact "hots" is not declared: did you mean "host"? If not, add',
    ],
    [
      "a memory that is misspelt",
      () => onClient(v.u8("id"), v.remember("id"), v.repeats("id", "ids")),
      '"ids" is compared but never remembered: did you mean "id"? If not, put remember("ids") into the message of this signature that says it first; each signature has a memory of its own',
    ],
    [
      "bytes that hide others",
      () => onClient(v.oneOf("\x16\x03", "\x16\x03\x01")),
      "test/s, client 1: 16 03 hides 16 03 01, put the longer one first",
    ],
    [
      "a key without text",
      () => ({ ...onClient("a"), source: "" }),
      "test: its source is empty: say where it is specified",
    ],
    ["no script", () => define({ over: "tcp" }), "test/s: it has nothing to match"],
    [
      "a wrong mixture of roles",
      () => define({ over: "tcp", first: [v.step("a")], client: [v.step("a")] }),
      "test/s: either client and server, or first and reply",
    ],
    [
      "an empty step",
      () => define({ over: "tcp", client: [v.step()] }),
      "test/s, client 1: an empty step matches everything",
    ],
    [
      "a name in capitals",
      () => ({ ...onClient("a"), name: "TEST" }),
      "TEST: a name is lower-case letters, digits and hyphens",
    ],
    [
      "a condition that cannot be met",
      () => onClient(v.u8({ mask: 1, bits: 2 })),
      "test/s, client 1: a condition that no number meets",
    ],
    [
      "too many fields",
      () => onClient(...Array.from({ length: 17 }, (_, n) => v.u8(`f${n}`))),
      "test/s, client 1: a step needs more than 16 registers",
    ],
    [
      "too much to remember",
      () => onClient(...Array.from({ length: 5 }, (_, n) => [v.u8(`f${n}`), v.remember(`f${n}`)])),
      "test/s, client 1: more than 4 fields are remembered",
    ],
    [
      "an implication of nothing",
      () => define({ over: "tcp", client: [v.step("a")], implies: ["x/y"] }),
      'test: implies "x/y": unknown',
    ],
  ];
  test.each(problems)("tells of %s", (_name, definition, message) => {
    expect(() => compile([definition()])).toThrow(message);
  });

  test("tells of two protocols with one name or id", () => {
    const one = onClient("a");
    expect(() => compile([one, one])).toThrow("test: another protocol has this name");
  });
});

/** Sequences made at random, of all that moves in a message. */
const sequences = fc.letrec<{ pattern: v.Word; list: v.Word[] }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<v.Word>(
      "ab",
      "a",
      v.nocase("aB"),
      v.byte("a-b"),
      v.run("ab", { min: 0, max: 3 }),
      v.run("b", { min: 2, max: 40 }),
      v.skip(2),
      v.until("b", 4),
      v.lineEnd,
      v.u8({ max: 0x61 }),
      v.u16({ in: [0x6161, 0x6162] }),
      v.u16le({ min: 0x6100, max: 0x6200 }),
      v.dnsName({ pointers: true }),
      v.accept,
    ),
    tie("list").map((list) => v.opt(...list, "a")),
    fc.tuple(tie("list"), tie("list")).map(([a, b]) => v.either(["a", a], ["b", b], "\n")),
    tie("list").map((list) => v.repeat(0, 3, "a", ...list)),
    tie("list").map((list) => v.repeat(2, 2, "b", ...list)),
    tie("list").map((list) => v.not("a", ...list)),
    tie("list").map((list) => v.afterLines(1, "b", ...list)),
    tie("list").map((list) => [v.u8("n", { max: 4 }), v.inside("n", ...list)]),
    tie("list").map((list) => [v.u8("n", { max: 4 }), v.within("n", ...list)]),
    tie("list").map((list) => [v.u8("n", { max: 3 }), v.times("n", 3, "a", ...list)]),
  ),
  list: fc.array(tie("pattern"), { maxLength: 3 }),
}));
/** `accept` where it may stand: at the top, once. */
function tidy(sequence: Sequence): Sequence {
  const inside = (each: Sequence[number]): Sequence[number] => {
    if (each.kind === "either") {
      return {
        ...each,
        alternatives: each.alternatives.map((s) =>
          s.filter((p) => p.kind !== "accept").map(inside),
        ),
      };
    }
    return "body" in each
      ? { ...each, body: each.body.filter((p) => p.kind !== "accept").map(inside) }
      : each;
  };
  const first = sequence.findIndex(({ kind }) => kind === "accept");
  return sequence.filter((p, at) => p.kind !== "accept" || at === first).map(inside);
}
const steps = sequences.list.map((list) => tidy(v.step(...list)));
const messages = fc
  .array(fc.constantFrom(0, 1, 2, 3, 10, 13, 0x41, 0x61, 0x61, 0x62, 0x62, 0xc0), { maxLength: 24 })
  .map((bytes) => Uint8Array.from(bytes));

describe("dispatch", () => {
  test("lets through whatever matches", () => {
    let matched = 0;
    fc.assert(
      fc.property(steps, messages, fc.boolean(), (sequence, bytes, isDatagram) => {
        if (match(sequence, bytes, { isDatagram }).outcome !== "matched") return;
        matched++;
        expect(bytes.length).toBeGreaterThanOrEqual(shortest(sequence));
        const sets = firstBytes(sequence);
        expect(sets).toHaveLength(POSITIONS);
        bytes.forEach((value, at) => expect(contains(sets[at]!, value)).toBe(true));
      }),
      { numRuns: 20_000 },
    );
    expect(matched).toBeGreaterThan(500);
  });

  test("knows what it can", () => {
    const sets = firstBytes(v.step(v.opt("a"), v.oneOf("GET", "PUT"), " ", v.u16({ max: 0x1ff })));
    expect(sets[0]).toEqual([
      [0x47, 0x47],
      [0x50, 0x50],
      [0x61, 0x61],
    ]);
    expect(sets[3]).toEqual([
      [0x20, 0x20],
      [0x54, 0x54],
    ]);
    expect(shortest(v.step(v.opt("a"), v.oneOf("GET", "PUT"), v.u16(), v.accept, "more"))).toBe(5);
  });
});

describe("tables", () => {
  test("are the same each time, and whatever the order of definitions", () => {
    const a = onClient("a", v.run(v.digits), "b");
    const b = { ...onClient(v.oneOf("x", "y"), v.u16("n"), v.remains("n")), name: "other" };
    expect(compile([b, a])).toEqual(compile([a, b]));
  });
});

test("strings are bytes", () => {
  expect(toBytes(v.hex("00 ff 7F"))).toEqual(Uint8Array.of(0, 255, 127));
  expect(fromBytes(Uint8Array.of(0, 255))).toBe("\0\xff");
  expect(() => toBytes("…")).toThrow("not one byte");
  expect(() => v.hex("0g")).toThrow('"0g" is not hexadecimal: "g" is no digit');
  expect(() => v.hex("16 3 01")).toThrow('"16 3 01" has an odd number of digits, at "3"');
  expect(() => v.run("[a-z-]+")).toThrow('"[a-z-]+" is a set with brackets in it; write "a-z-"');
  expect(v.byte("][")).toEqual(v.byte(v.set("[", "]")));
  expect(v.sized(2, "abc")).toBe("\0\x03abc");
});
