import {
  accept,
  capture,
  client,
  derive,
  either,
  equal,
  hex,
  noise,
  oneOf,
  protocol,
  rest,
  run,
  server,
  skip,
  step,
  tcp,
  textFact,
  u32,
  u32le,
  u8,
  within,
  type Word,
} from "../../language/vocabulary.js";

/** A document: its length, elements of a type and a name, a zero at the end (bsonspec.org). */
const TYPES = [1, 2, 3, 4, 5, 7, 8, 9, 0x0a, 0x10, 0x11, 0x12, 0x13];
const document = (size: string) => [
  u32le(size, { min: 5, max: 0x3000000 }),
  either([u8(TYPES), capture("command", run("A-Za-z0-9_$.", { max: 60 })), "\0"], "\0"),
];
const answer = (size: string) => [
  u32le(size, { min: 5, max: 0x3000000 }),
  either([u8(TYPES), run("A-Za-z0-9_$.", { max: 60 }), "\0"], "\0"),
];

/** Length of the message, its number, that of the one it answers, what it is (Standard Message Header). */
const header = (kind: string, answered: Word) => [
  u32le("length", { min: 21, max: 0x3000000 }),
  derive("left", { from: "length", plus: -16 }),
  u32(),
  answered,
  hex(kind),
];
const none = hex("00000000");
const some = u32({ min: 1 });

/** OP_MSG: flags, and a body (kind 0); a client may send more sections, or a checksum. */
const request = step(
  header("dd070000", none),
  within(
    "left",
    either(hex("00000000"), hex("01000000"), hex("02000000"), hex("00000100")),
    "\0",
    document("size"),
    rest,
  ),
  accept,
);
/** A server sends the body alone, with or without a checksum. */
const leaves = (bytes: number) => [
  derive("expected", { from: "left", plus: -bytes }),
  equal("size", "expected"),
];
const response = step(
  header("dd070000", some),
  within(
    "left",
    either(
      [either(hex("00000000"), hex("02000000")), "\0", answer("size"), leaves(5)],
      [either(hex("01000000"), hex("03000000")), "\0", answer("size"), leaves(9)],
    ),
    rest,
  ),
  accept,
);
/** OP_QUERY: a collection, and a document (legacy opcodes). */
const query = step(
  header("d4070000", none),
  within(
    "left",
    u32le({ max: 0xff }),
    run("A-Za-z0-9_-", { max: 64 }),
    ".",
    run("!-~", { max: 120 }),
    "\0",
    u32le({ max: 0xffffff }),
    skip(4),
    document("size"),
    rest,
  ),
  accept,
);
/** OP_REPLY: flags (AwaitCapable, and QueryFailure), cursor, first, and one document. */
const reply = step(
  header("01000000", some),
  within(
    "left",
    u32le([8, 10]),
    skip(8),
    u32le({ max: 0xffffff }),
    hex("01000000"),
    answer("size"),
    leaves(20),
    rest,
  ),
  accept,
);
/** OP_COMPRESSED: what it was, how long it is, by which compressor. */
const compressed = step(
  u32le("length", { min: 26, max: 0x3000000 }),
  derive("left", { from: "length", plus: -16 }),
  skip(8),
  hex("dc070000"),
  within(
    "left",
    oneOf(hex("dd070000"), hex("d4070000"), hex("01000000")),
    u32le({ min: 1, max: 0x3000000 }),
    u8({ min: 1, max: 3 }),
    rest,
  ),
);

const little = (value: number) => String.fromCharCode(value & 255, value >> 8, 0, 0);
const framed = (kind: string, answered: string, ...parts: string[]) => {
  const words = parts.join("");
  return little(words.length + 16) + hex(`07000000 ${answered} ${kind}`) + words;
};
const bson = (...parts: string[]) => {
  const words = parts.join("");
  return `${little(words.length + 5) + words}\0`;
};
const hello = bson("\x10hello\0", hex("01000000"), "\x02$db\0", hex("06000000"), "admin\0");
const fine = bson("\x01ok\0", hex("000000000000f03f"));

/** MongoDB's wire protocol. */
export default protocol({
  name: "mongodb",
  title: "MongoDB",
  category: "database",
  source: "MongoDB manual, MongoDB Wire Protocol; bsonspec.org 1.1",
  ports: { tcp: [27017] },
  signatures: {
    message: { over: "tcp", client: [request] },
    answer: { over: "tcp", server: [response] },
    query: { over: "tcp", client: [query] },
    reply: { over: "tcp", server: [reply] },
    compressed: { over: "tcp", first: [compressed] },
  },
  facts: { command: textFact("D5", { list: 4, bound: 60 }) },
  samples: {
    yes: [
      tcp(
        client(framed("dd070000", "00000000", hex("00000000 00"), hello)),
        server(framed("dd070000", "07000000", hex("00000000 00"), fine)),
      ),
      tcp(server(framed("dd070000", "07000000", hex("00000000 00"), fine))),
      tcp(
        client(
          framed(
            "d4070000",
            "00000000",
            hex("00000000"),
            "admin.$cmd\0",
            hex("00000000 ffffffff"),
            hello,
          ),
        ),
      ),
      tcp(
        server(
          framed("01000000", "07000000", hex("08000000 0000000000000000 00000000 01000000"), fine),
        ),
      ),
      tcp(client(framed("dc070000", "00000000", hex("dd070000 40000000 01"), noise(40)))),
    ],
    no: [
      tcp(client(framed("dd070000", "00000000", hex("04000000 00"), hello))),
      tcp(client(framed("de070000", "00000000", hex("00000000 00"), hello))),
      tcp(
        client(
          framed(
            "d4070000",
            "00000000",
            hex("00000000"),
            "admin\0",
            hex("00000000 ffffffff"),
            hello,
          ),
        ),
      ),
    ],
  },
});
