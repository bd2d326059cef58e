/** Gzip in all its forms, against Node's own. */
import { constants, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CaptureError } from "../../src/record/errors.js";
import { openBytes } from "../../src/sources/index.js";
import type { ByteSource } from "../../src/sources/source.js";
import { Bytes, join } from "./captures.js";
import { throttled } from "./read.js";

interface Unpacked {
  bytes: Uint8Array;
  error: CaptureError | undefined;
}

async function unpack(source: ByteSource, step = 65536): Promise<Unpacked> {
  const parts: Uint8Array[] = [];
  const into = new Uint8Array(step);
  try {
    for (;;) {
      const count = await source.read(into);
      if (count === 0) return { bytes: Buffer.concat(parts), error: undefined };
      parts.push(into.slice(0, count));
    }
  } catch (error) {
    return { bytes: Buffer.concat(parts), error: error as CaptureError };
  }
}

const text = new TextEncoder().encode(
  "GET /index.html HTTP/1.1\r\nHost: example.org\r\n".repeat(99),
);
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const open = (bytes: Uint8Array) => openBytes(bytes, "a.pcap.gz");

/** A member header with the fields that the flags announce. */
function member(flags: number, fields: Uint8Array): Uint8Array {
  const packed = gzipSync(text);
  const header = new Bytes().u8(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255).done();
  return join(header, fields, packed.subarray(10));
}

test("any data, packed anyhow, read anyhow", async () => {
  const data = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }),
    fc.array(fc.constantFrom(0, 1, 255), { maxLength: 2000 }).map((list) => Uint8Array.from(list)),
    fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.nat(600)).map(([piece, times]) => {
      return join(...Array.from({ length: times }, () => piece));
    }),
  );
  const how = fc.record({
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.integer({ min: constants.Z_DEFAULT_STRATEGY, max: constants.Z_FIXED }),
    memLevel: fc.integer({ min: 1, max: 9 }),
    windowBits: fc.integer({ min: 9, max: 15 }),
  });
  const step = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 100_000 }));
  await fc.assert(
    fc.asyncProperty(data, how, step, step, async (bytes, options, inStep, outStep) => {
      const packed = gzipSync(bytes, options);
      const { bytes: found, error } = await unpack(throttled(open(packed), outStep), inStep);
      return error === undefined && same(found, bytes);
    }),
    { numRuns: 300 },
  );
});

test("several members are one capture", async () => {
  const parts = [text, new Uint8Array(0), text.subarray(0, 5), new Uint8Array(200_000), text];
  const packed = join(...parts.map((part) => gzipSync(part)));
  for (const step of [1, 3, 65536]) {
    const { bytes, error } = await unpack(throttled(open(packed), step));
    expect(error).toBeUndefined();
    expect(same(bytes, join(...parts))).toBe(true);
  }
});

test.each([
  ["zeros", new Uint8Array(100)],
  ["text", text],
  ["half a magic", Uint8Array.of(0x1f)],
])("%s behind the last member are ignored", async (_, rest) => {
  const { bytes, error } = await unpack(open(join(gzipSync(text), rest)));
  expect(error).toBeUndefined();
  expect(same(bytes, text)).toBe(true);
});

test("header fields are passed over", async () => {
  const extra = new Bytes().u16(3).u8(0, 0, 0).done();
  const name = new TextEncoder().encode("a.pcap\0");
  const comment = new TextEncoder().encode("\0");
  const crc = Uint8Array.of(1, 2);
  const noExtra = Uint8Array.of(0, 0);
  const cases: [number, Uint8Array][] = [
    [0, new Uint8Array(0)],
    [1, new Uint8Array(0)],
    [4, extra],
    [4, noExtra],
    [8, name],
    [16, comment],
    [2, crc],
    [30, join(extra, name, comment, crc)],
  ];
  for (const [flags, fields] of cases) {
    const { bytes, error } = await unpack(open(member(flags, fields)));
    expect(error).toBeUndefined();
    expect(same(bytes, text)).toBe(true);
  }
});

test("cut off at any byte, it gives a beginning and says where it ends", async () => {
  const packed = gzipSync(text);
  for (let length = 2; length < packed.length; length++) {
    const { bytes, error } = await unpack(open(packed.subarray(0, length)));
    expect(same(bytes, text.subarray(0, bytes.length))).toBe(true);
    expect(error).toMatchObject({
      code: "TRUNCATED",
      file: "a.pcap.gz",
      offset: bytes.length,
      reason: "the gzip file ends in the middle",
    });
  }
});

test("cut off in its trailer, it gives everything", async () => {
  const { bytes } = await unpack(open(gzipSync(text).subarray(0, -1)));
  expect(same(bytes, text)).toBe(true);
});

test("with any one bit turned round, it gives something and ends", async () => {
  const packed = gzipSync(text);
  for (let bit = 16; bit < packed.length * 8; bit++) {
    const turned = Uint8Array.from(packed);
    turned[bit >> 3]! ^= 1 << (bit & 7);
    const { bytes, error } = await unpack(open(turned));
    if (error) {
      expect(error).toBeInstanceOf(CaptureError);
      expect(["TRUNCATED", "CORRUPT", "UNSUPPORTED"]).toContain(error.code);
      expect(error.offset).toBe(bytes.length);
    } else expect(same(bytes, text)).toBe(true);
  }
});

test("says what is damaged", async () => {
  const packed = Uint8Array.from(gzipSync(text));
  const damaged = (at: number) => {
    const copy = packed.slice();
    copy.subarray(at)[0]! ^= 0x55;
    return unpack(open(copy));
  };
  expect((await damaged(packed.length - 8)).error!.reason).toContain("check sum");
  expect((await damaged(packed.length - 4)).error!.reason).toContain("length does not fit");
  expect((await damaged(2)).error).toMatchObject({ code: "UNSUPPORTED", offset: 0 });
  expect((await damaged(3)).error).toMatchObject({ code: "CORRUPT", offset: 0 });
});

test("random bytes behind a gzip header end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (noise) => {
      const header = new Bytes().u8(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255).done();
      const { error } = await unpack(open(join(header, noise)));
      return error instanceof CaptureError;
    }),
  );
});

test("a bomb streams by", async () => {
  const packed = gzipSync(new Uint8Array(64 << 20), { level: 9 });
  const into = new Uint8Array(1 << 20);
  const source = open(packed);
  let total = 0;
  for (;;) {
    const count = await source.read(into);
    if (count === 0) break;
    total += count;
  }
  expect(total).toBe(64 << 20);
});
