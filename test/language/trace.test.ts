/** The oracle's trace, the parts of a step's worth, and patterns in words. */
import { describe, expect, test } from "vitest";
import { protocols } from "../../src/generated/protocols.js";
import { toBytes } from "../../src/language/bytes.js";
import { scriptsOf } from "../../src/language/check.js";
import { Listener } from "../../src/language/conversation.js";
import { gainsOf, worth } from "../../src/language/evidence.js";
import { match } from "../../src/language/oracle.js";
import { add, type Lanes, ZERO } from "../../src/language/probability.js";
import * as v from "../../src/language/vocabulary.js";
import { outline, sayBeginning, sayPattern } from "../../src/language/words.js";

const trace = (bytes: string, ...words: v.Word[]) =>
  match(v.step(...words), toBytes(bytes), { isDatagram: true, trace: true });

const marksOf = (bytes: string, ...words: v.Word[]) =>
  trace(bytes, ...words).marks.map(({ pattern, depth, start, end, value }) =>
    [pattern.kind, depth, start, end, value].filter((each) => each !== undefined).join(" "),
  );

describe("marks", () => {
  test("say which bytes a pattern took, and the number it read", () => {
    expect(marksOf("ab\x00\x02xy", "ab", v.u16("n"), v.within("n", v.run("a-z")))).toEqual([
      "literal 0 0 2",
      "number 0 2 4 2",
      "run 1 4 6",
      "within 0 4 6 2",
    ]);
  });

  test("of an alternative that failed, none are left", () => {
    const choice = v.either(["a", "b", "c"], ["a", "b", v.token()]);
    expect(marksOf("abd", choice)).toEqual([
      "literal 1 0 1",
      "literal 1 1 2",
      "run 1 2 3",
      "either 0 0 3",
    ]);
    expect(marksOf("xy", v.not("x", "z"), "xy")).toEqual(["not 0 0 0", "literal 0 0 2"]);
  });

  test("behind accept they are for facts", () => {
    const { marks } = trace("ab", "a", v.accept, "b");
    expect(marks.map(({ isBehind }) => isBehind)).toEqual([false, true]);
  });

  test("there are none where none were asked for", () => {
    const { marks, failure } = match(v.step("a"), toBytes("b"), { isDatagram: true });
    expect([marks, failure]).toEqual([[], undefined]);
  });
});

describe("failures", () => {
  const failureOf = (bytes: string, ...words: v.Word[]) => {
    const { failure } = trace(bytes, ...words);
    return failure && `${failure.start}: ${sayBeginning(failure.pattern)}`;
  };

  test.each<[string, string, v.Word[], string]>([
    ["a text", "GET ", ["SSH-"], '0: "SSH-"'],
    ["behind what matched", "SSH-x", ["SSH-", v.byte("0-9")], "4: one of digits"],
    ["a number", "\x05", [v.u8("type", [1, 2])], "0: type (8 bits): 1 to 2"],
    ["no alternative began", "xyz", [v.either(["ab", "c"], "de")], '0: "ab" or "de"'],
    ["the alternative that came farthest", "abx", [v.either(["ab", "c"], "ad")], '2: "c"'],
    [
      "a text that no line began with",
      "one\ntwo\n",
      [v.afterLines(4, "SSH-", v.byte("0-9"))],
      '0: "SSH-" at the beginning of one of the first 5 lines',
    ],
    [
      "a length that does not fit",
      "\x03ab",
      [v.u8("n"), v.remains("n")],
      "1: n says how many bytes remain",
    ],
    ["what must not be", "ab", [v.not("a"), "ab"], '0: not "a"'],
  ])("%s", (_, bytes, words, expected) => {
    expect(failureOf(bytes, ...words)).toBe(expected);
  });

  test("a step that matched has none", () => {
    expect(failureOf("ab", v.either("ac", "ab"))).toBe(undefined);
  });
});

describe("a stream that comes bit by bit", () => {
  const definition = v.protocol({
    name: "test",
    title: "Test",
    category: "test",
    source: "test",
    signatures: {
      s: {
        over: "tcp",
        client: [v.step("HELLO ", v.accept, v.capture("who", v.token()), v.lineEnd)],
      },
    },
    facts: { who: v.textFact("D5") },
  });

  test("counts once it is accepted, and gives its facts when they are there", () => {
    const listener = new Listener([definition], { transport: "tcp", opened: true });
    const seen = ["HEL", "HELLO w", "HELLO world\r\n"].map((text, index) => {
      listener.hear(0, toBytes(text), { more: true, packet: index + 1 });
      const [candidate] = listener.candidates;
      return candidate && [candidate.matched.length, candidate.facts.map(({ value }) => value)];
    });
    expect(seen).toEqual([undefined, [1, []], [1, ["world"]]]);
    expect(listener.candidates[0]!.matched[0]!.packet).toBe(2);
  });

  test("what fell is told once, with the packet it fell in", () => {
    const listener = new Listener([definition], { transport: "tcp", opened: true, trace: true });
    for (const text of ["H", "HX", "HXY"])
      listener.hear(0, toBytes(text), { more: true, packet: text.length });
    expect(listener.fallen.map(({ step }) => [step.packet, step.match.failure!.start])).toEqual([
      [2, 0],
    ]);
  });
});

const steps = protocols.flatMap(({ name, signatures = {} }) =>
  Object.entries(signatures).flatMap(([key, signature]) =>
    scriptsOf(signature).flatMap(({ role, script }) =>
      script.map((step, index) => ({ name: `${name}/${key}, ${role} ${index + 1}`, step })),
    ),
  ),
);

test.each(steps)("$name: its parts are its worth, and it can be said", ({ step }) => {
  const total = gainsOf(step)
    .map(({ bits }) => bits)
    .reduce<Lanes>(add, ZERO);
  worth(step).main.forEach((bits, lane) => expect(total[lane]).toBeCloseTo(bits, 6));
  const lines = outline(step);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toMatch(/undefined|NaN|\[object/);
});

test("patterns in words", () => {
  const say = (word: v.Word) => sayPattern(v.step(word)[0]!);
  expect([
    say(v.u16("size", { min: 17 })),
    say(v.u32le()),
    say(v.nocase("host:")),
    say("\x16\x03"),
    say(v.run("0-9a-f", { max: 8 })),
    say(v.token()),
    say(v.opt("a")),
    say(v.derive("next", { from: "received", plus: 1 })),
    say(v.repeats("seconds")),
    say(v.hex("00 00 00 00 00 00")),
  ]).toEqual([
    "size (16 bits): 17 or more",
    "a number of 32 bits, little-endian",
    '"host:" in either case',
    "16 03",
    "1 to 8 bytes of [0-9a-f]",
    "1 to 255 visible characters",
    'perhaps "a"',
    "next = received + 1",
    "seconds repeats the one remembered",
    "6 bytes 00",
  ]);
});
