/** What every engine's recognition does with candidates, roles, outcomes and limits. */
import { describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { Assembler, type Line, type Program } from "../support/assemble.js";
import { type CreateEngine, type Limits, Recognition } from "./recognise.harness.js";
import type { MemoryOptions } from "../../src/engine/memory.js";

const { OUTCOME_ACTIVE, OUTCOME_CHANGED, OUTCOME_DENIED } = abi;
const DONE: Line = [abi.OP_DONE, 0, 0];
const NOWHERE = 0xffffffff;

export function runRecogniseTests(create: CreateEngine): void {
  type Options = Limits & Partial<MemoryOptions>;
  const build = async (define: (asm: Assembler) => void, options?: Options) => {
    const asm = new Assembler();
    define(asm);
    return Recognition.create(create, asm.tables(), options);
  };

  /** A program that matches a text for 8 times its length in evidence. */
  const say = (asm: Assembler, text: string): Program => [
    asm.text(text),
    [abi.OP_CREDIT, 0, asm.vector(...[8, 8, 8, 8].map((one) => one * text.length))],
    DONE,
  ];
  /** The client asks, the server answers. */
  const asking = (options?: Options) =>
    build((asm) => {
      asm.signature({
        client: [say(asm, "ask"), say(asm, "more")],
        server: [say(asm, "answer")],
      });
    }, options);

  describe("a conversation", () => {
    test("is followed step by step", async () => {
      const r = await asking();
      r.open(1);
      expect(r.give(1, { bytes: "ask", packet: 4 })).toBe(OUTCOME_CHANGED | OUTCOME_ACTIVE);
      expect(r.candidates(1)).toEqual([
        {
          signature: 0,
          flags: 0,
          client: 1,
          server: 0,
          evidence: [24, 24, 24, 24],
          cursor: [3, 0],
          saved: [0, 0, 0, 0],
          savedSet: 0,
          need: [0, 0],
          packet: 4,
        },
      ]);
      const answer = { bytes: "answer", fromB: true, packet: 5 };
      expect(r.give(1, answer)).toBe(OUTCOME_CHANGED | OUTCOME_ACTIVE);
      const more = { bytes: "more", sequence: 3, packet: 6 };
      expect(r.give(1, more)).toBe(OUTCOME_CHANGED);
      expect(r.candidates(1)).toMatchObject([
        {
          flags: abi.CANDIDATE_COMPLETE,
          client: 2,
          server: 1,
          evidence: [104, 104, 104, 104],
          packet: 6,
        },
      ]);
    });

    test("goes on within one segment", async () => {
      const r = await asking();
      r.open(1);
      r.give(1, "askmore and whatever");
      expect(r.candidates(1)).toMatchObject([{ client: 2, cursor: [7, 0] }]);
    });

    test("dies of an answer that does not match", async () => {
      const r = await asking();
      r.open(1);
      r.give(1, "ask");
      expect(r.give(1, { bytes: "nonsense", fromB: true })).toBe(OUTCOME_CHANGED);
      expect(r.candidates(1)).toEqual([]);
    });

    test("takes its roles from the opening", async () => {
      const r = await asking();
      r.open(1, { clientIsB: true });
      expect(r.give(1, { bytes: "ask" })).toBe(OUTCOME_ACTIVE);
      expect(r.candidates(1)).toEqual([]);
      r.give(1, { bytes: "ask", fromB: true });
      // The server spoke first, and it was no answer.
      expect(r.candidates(1)).toEqual([]);
      r.open(2, { clientIsB: true });
      r.give(2, { bytes: "ask", fromB: true });
      r.give(2, { bytes: "answer" });
      expect(r.candidates(2)).toMatchObject([
        { flags: abi.CANDIDATE_CLIENT_B, client: 1, server: 1 },
      ]);
    });

    test("may be opened by the server", async () => {
      const r = await asking();
      r.open(1);
      r.give(1, { bytes: "answer", fromB: true });
      expect(r.candidates(1)).toMatchObject([{ flags: 0, client: 0, server: 1 }]);
      r.give(1, "ask");
      expect(r.candidates(1)).toMatchObject([{ client: 1, server: 1 }]);
    });

    /** Records behind a step: a handshake message of eight bytes. */
    const dissecting = () =>
      build((asm) => {
        const record: Program = [
          [abi.OP_DISSECT, 0, abi.DISSECTOR_TLS_HERE],
          [abi.OP_SKIP, 0, 0, 8],
          DONE,
        ];
        asm.signature({ client: [say(asm, "ask"), record] });
      });
    const INCOMPLETE = "ask\x16\x03\x01\x00\x04half";

    test("dies of what a dissector finds ended before it is complete", async () => {
      const r = await dissecting();
      r.open(1);
      r.give(1, INCOMPLETE);
      expect(r.candidates(1)).toMatchObject([{ client: 1 }]);
      r.give(1, { bytes: "\x17\x03\x03\0", sequence: INCOMPLETE.length });
      expect(r.candidates(1)).toEqual([]);
      r.open(2);
      r.give(2, `${INCOMPLETE}\x16\x03\x01\x00\x00`);
      expect(r.candidates(2)).toEqual([]);
    });

    test("outlives what a dissector was making when its bytes ended", async () => {
      const r = await dissecting();
      r.open(1);
      r.give(1, INCOMPLETE);
      r.finish(1);
      expect(r.candidates(1)).toMatchObject([{ client: 1 }]);
    });

    test("in datagrams begins with each of them", async () => {
      const r = await asking();
      r.open(1, { protocol: "udp", opened: false });
      expect(r.give(1, "ask")).toBe(OUTCOME_CHANGED | OUTCOME_ACTIVE);
      r.give(1, { bytes: "answer", fromB: true });
      expect(r.give(1, "more")).toBe(OUTCOME_CHANGED);
      expect(r.candidates(1)).toMatchObject([{ flags: abi.CANDIDATE_COMPLETE }]);
      expect(r.memory.control(abi.C_PREFIX_BLOCKS_HIGH)).toBe(0);
    });

    test("in datagrams dies of the first that does not match", async () => {
      const r = await asking();
      r.open(1, { protocol: "udp", opened: false });
      r.give(1, "ask");
      r.give(1, "ask");
      expect(r.candidates(1)).toEqual([]);
      // It is dead: neither side opens it again.
      r.give(1, { bytes: "answer", fromB: true });
      expect(r.candidates(1)).toEqual([]);
    });
  });

  describe("a message by itself", () => {
    const reading = () =>
      build((asm) => {
        const word = (fact: number): Program => [
          asm.text("say "),
          [abi.OP_ACCEPT, 0, 0],
          [abi.OP_POSITION, 1, 0],
          [abi.OP_REST, 0, 0],
          [abi.OP_SPAN, 1, fact],
          DONE,
        ];
        asm.signature({ client: [word(3)], server: [word(4)] });
        asm.signature({ client: [word(5)] });
      });
    const message = (r: Recognition, text: string) => {
      const at = r.memory.address("message");
      r.memory.u8.set(Buffer.from(text, "latin1"), at);
      return at;
    };

    test("is read by the first step of either side", async () => {
      const r = await reading();
      const at = message(r, "say something more");
      for (const [role, fact] of [
        [0, 3],
        [1, 4],
      ] as const) {
        r.engine.read(0, role, at, 13);
        expect(r.spans()).toEqual([
          { row: 0, signature: 0, fact, value: "something", due: NOWHERE },
        ]);
      }
    });

    test("gives nothing where it does not match, or nobody would say it", async () => {
      const r = await reading();
      const at = message(r, "say it");
      r.engine.read(0, 0, at, 6);
      for (const [signature, role, length] of [
        [0, 0, 3],
        [1, 1, 6],
        [2, 0, 6],
      ] as const) {
        r.engine.read(signature, role, at, length);
        expect(r.spans()).toEqual([]);
      }
    });

    test("leaves a row's sequence numbers to the host that follows", async () => {
      const r = await reading();
      r.open(1);
      const field = (r.memory.address("rows") + abi.ROW_SIZE + abi.R_SEQUENCE_B) >>> 2;
      r.memory.u32[field] = 77;
      r.settle(1, abi.STATE_FOLLOW, 1);
      expect(r.memory.u32[field]).toBe(77);
      r.settle(1);
      expect(r.memory.u32[field]).toBe(0);
    });
  });

  describe("a first step that may be said again", () => {
    const again = () =>
      build((asm) => {
        asm.signature({
          client: [say(asm, "check"), say(asm, "one"), say(asm, "two")],
          server: [say(asm, "yes"), say(asm, "end")],
          flags: abi.SIGNATURE_AGAIN,
        });
      });

    test("is passed over between the others, for no more evidence", async () => {
      const r = await again();
      r.open(1, { protocol: "udp", opened: false });
      for (const bytes of ["check", "check", "check", "one", "check", "two"]) r.give(1, bytes);
      for (const bytes of ["yes", "yes", "end"]) r.give(1, { bytes, fromB: true });
      expect(r.candidates(1)).toMatchObject([
        {
          flags: abi.CANDIDATE_COMPLETE,
          client: 3,
          server: 2,
          evidence: [8, 8, 8, 8].map((one) => one * "checkonetwoyesend".length),
        },
      ]);
    });

    test.each([
      ["anything else", ["check", "check", "three"]],
      ["a later step", ["check", "one", "one"]],
    ])("does not let the flow say %s", async (_, payloads) => {
      const r = await again();
      r.open(1, { protocol: "udp", opened: false });
      for (const bytes of payloads) r.give(1, bytes);
      expect(r.candidates(1)).toEqual([]);
    });

    test("is the side's own", async () => {
      const r = await again();
      r.open(1, { protocol: "udp", opened: false });
      r.give(1, "check");
      r.give(1, { bytes: "check", fromB: true });
      expect(r.candidates(1)).toEqual([]);
    });

    test("is none of a stream's", async () => {
      const r = await again();
      r.open(1);
      r.give(1, "checkcheck");
      expect(r.candidates(1)).toEqual([]);
    });
  });

  describe("the side heard first", () => {
    test("alone opens a signature of both sides", async () => {
      const r = await asking();
      r.open(1);
      r.give(1, "nonsense");
      r.give(1, { bytes: "answer", fromB: true });
      expect(r.candidates(1)).toEqual([]);
    });

    test("may be either where the opening was missed", async () => {
      const r = await asking();
      r.open(1, { opened: false });
      r.give(1, "nonsense");
      r.give(1, { bytes: "answer", fromB: true });
      // What the other side said before concerns it no more.
      expect(r.candidates(1)).toMatchObject([{ client: 0, server: 1, cursor: [NOWHERE, 6] }]);
      expect(r.give(1, { bytes: "whatever", sequence: 8 })).toBe(0);
      expect(r.candidates(1)).toHaveLength(1);
    });

    test("may be either for a signature of one side", async () => {
      const r = await build((asm) => {
        asm.signature({ server: [say(asm, "banner")] });
      });
      r.open(1);
      r.give(1, "nonsense");
      r.give(1, { bytes: "banner", fromB: true });
      expect(r.candidates(1)).toMatchObject([{ flags: abi.CANDIDATE_COMPLETE, server: 1 }]);
    });

    test("plays the client of a signature that either side may open", async () => {
      const r = await build((asm) => {
        asm.signature({
          role: abi.ROLE_EITHER,
          client: [say(asm, "hello")],
          server: [say(asm, "hello")],
        });
      });
      r.open(1);
      r.give(1, { bytes: "hello", fromB: true });
      expect(r.candidates(1)).toMatchObject([{ flags: abi.CANDIDATE_CLIENT_B, client: 1 }]);
      r.give(1, "hello");
      expect(r.candidates(1)).toMatchObject([{ client: 1, server: 1 }]);
    });
  });

  describe("saved registers", () => {
    test("carry from one side to the other", async () => {
      const r = await build((asm) => {
        const number: Line = [abi.OP_U16, 2, 0];
        asm.signature({
          client: [[number, [abi.OP_SAVE, 2, 3], DONE]],
          server: [[number, [abi.OP_SAME, 2, 3, "wrong"], DONE, "wrong:", [abi.OP_FAIL, 0, 0]]],
        });
      });
      for (const row of [1, 2]) {
        r.open(row, { protocol: "udp", opened: false });
        r.give(row, "ab");
        expect(r.candidates(row)).toMatchObject([{ saved: [0, 0, 0, 0x6162], savedSet: 8 }]);
      }
      r.give(1, { bytes: "ab", fromB: true });
      r.give(2, { bytes: "ac", fromB: true });
      expect(r.candidates(1)).toHaveLength(1);
      expect(r.candidates(2)).toHaveLength(0);
    });
  });

  describe("facts", () => {
    /** "k=" is enough to be sure; the value up to the line's end is a fact; then a second step. */
    const facts = () =>
      build((asm) => {
        asm.signature({
          client: [
            [
              asm.text("k="),
              [abi.OP_CREDIT, 0, asm.vector(8, 8, 8, 8)],
              [abi.OP_ACCEPT, 0, 0],
              [abi.OP_POSITION, 1, 0],
              [abi.OP_UNTIL, 0, 10, 99],
              [abi.OP_SPAN, 1, 5],
              [abi.OP_LINE_END, 0, 0],
              DONE,
            ],
            say(asm, "end"),
          ],
        });
      });

    test("come when their bytes are there, long after the step is matched", async () => {
      const r = await facts();
      r.open(1);
      expect(r.give(1, { bytes: "k=va", packet: 3 })).toBe(OUTCOME_CHANGED | OUTCOME_ACTIVE);
      expect(r.candidates(1)).toMatchObject([
        { client: 1, evidence: [8, 8, 8, 8], flags: abi.CANDIDATE_FACTS_A, cursor: [0, 0] },
      ]);
      expect(r.spans()).toEqual([]);
      expect(r.give(1, { bytes: "lu", sequence: 4, packet: 4 })).toBe(OUTCOME_ACTIVE);
      expect(r.give(1, { bytes: "e\nen", sequence: 6, packet: 5 })).toBe(OUTCOME_ACTIVE);
      expect(r.spans()).toEqual([{ row: 1, signature: 0, fact: 5, value: "value", due: 0 }]);
      expect(r.candidates(1)).toMatchObject([{ client: 1, evidence: [8, 8, 8, 8], packet: 3 }]);
      expect(r.give(1, { bytes: "d", sequence: 10, packet: 6 })).toBe(OUTCOME_CHANGED);
      expect(r.candidates(1)).toMatchObject([{ client: 2, evidence: [32, 32, 32, 32] }]);
    });

    test("that never come leave the candidate alive", async () => {
      const r = await facts();
      r.open(1);
      r.give(1, "k=value");
      expect(r.finish(1)).toBe(0);
      expect(r.spans()).toEqual([]);
      expect(r.candidates(1)).toMatchObject([{ client: 1, flags: 0, cursor: [NOWHERE, 0] }]);
    });

    test("carry the index of their due entry, of another in each flow", async () => {
      const r = await facts();
      r.open(1);
      r.open(2);
      r.giveAll([
        [2, { bytes: "k=two\n" }],
        [1, { bytes: "k=one\n" }],
      ]);
      expect(r.spans()).toEqual([
        { row: 2, signature: 0, fact: 5, value: "two", due: 0 },
        { row: 1, signature: 0, fact: 5, value: "one", due: 1 },
      ]);
    });
  });

  describe("a compared and saved register", () => {
    test("defers the match until the run ends", async () => {
      const r = await build((asm) => {
        const step: Program = [
          [abi.OP_U8, 2, 0],
          [abi.OP_AHEAD, 2, 0, "first", 1],
          "first:",
          [abi.OP_SAVE, 2, 0],
          [abi.OP_ACCEPT, 0, 0],
          [abi.OP_U8, 3, 0],
          [abi.OP_NUMBER, 3, 1],
          DONE,
        ];
        asm.signature({ client: [step, step] });
      });
      r.open(1);
      r.give(1, "\x01a\x02");
      expect(r.candidates(1)).toMatchObject([{ client: 1, flags: 0, savedSet: 1 }]);
      r.give(1, { bytes: "b", sequence: 3 });
      expect(r.candidates(1)).toMatchObject([{ client: 2, saved: [2, 0, 0, 0] }]);
    });
  });

  describe("openers", () => {
    test("wait for bytes without being candidates", async () => {
      const r = await asking();
      r.open(1);
      expect(r.give(1, "as")).toBe(OUTCOME_ACTIVE);
      expect(r.candidates(1)).toEqual([]);
      expect(r.kept(1, 0)).toBe("as");
      expect(r.give(1, { bytes: "k", sequence: 2 })).toBe(OUTCOME_CHANGED | OUTCOME_ACTIVE);
    });

    test("that waited are joined by what the other side said meanwhile", async () => {
      const r = await asking();
      r.open(1);
      r.give(1, "as");
      r.give(1, { bytes: "answer", fromB: true });
      expect(r.candidates(1)).toEqual([]);
      r.give(1, { bytes: "k", sequence: 2 });
      expect(r.candidates(1)).toMatchObject([{ client: 1, server: 1 }]);
    });

    test("are not run where dispatch rules them out", async () => {
      const r = await build((asm) => {
        for (let index = 0; index < 300; index++) {
          const first = String.fromCharCode(index & 0xff);
          const second = index > 255 ? "b" : "a";
          asm.signature({ client: [say(asm, first + second)], positions: { 0: first, 1: second } });
        }
      });
      r.open(1);
      r.give(1, "\x07a tail of more than thirty-two bytes, so that all is looked at");
      expect(r.memory.counter(abi.C_PROGRAMS)).toBe(1);
      expect(r.candidates(1)).toMatchObject([{ signature: 7 }]);
      r.open(2);
      r.give(2, "\x07b");
      expect(r.memory.counter(abi.C_PROGRAMS)).toBe(2);
      expect(r.candidates(2)).toMatchObject([{ signature: 256 + 7 }]);
    });

    test("of datagrams are ruled out by length", async () => {
      const r = await build((asm) => {
        asm.signature({ client: [say(asm, "ab")], least: 3 });
      });
      r.open(1, { protocol: "udp" });
      r.give(1, "ab");
      expect(r.memory.counter(abi.C_PROGRAMS)).toBe(0);
      r.open(2, { protocol: "udp" });
      // Cut short by the capture: the wire had enough.
      r.give(2, { bytes: "ab", length: 3 });
      expect(r.candidates(2)).toHaveLength(1);
      r.open(3);
      r.give(3, "ab");
      expect(r.candidates(3)).toHaveLength(1);
    });

    test("with none left, nothing more is expected", async () => {
      const r = await build((asm) => {
        asm.signature({ client: [say(asm, "ask")] });
      });
      r.open(1);
      // No opener is a server's, so nobody waits for the server.
      expect(r.give(1, "nonsense")).toBe(0);
      expect(r.give(1, { bytes: "more", sequence: 8 })).toBe(0);
      expect(r.memory.counter(abi.C_PAYLOADS)).toBe(1);
      expect(r.memory.control(abi.C_PREFIX_BLOCKS_HIGH)).toBe(0);
    });

    test("make at most eight candidates", async () => {
      const r = await build((asm) => {
        for (let index = 0; index < 10; index++) {
          asm.signature({ client: [say(asm, "a")], server: [say(asm, index < 2 ? "b" : "c")] });
        }
      });
      r.open(1);
      r.give(1, "a");
      expect(r.candidates(1).map(({ signature }) => signature)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(r.memory.counter(abi.C_CANDIDATES_DROPPED)).toBe(2);
      r.give(1, { bytes: "b", fromB: true });
      expect(r.candidates(1).map(({ signature }) => signature)).toEqual([0, 1]);
    });

    test("open in ascending order, whoever is ready first", async () => {
      const r = await build((asm) => {
        asm.signature({ client: [say(asm, "aaa")] });
        asm.signature({ client: [say(asm, "aa")] });
        asm.signature({ client: [say(asm, "a")] });
      });
      r.open(1);
      r.give(1, "a");
      expect(r.candidates(1)).toMatchObject([{ signature: 2 }]);
      r.give(1, { bytes: "aa", sequence: 1 });
      expect(r.candidates(1)).toMatchObject([{ signature: 0 }, { signature: 1 }, { signature: 2 }]);
    });

    test("of one signature: the first wins, though it needs more bytes", async () => {
      const r = await build((asm) => {
        asm.signature({ client: [say(asm, "aaa")], server: [say(asm, "a")] });
      });
      r.open(1, { opened: false });
      r.give(1, "a");
      expect(r.candidates(1)).toEqual([]);
      r.give(1, { bytes: "aa", sequence: 1 });
      expect(r.candidates(1)).toMatchObject([{ flags: 0, client: 1, server: 0 }]);
    });

    test("that died do not open again while others wait", async () => {
      const r = await build((asm) => {
        asm.signature({ client: [say(asm, "a"), say(asm, "b")] });
        asm.signature({ client: [say(asm, "acc")] });
      });
      r.open(1);
      r.give(1, "ac");
      expect(r.candidates(1)).toEqual([]);
      expect(r.give(1, { bytes: "c", sequence: 2 })).toBe(OUTCOME_CHANGED);
      expect(r.candidates(1)).toMatchObject([{ signature: 1 }]);
    });
  });

  describe("missing bytes", () => {
    test("do not kill what has matched something", async () => {
      const r = await asking();
      r.open(1);
      r.give(1, "ask");
      r.give(1, { bytes: "ans", fromB: true });
      expect(r.finish(1)).toBe(0);
      expect(r.candidates(1)).toMatchObject([{ client: 1, server: 0, cursor: [3, NOWHERE] }]);
    });

    test("of a datagram do, unless the capture cut them off", async () => {
      const r = await asking();
      for (const row of [1, 2]) {
        r.open(row, { protocol: "udp", opened: false });
        r.give(row, "ask");
      }
      r.give(1, { bytes: "ans", fromB: true });
      r.give(2, { bytes: "ans", length: 6, fromB: true });
      expect(r.candidates(1)).toHaveLength(0);
      expect(r.candidates(2)).toHaveLength(1);
    });

    test("end openers when the flow is finished", async () => {
      const r = await build((asm) => {
        asm.signature({
          client: [[[abi.OP_RUN, 1, asm.set("a"), 1, 9], [abi.OP_AT_END, 0, 0], DONE]],
        });
      });
      r.open(1);
      r.give(1, "aa");
      expect(r.candidates(1)).toEqual([]);
      expect(r.finish(1)).toBe(OUTCOME_CHANGED);
      expect(r.candidates(1)).toHaveLength(1);
      expect(r.give(1, { bytes: "a", sequence: 2 })).toBe(0);
    });
  });

  describe("limits", () => {
    test("of segments: as many as the prefix has bytes, so that a byte a segment is enough", async () => {
      const r = await asking({ messageLimit: 1, prefixLimit: 4 });
      r.open(1);
      for (let copies = 0; copies < 3; copies++) r.give(1, "a");
      // With the fourth, nothing more comes: "as" is all there will be.
      expect(r.give(1, { bytes: "s", sequence: 1 })).toBe(OUTCOME_ACTIVE);
      expect(r.way(1, 0)).toMatchObject({ length: 2, messages: 4 });
      r.give(1, { bytes: "k", sequence: 2 });
      expect(r.way(1, 0)).toMatchObject({ length: 2, messages: 4 });
      expect(r.candidates(1)).toEqual([]);
    });

    test("of the prefix", async () => {
      const r = await build(
        (asm) => {
          asm.signature({ client: [[[abi.OP_UNTIL, 0, 58, 5000], DONE]] });
        },
        { prefixLimit: 100 },
      );
      r.open(1);
      r.give(1, "x".repeat(99));
      expect(r.kept(1, 0)).toHaveLength(99);
      expect(r.give(1, { bytes: "xyz:", sequence: 99 })).toBe(0);
      expect(r.kept(1, 0)).toBe(`${"x".repeat(100)}`);
      r.open(2);
      expect(r.give(2, `${"x".repeat(100)}:`)).toBe(0);
      expect(r.candidates(2)).toEqual([]);
      r.settle(1);
      expect(r.memory.counter(abi.C_CANARY)).toBe(0);
    });

    test("of inspections", async () => {
      const r = await asking({ maxInspections: 1 });
      r.open(1);
      r.open(2);
      r.give(1, "a");
      expect(r.give(2, "a")).toBe(OUTCOME_DENIED);
      expect(r.memory.counter(abi.C_INSPECTION_DENIED)).toBe(1);
      r.settle(1);
      expect(r.give(2, "a")).toBe(OUTCOME_ACTIVE);
      expect(r.memory.control(abi.C_INSPECTIONS_LIVE)).toBe(1);
      expect(r.memory.control(abi.C_INSPECTIONS_HIGH)).toBe(1);
    });

    test("of prefix memory", async () => {
      const r = await build(
        (asm) => {
          asm.signature({
            client: [[[abi.OP_RUN, 1, asm.set("a"), 1, 9], [abi.OP_SPAN, 0, 1], DONE]],
          });
        },
        { prefixMemory: 128, prefixLimit: 100 },
      );
      r.open(1);
      r.open(2);
      r.give(1, "aa");
      // No block is left: what is there is all there will be.
      expect(r.give(2, "aa")).toBe(OUTCOME_CHANGED | OUTCOME_DENIED);
      expect(r.spans()).toMatchObject([{ row: 2, value: "aa" }]);
      expect(r.memory.counter(abi.C_PREFIX_DENIED)).toBe(1);
      expect(r.give(2, { bytes: "a", sequence: 2 })).toBe(0);
    });
  });

  describe("settling", () => {
    test("frees and zeroes, and what was freed last is used first", async () => {
      const r = await asking();
      for (const row of [1, 2, 3]) {
        r.open(row);
        r.give(row, "a");
      }
      const before = [1, 2, 3].map((row) => ({
        inspection: r.inspection(row),
        prefix: r.way(row, 0).prefix,
      }));
      const { u8 } = r.memory;
      r.settle(1);
      r.settle(3, abi.STATE_WATCH, 0);
      expect(r.memory.control(abi.C_INSPECTIONS_LIVE)).toBe(1);
      expect(r.memory.control(abi.C_PREFIX_BLOCKS_LIVE)).toBe(1);
      for (const { inspection, prefix } of [before[0]!, before[2]!]) {
        // Only the link of the free list is there.
        const size = r.memory.control(abi.C_PREFIX_BLOCK);
        const bytes = [
          ...u8.subarray(inspection + 4, inspection + abi.INSPECTION_SIZE),
          ...u8.subarray(prefix + 4, prefix + size),
        ];
        expect(bytes.every((byte) => byte === 0)).toBe(true);
      }
      r.open(4);
      r.give(4, "a");
      r.open(5);
      r.give(5, "a");
      expect(r.inspection(4)).toBe(before[2]!.inspection);
      expect(r.inspection(5)).toBe(before[0]!.inspection);
      expect(r.way(4, 0).prefix).toBe(before[2]!.prefix);
      expect(r.way(5, 0).prefix).toBe(before[0]!.prefix);
      expect(r.memory.counter(abi.C_CANARY)).toBe(0);
    });

    test("counts a broken canary", async () => {
      const r = await asking();
      r.open(1);
      r.give(1, "a");
      r.memory.u8[r.way(1, 0).prefix + r.memory.control(abi.C_PREFIX_LIMIT) + 15]! ^= 1;
      r.settle(1);
      expect(r.memory.counter(abi.C_CANARY)).toBe(1);
    });

    test("to STATE_WATCH runs every datagram through the watch program", async () => {
      const r = await build((asm) => {
        asm.signature({
          client: [say(asm, "a")],
          watch: [[abi.OP_U8, 1, 0], [abi.OP_NUMBER, 1, 3], [abi.OP_RANGE, 1, 0, 0, 100], DONE],
        });
      });
      r.open(1, { protocol: "udp" });
      r.give(1, "a");
      r.settle(1, abi.STATE_WATCH, 0);
      expect(r.give(1, "b")).toBe(0);
      expect(r.spans()).toEqual([{ row: 1, signature: 0, fact: 3, value: 98, due: 0 }]);
      expect(r.give(1, "z")).toBe(0);
      expect(r.spans()).toEqual([]);
      r.settle(1);
      expect(r.give(1, "b")).toBe(0);
      expect(r.spans()).toEqual([]);
      expect(r.finish(1)).toBe(0);
    });
  });

  test("without tables nothing is recognised", async () => {
    const r = await Recognition.create(create, new Uint8Array(256));
    r.open(1);
    expect(r.give(1, "anything")).toBe(0);
    r.open(2, { protocol: "udp" });
    expect(r.give(2, "anything")).toBe(0);
  });
}
