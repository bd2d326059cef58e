/** What whoever writes a protocol is told of it: its worth, per side too, and where samples fell. */
import { expect, test } from "vitest";
import { type Sample, verdictOf } from "../../src/language/collisions.js";
import type { SignatureEntry } from "../../src/language/catalog.js";
import { compile } from "../../src/language/compile.js";
import type { Definition, Signature } from "../../src/language/definition.js";
import { sayFalls } from "../../src/language/falls.js";
import { changedSince } from "../../src/language/report.js";
import * as v from "../../src/language/vocabulary.js";
import { describeWorth } from "../../src/language/worth.js";

const define = (signature: Signature, name = "test"): Definition => ({
  name,
  title: name,
  category: "test",
  source: "test",
  signatures: { s: signature },
});

const worthOf = (signature: Signature): string[] =>
  describeWorth("test/s", signature, compile([define(signature)]));

test("bits, those that decide, and what they are enough for", () => {
  expect(worthOf({ over: "udp", client: [v.step(v.hex("ac 3e 9d 01 5f 77"))] })).toEqual([
    expect.stringMatching(
      /^bits: uniform 48, integers \d+, text \d+, tls \d+; the least, 48, decides, and a name needs 30$/,
    ),
    "it names flows alone, whatever their ports",
  ]);
});

test("a loop's bits have a least and a most", () => {
  const step = v.step("ABCDEF", v.u8("n", { max: 9 }), v.times("n", 9, v.u8({ max: 9 })));
  expect(worthOf({ over: "udp", client: [step] })[0]).toMatch(
    /; the least, \d+ … \d+, decides, and a name needs 30$/,
  );
});

test("each side by itself, unless both are asked for", () => {
  const signature = {
    over: "tcp",
    client: [v.step(v.hex("ac 3e 9d 01 5f 77"))],
    server: [v.step(v.hex("ac 3e"))],
  } as const;
  expect(worthOf(signature)[1]).toBe(
    "either side may name it: client alone 48; server alone 16, not enough",
  );
  expect(worthOf({ ...signature, both: true })).toHaveLength(2);
});

test("signatures whose worth has changed", () => {
  const [one, two, three] = ["AB", "ABC", "ABCD"].map(
    (text, index) =>
      compile([define({ over: "udp", client: [v.step(text)] }, `p${index}`)]).signatures[0]!,
  ) as [SignatureEntry, SignatureEntry, SignatureEntry];
  const changed = changedSince([one, two], [one, { ...two, bits: three.bits }, three]);
  expect([...changed]).toEqual(["p1/s", "p2/s"]);
});

test("where a sample fell, the farthest first", () => {
  const definition = {
    ...define({ over: "tcp", client: [v.step(v.hex("01"), v.u16("length", 8))] }),
    signatures: {
      a: { over: "tcp", client: [v.step("B")] },
      b: {
        over: "tcp",
        client: [v.step(v.hex("01"), v.u16("length", 8))],
        server: [v.step("OK", v.lineEnd)],
      },
    },
  } as const;
  const falls = (...messages: Parameters<typeof v.tcp>) => sayFalls(definition, v.tcp(...messages));
  expect(falls(v.client(v.hex("01 0009")))).toEqual([
    "test/b, client 1: fell at byte 1: found 00 09, wanted length (16 bits): 8",
    'test/a, client 1: fell at byte 0: found 01, wanted "B"',
  ]);
  expect(falls(v.client(v.hex("01 0008")), v.server("NO\r\n"))[0]).toBe(
    'test/b, server 1: fell at byte 0: found 4e 4f, wanted "OK"',
  );
  expect(falls(v.client(v.hex("01")))).toContain(
    "test/b, client 1: fell at byte 1: found nothing more, wanted length (16 bits): 8",
  );
});

test("where a datagram fell, each from its own beginning", () => {
  const definition = define({ over: "udp", first: [v.step("AB"), v.step("CD")] });
  expect(sayFalls(definition, v.udp(v.client("AB"), v.client("CX")))).toEqual([
    'test/s, first 2: fell at byte 0: found 43 58, wanted "CD"',
  ]);
});

test("several others that name a sample", () => {
  const sample: Sample = {
    protocol: "test",
    kind: "yes",
    number: 1,
    conversation: v.udp(v.client("")),
  };
  const naming = (signature: string) => ({
    signature,
    protocol: signature.split("/")[0]!,
    evidence: [],
    bits: 40,
    complete: true,
    named: true,
    facts: [],
  });
  const all = ["test/s", "x/a", "x/b"].map(naming);
  expect(verdictOf(sample, all, [])).toBe(
    "x/a (40 bits), x/b (40 bits) name it too, and neither implies the other",
  );
  expect(verdictOf(sample, all.slice(0, 2), [])).toContain("x/a (40 bits) names it too");
});
