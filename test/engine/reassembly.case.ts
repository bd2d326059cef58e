/** What every engine does with the segments of a stream: order, overlaps, gaps, limits. */
import { describe, expect, test } from "vitest";
import type { MemoryOptions } from "../../src/engine/memory.js";
import * as abi from "../../src/engine/abi.js";
import { Assembler } from "../support/assemble.js";
import { type CreateEngine, type Limits, Recognition } from "./recognise.harness.js";

export function runReassemblyTests(create: CreateEngine): void {
  /** A signature that waits for a colon, however long it takes. */
  const waiting = (options?: Limits & Partial<MemoryOptions>) => {
    const asm = new Assembler();
    asm.signature({
      client: [
        [
          [abi.OP_UNTIL, 0, 58, 5000],
          [abi.OP_SPAN, 0, 1],
          [abi.OP_DONE, 0, 0],
        ],
      ],
    });
    return Recognition.create(create, asm.tables(), options);
  };

  describe("segments", () => {
    test("come in order", async () => {
      const r = await waiting();
      r.open(1);
      r.give(1, { bytes: "abc", sequence: 0xfffffffe });
      r.give(1, { bytes: "def", sequence: 1 });
      expect(r.kept(1, 0)).toBe("abcdef");
      r.give(1, { bytes: "gh:", sequence: 4 });
      expect(r.spans()).toMatchObject([{ value: "abcdefgh" }]);
    });

    test("fill a gap", async () => {
      const r = await waiting();
      r.open(1);
      r.give(1, { bytes: "ab", sequence: 100 });
      r.give(1, { bytes: "ef", sequence: 104 });
      expect(r.way(1, 0)).toMatchObject({ length: 2, ranges: [[4, 6]], waiting: 1 });
      r.give(1, { bytes: "cd", sequence: 102 });
      expect(r.way(1, 0)).toMatchObject({ length: 6, ranges: [], waiting: 0 });
      expect(r.kept(1, 0)).toBe("abcdef");
    });

    test("that overlap: the bytes that came first stay", async () => {
      const r = await waiting();
      r.open(1);
      r.give(1, { bytes: "abcd", sequence: 0 });
      r.give(1, { bytes: "XXXXef", sequence: 0 });
      expect(r.kept(1, 0)).toBe("abcdef");
      r.give(1, { bytes: "ij", sequence: 8 });
      r.give(1, { bytes: "m", sequence: 12 });
      r.give(1, { bytes: "YghYYklYn", sequence: 5 });
      expect(r.kept(1, 0)).toBe("abcdefghijklmn");
    });

    test("before the first byte are cut", async () => {
      const r = await waiting();
      r.open(1);
      r.give(1, { bytes: "abc", sequence: 50 });
      // A keep-alive: one byte before the window.
      r.give(1, { bytes: "?", sequence: 49 });
      r.give(1, { bytes: "?Xbcd", sequence: 49 });
      expect(r.kept(1, 0)).toBe("abcd");
    });

    test("of another time are dropped", async () => {
      const r = await waiting();
      r.open(1);
      r.give(1, { bytes: "abc", sequence: 0 });
      r.give(1, { bytes: "x", sequence: 2 ** 30 });
      r.give(1, { bytes: "x", sequence: 2 ** 31 });
      r.give(1, { bytes: "xyzxyz", sequence: 2 ** 32 - 2 ** 30 - 1 });
      expect(r.way(1, 0)).toMatchObject({ length: 3, waiting: 0, ranges: [] });
    });

    test("behind a gap: four ranges are kept", async () => {
      const r = await waiting();
      r.open(1);
      r.give(1, { bytes: "a", sequence: 0 });
      for (const at of [8, 2, 6, 4]) r.give(1, { bytes: "x", sequence: at });
      expect(r.way(1, 0).ranges).toEqual([
        [2, 3],
        [4, 5],
        [6, 7],
        [8, 9],
      ]);
      r.give(1, { bytes: "x", sequence: 10 });
      expect(r.memory.counter(abi.C_SEGMENTS_DROPPED)).toBe(1);
      r.give(1, { bytes: "yyy", sequence: 3 });
      expect(r.way(1, 0)).toMatchObject({ length: 1, waiting: 6 });
      expect(r.way(1, 0).ranges).toEqual([
        [2, 7],
        [8, 9],
      ]);
      r.give(1, { bytes: "zzzzzzz", sequence: 1 });
      expect(r.kept(1, 0)).toBe("azxyxyxzx");
    });

    test("behind a gap: so many packets, and it is given up", async () => {
      const r = await waiting({ gapPackets: 2 });
      r.open(1);
      r.give(1, { bytes: "a", sequence: 0 });
      r.give(1, { bytes: "x", sequence: 5 });
      r.give(1, { bytes: "x", sequence: 5 });
      expect(r.way(1, 0).flags & abi.WAY_FINISHED).toBe(0);
      expect(r.give(1, { bytes: "x", sequence: 6 })).toBe(0);
      expect(r.way(1, 0).flags & abi.WAY_GAP).toBe(abi.WAY_GAP);
      expect(r.memory.counter(abi.C_GAPS)).toBe(1);
      expect(r.give(1, { bytes: "bcde", sequence: 1 })).toBe(0);
      expect(r.kept(1, 0)).toBe("a");
    });

    test("that the capture cut short end the stream", async () => {
      const r = await waiting();
      r.open(1);
      expect(r.give(1, { bytes: "abc", length: 9 })).toBe(0);
      r.open(2);
      r.give(2, { bytes: "abc" });
      r.give(2, { bytes: "gh", sequence: 6, length: 9 });
      expect(r.way(2, 0)).toMatchObject({ length: 3, ranges: [[6, 8]] });
      expect(r.give(2, { bytes: "def", sequence: 3 })).toBe(0);
      expect(r.kept(2, 0)).toBe("abcdefgh");
      r.open(3);
      r.give(3, { bytes: "abc" });
      // A retransmission cut short says nothing new.
      r.give(3, { bytes: "a", length: 3 });
      expect(r.way(3, 0).flags & abi.WAY_FINISHED).toBe(0);
    });

    test("behind the prefix limit are not kept", async () => {
      const r = await waiting({ prefixLimit: 10 });
      r.open(1);
      r.give(1, { bytes: "abc" });
      r.give(1, { bytes: "0123456789", sequence: 8 });
      expect(r.way(1, 0)).toMatchObject({ length: 3, ranges: [[8, 10]] });
      r.give(1, { bytes: "x", sequence: 20 });
      expect(r.way(1, 0)).toMatchObject({ length: 3, ranges: [[8, 10]], waiting: 2 });
      r.give(1, { bytes: "defgh", sequence: 3 });
      expect(r.kept(1, 0)).toBe("abcdefgh01");
      r.settle(1);
      expect(r.memory.counter(abi.C_CANARY)).toBe(0);
    });
  });
}
