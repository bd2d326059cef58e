/** What compiles but cannot be meant, and that what is meant is left alone. */
import { describe, expect, test } from "vitest";
import { catalog } from "../../src/generated/catalog.js";
import { protocols } from "../../src/generated/protocols.js";
import { compile } from "../../src/language/compile.js";
import type { Definition, Signature } from "../../src/language/definition.js";
import { describe as describeStep } from "../../src/language/describe.js";
import { Namer, samplesOf } from "../../src/language/collisions.js";
import * as v from "../../src/language/vocabulary.js";
import {
  containmentWarnings,
  formatWarning,
  nameSamples,
  stepWarnings,
  unreachedWarnings,
  warningsOf,
} from "../../src/language/warnings.js";

const define = (
  name: string,
  signature: Signature,
  more: Partial<Definition> = {},
): Definition => ({
  name,
  title: name,
  category: "test",
  source: "test",
  signatures: { s: signature },
  ...more,
});
const onClient = (...words: v.Word[]) =>
  define("test", { over: "udp", client: [v.step(...words)] });
const told = (definition: Definition) =>
  stepWarnings(definition).map((each) => formatWarning(each));

test("nothing is said of what is built in", () => {
  expect(warningsOf(protocols, catalog).map((each) => formatWarning(each))).toEqual([]);
});

describe("steps that can never match", () => {
  test.each<[string, Definition, string]>([
    [
      "a field that contradicts itself",
      onClient(v.u8("n", { max: 3 }), v.check("n", { min: 9 })),
      "`n` is 0 … 3 and would have to be 9 … 4294967295: make the two conditions agree",
    ],
    [
      "a derived field that contradicts",
      onClient(v.u8("n"), v.derive("m", { from: "n", plus: 1000 }), v.check("m", 12)),
      "`m` is 1000 … 1255 and would have to be 12",
    ],
    [
      "bits that the range does not have",
      onClient(v.u8({ min: 1, max: 3, mask: 0x80, bits: 0x80 })),
      "no number that is 1 … 3 has these bits: make the range and the bits agree",
    ],
    [
      "fields that cannot be equal",
      onClient(v.u8("a", 1), v.u8("b", 2), v.equal("a", "b")),
      "`a` is 1 and `b` is 2: compare fields that can be the same",
    ],
    [
      "too little room",
      onClient(v.room({ max: 3 }), "ABCD"),
      "what remains is 3 at most, and what follows takes 4 bytes at least",
    ],
    [
      "a length that is too short for the rest",
      onClient(v.u8("n", { max: 2 }), v.remains("n"), "ABCD"),
      "`n` is 2 at most, and what follows takes 4 bytes at least",
    ],
    [
      "a length that is too short for what is in it",
      onClient(v.u8("n", { max: 2 }), v.within("n", "ABCD")),
      "`n` is 2 at most, and what stands in it takes 4 bytes at least",
    ],
    [
      "something behind the end",
      onClient("A", v.atEnd, "B"),
      "the end stands before something that takes a byte: put atEnd last",
    ],
    ["something behind everything", onClient(v.rest, "B"), "put rest last"],
    [
      "what must not be and is",
      onClient(v.not("AB"), v.oneOf("ABC", "ABD")),
      "what follows is always what must not stand here: leave one of the two out",
    ],
    [
      "nothing that must not be",
      onClient(v.not(v.opt("A")), "B"),
      "what must not stand here may be nothing",
    ],
    [
      "more rounds than there may be",
      onClient(v.u8("n", { min: 9 }), v.times("n", 4, v.u8({ max: 3 }))),
      "`n` is 9 at least, and it may go round 4 times: let times go round more often",
    ],
    [
      "something inside something",
      onClient(v.capture("x", v.opt(v.u8("n", 1), v.check("n", 2)))),
      "`n` is 1 and would have to be 2",
    ],
  ])("%s", (_what, definition, expected) => {
    const [warning, ...others] = told(definition);
    expect(warning).toMatch(/^test\/s, client 1: it can never match: /);
    expect(warning).toContain(expected);
    expect(others).toEqual([]);
  });

  test("a step longer than a datagram, and than what is kept", () => {
    expect(told(onClient(v.skip(65508)))).toEqual([
      "test/s, client 1: it needs 65508 bytes, and a datagram has 65507 at most: ask for less",
    ]);
    expect(told(define("test", { over: "tcp", client: [v.step(v.skip(4097))] }))[0]).toContain(
      "of one side 4096 are kept, unless a program asks for more with prefixLimit",
    );
  });

  test("a run that takes what must follow", () => {
    const [warning] = told(onClient(v.run(v.visible), "/", v.lineEnd));
    expect(warning).toBe(
      "test/s, client 1: the run before it takes all such bytes and gives none back, so it matches only behind exactly 255 of them: leave what ends the run out of its set: except, until, or a smaller set",
    );
    expect(told(onClient(v.capture("x", v.token()), "x"))).toHaveLength(1);
  });

  test("alternatives that are never reached", () => {
    const [warning] = told(onClient(v.either(v.byte("a-z"), [v.u8("n", 0x62), "x"], "1")));
    expect(warning).toBe(
      "test/s, client 1: alternative 2 is never reached: whatever it matches, alternative 1 matches first: put the stricter one first, or leave it out",
    );
  });

  test.each<[string, v.Word[]]>([
    ["conditions that agree", [v.u8("n", { max: 9 }), v.check("n", { min: 3 })]],
    ["a field that is read again", [v.u8("n", 1), v.u8("n", 2), v.check("n", 2)]],
    ["a field of either alternative", [v.either(v.u8("n", 1), v.u8("n", 2)), v.check("n", 2)]],
    ["a field that a loop changes", [v.u8("n", 1), v.repeat(0, 3, v.u8("n", 2)), v.check("n", 2)]],
    [
      "a field that a mask changes",
      [v.u16("n", { min: 256 }), v.derive("n", { from: "n", and: 1 }), v.check("n", 1)],
    ],
    ["a run that ends by itself", [v.run(v.digits, { max: 3 }), "x"]],
    ["a run of a fixed length", [v.run(v.visible, { min: 4, max: 4 }), "x"]],
    ["a run behind which nothing must come", [v.run(v.visible), v.opt("x")]],
    ["what comes behind accept", [v.run(v.visible), v.accept, "x"]],
    ["alternatives that differ", [v.either([v.u8(1), "a"], [v.u8(1), "b"])]],
    ["not before what may differ", [v.not("AB"), "A"]],
  ])("are not: %s", (_what, words) => {
    expect(told(onClient(...words))).toEqual([]);
  });
});

