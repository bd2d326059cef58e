/** Random programs and payloads: some made to match now and then, some mere noise. */
import * as fc from "fast-check";
import * as abi from "../../src/engine/abi.js";
import { Assembler, type Line, type Program } from "../support/assemble.js";

/** Payloads of few different bytes, so that programs match them now and then. */
const ALPHABET = "ab\x00\x01\x02\x03\xc0\r\n:";
export const payloads = (maxLength: number) =>
  fc
    .array(fc.constantFrom(...ALPHABET), { minLength: 1, maxLength })
    .map((characters) => characters.join(""));

type Draft = (asm: Assembler, target: (index: number) => string) => Line;

const register = fc.nat(3);
const small = fc.nat(12);
const target = fc.nat(40);
const LITERALS = ["a", "ab", "b", "\r\n", "\x00\x01", "aab"];
const SETS = ["ab", "\x00\x01\x02\x03", ALPHABET, "a:", ""];

const plain = (op: number): fc.Arbitrary<Draft> =>
  fc.tuple(register, register).map(([a, b]): Draft => () => [op, a, b]);
const withWord = (op: number): fc.Arbitrary<Draft> =>
  fc.tuple(register, register, small).map(([a, b, word]): Draft => () => [op, a, b, word]);
const withTarget = (op: number, b: fc.Arbitrary<number>): fc.Arbitrary<Draft> =>
  fc.tuple(register, b, target).map(([a, count, to]): Draft => (_, label) => [
    op,
    a,
    count,
    label(to),
  ]);

const { OP_U8, OP_U16, OP_U24, OP_U32, OP_U16LE, OP_U32LE } = abi;

