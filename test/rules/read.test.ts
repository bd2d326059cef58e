/** Words in YAML are the words of the vocabulary; what is wrong is told with its place and a remedy. */
import { expect, test } from "vitest";
import { readWords } from "../../scripts/words.js";
import { words } from "../../src/generated/words.js";
import type { Sequence } from "../../src/language/pattern.js";
import * as v from "../../src/language/vocabulary.js";
import { problemsOf, read, ruleOf } from "./rules.js";

const stepOf = (...items: string[]): Sequence =>
  read(ruleOf(...items)).protocols[0]!.definition.signatures!["s"]!.client![0]!;

test.each<[string, v.Word]>([
  [`"SSH-"`, "SSH-"],
  [`'a'`, "a"],
  [`literal: SSH-`, "SSH-"],
  [`hex: 16 03 01`, v.hex("16 03 01")],
  [`hex: 00`, "\0"],
  [`"\\x81\\0"`, "\x81\0"],
  [`nocase: { text: "Ab" }`, v.nocase("Ab")],
  [`nocase: { hex: 41 }`, v.nocase("A")],
  [`oneOf: ["GET ", { hex: "00" }]`, v.oneOf("GET ", "\0")],
  [`oneOf: { texts: ["a", "b"] }`, v.oneOf("a", "b")],
  [`lineEnd`, v.lineEnd],
  [`token`, v.token()],
  [`token: 12`, v.token(12)],
  [`token: { max: 12 }`, v.token(12)],
  [`byte: digits`, v.byte(v.digits)],
  [`byte: "0-9"`, v.byte("0-9")],
  [`byte: { except: [digits, "a"] }`, v.byte(v.except(v.digits, "a"))],
  [`run: [digits, { max: 3, field: n }]`, v.run(v.digits, { max: 3, field: "n" })],
  [`run: { of: digits, max: 3, field: n }`, v.run(v.digits, { max: 3, field: "n" })],
  [`run: { set: ["a-f", digits] }`, v.run(v.set("a-f", v.digits))],
  [`u8: 5`, v.u8(5)],
  [`u8: n`, v.u8("n")],
  [`u8: "5"`, v.u8("5")],
  [`u8: [1, 0x10]`, v.u8([1, 16])],
  [`u8: [n, 5]`, v.u8("n", 5)],
  [`u8: [n, [1, 2]]`, v.u8("n", [1, 2])],
  [`u8: { min: 3 }`, v.u8({ min: 3 })],
  [`u8: { field: n, in: [1, 2] }`, v.u8("n", { in: [1, 2] })],
  [`u8: { field: n, condition: [1, 2] }`, v.u8("n", [1, 2])],
  [`u16le: [{ mask: 0xf0, bits: 0x10 }, n]`, v.u16le("n", { mask: 0xf0, bits: 0x10 })],
  [`room: { min: 4 }`, v.room({ min: 4 })],
  [`room: [4, 8]`, v.room([4, 8])],
  [`ber: [0x30, n]`, v.ber(0x30, "n")],
  [`ber: { tag: [0x30, 0x31], length: n }`, v.ber([0x30, 0x31], "n")],
  [`varint: n`, v.varint("n")],
  [`either: ["a", ["b", { u8: 1 }]]`, v.either("a", ["b", v.u8(1)])],
  [`either: { alternatives: ["a", "b"] }`, v.either("a", "b")],
  [`opt: { u8: 5 }`, v.opt(v.u8(5))],
  [`opt: "a"`, v.opt("a")],
  [`repeat: [1, 4, "a", { u8: 1 }]`, v.repeat(1, 4, "a", v.u8(1))],
  [`repeat: { min: 1, max: 4, words: ["a", { u8: 1 }] }`, v.repeat(1, 4, "a", v.u8(1))],
  [`capture: [host, token]`, v.capture("host", v.token())],
  [`capture: { fact: host, words: token }`, v.capture("host", v.token())],
  [`dnsName: { pointers: true }`, v.dnsName({ pointers: true })],
  [
    `headers: { Host: { capture: [host, token] }, "User-Agent": "x" }`,
    v.headers({ Host: v.capture("host", v.token()), "User-Agent": "x" }),
  ],
  [`headers: { fields: "x" }`, v.headers({ fields: "x" })],
  [`["a", ["b"]]`, ["a", "b"]],
  [`sized: [2, "ab"]`, "\0\x02ab"],
])("%s", (yaml, word) => {
  expect(stepOf(yaml)).toEqual(v.step(word));
});

test("derive and relations", () => {
  expect(
    stepOf(
      "u8: n",
      "derive: { field: m, from: n, and: 7 }",
      "derive: [k, { from: n, plus: -1 }]",
      "check: { field: m, max: 3 }",
      "check: [m, 2]",
      "report: [kind, m]",
      "remember: [n, as-n]",
    ),
  ).toEqual(
    v.step(
      v.u8("n"),
      v.derive("m", { from: "n", and: 7 }),
      v.derive("k", { from: "n", plus: -1 }),
      v.check("m", { max: 3 }),
      v.check("m", 2),
      v.report("kind", "m"),
      v.remember("n", "as-n"),
    ),
  );
});