describe("over TCP", () => {
  const overTcp = (...words: v.Word[]) =>
    told(define("test", { over: "tcp", client: [v.step(...words)] }));

  test.each<[string, v.Word[]]>([
    ["atEnd", ["AB", v.atEnd]],
    ["remains", [v.u16("n"), v.repeat(1, 2, v.remains("n"))]],
    ["room", [v.room({ min: 3 }), "ABC"]],
  ])("%s waits for the end of the connection", (_what, words) => {
    expect(overTcp(...words)).toEqual([
      "test/s, client 1: over TCP it waits for the end of the connection, and the name comes that late: leave it out, or put it into within with the length that the message has",
    ]);
    expect(told(onClient(...words))).toEqual([]);
  });

  test("not within a length, nor behind accept", () => {
    expect(overTcp(v.u16("n"), v.within("n", "AB", v.atEnd))).toEqual([]);
    expect(overTcp("AB", v.accept, v.atEnd)).toEqual([]);
  });
});

test("a fact that nothing reports", () => {
  const facts = { host: v.textFact("D4"), kind: v.numberFact("D5"), seen: v.numberFact("D5") };
  const signature = {
    over: "udp",
    client: [v.step(v.u8("seen"))],
    watch: v.step(v.u8("seen"), v.report("seen")),
  } as const;
  expect(told(define("test", signature, { facts }))).toEqual([
    'test: its fact "host" is never reported: capture("host", "…") around what it is, or leave it out of `facts`',
    'test: its fact "kind" is never reported: report("kind"), or leave it out of `facts`',
  ]);
});

test("a signature that no sample matches to its end", () => {
  const samples = { yes: [v.udp(v.client("ABCDEFGH"))] };
  const unreached = (script: v.Word[][]) => {
    const client = script.map((words) => v.step(...words));
    const definition = define("test", { over: "udp", client }, { samples });
    const named = nameSamples(new Namer([definition]), samplesOf([definition]));
    return unreachedWarnings([definition], named).map((each) => formatWarning(each));
  };
  expect(unreached([["ABCD"], ["x"]])).toEqual([
    "test/s: no sample matches it to its end: write one that does",
  ]);
  expect(unreached([["ABCD"]])).toEqual([]);
});

