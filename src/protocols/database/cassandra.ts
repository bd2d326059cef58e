import {
  accept,
  byte,
  client,
  either,
  hex,
  oneOf,
  oneOfNocase,
  protocol,
  rest,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  textual,
  times,
  u16,
  u32,
  u8,
  within,
} from "../../language/vocabulary.js";

/** native_protocol_v3 to v5 §2: version, flags, stream, opcode, length; 0x41 and 0x42 are DataStax's. */
const request = [u8([3, 4, 5, 0x41, 0x42]), u8({ max: 0x1f }), u16({ max: 0x7fff })];
const response = [u8([0x83, 0x84, 0x85, 0xc1, 0xc2]), u8({ max: 0x1f }), u16("stream")];
/** Versions 1 and 2 have a stream of one byte. */
const oldRequest = [u8([1, 2]), u8({ max: 3 }), u8({ max: 0x7f })];

/** STARTUP: a map that must have CQL_VERSION (§4.1.1). */
const startup = [
  "\x01",
  u32("length", { min: 22, max: 4096 }),
  within(
    "length",
    u16({ min: 1, max: 20 }),
    u16("key", { min: 5, max: 40 }),
    times("key", 40, byte("A-Z_")),
    rest,
  ),
];
/** SUPPORTED: a multimap of what OPTIONS may name (§4.2.4). */
const supported = step(
  response,
  "\x06",
  u32("length", { min: 20, max: 4096 }),
  within(
    "length",
    u16({ min: 1, max: 20 }),
    u16({ min: 5, max: 40 }),
    oneOf("CQL_VERSION", "COMPRESSION", "PROTOCOL_VERSIONS", "SCYLLA_"),
    rest,
  ),
  accept,
);
/** OPTIONS has no body (§4.1.3). */
const options = step(either(request, oldRequest), hex("05 00000000"));
/** READY and AUTHENTICATE, which names a class (§4.2.2, §4.2.3); ERROR with code and text (§9). */
const ready = step(
  response,
  either(
    hex("02 00000000"),
    [
      "\x03",
      u32("length", { min: 10, max: 300 }),
      within("length", u16({ min: 8, max: 298 }), oneOf("org.apache.", "com."), rest),
    ],
    [
      "\0",
      u32("length", { min: 6, max: 4096 }),
      within(
        "length",
        u32([
          0, 0xa, 0x100, 0x1000, 0x1001, 0x1002, 0x1003, 0x1100, 0x1200, 0x2000, 0x2100, 0x2200,
          0x2300, 0x2400, 0x2500,
        ]),
        u16("text", { min: 4, max: 4000 }),
        run(textual),
        rest,
      ),
    ],
    ["\x06", u32("length", { min: 20, max: 4096 }), within("length", rest)],
  ),
);
const authenticate = step(
  response,
  "\x03",
  u32("length", { min: 10, max: 300 }),
  within("length", u16({ min: 8, max: 298 }), oneOf("org.apache.", "com.datastax."), rest),
);

/** QUERY and PREPARE: a long string of CQL (§4.1.4, §4.1.5). */
const query = step(
  request,
  oneOf("\x07", "\x09"),
  u32("length", { min: 12, max: 0xfffff }),
  within(
    "length",
    u32({ min: 4, max: 0xfffff }),
    oneOfNocase(
      "select ",
      "insert ",
      "update ",
      "delete ",
      "use ",
      "create ",
      "drop ",
      "begin ",
      "alter ",
    ),
    rest,
  ),
);

/** Between nodes: a magic number, then the version in bits (org.apache.cassandra.net.Message, HandshakeProtocol). */
const internode = step(hex("ca552dfa"), skip(4), accept);

const text = (words: string) => sized(2, words);
const starting = text("CQL_VERSION") + text("3.4.5");
const offered =
  hex("0002") +
  text("COMPRESSION") +
  hex("0001") +
  text("lz4") +
  text("CQL_VERSION") +
  hex("0001") +
  text("3.4.5");

/** Cassandra's CQL binary protocol, and what its nodes say to each other first. */
export default protocol({
  name: "cassandra",
  title: "Apache Cassandra",
  category: "database",
  source:
    "Apache Cassandra doc/native_protocol_v3.spec to v5.spec §2, §4, §9; internode: Apache Cassandra source documentation, HandshakeProtocol",
  ports: { tcp: [9042, 7000] },
  signatures: {
    startup: { over: "tcp", client: [step(either(request, oldRequest), startup, accept)] },
    supported: { over: "tcp", server: [supported] },
    authenticate: { over: "tcp", server: [authenticate] },
    options: { over: "tcp", client: [options], server: [ready], both: true },
    query: { over: "tcp", client: [query] },
    internode: { over: "tcp", first: [internode] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("04 00 0001 01"), sized(4, hex("0001"), starting)),
        server(hex("84 00 0001 02 00000000")),
      ),
      tcp(server(hex("84 00 0000 06"), sized(4, offered))),
      tcp(
        server(
          hex("84 00 0000 03"),
          sized(4, text("org.apache.cassandra.auth.PasswordAuthenticator")),
        ),
      ),
      tcp(client(hex("05 00 0000 05 00000000")), server(hex("85 00 0000 06"), sized(4, offered))),
      tcp(
        client(
          hex("04 00 0002 07"),
          sized(4, sized(4, "SELECT * FROM system.local"), hex("0001 00")),
        ),
      ),
      tcp(client(hex("ca552dfa 0c0a0c11 06c61200 021b58f3 cb19b3"))),
    ],
    no: [
      tcp(client(hex("06 00 0001 01"), sized(4, hex("0001"), starting))),
      tcp(client(hex("04 00 0000 05 00000001 00"))),
      tcp(client(hex("04 00 0002 07"), sized(4, sized(4, "NOTHING"), hex("0001 00")))),
      tcp(client(hex("ca552dfb 0c0a0c11 06c61200 021b58f3 cb19b3"))),
    ],
  },
});
