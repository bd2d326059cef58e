/** The look-ups against a naive one, with random tables, hostile names and the real table. */
import { expect, test } from "vitest";
import fc from "fast-check";
import { applicationCatalog } from "../../src/generated/applications.js";
import { compileApplications } from "../../src/language/applications/compile.js";
import { parseHost } from "../../src/language/applications/hosts.js";
import { operator, type Application } from "../../src/language/applications/vocabulary.js";
import { readOperators } from "../../scripts/applications.js";
import { type Lookup, typescriptLookup, wasmLookup } from "./lookup.harness.js";

const HOST_MAX = 253;

/** What look-ups must say, with strings and a Map. */
class Naive {
  readonly #suffixes = new Map<string, number>();
  readonly #exact = new Map<string, number>();
  readonly #firsts = new Map<string, number>();

  constructor(applications: readonly (readonly [Application, number])[]) {
    for (const [{ hosts }, id] of applications) {
      for (const host of hosts) {
        const { name, exact, first } = parseHost(host);
        if (first !== undefined) this.#firsts.set(`${first} ${name}`, id);
        else (exact ? this.#exact : this.#suffixes).set(name, id);
      }
    }
  }

  find(name: string): number {
    const text = name
      .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
      .replace(/:[0-9]{0,5}$/, "")
      .replace(/\.$/, "");
    if (text.length > HOST_MAX) return 0;
    if (this.#exact.has(text)) return this.#exact.get(text)!;
    const labels = text.split(".");
    for (let index = 0; index < labels.length; index++) {
      const suffix = labels.slice(index).join(".");
      const first = index > 0 ? this.#firsts.get(`${labels[0]} ${suffix}`) : undefined;
      const found = first ?? this.#suffixes.get(suffix);
      if (found !== undefined) return found;
    }
    return 0;
  }
}

const bytesOf = (name: string) => Uint8Array.from(name, (letter) => letter.charCodeAt(0));

const tableOf = (applications: readonly Application[]) => {
  const lock = Object.fromEntries(applications.map(({ name }, index) => [name, index + 1]));
  const made = operator({ name: "one", title: "One", source: "RFC 2606", applications });
  return compileApplications([made], [], lock, { isPublicSuffix: () => false }).table;
};

const application = (
  name: string,
  hosts: readonly string[],
  addresses: readonly string[] = [],
) => ({
  name,
  title: name,
  category: "web" as const,
  hosts,
  addresses,
});

const both = async (table: Uint8Array): Promise<Lookup[]> => [
  typescriptLookup(table),
  await wasmLookup(table),
];

const small = [
  application("example", ["example.com"]),
  application("video", ["video.example.com", "deep.a.b.example.com"]),
  application("alone", ["=alone.example.com", "=example.org"]),
  application("place", ["story.*.example.net"]),
  application("network", ["example.net"]),
  application("near", ["near.example.net"]),
];
const names = ["", ...small.map(({ name }) => name)];

const expectations: Readonly<Record<string, string>> = {
  "example.com": "example",
  "www.example.com": "example",
  "a.b.c.d.example.com": "example",
  "notexample.com": "",
  "example.com.evil.org": "",
  com: "",
  "video.example.com": "video",
  "a.video.example.com": "video",
  "b.example.com": "example",
  "a.b.example.com": "example",
  "x.deep.a.b.example.com": "video",
  "alone.example.com": "alone",
  "x.alone.example.com": "example",
  "example.org": "alone",
  "www.example.org": "",
  "example.net": "network",
  "story.example.net": "place",
  "story.one.example.net": "place",
  "story.one.two.example.net": "place",
  "one.story.example.net": "network",
  "history.one.example.net": "network",
  "story.near.example.net": "near",
  "EXAMPLE.com": "example",
  "wWw.ExAmPlE.CoM.": "example",
  "example.com:443": "example",
  "example.com.:65535": "example",
  "example.com:": "example",
  "example.com:123456": "",
  "example.com:80a": "",
  "example.com..": "",
  "*.example.com": "example",
  "": "",
  ".": "",
  "...": "",
  ":": "",
  ":80": "",
  ".example.com": "example",
  "example..com": "",
  "a..example.com": "example",
  "example.com\0": "",
  "example.com\0.evil.org": "",
  "exam\0ple.com": "",
  "exämple.com": "",
  "example\u00c9.com": "",
  "[2001:db8::1]:443": "",
  "192.0.2.1": "",
  "192.0.2.1:8080": "",
  [`${"a".repeat(64)}.example.com`]: "example",
  [`${"a".repeat(64)}.example.net`]: "network",
  [`${"a.".repeat(121)}example.com`]: "example", // 253 bytes
  [`${"a.".repeat(121)}example.com.`]: "example",
  [`${"a.".repeat(121)}aexample.com`]: "",
  [`${"a.".repeat(122)}example.com`]: "", // 255 bytes
  ["a.".repeat(127)]: "",
  [".".repeat(253)]: "",
  ["x".repeat(1000)]: "",
};

test("hosts by suffix, exactly, by first label; hostile ones", async () => {
  const lookups = await both(tableOf(small));
  const naive = new Naive(small.map((each, index) => [each, index + 1]));
  for (const [name, expected] of Object.entries(expectations)) {
    expect(names[naive.find(name)], `naive: ${name}`).toBe(expected);
    for (const { engine, host } of lookups) {
      expect(names[host(bytesOf(name))], `${engine}: ${name}`).toBe(expected);
    }
  }
});

/** As DNS writes it, or undefined where it cannot. */
function wireOf(host: string): Uint8Array | undefined {
  const labels = host === "" ? [] : host.split(".");
  const isName = labels.every(({ length }) => length > 0 && length <= 63);
  const bytes = labels.flatMap((label) => [label.length, ...bytesOf(label)]);
  return isName && bytes.length < 255 ? Uint8Array.of(...bytes, 0) : undefined;
}

test("names as DNS writes them say the same", async () => {
  for (const lookup of await both(tableOf(small))) {
    let count = 0;
    for (const [host, expected] of Object.entries(expectations)) {
      const wire = /:\d*$|\.$/.test(host) ? undefined : wireOf(host);
      if (!wire) continue;
      count++;
      expect(names[lookup.name(wire)], `${lookup.engine}: ${host}`).toBe(expected);
      expect(names[lookup.name(wire.subarray(0, -1))], `${lookup.engine}: ${host}`).toBe(expected);
    }
    expect(count).toBeGreaterThan(30);
  }
});

test("names that are broken say nothing", async () => {
  const broken = {
    "a label beyond the end": [7, ...bytesOf("example"), 4, ...bytesOf("com")],
    "a pointer": [7, ...bytesOf("example"), 3, ...bytesOf("com"), 0xc0, 12],
    "a label of 64": [
      64,
      ...bytesOf("a".repeat(64)),
      7,
      ...bytesOf("example"),
      3,
      ...bytesOf("com"),
      0,
    ],
    "more than 255 bytes": [
      ...Array.from({ length: 124 }, () => [1, 97]).flat(),
      7,
      ...bytesOf("example"),
      3,
      ...bytesOf("com"),
      0,
    ],
    "a dot in a label": [11, ...bytesOf("example.com"), 0],
    nothing: [],
    "the root": [0],
  };
  for (const lookup of await both(tableOf(small))) {
    for (const [what, bytes] of Object.entries(broken)) {
      expect(lookup.name(Uint8Array.from(bytes)), `${lookup.engine}: ${what}`).toBe(0);
    }
  }
});

const label = fc.constantFrom("a", "b", "ab", "c", "xn--a", "x".repeat(63));
const name = fc
  .array(label, { minLength: 1, maxLength: 4 })
  .map((labels) => labels.join("."))
  .filter((host) => host.length <= 253); // four labels of 63 are no host name

test("any table, any name", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name, { minLength: 1, maxLength: 20 }),
      fc.array(fc.constantFrom("", "=", "a.*."), { minLength: 20, maxLength: 20 }),
      fc.array(fc.oneof(name, fc.string({ maxLength: 12 }), fc.mixedCase(name)), {
        minLength: 20,
        maxLength: 20,
      }),
      async (hosts, kinds, asked) => {
        // One application a host, so that none stands below another of its own.
        const applications = hosts.map((host, index) =>
          application(`n${index}`, [`${kinds[index]}${host}`]),
        );
        const naive = new Naive(applications.map((each, index) => [each, index + 1]));
        const lookups = await both(tableOf(applications));
        for (const each of [...asked, ...hosts, ...hosts.map((host) => `a.b.${host}`)]) {
          const wire = /[:\\]|\.$/.test(each) ? undefined : wireOf(each);
          for (const lookup of lookups) {
            expect(lookup.host(bytesOf(each))).toBe(naive.find(each));
            if (wire) expect(lookup.name(wire)).toBe(naive.find(each));
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("all names of the real table, and names near them", async () => {
  const ids = new Map(applicationCatalog.applications.map((each) => [each.name, each.id]));
  const own = (await readOperators()).flatMap(({ applications }) => applications);
  const lookups = await both(applicationCatalog.table);
  const hosts = own.flatMap((each) =>
    each.hosts.map((host) => [host, ids.get(each.name)!] as const),
  );
  expect(hosts.length).toBeGreaterThan(2500);
  for (const [host, id] of hosts) {
    const { name: text, exact, first } = parseHost(host);
    const asked = first === undefined ? text : `${first}.z.${text}`;
    for (const lookup of lookups) {
      expect(lookup.host(bytesOf(asked)), asked).toBe(id);
      expect(lookup.name(wireOf(asked)!), asked).toBe(id);
      expect(lookup.host(bytesOf(`${asked.toUpperCase()}.`)), asked).toBe(id);
      if (!exact && first === undefined) {
        const below = `zz-nobody.${asked}`;
        expect(lookup.host(bytesOf(below)), below).toBe(id);
      }
      expect(lookup.host(bytesOf(`zz-${asked}`)), `zz-${asked}`).not.toBe(id);
    }
  }
});

test("ranges: the longest prefix, its first and last address, and those beside it", async () => {
  const table = tableOf([
    application("wide", [], ["192.0.0.0/16", "2001:db8::/32"]),
    application("narrow", [], ["192.0.2.0/24", "2001:db8:1::/48", "2001:db8:1::2/128"]),
    application("within", [], ["192.0.2.128/25", "255.255.255.0/24"]),
  ]);
  const expected: Readonly<Record<string, number>> = {
    "0.0.0.0": 0,
    "191.255.255.255": 0,
    "192.0.0.0": 1,
    "192.0.1.255": 1,
    "192.0.2.0": 2,
    "192.0.2.127": 2,
    "192.0.2.128": 3,
    "192.0.2.255": 3,
    "192.0.3.0": 1,
    "192.0.255.255": 1,
    "192.1.0.0": 0,
    "255.255.254.255": 0,
    "255.255.255.255": 3,
  };
  const groups = (text: string) =>
    Uint8Array.from(
      text.split(" ").flatMap((each) => [Number(`0x${each}`) >> 8, Number(`0x${each}`) & 255]),
    );
  for (const { address } of await both(table)) {
    for (const [text, id] of Object.entries(expected)) {
      expect(address(Uint8Array.from(text.split(".").map(Number))), text).toBe(id);
    }
    expect(address(groups("0 0 0 0 0 0 0 0"))).toBe(0);
    expect(address(groups("2001 db7 ffff ffff ffff ffff ffff ffff"))).toBe(0);
    expect(address(groups("2001 db8 0 0 0 0 0 0"))).toBe(1);
    expect(address(groups("2001 db8 1 0 0 0 0 1"))).toBe(2);
    expect(address(groups("2001 db8 1 0 0 0 0 2"))).toBe(2);
    expect(address(groups("2001 db8 2 0 0 0 0 2"))).toBe(1);
    expect(address(groups("2001 db9 0 0 0 0 0 0"))).toBe(0);
    expect(address(groups("ffff ffff ffff ffff ffff ffff ffff ffff"))).toBe(0);
  }
});

test("a table without ranges knows no address", async () => {
  for (const { address } of await both(tableOf([application("example", ["example.com"])]))) {
    expect(address(Uint8Array.of(192, 0, 2, 1))).toBe(0);
    expect(address(new Uint8Array(16).fill(255))).toBe(0);
  }
});

test("addresses of the real table say the same in both engines", async () => {
  const [typescript, wasm] = await both(applicationCatalog.table);
  const address = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc
      .constantFrom(0x2001, 0x2606, 0x2a03)
      .chain((head) =>
        fc
          .uint8Array({ minLength: 14, maxLength: 14 })
          .map((rest) => Uint8Array.of(head >> 8, head & 255, ...rest)),
      ),
  );
  fc.assert(
    fc.property(address, (bytes) => {
      expect(wasm!.address(bytes)).toBe(typescript!.address(bytes));
    }),
    { numRuns: 5000 },
  );
  const facebook = applicationCatalog.applications.find((each) => each.name === "facebook")!;
  expect(wasm!.address(Uint8Array.of(157, 240, 1, 1))).toBe(facebook.id);
});
