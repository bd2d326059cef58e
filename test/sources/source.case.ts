/** What every source of bytes does, whatever it reads from. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { CaptureError } from "../../src/record/errors.js";
import type { ByteSource } from "../../src/sources/source.js";
import { join, packets, pcap } from "./captures.js";
import { readCapture } from "./read.js";

export interface SourceCase {
  name: string;
  /** A source over these bytes; they are as they would be stored. */
  open(bytes: Uint8Array): ByteSource | Promise<ByteSource>;
  /** Where the source knows beforehand how many bytes there are. */
  knowsSize: boolean;
}

const list = packets(60, (n) => 40 + n);
const capture = pcap(list);

async function readAll(source: ByteSource, step: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const into = new Uint8Array(step).fill(0xee);
    const count = await source.read(into);
    expect(count).toBeLessThanOrEqual(step);
    if (!into.subarray(count).every((byte) => byte === 0xee)) throw new Error("wrote too much");
    if (count === 0) return join(...parts);
    parts.push(into.subarray(0, count));
  }
}

/** Vitest compares typed arrays element by element, which takes seconds. */
function expectSame(bytes: Uint8Array, expected: Uint8Array): void {
  expect(Buffer.compare(bytes, expected)).toBe(0);
}

export function testSource({ name, open, knowsSize }: SourceCase): void {
  describe(name, () => {
    test.each([1, 7, 4096, 262144])("gives every byte once, %i at a time", async (step) => {
      const source = await open(capture);
      expectSame(await readAll(source, step), capture);
      await source.close();
    });

    test("gives 0 at the end, again and again", async () => {
      const source = await open(capture.subarray(0, 3));
      expect(await readAll(source, 64)).toEqual(capture.subarray(0, 3));
      expect(await source.read(new Uint8Array(64))).toBe(0);
      expect(await source.read(new Uint8Array(64))).toBe(0);
      await source.close();
    });

    test("may be empty", async () => {
      const source = await open(new Uint8Array(0));
      expect(await source.read(new Uint8Array(64))).toBe(0);
      await source.close();
    });

    test("tells how far it is", async () => {
      const source = await open(capture);
      await readAll(source, 4096);
      expect(source.position).toBe(capture.length);
      expect(source.size).toBe(knowsSize ? capture.length : undefined);
      await source.close();
    });

    test("may be closed before it was read, in the middle, and twice", async () => {
      const unread = await open(capture);
      await unread.close();
      await unread.close();
      const begun = await open(capture);
      await begun.read(new Uint8Array(64));
      await begun.close();
      await begun.close();
    });

    test("unpacks gzip", async () => {
      const packed = gzipSync(capture);
      const source = await open(packed);
      expectSame(await readAll(source, 4096), capture);
      expect(source.position).toBe(packed.length);
      await source.close();
    });

    test("gives what a cut-off gzip holds, then says so", async () => {
      const packed = gzipSync(capture);
      const { packets: found, error } = await readCapture(
        await open(packed.subarray(0, packed.length / 2)),
      );
      expect(found.length).toBeGreaterThan(10);
      expect(found).toEqual(list.slice(0, found.length));
      expect(error).toBeInstanceOf(CaptureError);
      expect(error).toMatchObject({ code: "TRUNCATED" });
    });

    test("is framed", async () => {
      expect(await readCapture(await open(capture))).toEqual({ packets: list, error: undefined });
    });
  });
}
