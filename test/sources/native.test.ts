/** Native records. */
import { expect, test } from "vitest";
import { nativeSize, writeNative } from "../../src/sources/native.js";

test("a pushed packet is a header of six words and its bytes, padded to eight", () => {
  const buffer = new ArrayBuffer(128);
  const memory = { u8: new Uint8Array(buffer).fill(0xee), u32: new Uint32Array(buffer) };
  const next = writeNative(memory, 8, Uint8Array.of(1, 2, 3), 1_700_000_000, 999_999_999, 2, 60);
  expect(next).toBe(8 + nativeSize(3));
  expect([...memory.u32.subarray(2, 8)]).toEqual([1_700_000_000, 999_999_999, 3, 60, 2, 0]);
  expect([...memory.u8.subarray(32, 41)]).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0xee]);
});

test("sizes are multiples of eight", () => {
  expect([0, 1, 8, 9, 1514].map(nativeSize)).toEqual([24, 32, 32, 40, 1544]);
});
