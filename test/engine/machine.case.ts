/** What every engine's machine does with every instruction, as `docs/machine.md` says it. */
import { describe, expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import { Assembler, type Line, type Program } from "../support/assemble.js";
import { type CreateEngine, Recognition } from "./recognise.harness.js";

type Facts = readonly (number | string)[];
/** `fail`, `more`, or the facts given. */
type Result = "fail" | "more" | Facts;

interface Case {
  name: string;
  program: (asm: Assembler) => Program;
  payload: string;
  /** In a datagram, and in a stream that may go on; one for both where it is the same. */
  expected: Result | { datagram: Result; stream: Result };
}

/** Facts 0, 1, …: the numbers in these registers, then the end. */
const show = (...registers: number[]): Line[] => [
  ...registers.map((register, fact): Line => [abi.OP_NUMBER, register, fact]),
  [abi.OP_DONE, 0, 0],
];
const constant = (register: number, value: number): Line => [abi.OP_CONSTANT, register, 0, value];
const here = (register: number): Line => [abi.OP_POSITION, register, 0];
const skip = (count: number): Line => [abi.OP_SKIP, 0, 0, count];

const cases: Case[] = [
  { name: "FAIL", program: () => [[abi.OP_FAIL, 0, 0]], payload: "x", expected: "fail" },
  { name: "DONE", program: () => [[abi.OP_DONE, 0, 0]], payload: "x", expected: [] },
  {
    name: "an unknown instruction fails",
    program: () => [[255, 0, 0], ...show()],
    payload: "x",
    expected: "fail",
  },
  {
    name: "DISSECT by nobody fails",
    program: () => [[abi.OP_DISSECT, 0, 255], ...show()],
    payload: "x",
    expected: "fail",
  },
  {
    name: "DISSECT within a choice fails",
    program: () => [
      [abi.OP_CHOICE, 0, 0, "other"],
      [abi.OP_DISSECT, 0, abi.DISSECTOR_TLS],
      "other:",
      [abi.OP_FAIL, 0, 0],
    ],
    payload: "\x16\x03\x01\x00\x01a",
    expected: "fail",
  },
  {
    name: "DISSECT joins the records from here on",
    program: () => [
      skip(2),
      [abi.OP_DISSECT, 0, abi.DISSECTOR_TLS_HERE],
      [abi.OP_U16, 1, 0],
      here(2),
      ...show(1, 2),
    ],
    payload: "xx\x16\x03\x01\x00\x01a\x16\x03\x01\x00\x02bc",
    expected: [0x6162, 2],
  },
  {
    name: "DISSECT of records that begin earlier",
    program: () => [
      skip(2),
      [abi.OP_DISSECT, 0, abi.DISSECTOR_TLS],
      [abi.OP_U8, 1, 0],
      here(2),
      ...show(1, 2),
    ],
    payload: "\x16\x03\x01\x00\x01a",
    expected: [0x61, 1],
  },
  {
    name: "JUMP",
    program: () => [[abi.OP_JUMP, 0, 0, "end"], [abi.OP_FAIL, 0, 0], "end:", ...show()],
    payload: "x",
    expected: [],
  },
  {
    name: "JUMP out of the code fails",
    program: () => [[abi.OP_JUMP, 0, 0, 0xfffffff0], ...show()],
    payload: "x",
    expected: "fail",
  },
  {
    name: "CHOICE takes position back, not registers",
    program: () => [
      [abi.OP_CHOICE, 0, 0, "other"],
      skip(2),
      constant(1, 7),
      [abi.OP_FAIL, 0, 0],
      "other:",
      here(0),
      ...show(0, 1),
    ],
    payload: "abc",
    expected: [0, 7],
  },
  {
    name: "CHOICE takes the limit back",
    program: () => [
      constant(0, 1),
      [abi.OP_CHOICE, 0, 0, "other"],
      [abi.OP_LIMIT, 0, 1],
      skip(2),
      "other:",
      skip(3),
      ...show(),
    ],
    payload: "abc",
    expected: [],
  },
  {
    name: "CHOICE takes spans back",
    program: () => [
      [abi.OP_CHOICE, 0, 0, "other"],
      [abi.OP_NUMBER, 0, 5],
      [abi.OP_FAIL, 0, 0],
      "other:",
      ...show(0),
    ],
    payload: "abc",
    expected: [0],
  },
  {
    name: "sixteen choices fit",
    program: () => [
      constant(0, 0),
      "again:",
      [abi.OP_CHOICE, 0, 0, "taken"],
      [abi.OP_LOOP, 0, 16, "again"],
      [abi.OP_JUMP, 0, 0, "end"],
      "taken:",
      [abi.OP_FAIL, 0, 0],
      "end:",
      ...show(0),
    ],
    payload: "x",
    expected: [16],
  },
  {
    name: "the seventeenth fails, and so do the others when they are taken back",
    program: () => [
      "again:",
      [abi.OP_CHOICE, 0, 0, "taken"],
      [abi.OP_LOOP, 0, 17, "again"],
      [abi.OP_DONE, 0, 0],
      "taken:",
      [abi.OP_FAIL, 0, 0],
    ],
    payload: "x",
    expected: "fail",
  },
  {
    name: "COMMIT drops the choice",
    program: () => [
      [abi.OP_CHOICE, 0, 0, "other"],
      skip(1),
      [abi.OP_COMMIT, 0, 0, "next"],
      "next:",
      [abi.OP_FAIL, 0, 0],
      "other:",
      ...show(),
    ],
    payload: "abc",
    expected: "fail",
  },
  {
    name: "COMMIT without a choice jumps",
    program: () => [[abi.OP_COMMIT, 0, 0, "next"], [abi.OP_FAIL, 0, 0], "next:", ...show()],
    payload: "abc",
    expected: [],
  },
  {
    name: "PARTIAL_COMMIT moves the choice here",
    program: (asm) => [
      [abi.OP_CHOICE, 0, 0, "end"],
      "again:",
      asm.text("ab"),
      [abi.OP_NUMBER, 0, 1],
      [abi.OP_PARTIAL_COMMIT, 0, 0, "again"],
      "end:",
      here(2),
      ...show(2),
    ],
    payload: "ababac",
    expected: [0, 0, 4],
  },
  {
    name: "LOOP goes round",
    program: () => ["again:", skip(1), [abi.OP_LOOP, 3, 4, "again"], here(0), ...show(0, 3)],
    payload: "abcdef",
    expected: [4, 4],
  },
  {
    name: "LITERAL",
    program: (asm) => [asm.text("SSH-"), here(0), ...show(0)],
    payload: "SSH-2",
    expected: [4],
  },
  {
    name: "LITERAL of more than 16 bytes",
    program: (asm) => [asm.text("a literal of more than sixteen"), here(0), ...show(0)],
    payload: "a literal of more than sixteen bytes",
    expected: [30],
  },
  {
    name: "LITERAL that differs",
    program: (asm) => [asm.text("SSH-"), ...show()],
    payload: "SSG-2",
    expected: "fail",
  },
  {
    name: "LITERAL that differs in its last byte, 24 bytes on",
    program: (asm) => [asm.text("bytes of a long literal."), ...show()],
    payload: "bytes of a long literal,",
    expected: "fail",
  },
  {
    name: "LITERAL that differs before its end is there",
    program: (asm) => [asm.text("SSH-"), ...show()],
    payload: "SX",
    expected: "fail",
  },
  {
    name: "LITERAL of which the end is missing",
    program: (asm) => [asm.text("SSH-"), ...show()],
    payload: "SS",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "LITERAL outside the literals",
    program: () => [[abi.OP_LITERAL, 0, 4, 0xfffffff0], ...show()],
    payload: "abcd",
    expected: "fail",
  },
  {
    name: "LITERAL_NOCASE folds the payload",
    program: (asm) => [[abi.OP_LITERAL_NOCASE, 0, 6, asm.literal("host:[")], here(0), ...show(0)],
    payload: "HoSt:[",
    expected: [6],
  },
  {
    name: "LITERAL_NOCASE folds letters only",
    program: (asm) => [[abi.OP_LITERAL_NOCASE, 0, 1, asm.literal("{")], ...show()],
    payload: "[",
    expected: "fail",
  },
  {
    name: "SET",
    program: (asm) => [[abi.OP_SET, 0, asm.set("abc")], here(0), ...show(0)],
    payload: "b",
    expected: [1],
  },
  {
    name: "SET without the byte",
    program: (asm) => [[abi.OP_SET, 0, asm.set("abc")], ...show()],
    payload: "d",
    expected: "fail",
  },
  {
    name: "SET outside the sets",
    program: () => [[abi.OP_SET, 0, 0xffff], ...show()],
    payload: "d",
    expected: "fail",
  },
  {
    name: "RUN takes what it can",
    program: (asm) => [[abi.OP_RUN, 1, asm.set("0123456789"), 1, 9], here(0), ...show(0, 1)],
    payload: "2048x",
    expected: [4, 4],
  },
  {
    name: "RUN takes at most so many",
    program: (asm) => [[abi.OP_RUN, 1, asm.set("a"), 0, 3], ...show(1)],
    payload: "aaa",
    expected: [3],
  },
  {
    name: "RUN takes at least so many",
    program: (asm) => [[abi.OP_RUN, 1, asm.set("a"), 4, 9], ...show(1)],
    payload: "aaab",
    expected: "fail",
  },
  {
    name: "RUN up to the end of what is there",
    program: (asm) => [[abi.OP_RUN, 1, asm.set("a"), 1, 9], ...show(1)],
    payload: "aaa",
    expected: { datagram: [3], stream: "more" },
  },
  {
    name: "RUN up to the limit",
    program: (asm) => [
      constant(0, 2),
      [abi.OP_LIMIT, 0, 0],
      [abi.OP_RUN, 1, asm.set("a"), 1, 9],
      ...show(1),
    ],
    payload: "aaa",
    expected: [2],
  },
  {
    name: "SKIP",
    program: () => [skip(3), here(0), ...show(0)],
    payload: "abc",
    expected: [3],
  },
  {
    name: "SKIP too far",
    program: () => [skip(4), ...show()],
    payload: "abc",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "SKIP beyond all limits",
    program: () => [skip(1), skip(0xffffffff), ...show()],
    payload: "abc",
    expected: "fail",
  },
  {
    name: "SKIP_REGISTER",
    program: () => [[abi.OP_U8, 1, 0], [abi.OP_SKIP_REGISTER, 1, 0], here(0), ...show(0)],
    payload: "\x02ab",
    expected: [3],
  },
  {
    name: "SKIP_REGISTER beyond the end",
    program: () => [[abi.OP_U8, 1, 0], [abi.OP_SKIP_REGISTER, 1, 0], ...show()],
    payload: "\x03ab",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "numbers of all widths",
    program: () => [
      [abi.OP_U8, 0, 0],
      [abi.OP_U16, 1, 0],
      [abi.OP_U24, 2, 0],
      [abi.OP_U32, 3, 0],
      [abi.OP_U16LE, 4, 0],
      [abi.OP_U32LE, 5, 0],
      ...show(0, 1, 2, 3, 4, 5),
    ],
    payload: "\xf1\xf2\x01\xf3\x02\x03\xf4\x04\x05\x06\xf7\x08\xf9\x0a\x0b\x8c",
    expected: [0xf1, 0xf201, 0xf30203, 0xf4040506, 0x08f7, 0x8c0b0af9],
  },
  ...(
    [
      [abi.OP_U8, 1],
      [abi.OP_U16, 2],
      [abi.OP_U24, 3],
      [abi.OP_U32, 4],
      [abi.OP_U16LE, 2],
      [abi.OP_U32LE, 4],
    ] as const
  ).map(([op, width]): Case => ({
    name: `instruction ${op} needs ${width} bytes`,
    program: () => [skip(1), [op, 0, 0], ...show()],
    payload: "x".repeat(width),
    expected: { datagram: "fail", stream: "more" },
  })),
  ...[
    { value: 4, holds: false },
    { value: 5, holds: true },
    { value: 0x80000000, holds: true },
    { value: 0x80000001, holds: false },
    { value: 0xffffffff, holds: false },
  ].map(({ value, holds }): Case => ({
    name: `RANGE 5 … 2^31 and ${value}`,
    program: () => [constant(2, value), [abi.OP_RANGE, 2, 0, 5, 0x80000000], ...show(2)],
    payload: "x",
    expected: holds ? [value] : "fail",
  })),
  ...[
    { value: 97, holds: true },
    { value: 98, holds: false },
    { value: 97 + 256, holds: false },
  ].map(({ value, holds }): Case => ({
    name: `IN and ${value}`,
    program: (asm) => [constant(2, value), [abi.OP_IN, 2, asm.set("a")], ...show(2)],
    payload: "x",
    expected: holds ? [value] : "fail",
  })),
  {
    name: "MASK",
    program: () => [
      constant(0, 0xf0001234),
      [abi.OP_MASK, 0, 0, 0xf00000ff, 0xf0000034],
      [abi.OP_MASK, 0, 0, 0xff, 0x35],
      ...show(),
    ],
    payload: "x",
    expected: "fail",
  },
  {
    name: "MASK of the highest bits",
    program: () => [
      constant(0, 0xf0001234),
      [abi.OP_MASK, 0, 0, 0xf00000ff, 0xf0000034],
      ...show(0),
    ],
    payload: "x",
    expected: [0xf0001234],
  },
  {
    name: "EQUAL",
    program: () => [constant(0, 5), constant(1, 5), [abi.OP_EQUAL, 0, 1], ...show()],
    payload: "x",
    expected: [],
  },
  {
    name: "EQUAL of different ones",
    program: () => [constant(0, 5), [abi.OP_EQUAL, 0, 1], ...show()],
    payload: "x",
    expected: "fail",
  },
  {
    name: "arithmetic is modulo 2^32",
    program: () => [
      constant(0, 0xfffffffe),
      [abi.OP_ADD, 0, 0, 5],
      constant(1, 0x12345678),
      [abi.OP_AND, 1, 0, 0xff00ff00],
      constant(2, 0x80000000),
      [abi.OP_SHIFT_RIGHT, 2, 0, 31],
      constant(3, 0x80000001),
      [abi.OP_MULTIPLY, 3, 0, 6],
      constant(4, 0xffffffff),
      [abi.OP_ADD_REGISTER, 4, 0],
      constant(5, 1),
      [abi.OP_SUBTRACT_REGISTER, 5, 0],
      [abi.OP_MOVE, 6, 5],
      constant(7, 9),
      [abi.OP_SHIFT_RIGHT, 7, 0, 32],
      ...show(0, 1, 2, 3, 4, 5, 6, 7),
    ],
    payload: "x",
    expected: [3, 0x12005600, 1, 6, 2, 0xfffffffe, 0xfffffffe, 0],
  },
  {
    name: "REMAINING",
    program: () => [skip(1), [abi.OP_REMAINING, 0, 0], ...show(0)],
    payload: "abc",
    expected: { datagram: [2], stream: "more" },
  },
  {
    name: "REMAINING under a limit",
    program: () => [
      constant(0, 9),
      [abi.OP_LIMIT, 0, 0],
      skip(1),
      [abi.OP_REMAINING, 0, 0],
      ...show(0),
    ],
    payload: "abc",
    expected: { datagram: "fail", stream: [8] },
  },
  {
    name: "SEEK back",
    program: () => [skip(3), constant(0, 1), [abi.OP_SEEK, 0, 0], [abi.OP_U8, 1, 0], ...show(1)],
    payload: "abc",
    expected: [98],
  },
  {
    name: "SEEK too far",
    program: () => [constant(0, 4), [abi.OP_SEEK, 0, 0], ...show()],
    payload: "abc",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "AT_END",
    program: () => [skip(3), [abi.OP_AT_END, 0, 0], ...show()],
    payload: "abc",
    expected: { datagram: [], stream: "more" },
  },
  {
    name: "AT_END before the end",
    program: () => [skip(2), [abi.OP_AT_END, 0, 0], ...show()],
    payload: "abc",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "AT_END of a limit",
    program: () => [
      constant(0, 2),
      [abi.OP_LIMIT, 0, 1],
      skip(2),
      [abi.OP_AT_END, 0, 0],
      [abi.OP_UNLIMIT, 1, 0],
      skip(1),
      ...show(),
    ],
    payload: "abc",
    expected: [],
  },
  {
    name: "nothing is read beyond a LIMIT",
    program: () => [constant(0, 2), [abi.OP_LIMIT, 0, 1], skip(3), ...show()],
    payload: "abcd",
    expected: "fail",
  },
  {
    name: "LIMIT beyond the limit",
    program: () => [
      constant(0, 2),
      constant(1, 3),
      [abi.OP_LIMIT, 0, 2],
      [abi.OP_LIMIT, 1, 2],
      ...show(),
    ],
    payload: "abcd",
    expected: "fail",
  },
  {
    name: "UNLIMIT never goes beyond the first limit",
    program: () => [
      constant(0, 0xffffffff),
      [abi.OP_UNLIMIT, 0, 0],
      [abi.OP_REMAINING, 1, 0],
      ...show(1),
    ],
    payload: "abcd",
    expected: { datagram: [4], stream: "more" },
  },
  {
    name: "UNTIL stops in front of the byte",
    program: () => [[abi.OP_UNTIL, 0, 58, 40], here(0), ...show(0)],
    payload: "a long name, longer than a vector: x",
    expected: [33],
  },
  {
    name: "UNTIL finds the byte where it stands",
    program: () => [[abi.OP_UNTIL, 0, 58, 1], here(0), ...show(0)],
    payload: ":",
    expected: [0],
  },
  {
    name: "UNTIL looks only so far",
    program: () => [[abi.OP_UNTIL, 0, 58, 4], ...show()],
    payload: "name:",
    expected: "fail",
  },
  {
    name: "UNTIL at the end of what is there",
    program: () => [[abi.OP_UNTIL, 0, 58, 9], ...show()],
    payload: "name",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "UNTIL does not look beyond the limit",
    program: () => [constant(0, 4), [abi.OP_LIMIT, 0, 0], [abi.OP_UNTIL, 0, 58, 9], ...show()],
    payload: "name:",
    expected: "fail",
  },
  {
    name: "LINE_END of both kinds",
    program: () => [[abi.OP_LINE_END, 0, 0], [abi.OP_LINE_END, 0, 0], here(0), ...show(0)],
    payload: "\r\n\n",
    expected: [3],
  },
  {
    name: "LINE_END is not CR alone",
    program: () => [[abi.OP_LINE_END, 0, 0], ...show()],
    payload: "\rx",
    expected: "fail",
  },
  {
    name: "LINE_END whose LF is missing",
    program: () => [[abi.OP_LINE_END, 0, 0], ...show()],
    payload: "\r",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "NAME",
    program: () => [[abi.OP_NAME, 1, 0], here(0), ...show(0, 1)],
    payload: "\x03www\x07example\x00!",
    expected: [13, 10],
  },
  {
    name: "NAME: the root",
    program: () => [[abi.OP_NAME, 1, 0], here(0), ...show(0, 1)],
    payload: "\x00",
    expected: [1, 0],
  },
  {
    name: "NAME with a pointer",
    program: () => [skip(2), [abi.OP_NAME, 1, 1], here(0), ...show(0, 1)],
    payload: "..\x03www\xc0\x00",
    expected: [8, 3],
  },
  {
    name: "NAME with a pointer where none may be",
    program: () => [skip(2), [abi.OP_NAME, 1, 0], ...show()],
    payload: "..\x03www\xc0\x00",
    expected: "fail",
  },
  {
    name: "NAME with a pointer to itself",
    program: () => [skip(2), [abi.OP_NAME, 1, 1], ...show()],
    payload: "..\x03www\xc0\x06",
    expected: "fail",
  },
  {
    name: "NAME with a pointer counted from the origin",
    program: () => [skip(2), [abi.OP_ORIGIN, 0, 0], skip(1), [abi.OP_NAME, 1, 1], ...show(1)],
    payload: "...\xc0\x01",
    expected: "fail",
  },
  {
    name: "NAME with a label of 64 bytes",
    program: () => [[abi.OP_NAME, 1, 0], ...show()],
    payload: `\x40${"x".repeat(64)}\x00`,
    expected: "fail",
  },
  {
    name: "NAME of 255 bytes",
    program: () => [[abi.OP_NAME, 1, 0], here(0), ...show(0, 1)],
    payload: `${`\x3f${"x".repeat(63)}`.repeat(3)}\x3d${"x".repeat(61)}\x00`,
    expected: [255, 250],
  },
  {
    name: "NAME of 256 bytes",
    program: () => [[abi.OP_NAME, 1, 0], ...show()],
    payload: `${`\x3f${"x".repeat(63)}`.repeat(3)}\x3e${"x".repeat(62)}\x00`,
    expected: "fail",
  },
  {
    name: "NAME with a control character",
    program: () => [[abi.OP_NAME, 1, 0], ...show()],
    payload: "\x03w\x1fw\x00",
    expected: "fail",
  },
  {
    name: "NAME whose end is missing",
    program: () => [[abi.OP_NAME, 1, 0], ...show()],
    payload: "\x03www\x07exam",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "SPAN",
    program: () => [skip(1), here(0), skip(3), [abi.OP_SPAN, 0, 7], ...show()],
    payload: "-abc-",
    expected: ["abc"],
  },
  {
    name: "SPAN that begins behind its end",
    program: () => [constant(0, 2), skip(1), [abi.OP_SPAN, 0, 7], ...show()],
    payload: "-abc-",
    expected: [],
  },
  {
    name: "SPAN up to bytes that are not there",
    program: () => [
      constant(0, 9),
      [abi.OP_LIMIT, 0, 0],
      here(0),
      [abi.OP_REST, 0, 0],
      [abi.OP_SPAN, 0, 7],
      ...show(),
    ],
    payload: "-abc-",
    expected: { datagram: "fail", stream: "more" },
  },
  {
    name: "SPAN_NAME as it stands",
    program: () => [skip(1), here(0), [abi.OP_NAME, 1, 1], [abi.OP_SPAN_NAME, 0, 3], ...show()],
    payload: "-\x03www\x00-",
    expected: ["\x03www\x00"],
  },
  {
    name: "SPAN_NAME follows pointers",
    program: () => [
      skip(3),
      [abi.OP_ORIGIN, 0, 0],
      skip(8),
      here(0),
      [abi.OP_NAME, 1, 1],
      [abi.OP_SPAN_NAME, 0, 3],
      ...show(),
    ],
    payload: "---\x02io\x00\x01a\xc0\x00\x03www\xc0\x04",
    expected: ["\x03www\x01a\x02io\x00"],
  },
  {
    name: "SPAN_NAME that is not whole before the position",
    program: () => [skip(4), [abi.OP_SPAN_NAME, 0, 3], ...show()],
    payload: "\x03www\x00",
    expected: [],
  },
  {
    name: "SPAN_NAME whose pointers go in a circle",
    program: () => [skip(3), here(0), [abi.OP_NAME, 1, 1], [abi.OP_SPAN_NAME, 0, 3], ...show()],
    payload: "\x01a\x00\x01b\xc0\x03",
    expected: [],
  },
  {
    name: "SAVE and SAME in one run",
    program: () => [
      constant(0, 9),
      [abi.OP_SAME, 0, 1, "unset"],
      [abi.OP_FAIL, 0, 0],
      "unset:",
      [abi.OP_SAVE, 0, 1],
      [abi.OP_SAME, 0, 1, "wrong"],
      ...show(0),
      "wrong:",
      [abi.OP_FAIL, 0, 0],
    ],
    payload: "x",
    expected: [9],
  },
  {
    name: "SAME with another value",
    program: () => [
      [abi.OP_SAVE, 0, 1],
      constant(0, 1),
      [abi.OP_SAME, 0, 1, "end"],
      "end:",
      ...show(),
    ],
    payload: "x",
    expected: "fail",
  },
  ...[
    { saved: 10, value: 10, holds: false },
    { saved: 10, value: 11, holds: true },
    { saved: 10, value: 15, holds: true },
    { saved: 10, value: 16, holds: false },
    { saved: 10, value: 9, holds: false },
    { saved: 0xffff, value: 2, holds: true },
    { saved: 0x1fffe, value: 3, holds: true },
  ].map(({ saved, value, holds }): Case => ({
    name: `AHEAD: ${value} of ${saved} by at most 5`,
    program: () => [
      constant(0, saved),
      [abi.OP_AHEAD, 0, 3, "unset", 5],
      [abi.OP_FAIL, 0, 0],
      "unset:",
      [abi.OP_SAVE, 0, 3],
      constant(0, value),
      [abi.OP_AHEAD, 0, 3, "wrong", 5],
      ...show(0),
      "wrong:",
      [abi.OP_FAIL, 0, 0],
    ],
    payload: "x",
    expected: holds ? [value] : "fail",
  })),
  {
    name: "REST goes to the limit",
    program: () => [skip(1), [abi.OP_REST, 0, 0], here(0), ...show(0)],
    payload: "abc",
    expected: { datagram: [3], stream: [abi.UNLIMITED] },
  },
  {
    name: "nothing is read behind REST",
    program: () => [[abi.OP_REST, 0, 0], skip(1), ...show()],
    payload: "abc",
    expected: "fail",
  },
  {
    name: "ACCEPT forgets the choices before it",
    program: () => [
      [abi.OP_CHOICE, 0, 0, "other"],
      [abi.OP_NUMBER, 0, 1],
      [abi.OP_ACCEPT, 0, 0],
      [abi.OP_COMMIT, 0, 0, "next"],
      "next:",
      [abi.OP_FAIL, 0, 0],
      "other:",
      constant(0, 1),
      ...show(0),
    ],
    payload: "x",
    expected: [0],
  },
  {
    name: "choices behind ACCEPT work",
    program: () => [
      [abi.OP_ACCEPT, 0, 0],
      [abi.OP_CHOICE, 0, 0, "other"],
      [abi.OP_FAIL, 0, 0],
      "other:",
      ...show(0),
    ],
    payload: "x",
    expected: [0],
  },
  {
    name: "at most 32 spans",
    program: () => ["again:", [abi.OP_NUMBER, 0, 1], [abi.OP_LOOP, 0, 40, "again"], ...show()],
    payload: "x",
    expected: Array.from({ length: 32 }, (_, index) => index),
  },
  {
    name: "a run that takes too long fails",
    program: () => ["again:", [abi.OP_JUMP, 0, 0, "again"]],
    payload: "x",
    expected: "fail",
  },
  {
    name: "a run that takes too long is matched if it was accepted",
    program: () => [
      [abi.OP_ACCEPT, 0, 0],
      [abi.OP_NUMBER, 0, 1],
      "again:",
      [abi.OP_JUMP, 0, 0, "again"],
    ],
    payload: "x",
    expected: [0],
  },
  {
    name: "registers and saved registers are taken modulo their number",
    program: () => [
      constant(17, 5),
      [abi.OP_MOVE, 2, 33],
      [abi.OP_SAVE, 1, 5],
      [abi.OP_SAME, 2, 1, "wrong"],
      ...show(1, 2),
      "wrong:",
      [abi.OP_FAIL, 0, 0],
    ],
    payload: "x",
    expected: [5, 5],
  },
];

export function runMachineTests(create: CreateEngine): void {
  const ways = ["datagram", "stream"] as const;

  /** One signature whose client says one step with this program. */
  const run = async (source: Case["program"], payload: string, way: (typeof ways)[number]) => {
    const asm = new Assembler();
    asm.signature({ client: [source(asm)], opens: ["client"] });
    const recognition = await Recognition.create(create, asm.tables());
    recognition.open(1, { protocol: way === "stream" ? "tcp" : "udp" });
    recognition.give(1, payload);
    const facts = recognition.spans().map(({ value }) => value);
    expect(recognition.memory.brokenCanaries()).toEqual([]);
    return { recognition, facts };
  };

  describe.each(ways)("in a %s", (way) => {
    test.each(cases)("$name", async ({ program, payload, expected }) => {
      const { recognition, facts } = await run(program, payload, way);
      const isOpen = (recognition.way(1, 0).flags & abi.WAY_DISPATCHED) === 0;
      const missed: Result = isOpen ? "more" : "fail";
      const result = recognition.candidates(1).length === 1 ? facts : missed;
      const same = typeof expected === "string" || !("datagram" in expected);
      expect(result).toEqual(same ? expected : expected[way]);
    });
  });

  describe("evidence", () => {
    const evidenceOf = async (source: Case["program"]) => {
      const { recognition } = await run(source, "x", "datagram");
      return recognition.candidates(1)[0]!.evidence;
    };

    test("CREDIT adds a vector", async () => {
      const evidence = await evidenceOf((asm) => {
        const one = asm.vector(1, 20, 300, 4000);
        const other = asm.vector(1, 1, 1, 1);
        return [[abi.OP_CREDIT, 0, one], [abi.OP_CREDIT, 0, other], ...show()];
      });
      expect(evidence).toEqual([2, 21, 301, 4001]);
    });

    test("CREDIT_TIMES adds it as often as a register says, at most so often", async () => {
      const evidence = await evidenceOf((asm) => {
        const vector = asm.vector(1, 2, 3, 4);
        return [
          constant(0, 5),
          [abi.OP_CREDIT_TIMES, 0, vector, 9],
          [abi.OP_CREDIT_TIMES, 0, vector, 2],
          ...show(),
        ];
      });
      expect(evidence).toEqual([7, 14, 21, 28]);
    });

    test("is saturating", async () => {
      const evidence = await evidenceOf((asm) => {
        const vector = asm.vector(1, 0xffff, 0x8000, 0);
        return [
          constant(0, 0xffffffff),
          [abi.OP_CREDIT, 0, vector],
          [abi.OP_CREDIT, 0, vector],
          [abi.OP_CREDIT_TIMES, 0, vector, 0xffffffff],
          ...show(),
        ];
      });
      expect(evidence).toEqual([0xffff, 0xffff, 0xffff, 0]);
    });

    test("is taken back with a choice", async () => {
      const evidence = await evidenceOf((asm) => {
        const vector = asm.vector(1, 2, 3, 4);
        return [
          [abi.OP_CREDIT, 0, vector],
          [abi.OP_CHOICE, 0, 0, "other"],
          [abi.OP_CREDIT, 0, vector],
          [abi.OP_FAIL, 0, 0],
          "other:",
          ...show(),
        ];
      });
      expect(evidence).toEqual([1, 2, 3, 4]);
    });

    test("stays as it was when the step was accepted", async () => {
      const evidence = await evidenceOf((asm) => {
        const vector = asm.vector(1, 2, 3, 4);
        return [
          [abi.OP_CREDIT, 0, vector],
          [abi.OP_ACCEPT, 0, 0],
          [abi.OP_CREDIT, 0, vector],
          ...show(),
        ];
      });
      expect(evidence).toEqual([1, 2, 3, 4]);
    });

    test("a vector outside the tables fails", async () => {
      const { recognition } = await run(
        () => [[abi.OP_CREDIT, 0, 0xffff], ...show()],
        "x",
        "stream",
      );
      expect(recognition.candidates(1)).toEqual([]);
    });
  });

  describe("the price of a run", () => {
    const price = async (source: Case["program"], payload: string) => {
      const { recognition } = await run(source, payload, "datagram");
      return recognition.memory.counter(abi.C_STEPS);
    };

    test("is one an instruction, and one per 16 bytes looked at", async () => {
      const text = "x".repeat(100);
      expect(await price((asm) => [asm.text(text), [abi.OP_DONE, 0, 0]], text)).toBe(2 + 6);
      expect(
        await price(
          (asm) => [
            [abi.OP_RUN, 0, asm.set("x"), 0, 90],
            [abi.OP_DONE, 0, 0],
          ],
          text,
        ),
      ).toBe(2 + 5);
      expect(
        await price(
          () => [
            [abi.OP_UNTIL, 0, 58, 200],
            [abi.OP_DONE, 0, 0],
          ],
          `${text}:`,
        ),
      ).toBe(2 + 6);
      const name = `\x20${"x".repeat(32)}\x00`;
      expect(
        await price(
          () => [
            [abi.OP_NAME, 0, 0],
            [abi.OP_DONE, 0, 0],
          ],
          name,
        ),
      ).toBe(2 + 2);
    });

    test("is bounded", async () => {
      const { recognition } = await run(
        () => ["again:", [abi.OP_JUMP, 0, 0, "again"]],
        "x",
        "datagram",
      );
      expect(recognition.memory.counter(abi.C_STEPS)).toBe(abi.STEP_BUDGET + 1);
      expect(recognition.memory.counter(abi.C_BUDGET)).toBe(1);
      expect(recognition.memory.counter(abi.C_PROGRAMS)).toBe(1);
    });
  });

  test("facts whose mask bit is not set are not given", async () => {
    const asm = new Assembler();
    asm.signature({
      client: [
        [
          [abi.OP_NUMBER, 0, 1],
          [abi.OP_NUMBER, 0, 2],
          [abi.OP_NUMBER, 0, 4095],
          [abi.OP_NUMBER, 0, 4096],
          [abi.OP_DONE, 0, 0],
        ],
      ],
    });
    const recognition = await Recognition.create(create, asm.tables());
    recognition.memory.u8[recognition.memory.address("mask")] = 0xfd;
    recognition.open(1, { protocol: "udp" });
    recognition.give(1, "x");
    expect(recognition.spans().map(({ fact }) => fact)).toEqual([2, 4095]);
  });

  test("the first step need not exist", async () => {
    const asm = new Assembler();
    asm.signatureOf({}, { first: 0xfffe, count: 1 }, { first: 0, count: 0 });
    const recognition = await Recognition.create(create, asm.tables());
    recognition.open(1);
    recognition.give(1, "x");
    expect(recognition.candidates(1)).toEqual([]);
  });
}
