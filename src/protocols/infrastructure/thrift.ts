import {
  accept,
  byte,
  client,
  derive,
  either,
  hex,
  noise,
  protocol,
  rest,
  run,
  sized,
  step,
  tcp,
  times,
  u32,
  u8,
  udp,
  within,
  type Word,
} from "../../language/vocabulary.js";

/** Names of services and methods; the multiplexed protocol puts one before the other with a colon. */
const names = byte("A-Za-z0-9_.:");
/** Types of fields (TType), and 0 at the end. */
const types = u8([0, 2, 3, 4, 6, 8, 10, 11, 12, 13, 14, 15]);
/** Binary protocol: version 1 with its highest bit, 0, message type (call, reply, exception, one-way), name, sequence, first field. */
const binary = [
  hex("8001 00"),
  u8({ min: 1, max: 4 }),
  u32("name", { min: 1, max: 200 }),
  byte("A-Za-z_"),
  derive("name", { from: "name", plus: -1 }),
  times("name", 200, names),
  u32(),
  types,
];
/** A number in groups of seven bits. */
const varint = [run("\x80-\xff", { min: 0, max: 4 }), u8({ max: 0x7f })];
/** Compact protocol: 0x82, type and version 1, sequence, name, and field 1, field 0 (a result) or none. */
const compact = [
  "\x82",
  u8([0x21, 0x41, 0x61, 0x81]),
  varint,
  u8("name", { min: 1, max: 31 }),
  byte("A-Za-z_"),
  derive("name", { from: "name", plus: -1 }),
  times("name", 31, names),
  either(u8([0, ...Array.from({ length: 13 }, (_, type) => 0x11 + type)]), [
    u8({ min: 1, max: 13 }),
    "\0",
  ]),
];
/** The framed transport puts the length in front. */
const framed = (message: Word) =>
  step(u32("size", { min: 6, max: 0xffffff }), within("size", message, rest), accept);

const name = (words: string) => sized(4, words);

/** Apache Thrift's binary and compact protocols, over the buffered or the framed transport. */
export default protocol({
  name: "thrift",
  title: "Apache Thrift",
  category: "infrastructure",
  source:
    "Apache Thrift doc/specs: thrift-binary-protocol.md, thrift-compact-protocol.md, thrift-rpc.md",
  signatures: {
    binary: { over: ["tcp", "udp"], first: [step(binary, accept)] },
    compact: { over: ["tcp", "udp"], first: [step(compact, accept)] },
    "framed-binary": { over: "tcp", first: [framed(binary)] },
    "framed-compact": { over: "tcp", first: [framed(compact)] },
  },
  samples: {
    yes: [
      tcp(client(hex("80010001"), name("getRooms"), hex("00000001 0b 0001 00000001 61 00"))),
      udp(client(hex("8221 b28101"), sized(1, "emitBatch"), hex("1c 1c 18"), noise(40))),
      tcp(client(sized(4, hex("80010001"), name("getRooms"), hex("00000001 00")))),
      tcp(client(sized(4, hex("8221 05"), sized(1, "getAllRooms"), hex("00")))),
    ],
    no: [
      tcp(client(hex("80010005"), name("getRooms"), hex("00000001 0b 0001 00000001 61 00"))),
      tcp(client(hex("80010001"), name("get rooms"), hex("00000001 0b 0001 00000001 61 00"))),
      udp(client(hex("8222 01"), sized(1, "emitBatch"), hex("1c 1c 18"))),
    ],
  },
});
