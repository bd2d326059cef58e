import {
  accept,
  atEnd,
  check,
  client,
  derive,
  either,
  hex,
  noise,
  numberFact,
  protocol,
  remains,
  remember,
  repeat,
  repeats,
  report,
  room,
  server,
  skip,
  step,
  u16,
  u24,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";
import { ipPacket } from "../formats/inner-packet.js";

type Words = Parameters<typeof step>;

/** TS 29.281 §5.1: version 1, protocol type 1, a reserved 0, then whether extensions, a sequence number, an N-PDU number follow. */
const FIRST = { min: 0x30, max: 0x37 };
/** The length counts what follows the first eight bytes. */
const length = [u16("length"), derive("left", { from: "length", plus: 4 }), remains("left")];
/** Extension headers (§5.2.1): their length in words, contents, the type of the next: a known one (Figure 5.2.1-3), or 0. */
const EXTENSIONS = [0x01, 0x02, 0x03, 0x20, 0x40, 0x81, 0x82, 0x83, 0x84, 0x85, 0xc0, 0xc1, 0xc2];
const extension = [
  u8({ in: EXTENSIONS }),
  u8("words", { min: 1, max: 8 }),
  derive("bytes", { from: "words", times: 4, plus: -2 }),
  skip("bytes"),
];
/** T-PDU (255): what is carried is an IP packet. */
const packet = step(
  u8("first", FIRST),
  "\xff",
  length,
  u32({ min: 1 }),
  derive("more", { from: "first", and: 7 }),
  either([check("more", 0)], [skip(3), repeat(0, 4, extension), "\0"]),
  ipPacket,
  accept,
);
/** Echo, TS 29.281 §7.2: no tunnel, a sequence number; the answer holds a restart counter (14), which may be 0. */
const echo = step(
  hex("32 01"),
  length,
  u32(0),
  u16("sequence"),
  remember("sequence"),
  skip(2),
  either(atEnd, ["\x0e", skip(1), atEnd], [u8([231, 255]), u16("size"), skip("size"), atEnd]),
);
const echoed = step(
  hex("32 02"),
  u16({ min: 6, max: 64 }),
  u32(0),
  u16("sequence"),
  repeats("sequence"),
  skip(2),
  "\x0e",
  skip(1),
  accept,
);
/** Error indication (26): the tunnel's number (16) and the peer's address (133, 4 or 16 bytes). */
const error = step(
  u8(FIRST),
  "\x1a",
  length,
  u32(0),
  skip(4),
  "\x10",
  skip(4),
  "\x85",
  u16([4, 16]),
  accept,
);
/** TS 29.060 §7.1: what is asked has an even number mostly, its answer the next. */
const ASKS_1 = [
  3, 4, 16, 18, 20, 22, 27, 29, 32, 34, 36, 48, 50, 52, 54, 56, 58, 60, 70, 96, 98, 100,
];
const TELLS_1 = [5, 17, 19, 21, 23, 28, 30, 33, 35, 37, 49, 51, 53, 55, 57, 59, 61, 97, 99, 101];
/** §7.7: information elements of a fixed length (by type), and from 128 on with a length. */
const fixed = (types: number[], bytes: number) => [u8(types), skip(bytes)];
const element = either(
  [u8({ min: 128 }), u16("size"), skip("size")],
  fixed([1, 8, 11, 13, 14, 15, 19, 20, 21, 23, 24, 29], 1),
  fixed([25, 26, 27, 28], 2),
  fixed([12], 3),
  fixed([4, 5, 16, 17, 127], 4),
  fixed([18], 5),
  fixed([3], 6),
  fixed([2], 8),
  fixed([22], 9),
  fixed([9], 28),
);
const header1 = (types: readonly number[]) => [
  u8({ in: [0x32, 0x33, 0x36] }),
  u8("type", types),
  length,
  u32(),
  u16("sequence"),
];
const request1 = step(
  header1(ASKS_1),
  remember("sequence"),
  skip(2),
  repeat(1, 64, element),
  atEnd,
  accept,
  report("message", "type"),
);
/** An answer begins with its cause (1), 128 and above: §7.7.1; version not supported (3) has none. */
const response1 = (...relation: Words) =>
  step(
    header1(TELLS_1),
    relation,
    skip(2),
    "\x01",
    u8({ min: 128 }),
    repeat(0, 64, element),
    atEnd,
    accept,
    report("message", "type"),
  );

/** TS 29.274 §5.1: version 2, a piggybacked message, a tunnel's number, a priority; reserved zeros. The sequence has three bytes. */
const elements2 = (first: readonly number[]) => [
  // §8.2.1: type, length, instance below 16; all up to the end.
  u8(first),
  u16("size", { max: 1024 }),
  u8({ max: 4 }),
  skip("size"),
  repeat(0, 100, [u8({ min: 1 }), u16("size", { max: 4096 }), u8({ max: 15 }), skip("size")]),
  atEnd,
];
/** §8.1: IMSI, cause, recovery, bearers, indication, MEI, TEIDs, location, serving network, access, flow, causes, PTI, and more. */
const FIRST_2 = [
  1, 2, 3, 71, 72, 73, 75, 76, 77, 79, 82, 83, 86, 87, 93, 94, 95, 100, 103, 109, 114, 117, 126,
  127, 131, 132, 136,
];
const TYPES_2 = [
  32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 95, 96, 97, 98,
  99, 100, 101, 102, 103, 104, 105, 106, 107, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138,
  139, 141, 149, 150, 151, 152, 153, 154, 155, 156, 157, 160, 161, 162, 163, 164, 165, 166, 167,
  168, 169, 170, 171, 176, 177, 179, 180, 200, 201, 211, 212,
];
const tunnel2 = (...relation: Words) =>
  step(
    u8([0x48, 0x4c]),
    u8("type", TYPES_2),
    u16("length"),
    remains("length"),
    u32(),
    u24("sequence"),
    relation,
    u8({ mask: 0x0f, bits: 0 }),
    elements2(FIRST_2),
    accept,
    report("message", "type"),
  );
/** Echo (1, 2): no tunnel; a restart counter (3). */
const echo2 = step(
  "\x40",
  u8("type", [1, 2]),
  u16([9, 14, 19]),
  u24(),
  "\0",
  hex("03 0001 00"),
  skip(1),
  accept,
  report("message", "type"),
);

/** TS 32.295 §6.1.1: version 0 … 2, protocol type 0, reserved ones, the length of the header. */
const PRIME = [0x0e, 0x0f, 0x2e, 0x2f, 0x4e, 0x4f];
const prime = (types: readonly number[]) => [u8(PRIME), u8(types)];
const primeLength = [u16("length"), derive("left", { from: "length", plus: 2 }), remains("left")];
/** Data record transfer (240): a command (126), a cause or the records (252). */
const records = step(
  prime([240]),
  primeLength,
  skip(2),
  "\x7e",
  u8({ min: 1, max: 4 }),
  either([u8([249, 250, 251, 252, 253]), u16("size"), skip("size")], atEnd),
  accept,
);
const transferred = step(
  prime([241]),
  primeLength,
  skip(2),
  "\x01",
  u8({ min: 128 }),
  "\xfd",
  u16({ min: 2 }),
  accept,
);
const primeEcho = step(
  room(6),
  prime([1, 4]),
  u16(0),
  u16("sequence"),
  remember("sequence"),
  atEnd,
);
const primeEchoed = step(
  prime([2, 5]),
  primeLength,
  u16("sequence"),
  repeats("sequence"),
  either(["\x0e", skip(1)], ["\x01", u8({ min: 128 })]),
  accept,
);

/** Version 0 (GSM 09.60 §6): 20 bytes with the length, spare ones, and a tunnel's identifier. */
const version0 = (...relation: Words) =>
  step(
    u8([0x1e, 0x1f]),
    u8([1, 2, 16, 17, 18, 19, 20, 21, 26, 27, 28, 255]),
    u16("length"),
    derive("left", { from: "length", plus: 16 }),
    remains("left"),
    skip(4),
    skip(1),
    hex("ffffff"),
    u32("tunnel"),
    relation,
    accept,
  );

const ip = hex("4500 002c 1a2b 4000 40 11 0000 c0000201 c0000202") + noise(24);
const created = (sequence: string) =>
  hex(`32 11 000c 00001a2b ${sequence} 0000 01 80 08 fe 0e 01 14 05`);
const asks1 = hex(
  "32 10 001b 00000000 1a2b 0000 02 0010325476981032 0e 01 10 00000001 14 05 80 0002 f121",
);
const session = (type: string) =>
  hex(
    `48 ${type} 0025 00000000 000007 00 01 0008 00 0010325476981032 48 0008 00 000f4240000f4240 52 0001 00 06`,
  );

/** GTP: tunnels of mobile networks, versions 0, 1 and 2, data and control, and GTP' of charging. */
export default protocol({
  name: "gtp",
  title: "GPRS Tunnelling Protocol",
  category: "mobile",
  source:
    "3GPP TS 29.281 §5.1, §7; TS 29.060 §6, §7.1, §7.7; TS 29.274 §5.1, §6.1, §8.1; TS 32.295 §6; GSM 09.60 §6",
  ports: { udp: [2123, 2152, 3386] },
  signatures: {
    data: { over: "udp", first: [packet] },
    echo: { over: "udp", first: [echo], reply: [echoed] },
    error: { over: "udp", first: [error] },
    v1: { over: "udp", first: [request1], reply: [response1(repeats("sequence"))] },
    // An answer whose question the capture has not.
    "v1-answer": { over: "udp", first: [response1()] },
    v2: {
      over: "udp",
      first: [tunnel2(remember("sequence")), tunnel2()],
      reply: [tunnel2(repeats("sequence"))],
    },
    "v2-echo": { over: "udp", first: [echo2] },
    records: { over: "udp", first: [records] },
    "records-answer": { over: "udp", first: [transferred] },
    "prime-echo": { over: "udp", first: [primeEcho], reply: [primeEchoed] },
    v0: {
      over: "udp",
      first: [version0(remember("tunnel")), version0(repeats("tunnel"))],
      reply: [version0()],
    },
  },
  facts: { message: numberFact("D5") },
  samples: {
    yes: [
      udp(client(hex("30 ff 002c 00001a2b"), ip)),
      udp(client(hex("34 ff 0034 00001a2b 0000 00 85 01 10 05 00"), ip)),
      udp(
        client(hex("32 01 0004 00000000 0001 0000")),
        server(hex("32 02 0006 00000000 0001 0000 0e 05")),
      ),
      udp(client(hex("32 1a 0010 00000000 0000 0000 10 00001a2b 85 0004 c0000207"))),
      udp(client(asks1), server(created("1a2b"))),
      udp(client(session("20")), client(session("22")), server(session("21"))),
      udp(client(hex("40 01 0009 000007 00 03 0001 00 05"))),
      udp(client(hex("0f f0 0010 1a2b 7e 01 fc 000b 01 01 0001 0004"), noise(5))),
      udp(server(hex("0f f1 0007 1a2b 01 80 fd 0002 1a2b"))),
      udp(client(hex("0e 01 0000 1a2b")), server(hex("0e 02 0002 1a2b 0e 05"))),
      udp(
        client(hex("1e ff 002c 0001 0000 ff ffffff 0010325476981032"), ip),
        client(hex("1e ff 002c 0002 0000 ff ffffff 0010325476981032"), ip),
        server(hex("1e ff 002c 0001 0000 ff ffffff 0010325476981032"), ip),
      ),
    ],
    weak: [
      udp(client(hex("0e 01 0000 1a2b"))),
      udp(client(hex("32 01 0004 00000000 0001 0000"))),
      udp(client(asks1)),
      udp(server(created("1a2b"))),
    ],
    no: [
      udp(client(hex("30 ff 002d 00001a2b"), ip)),
      udp(client(hex("30 ff 002c 00001a2b"), noise(44))),
      udp(client(asks1), server(created("1a2c"))),
      udp(client(hex("40 01 0009 000007 01 03 0001 00 05"))),
      udp(client(hex("37 03 0000 4200 00000000 00000000"))),
    ],
  },
});
