/** Linking gives what compiling everything at once gives, byte for byte. */
import { expect, test } from "vitest";
import { VECTORS_MAX } from "../../src/engine/abi.js";
import { catalog } from "../../src/generated/catalog.js";
import { protocols } from "../../src/generated/protocols.js";
import { compile, link } from "../../src/language/compile.js";
import type { Definition } from "../../src/language/definition.js";
import * as v from "../../src/language/vocabulary.js";

const lock = Object.fromEntries(catalog.protocols.map(({ name, id }) => [name, id]));

const own = (name: string, ...words: v.Word[]): Definition =>
  v.protocol({
    name,
    title: "Own",
    category: "test",
    source: "test",
    signatures: {
      s: { over: ["tcp", "udp"], client: [v.step(...words)], implies: ["ssh/identification"] },
    },
    facts: { word: v.textFact("D5") },
  });

test("few definitions", () => {
  const definitions = [
    own("b", "SSH-", v.capture("word", v.token(12)), v.lineEnd),
    own("a", v.u8("n", [1, 2, 9]), v.remains("n"), v.opt("xyz"), v.byte("q-z")),
  ];
  const linked = link(catalog, definitions);
  expect(linked).toEqual(compile([...protocols, ...definitions], lock));
  expect(linked.protocols.slice(-2).map(({ name, id }) => [name, id])).toEqual([
    ["a", 0x8000],
    ["b", 0x8001],
  ]);
  expect(linked.signatures.at(-1)!.implies).toEqual([
    catalog.signatures.findIndex(({ name }) => name === "ssh/identification"),
  ]);
});

test("so many that the bitsets grow", () => {
  const definitions = Array.from({ length: 300 }, (_, index) =>
    own(`own-${index}`, `OWN${index}/`, v.u16("n", { max: index + 1 }), v.remains("n")),
  );
  expect(link(catalog, definitions)).toEqual(compile([...protocols, ...definitions], lock));
});

test("one after the other", () => {
  const [a, b] = [own("a", "AAAA"), own("b", "BBBB")];
  const twice = link(link(catalog, [a]), [b]);
  expect(twice).toEqual(link(catalog, [a, b]));
});

test("nothing, and too much", () => {
  expect(link(catalog, [])).toEqual(compile(protocols, lock));
  const signatures = Object.fromEntries(
    Array.from({ length: 129 }, (_, index) => [
      `s${index}`,
      { over: "tcp", client: [v.step(`${index}`)] } as const,
    ]),
  );
  const definitions = Array.from({ length: VECTORS_MAX }, (_, index) => ({
    ...own(`own-${index}`),
    signatures,
  }));
  expect(() => link(catalog, definitions)).toThrow(
    "all definitions: together they have more than 8192 ways to begin a signature: load fewer",
  );
});

test("a built-in name is taken", () => {
  expect(() => link(catalog, [own("ssh", "SSH-")])).toThrow(
    "ssh: a protocol of this name is built in: choose another name",
  );
});