test("every word of the vocabulary can be said, and no argument is called like a word", () => {
  const { unknown } = readWords();
  expect(unknown, "teach scripts/words.ts these types").toEqual([]);
  const wordArguments = Object.values(words).flatMap(({ takes = [] }) =>
    takes.some(({ kind }) => kind === "word") ? takes.map(({ name }) => name) : [],
  );
  expect(wordArguments.filter((name) => Object.hasOwn(words, name))).toEqual([]);
});

test.each<[string, string, string[]]>([
  [
    "a mistyped word",
    ruleOf("litteral: SSH-"),
    ['10:13: unknown word "litteral"; did you mean "literal"?'],
  ],
  ["text without quotes", ruleOf("SSH2"), ['10:13: unknown word "SSH2"; text stands in quotes']],
  [
    "a field before it is read",
    ruleOf('"ab"', "remains: len"),
    [
      '11:13: own/s, client 1: the field "len" is used before it is read: put `u16: len` (as wide as it is) before `remains: len`, on every way that leads there',
    ],
  ],
  [
    "a mistyped argument",
    ruleOf("run: { of: digits, maxx: 3 }"),
    ['10:32: `run` takes no "maxx"; did you mean "max"?; it takes of, min, max, field'],
  ],
  ["too many arguments", ruleOf("remains: [n, 4]"), ["10:26: `remains` takes no more than field"]],
  ["no argument", ruleOf("repeat: [1, 4]"), ["10:21: `repeat` needs min, max, words …"]],
  [
    "an argument for nothing",
    ruleOf("lineEnd: 3"),
    ["10:13: `lineEnd` takes nothing; write it without a colon"],
  ],
  ["a word that needs some", ruleOf("u8"), ["10:13: `u8` needs a field, a condition, or both"]],
  [
    "a set among words",
    ruleOf("digits"),
    ["10:13: `digits` is a set of bytes; write `byte: digits` or `run: digits`"],
  ],
  ["an unknown set", ruleOf("run: digit"), ['10:18: unknown set "digit"; did you mean "digits"?']],
  [
    "two words in one item",
    ruleOf("u8: 5\n            u16: 6"),
    ['11:13: "u16" stands beside "u8"; each word is an item of its own, behind a "-"'],
  ],
  ["a number that is none", ruleOf("skip: [1, 2]"), ["10:23: `skip` takes no more than bytes"]],
  [
    "hexadecimal that is none",
    ruleOf("hex: 1g"),
    ['10:13: hex: "1g" is not hexadecimal: "g" is no digit'],
  ],
  [
    "an undeclared fact",
    ruleOf("capture: [hosts, token]"),
    [
      '10:13: own/s, client 1: the fact "hosts" is not declared: did you mean "host"? If not, add to `facts`: hosts: `textFact: D5`',
    ],
  ],
  [
    "what does not fit a byte",
    ruleOf("u8: 300"),
    ["10:13: own/s, client 1: 300 is no number of 1 byte: whole numbers from 0 to 255"],
  ],
  [
    "characters of more than a byte",
    ruleOf('"日"'),
    [
      '10:13: own/s, client 1: "日" holds a character that is not one byte: write its bytes with hex',
    ],
  ],
  [
    "words without a step",
    ruleOf("token").replace("- step:", "- opt:"),
    ["9:9: a script is a list of steps; put `opt` into `- step: [ … ]`"],
  ],
  [
    "a mistyped key",
    ruleOf("token").replace("title", "titel"),
    ['2:1: a rule has no "titel"; did you mean "title"?'],
  ],
  [
    "a missing key",
    ruleOf("token").replace("title: Own\n", ""),
    ["1:1: `title` is missing; every rule has name, title, category and source"],
  ],
  [
    "a built-in name",
    ruleOf("token").replace("name: own", "name: ssh"),
    [
      "1:7: ssh: a protocol of this name is built in: choose another name; where yours is a special case of ssh, list its signatures in `implies`",
    ],
  ],
  [
    "a name in capitals",
    ruleOf("token").replace("name: own", "name: My Own"),
    [
      "1:7: My Own: a name is lower-case letters, digits and hyphens, at most 64: for example my-own",
    ],
  ],
  [
    "a number below zero",
    ruleOf("u8: -1"),
    ["10:13: own/s, client 1: -1 is no number of 1 byte: whole numbers from 0 to 255"],
  ],
  [
    "a number that begins with zero",
    ruleOf("u8: 010"),
    ["10:17: 010 is 10 to some and octal to others; write 10"],
  ],
  [
    "a repeat without end",
    ruleOf('repeat: [1, 1000000000, "x"]'),
    ["10:13: own/s, client 1: a repeat cannot go from 1 to 1000000000: 0 ≤ min ≤ max ≤ 65534"],
  ],
  [
    "an end that is far away",
    ruleOf('until: [":", 100000000]'),
    [
      "10:13: own/s, client 1: nothing can be found within 100000000 bytes: say within how many it comes, 1 … 65535",
    ],
  ],
  [
    "no transport",
    ruleOf("token").replace("over: udp", "over: []"),
    ["7:5: own/s: it is over no transport, and can match nothing: name tcp, udp or sctp"],
  ],
  [
    "a signature that implies itself",
    ruleOf("token").replace("over: udp", "over: udp\n    implies: [own/s]"),
    ["8:5: own/s: it implies itself: list signatures that match more than this one"],
  ],
  [
    "text of several lines",
    ruleOf("token").replace("source: test", 'source: "s\\n  FAILED x.yaml:1:1: forged"'),
    ["4:9: `source` is one line of text, without control characters"],
  ],
  [
    "a name that is too long",
    ruleOf("token").replace("name: own", `name: ${"n".repeat(5000)}`),
    [
      `1:7: ${"n".repeat(100)}… a name is lower-case letters, digits and hyphens, at most 64: for example ${"n".repeat(64)}`,
    ],
  ],
  [
    "a name with a slash",
    ruleOf("token").replace("name: own", 'name: "../x"'),
    ["1:7: ../x: a name is lower-case letters, digits and hyphens, at most 64: for example x"],
  ],
  [
    "a port that is none",
    `${ruleOf("token")}ports: { tcp: [80, 70000] }`,
    ["12:20: own: 70000 is no port: a port is a whole number from 1 to 65535"],
  ],
  [
    "an unknown signature",
    ruleOf("token").replace("over: udp", "over: udp\n    implies: ssh/banner"),
    ['8:14: own: implies "ssh/banner": unknown: there is ssh/identification'],
  ],
  ["a key twice", `${ruleOf("token")}name: other\n`, ['12:1: "name" is here twice; keep one']],
  ["no rule", "# nothing\n", ["1:1: there is no rule in this file; write at least `name:`"]],
  [
    "a level that is none",
    ruleOf("token").replace("D4", "D7"),
    ['11:28: "D7" is no level; D4 is for names of hosts and people\'s sites, D5 for the rest'],
  ],
  [
    "a transport that is none",
    ruleOf('"a"').replace("over: udp", "over: udpp"),
    ['7:11: "udpp" is no transport; did you mean "udp"?'],
  ],
  [
    "a comment where a word should be",
    ruleOf("#ZG1"),
    ["10:13: something is missing here; text with a # in it stands in quotes"],
  ],
  [
    "escapes outside double quotes",
    ruleOf("'A\\r\\n'", "nocase: B\\x00", "'\\\\a'"),
    ['10:13: \\r is one byte in double quotes only; write "…", and in it \\\\ for a backslash'],
  ],
  [
    "hexadecimal in halves",
    ruleOf("hex: 16 3 01"),
    ['10:13: hex: "16 3 01" has an odd number of digits, at "3"'],
  ],
  [
    "a set in brackets",
    ruleOf('run: "[a-z]+"'),
    [
      '10:18: set: "[a-z]+" is a set with brackets in it; write "a-z", or, if the brackets are meant, put them last',
    ],
  ],
  [
    "a mistyped side of a sample",
    `${ruleOf('"a"')}samples: { yes: [{ udp: [{ srv: "a" }] }] }\n`,
    ['12:28: unknown word "srv"; there are client, server'],
  ],
  [
    "an empty key",
    ruleOf('"a"').replace("source: test", "source:"),
    ["4:8: own: its source is empty: say where it is specified"],
  ],
  [
    "a list that is not closed, once",
    `${ruleOf('"a"')}ports: { udp: [1 }\nrefines: a\ntransaction: b\n`,
    [
      "12:18: this is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; close what was opened, and let items of one list begin in one column",
    ],
  ],
  [
    "broken YAML",
    "name: [\n",
    [
      "2:1: this is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; close what was opened, and let items of one list begin in one column",
    ],
  ],
])("tells of %s", (_what, text, expected) => {
  expect(problemsOf(text)).toEqual(expected);
});

test("tells of everything that is wrong at once", () => {
  const text = ruleOf("litteral: a").replace("title: Own", "titel: Own");
  expect(problemsOf(text)).toHaveLength(1); // unknown keys first
  expect(
    problemsOf(ruleOf("u8: 5", "u8: 300").replace("textFact: D4", "textFact: D9")),
  ).toHaveLength(1);
  const two = `${ruleOf("skip: n")}---\n${ruleOf("remains: m").replace("own", "another")}`;
  expect(problemsOf(two).map((each) => each.split(":")[0])).toEqual(["10", "22"]);
});

test("two rules of one name", () => {
  const [problem] = problemsOf(`${ruleOf('"a"')}---\n${ruleOf('"b"')}`);
  expect(problem).toBe(
    "13:7: own: another protocol has this name, in own.yaml:1: choose another name",
  );
});