const drafts: fc.Arbitrary<Draft> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...LITERALS).map(
      (text): Draft =>
        (asm) =>
          asm.text(text),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...LITERALS).map((text): Draft => (asm) => [
      abi.OP_LITERAL_NOCASE,
      0,
      text.length,
      asm.literal(text),
    ]),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...SETS).map((characters): Draft => (asm) => [
      abi.OP_SET,
      0,
      asm.set(characters),
    ]),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(register, fc.constantFrom(...SETS), fc.nat(2), small)
      .map(([a, set, min, max]): Draft => (asm) => [abi.OP_RUN, a, asm.set(set), min, max]),
  },
  { weight: 3, arbitrary: withWord(abi.OP_SKIP) },
  { weight: 2, arbitrary: plain(abi.OP_SKIP_REGISTER) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(OP_U8, OP_U16, OP_U24, OP_U32, OP_U16LE, OP_U32LE), register)
      .map(([op, a]): Draft => () => [op, a, 0]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(register, small).map(([a, high]): Draft => () => [
      abi.OP_RANGE,
      a,
      0,
      0,
      high * 20,
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(register, fc.constantFrom(...SETS)).map(([a, set]): Draft => (asm) => [
      abi.OP_IN,
      a,
      asm.set(set),
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(register, fc.nat(3), fc.nat(3)).map(([a, mask, value]): Draft => () => [
      abi.OP_MASK,
      a,
      0,
      mask,
      value & mask,
    ]),
  },
  { weight: 1, arbitrary: plain(abi.OP_EQUAL) },
  { weight: 1, arbitrary: withWord(abi.OP_ADD) },
  { weight: 1, arbitrary: withWord(abi.OP_AND) },
  { weight: 1, arbitrary: withWord(abi.OP_SHIFT_RIGHT) },
  { weight: 1, arbitrary: withWord(abi.OP_MULTIPLY) },
  { weight: 1, arbitrary: plain(abi.OP_ADD_REGISTER) },
  { weight: 1, arbitrary: plain(abi.OP_SUBTRACT_REGISTER) },
  { weight: 1, arbitrary: plain(abi.OP_MOVE) },
  { weight: 2, arbitrary: withWord(abi.OP_CONSTANT) },
  { weight: 1, arbitrary: plain(abi.OP_REMAINING) },
  { weight: 2, arbitrary: plain(abi.OP_POSITION) },
  { weight: 1, arbitrary: plain(abi.OP_SEEK) },
  { weight: 1, arbitrary: plain(abi.OP_AT_END) },
  { weight: 2, arbitrary: plain(abi.OP_LIMIT) },
  { weight: 2, arbitrary: plain(abi.OP_UNLIMIT) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...ALPHABET), fc.nat(20))
      .map(([byte, most]): Draft => () => [abi.OP_UNTIL, 0, byte.charCodeAt(0), most]),
  },
  { weight: 2, arbitrary: plain(abi.OP_LINE_END) },
  { weight: 3, arbitrary: plain(abi.OP_NAME) },
  { weight: 3, arbitrary: plain(abi.OP_SPAN) },
  { weight: 2, arbitrary: plain(abi.OP_SPAN_NAME) },
  { weight: 6, arbitrary: plain(abi.OP_NUMBER) },
  { weight: 3, arbitrary: plain(abi.OP_SAVE) },
  { weight: 2, arbitrary: withTarget(abi.OP_SAME, register) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(register, register, target, small)
      .map(([a, b, to, most]): Draft => (_, label) => [abi.OP_AHEAD, a, b, label(to), most]),
  },
  {
    weight: 8,
    arbitrary: small.map((amount): Draft => (asm) => [
      abi.OP_CREDIT,
      0,
      asm.vector(amount, amount * 2, 1, amount * 5000),
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(register, small).map(([a, most]): Draft => (asm) => [
      abi.OP_CREDIT_TIMES,
      a,
      asm.vector(1, 2, 3, 4),
      most,
    ]),
  },
  { weight: 1, arbitrary: plain(abi.OP_REST) },
  { weight: 1, arbitrary: plain(abi.OP_ORIGIN) },
  { weight: 5, arbitrary: withTarget(abi.OP_CHOICE, fc.constant(0)) },
  { weight: 2, arbitrary: withTarget(abi.OP_COMMIT, fc.constant(0)) },
  { weight: 2, arbitrary: withTarget(abi.OP_PARTIAL_COMMIT, fc.constant(0)) },
  { weight: 2, arbitrary: withTarget(abi.OP_LOOP, fc.nat(5)) },
  { weight: 1, arbitrary: withTarget(abi.OP_JUMP, fc.constant(0)) },
  { weight: 3, arbitrary: plain(abi.OP_ACCEPT) },
  { weight: 2, arbitrary: plain(abi.OP_DONE) },
  { weight: 1, arbitrary: plain(abi.OP_FAIL) },
);

/** A program of a few instructions, DONE behind them; jumps lead to some instruction of it. */
const programs = fc
  .array(drafts, { minLength: 1, maxLength: 12 })
  .map((list) => (asm: Assembler): Program => [
    ...list.flatMap((draft, index): Line[] => [
      `${index}:`,
      draft(asm, (to) => String(to % (list.length + 1))),
    ]),
    `${list.length}:`,
    [abi.OP_DONE, 0, 0],
  ]);

const scripts = (maxLength: number) => fc.array(programs, { maxLength });

/** Tables of a few signatures whose programs match now and then. */
export const sensibleTables = fc
  .array(
    fc.record({
      client: scripts(3),
      server: scripts(2),
      either: fc.boolean(),
      watch: programs,
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((signatures) => {
    const asm = new Assembler();
    for (const { client, server, either, watch } of signatures) {
      asm.signature({
        client: client.map((program) => program(asm)),
        server: server.map((program) => program(asm)),
        watch: watch(asm),
        ...(either ? { role: abi.ROLE_EITHER } : {}),
      });
    }
    return asm.tables();
  });

/** Words that are instructions at least by their lowest byte, or anything. */
const words = fc.oneof(
  fc
    .tuple(fc.nat(52), fc.nat(255), fc.oneof(fc.nat(10), fc.nat(0xffff)))
    .map(([op, a, b]) => (op | (a << 8) | (b << 16)) >>> 0),
  fc.nat(40),
  fc.nat(0xffffffff),
);

/** Tables whose code is noise. */
export const noisyTables = fc
  .array(
    fc.record({
      code: fc.array(words, { maxLength: 60 }),
      client: fc.nat(3),
      server: fc.nat(3),
      first: fc.oneof(fc.nat(6), fc.nat(0xffff)),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((signatures) => {
    const asm = new Assembler();
    asm.set("ab\x00\x01");
    asm.literal("ab\x00\x01 and something else");
    asm.vector(1, 2, 3, 0xffff);
    for (const { code } of signatures) asm.raw(code);
    for (const { client, server, first } of signatures) {
      asm.signatureOf({}, { first, count: client }, { first: first + 1, count: server }, first);
    }
    return asm.tables(signatures.length % 2 === 0 ? 1 : 6);
  });
