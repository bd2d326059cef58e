/** Fingerprints against published ones, and against those that tshark 4.0 reads in our own captures. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { ja3 } from "../../src/readers/ja3.js";
import { ja4 } from "../../src/readers/ja4.js";
import { md5 } from "../../src/readers/md5.js";
import { sha256 } from "../../src/readers/sha256.js";
import { classify, fixtureBytes, openBytes } from "../support/classifier.js";
import { be16, bytes } from "../support/packets.js";

test("digests of all lengths are those of node:crypto", () => {
  for (let length = 0; length < 200; length++) {
    const text = "0a,ff-13".repeat(25).slice(0, length);
    expect(md5(text)).toBe(createHash("md5").update(text).digest("hex"));
    expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  }
});

interface Offer {
  version?: number;
  ciphers: readonly number[];
  extensions: readonly (readonly [type: number, body: Uint8Array])[];
}

function hello({ version = 0x0303, ciphers, extensions }: Offer): Uint8Array {
  const list = bytes(
    ...extensions.flatMap(([type, body]) => [be16(type), be16(body.length), body]),
  );
  const body = bytes(
    be16(version),
    new Uint8Array(32),
    0,
    be16(ciphers.length * 2),
    ...ciphers.map(be16),
    [1, 0],
    be16(list.length),
    list,
  );
  return bytes(1, 0, be16(body.length), body);
}

const numbers = (list: string): number[] =>
  list.split(",").map((each) => Number.parseInt(each, 16));
const sized = (values: readonly number[]) => bytes(be16(values.length * 2), ...values.map(be16));

/** The worked example of FoxIO's JA4.md, whose lists are in order of their values already. */
const EXAMPLE: Offer = {
  ciphers: numbers("1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035"),
  extensions: [
    ...numbers("001b,0000,0033").map((type) => [type, bytes()] as const),
    [0x0010, bytes(0, 12, 2, "h2", 8, "http/1.1")],
    ...numbers("4469,0017,002d").map((type) => [type, bytes()] as const),
    [0x000d, sized(numbers("0403,0804,0401,0503,0805,0501,0806,0601"))],
    ...numbers("0005,0023,0012").map((type) => [type, bytes()] as const),
    [0x002b, bytes(6, be16(0x1a1a), be16(0x0304), be16(0x0303))],
    ...numbers("ff01,000b,000a,0015").map((type) => [type, bytes()] as const),
  ],
};

test("JA4 is FoxIO's for FoxIO's example, whatever is added by RFC 8701", () => {
  const published = "t13d1516h2_8daaf6152771_e5627efa2ab1";
  expect(ja4(hello(EXAMPLE), "t")).toBe(published);
  const greased = {
    ciphers: [0x2a2a, ...EXAMPLE.ciphers],
    extensions: [[0xfafa, bytes()] as const, ...EXAMPLE.extensions],
  };
  expect(ja4(hello(greased), "t")).toBe(published);
  expect(ja4(hello(EXAMPLE), "q")).toBe(published.replace("t", "q"));
});

test("JA3 is Salesforce's for Salesforce's examples (JA3's README)", () => {
  const decimals = (list: string): number[] => list.split("-").map(Number);
  const first = hello({
    version: 0x0301,
    ciphers: decimals("47-53-5-10-49161-49162-49171-49172-50-56-19-4"),
    extensions: [
      [0, bytes()],
      [10, sized([23, 24, 25])],
      [11, bytes(1, 0)],
    ],
  });
  expect(ja3(first)).toBe("ada70206e40642a3e4461f35503241d5");
  const second = hello({
    version: 0x0301,
    ciphers: decimals("4-5-10-9-100-98-3-6-19-18-99"),
    extensions: [],
  });
  expect(ja3(second)).toBe("de350869b8c85de67a350c8d186f11e6");
});

test("JA4 without a name, without extensions, with odd protocols", () => {
  const without = EXAMPLE.extensions.filter(([type]) => type !== 0);
  expect(ja4(hello({ ...EXAMPLE, extensions: without }), "t")).toMatch(/^t13i1515h2_/);
  expect(ja4(hello({ ciphers: [0x002f], extensions: [] }), "t")).toMatch(
    /^t12i010000_[0-9a-f]{12}_000000000000$/,
  );
  const odd = [[0x0010, bytes(0, 3, 2, 0xab, 0xcd)] as const];
  expect(ja4(hello({ ciphers: [0x002f], extensions: odd }), "t")).toMatch(/^t12i0101ad_/);
});

test("a message that is not whole has no fingerprint", () => {
  const whole = hello(EXAMPLE);
  for (let length = 0; length < whole.length; length++) {
    expect(ja4(whole.subarray(0, length), "t")).toBeUndefined();
    expect(ja3(whole.subarray(0, length))).toBeUndefined();
  }
});

test.each([
  [
    "tls/nginx-tls13-h2.pcap",
    "89dfc51e72bdcb94e4ba4622588002b1",
    "15af977ce25de452b96affa2addb1036",
  ],
  [
    "tls/openssl-tls10.pcap",
    "4e9d43688ef48b6b1fbe71f290acfc8f",
    "ef11b7c1bd520da6824fcd0cf876de79",
  ],
  [
    "tls/gnutls-client.pcap",
    "6af33c9e05452609f615c60bfdef7ce7",
    "15af977ce25de452b96affa2addb1036",
  ],
  [
    "tls/openssl-no-sni.pcap",
    "c216e752cae6f8755fd27f561d031636",
    "15af977ce25de452b96affa2addb1036",
  ],
  ["tls/split-client-hello.pcap", "5a1edc7f170af1014fc65c994878e63c", undefined],
])("%s: JA3 and JA3S are tshark's", async (file, client, server) => {
  const found = [];
  for await (const { facts } of classify(openBytes(fixtureBytes(file), file))) found.push(facts);
  expect(found.map((facts) => facts["tls.ja3"])).toContain(client);
  if (server) expect(found.map((facts) => facts["tls.ja3s"])).toContain(server);
});
