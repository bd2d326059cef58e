/** What is read of DNS answers, and that nothing of them can be believed too much. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatAddress } from "../../src/flows/key.js";
import {
  addresses,
  learnt,
  LEARNT_MAX,
  questionOf,
  service,
  types,
} from "../../src/readers/dns.js";
import { be16, be32, bytes, type Bytes, hex } from "../support/packets.js";

const name = (text: string): Bytes =>
  bytes(...text.split(".").flatMap((label) => [label.length, label]), 0);
const record = (type: number, data: Bytes, ttl = 300, owner = hex("c00c")): Bytes =>
  bytes(owner, be16(type), be16(1), be32(ttl), be16(data.length), data);
/** Of a response that tells of no error. */
const header = hex("1a2b 8180 0001 0001 0000 0000");
const question = (host: string): Bytes => bytes(name(host), be16(1), be16(1));
const parameter = (key: number, value: Bytes): Bytes => bytes(be16(key), be16(value.length), value);

const ipv4 = record(1, hex("c0000207"));
const alias = record(5, name("cdn.example.net"), 60);
const https = record(
  65,
  bytes(
    be16(1),
    0,
    parameter(1, bytes(2, "h3", 2, "h2")),
    parameter(3, be16(8443)),
    parameter(4, hex("c0000208 c0000209")),
    parameter(5, hex("0011")),
    parameter(6, hex("20010db8000000000000000000000001")),
  ),
);

test("types, addresses and what a service promises", () => {
  const answers = bytes(alias, ipv4, record(28, hex("20010db8000000000000000000000007")), https);
  expect(types(answers)).toEqual([5, 1, 28, 65]);
  expect(addresses(answers)).toEqual(["192.0.2.7", "2001:db8::7"]);
  expect(service(answers)).toEqual([
    "alpn=h3",
    "alpn=h2",
    "port=8443",
    "ipv4hint",
    "ech",
    "ipv6hint",
  ]);
  expect(addresses(alias)).toBeUndefined();
  expect(service(ipv4)).toBeUndefined();
});

test("what an answer teaches belongs to the name that was asked for", () => {
  expect(learnt(bytes(header, question("WWW.Example.ORG"), alias, ipv4))).toEqual([
    "www.example.org",
    "192.0.2.7 300",
  ]);
  expect(learnt(bytes(header, question("example.org"), https))).toEqual([
    "example.org",
    "192.0.2.8 300",
    "192.0.2.9 300",
    "2001:db8::1 300",
  ]);
});

test("an answer without addresses, and a name that no host has, teach nothing", () => {
  expect(learnt(bytes(header, question("example.org"), alias))).toBeUndefined();
  expect(learnt(bytes(header, question("example.org")))).toBeUndefined();
  expect(learnt(bytes(header, name("a b.example"), be16(1), be16(1), ipv4))).toBeUndefined();
  expect(learnt(bytes(header, 0, be16(1), be16(1), ipv4))).toBeUndefined();
});

test("what tells of an error, and what answers no query, teaches nothing", () => {
  for (const flags of ["8183", "8182", "8185", "a180"]) {
    const other = hex(`1a2b ${flags} 0001 0001 0000 0000`);
    expect(learnt(bytes(other, question("example.org"), ipv4))).toBeUndefined();
  }
});

test("an answer has its query's id and question", () => {
  const query = hex("1a2b 0100 0001 0000 0000 0000");
  const asked = questionOf(bytes(query, question("example.org")));
  expect(asked).toBe("6699 1 1 \x07example\x03org\0");
  expect(questionOf(bytes(header, question("EXAMPLE.org"), ipv4))).toBe(asked);
  const others = [
    bytes(hex("1a2c 8180 0001 0001 0000 0000"), question("example.org")),
    bytes(header, question("example.net")),
    bytes(header, name("example.org"), be16(65), be16(1)),
    bytes(header, name("example.org"), be16(1), be16(3)),
  ];
  for (const other of others) expect(questionOf(other)).not.toBe(asked);
  expect(
    questionOf(bytes(hex("1a2b 2000 0001 0000 0000 0000"), question("a.example"))),
  ).toBeUndefined();
  expect(questionOf(bytes(query, name("example.org"), be16(1)))).toBeUndefined();
});

test("more addresses than a host has are not learnt", () => {
  const many = bytes(header, question("a.example"), ...Array.from({ length: 40 }, () => ipv4));
  expect(learnt(many)).toHaveLength(1 + LEARNT_MAX);
});

test("what is cut gives what stands in front of the cut", () => {
  const answers = bytes(ipv4, record(1, hex("c0000208")));
  expect(addresses(answers.subarray(0, answers.length - 1))).toEqual(["192.0.2.7"]);
  expect(addresses(hex("c0"))).toBeUndefined();
});

test("addresses are written as flows write theirs", () => {
  const group = fc.constantFrom(0, 0, 0, 1, 0xffff, 0xabc);
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const address = bytes(...groups.map(be16));
      expect(addresses(record(28, address))).toEqual([formatAddress(address, 0, true)]);
    }),
    { numRuns: 500 },
  );
});

test("any bytes are read without a fault, within bounds", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (any) => {
      for (const read of [types, addresses, service]) {
        const found = read(any);
        expect(found === undefined || found.length > 0).toBe(true);
      }
      expect((questionOf(any) ?? "").length).toBeLessThanOrEqual(20 + 256);
      const found = learnt(any);
      expect((found ?? []).length).toBeLessThanOrEqual(1 + LEARNT_MAX);
    }),
  );
});