describe("signatures beside each other", () => {
  const outer = define("outer", { over: "tcp", client: [v.step("ABCDE")] });
  const inner = (more: Partial<Signature> = {}) =>
    define("inner", { over: "tcp", client: [v.step("ABCDE/", v.u16("n"))], ...more });
  const toldOf = (own: Definition) =>
    containmentWarnings([own], [outer, own]).map((each) => formatWarning(each));

  test("whatever begins with what another one is", () => {
    expect(toldOf(inner())).toEqual([
      "inner/s: whatever it matches, outer/s matches too, so neither would be named: if it is the more specific one, add outer/s to its `implies`; else make inner/s stricter",
    ]);
  });

  test("not with implies, on another transport, or from the other side", () => {
    expect(toldOf(inner({ implies: ["outer/s"] }))).toEqual([]);
    expect(toldOf(inner({ over: "udp" }))).toEqual([]);
    const server = define("inner", { over: "tcp", server: [v.step("ABCDE/")] });
    expect(toldOf(server)).toEqual([]);
  });

  test("what another one names in all its samples", () => {
    const hello = (word: string) => v.step(word, v.run(v.digits), v.lineEnd);
    const a = define(
      "a",
      { over: "tcp", client: [hello("HELLO ")] },
      {
        samples: { yes: [v.tcp(v.client("HELLO 12\r\n"))] },
      },
    );
    const b = define(
      "b",
      { over: "tcp", client: [v.step(v.nocase("hello "), v.run(v.visible), v.lineEnd)] },
      {
        samples: { yes: [v.tcp(v.client("hello x\r\n"))] },
      },
    );
    const both = [a, b];
    expect(warningsOf(both, compile(both)).map((each) => formatWarning(each))).toEqual([
      "a/s: of every sample that it names, b/s matches too, so neither would be named: if it is the more specific one, add b/s to its `implies`; else make a/s stricter",
    ]);
  });
});

test("what another one names in all of its own samples, though it names others' too", () => {
  const get = v.step("GET /", v.run(v.visible), " HTTP/1.1", v.lineEnd);
  const get2 = v.step(v.oneOf("GET ", "POST "), v.run(v.visible), " HTTP/1.1", v.lineEnd);
  const sample = (verb: string) => v.tcp(v.client(`${verb} /index HTTP/1.1\r\n`));
  const http = define(
    "http",
    { over: "tcp", client: [get] },
    { samples: { yes: [sample("GET")], no: [sample("POST")] } },
  );
  const twin = define(
    "twin",
    { over: "tcp", client: [get2] },
    { samples: { yes: [sample("GET")] } },
  );
  const all = [http, twin];
  expect(warningsOf(all, compile(all)).map(({ where }) => where)).toContain("twin/s");
});

test("what is worth too little for a name", () => {
  const weak = (words: v.Word[], more: Partial<Definition> = {}) => {
    const definition = { ...onClient(...words), ...more };
    return warningsOf([definition], compile([definition])).map((each) => formatWarning(each));
  };
  expect(weak(["AB", v.u8()])).toEqual([
    expect.stringMatching(
      /^test\/s: it is worth \d+ bits at most and a name needs 30: it never names anything: .* or give the protocol its `ports`$/,
    ),
  ]);
  const ports = { udp: [9] };
  expect(weak(["AB", v.u8()], { ports })).toEqual([
    expect.stringContaining("it names only what is on the protocol's ports: match more"),
  ]);
  const shown = { ports, samples: { weak: [v.udp(v.client("ABC"))] } };
  expect(weak(["AB", v.u8()], shown)).toEqual([]);
  expect(weak([v.u8({ max: 9 })], { ports })[0]).toContain("it never names anything");
});

test("steps in words", () => {
  const words = v.step(
    v.opt(v.nocase("hi")),
    v.oneOfNocase("A", "B"),
    v.either([v.u8("n", [1, 2]), v.skip("n")], v.lineEnd),
    v.derive("m", { from: "n", and: 15, shift: 2, plus: -1, more: "n" }),
    v.within("m", v.run(v.digits, { field: "k" }), v.rest),
    v.headers({ Host: v.until("\n", 9) }),
    v.byte("\0-\x1f-"),
  );
  expect(describeStep(words)).toEqual([
    'if it is there: "hi" in either case',
    'one of these, in either case: "A" | "B"',
    "one of these:",
    "  - a number `n` of 1 byte, which is 1 … 2",
    "    as many bytes as `n` says, whatever they are",
    "  - the end of the line",
    "`m` is `n` & 0xf >> 2 − 1 + `n`",
    "in exactly as many bytes as `m` says:",
    "  1 … 255 bytes of digits; their number is `k`",
    "  whatever follows",
    "0 … 100 times:",
    "  one of these:",
    '    - "Host:" in either case',
    "      0 … 16 bytes of spaces and tabs",
    '      everything up to "\\n", which comes within 9 bytes',
    "      0 … 8192 bytes of text",
    "      the end of the line",
    "    - 1 … 8192 bytes of text",
    "      the end of the line",
    "1 byte of 0x00-0x1f -",
  ]);
});
