import {
  accept,
  atEnd,
  byte,
  capture,
  check,
  client,
  derive,
  digits,
  dissect,
  either,
  encrypted,
  equal,
  hex,
  inside,
  noise,
  numberFact,
  opt,
  protocol,
  readFact,
  remains,
  remember,
  repeat,
  repeats,
  report,
  rest,
  room,
  server,
  sized,
  skip,
  step,
  textFact,
  times,
  u16,
  u16le,
  u32,
  u32le,
  u8,
  udp,
  varint,
  type Signature,
  type Word,
} from "../../language/vocabulary.js";
import {
  LONG_HELLO,
  MVFST_1,
  Q050,
  RFC_9001,
  RFC_9001_ANSWER,
  RFC_9369,
  RFC_9369_ANSWER,
} from "../formats/quic-packets.js";
import {
  clientHelloFacts,
  clientHelloMessage,
  serverHelloFacts,
  serverHelloOf,
} from "../formats/tls-hello.js";

const VERSION_1 = 1;
const VERSION_2 = 0x6b3343cf;
/** The number that version 2 had as a draft. */
const DRAFT_2 = 0x709a50c4;
const like2 = { in: [VERSION_2, DRAFT_2] };
/** Before draft 22 the lengths of the connection ids stood in one byte. */
const DRAFTS = Array.from({ length: 34 - 22 + 1 }, (_, index) => 0xff000000 + 22 + index);
/** Others with the same headers: Google's Q050, T050 and T051, and mvfst's. */
const OTHERS = { 0x51303530: "Q050", 0x54303530: "T050", 0x54303531: "T051" };
const MVFST = { 0xfaceb001: "mvfst 1", 0xfaceb002: "mvfst 2" };
/** Versions that are sent to see whether they are refused (§15): what follows is laid out as in version 1. */
const greased = { mask: 0x0f0f0f0f, bits: 0x0a0a0a0a };
const like1 = { in: [VERSION_1, ...DRAFTS, ...Object.keys({ ...OTHERS, ...MVFST }).map(Number)] };

/** RFC 9000 §17.2: the type is in bits 4 and 5; what is below is protected. RFC 9369 §3.2 shuffles the types. */
const type = (number: number) => ({ min: 0xc0 | (number << 4), max: 0xcf | (number << 4) });

/** A length of two bytes, or of four that need not be; then what is encrypted or masked (RFC 9001 §5.4). */
const protectedPacket = [
  either(
    [
      u16("length", { min: 0x4014, max: 0x7fff }),
      derive("length", { from: "length", and: 0x3fff }),
    ],
    [
      u32("length", { min: 0x80000014, max: 0x8000ffff }),
      derive("length", { from: "length", and: 0xffff }),
    ],
  ),
  encrypted,
  derive("left", { from: "length", plus: -16 }),
];

/** Destination and source connection id (§17.2): at most 20 bytes each. */
const ids = [u8("to", { max: 20 }), skip("to"), u8("from", { max: 20 }), skip("from")];
const digit = byte(digits);

/** RFC 9000 §14.1: 1,200 bytes at least. §7.2: a destination id of 8 bytes at least. */
const beginning = (...versions: Word[]) => [
  room({ min: 1200 }),
  either(...versions),
  u8("n", { min: 8, max: 20 }),
  skip("n"),
  u8("n", { max: 20 }),
  skip("n"),
  varint("n"),
  skip("n"),
];
/** The packet fills the datagram, or another of the same connection follows (§12.2), or zeros that pad it. */
const filled = either(
  remains("left"),
  [skip("left"), u8({ min: 0xc0 }), u32("version2"), equal("version2", "version"), rest],
  [skip("left"), "\0".repeat(32), rest],
);

/** A number of eight bytes is of no parameter that is read. */
const anyVarint = either(varint("v"), [u8({ min: 0xc0 }), skip(7)]);
/** RFC 9368 §3: the version chosen, and all that could be. Its drafts had the other number. */
const versionInformation = [
  either("\x11", hex("80ff73db")),
  varint("v"),
  inside(
    "v",
    u32(),
    repeat(0, 32, either(u32(greased), [u32("version"), report("versions", "version")])),
  ),
];
/** RFC 9000 §18: numbers with their lengths; 0x3129 is Google's (github.com/google/quiche, transport_parameters.cc). */
const parameters = inside(
  "size",
  repeat(
    0,
    32,
    either(
      ["\x01", u8("v", { max: 4 }), inside("v", varint("v"), report("max-idle-timeout", "v"))],
      versionInformation,
      [hex("7129"), varint("v"), capture("user-agent", skip("v"))],
      [anyVarint, varint("v"), skip("v")],
    ),
  ),
);
/** RFC 9001 §8.2; drafts up to 32 had the other number. */
const transport = [u16({ in: [0x39, 0xffa5] }), u16("size"), parameters];

/** Most tags of a CHLO. */
const TAGS_MAX = 64;
/**
 * What follows "CHLO" (QUIC Crypto, "Handshake message format"): so many tags, each with the place where its value ends,
 * counted from behind the last; then the values. The tags are sorted as little-endian numbers: SNI is in front of UAID.
 */
const value = (from: string, size: string, fact: string) => [skip(from), capture(fact, skip(size))];
const userAgent = opt(
  check("version", { min: 1, max: 1024 }),
  value("gap", "version", "user-agent"),
);
const helloTags = [
  // A step has few fields: `size` is where the last value ended; `v` and `message`, `gap` and `version` are begin and length.
  u16le("n", { min: 1, max: TAGS_MAX }),
  skip(2),
  ...["size", "v", "message", "gap", "version"].map((field) =>
    derive(field, { from: "n", and: 0 }),
  ),
  times(
    "n",
    TAGS_MAX,
    either(
      [
        "SNI\0",
        derive("v", { from: "size" }),
        u32le("size", { max: 0xffff }),
        derive("message", { from: "size", less: "v" }),
      ],
      [
        "UAID",
        derive("gap", { from: "size" }),
        u32le("size", { max: 0xffff }),
        derive("version", { from: "size", less: "gap" }),
      ],
      [skip(4), u32le("size", { max: 0xffff })],
    ),
  ),
  either(
    [check("message", 0), userAgent],
    [
      check("message", { max: 255 }),
      derive("gap", { from: "gap", less: "v" }),
      derive("gap", { from: "gap", less: "message" }),
      value("v", "message", "tls.sni"),
      userAgent,
    ],
  ),
];

/** The ids of an Initial packet; the client's own may be what the server's packets are recognised by elsewhere. */
const initialIds = [u8("n", { max: 20 }), skip("n"), u8("n", { max: 20 })];
/**
 * What is in it must verify (RFC 9001 §5.2): a packet that only looks like one is none. The first id has 8 bytes at least
 * (RFC 9000 §7.2), but behind a Retry it is the server's. 0-RTT packets may stand in front (§12.2).
 */
const initial = step(
  room({ min: 1200 }),
  either(
    [u8(type(0)), u32("version", like1), initialIds],
    [u8(type(1)), u32("version", like2), initialIds],
    [u8(type(1)), u32("version", like1), initialIds],
    [u8(type(2)), u32("version", like2), initialIds],
  ),
  capture("client-id", skip("n")),
  report("version"),
  dissect("quic-initial"),
  accept,
  either(["CHLO", helloTags], clientHelloMessage("tls.", skip(2), transport)),
);

/** Whether a Retry was verified and the version that the server speaks, then its hello; the id is what it will be found by. */
const reply = step(
  accept,
  opt(u8({ min: 0x80 }), u32(), u8("n", { max: 20 }), skip("n"), u8("n", { max: 20 }), [
    capture("server-id", skip("n")),
  ]),
  dissect("quic-answer"),
  either([u8("n", 1), report("retry", "n")], u8()),
  u32("version"),
  report("version-selected", "version"),
  serverHelloOf("tls."),
);

/** Versions that nobody knows. */
const closed = step(
  beginning([u8(type(0)), u32("version", greased)]),
  protectedPacket,
  filled,
  report("version"),
);

/** Data of a connection that is resumed (§17.2.3), in datagrams of their own in front of its first packet. */
const early = step(
  either([u8(type(1)), u32("version", like1)], [u8(type(2)), u32("version", like2)]),
  u8("to", { min: 8, max: 20 }),
  skip("to"),
  u8("from", { max: 20 }),
  skip("from"),
  protectedPacket,
  filled,
  accept,
  report("version"),
);
const behindEarly = (datagrams: number): Signature => ({
  over: "udp",
  client: [...Array.from({ length: datagrams }, () => early), initial],
  server: [reply],
  told: true,
});

/**
 * A packet of a version that is none of those above and may be refused (RFC 8999 §5.1, §6). Eight bytes of its id are kept.
 */
const refused = step(
  room({ min: 1200 }),
  u8({ min: 0xc0 }),
  u32({ min: 3, max: 0xfeffffff }),
  u8("to", { min: 8, max: 20 }),
  u32("id"),
  remember("id"),
  u32("id2"),
  remember("id2"),
  derive("to", { from: "to", plus: -8 }),
  skip("to"),
  u8("from", { max: 20 }),
  skip("from"),
  rest,
);
/** Version Negotiation (RFC 8999 §6, RFC 9000 §17.2.1): the ids come back the other way round, then versions. */
const negotiation = step(
  u8({ min: 0x80 }),
  u32(0),
  u8("to", { max: 20 }),
  skip("to"),
  u8("from", { min: 8, max: 20 }),
  u32("id"),
  repeats("id"),
  u32("id2"),
  repeats("id2"),
  derive("from", { from: "from", plus: -8 }),
  skip("from"),
  repeat(
    1,
    32,
    either(
      u32(like1),
      u32(like2),
      u32(greased),
      // Drafts that are not decrypted, and versions of one implementation each.
      u32({ min: 1 }),
    ),
  ),
  atEnd,
);

/** A server's packets have no token; the datagram may hold more of them. Initial or Handshake (§17.2.2, §17.2.4). */
const answer = step(
  either(
    [u8(type(0)), u32("version", like1), ids, u8(0), protectedPacket],
    [u8(type(2)), u32("version", like1), ids, protectedPacket],
    [u8(type(1)), u32("version", like2), ids, u8(0), protectedPacket],
    [u8(type(3)), u32("version", like2), ids, protectedPacket],
  ),
  skip("left"),
  accept,
  report("version"),
);

/** Before the IETF's: the first packet is not encrypted, and holds a CHLO message. */
const googleHello = step(
  room({ min: 1000 }),
  either(
    // Public header: version present, connection id of 8 bytes, maybe a packet number of 2 … 6 bytes.
    [u8({ in: [0x09, 0x0d, 0x19, 0x1d, 0x29, 0x2d, 0x39, 0x3d] }), skip(8), "Q0", digit, digit],
    // Version 46: as in the IETF's draft 17, both id lengths in one byte.
    [u8(type(0)), "Q046", u8(0x50), skip(8)],
  ),
  skip(1),
  either(...Array.from({ length: 24 }, (_, index) => [skip(index), "CHLO"])),
  accept,
  helloTags,
);

const versionFact = numberFact("D5", {
  names: {
    [VERSION_1]: "1",
    [VERSION_2]: "2",
    [DRAFT_2]: "2 (draft)",
    ...Object.fromEntries(DRAFTS.map((version) => [version, `draft ${version & 0xff}`])),
    ...OTHERS,
    ...MVFST,
  },
});

const long = (first: string, version: string, to: string, from: string) =>
  hex(first + version) + sized(1, to) + sized(1, from);
const initialPacket = (version: string, from: string, length: number, first = "c3") =>
  long(first, version, noise(8, 5), from) +
  hex("00") +
  String.fromCharCode(0x40 | (length >> 8), length & 255) +
  noise(length, 6);

/** RFC 9001 §A.4. */
const RETRY = hex("ff 00000001 0008 f067a5502a4262b5 746f6b656e 04a265ba2eff4d829058fb3f0f2496ba");

/** QUIC, by its first packets, which are decrypted: their keys are no secret. */
export default protocol({
  name: "quic",
  title: "QUIC",
  category: "web",
  source:
    "RFC 9000 §7.2, §14.1, §17.2, §18; RFC 8999 §5.1, §6; RFC 9369 §3; RFC 9001 §5.4; draft-ietf-quic-transport-22 … 34; draft-hamilton-early-deployment-quic-00 §6.1, §8.1; Google, QUIC Crypto; github.com/google/quiche, crypto_utils.cc; github.com/facebook/mvfst, FizzCryptoFactory.cpp; IANA QUIC Versions",
  ports: { udp: [443] },
  signatures: {
    initial: { over: "udp", client: [initial], server: [reply], told: true },
    closed: { over: "udp", client: [closed, initial], server: [reply], told: true },
    refused: { over: "udp", client: [refused, initial], server: [reply], told: true },
    negotiation: { over: "udp", client: [refused], server: [negotiation], both: true },
    early: behindEarly(1),
    "early-2": behindEarly(2),
    "early-3": behindEarly(3),
    answer: { over: "udp", server: [answer] },
    google: { over: "udp", client: [googleHello] },
  },
  facts: {
    ...clientHelloFacts("ja3", "ja4-quic", "tls."),
    ...serverHelloFacts("tls."),
    "user-agent": textFact("D5"),
    "max-idle-timeout": numberFact("D5"),
    version: versionFact,
    "version-selected": versionFact,
    versions: { ...versionFact, keep: "list", most: 8 },
    retry: numberFact("D5", { names: { 1: "verified" } }),
  },
  inspects: {
    "client-id": readFact("hexadecimal", "D5"),
    "server-id": readFact("hexadecimal", "D5"),
  },
  samples: {
    yes: [
      udp(client(RFC_9001)),
      udp(client(RFC_9369)),
      udp(client(RFC_9001), server(RFC_9001_ANSWER)),
      udp(client(RFC_9369), server(RFC_9369_ANSWER)),
      udp(server(RFC_9001_ANSWER), client(RFC_9001)),
      udp(client(RFC_9001), server(RETRY), server(RFC_9001_ANSWER)),
      udp(client(LONG_HELLO[0]!), client(LONG_HELLO[1]!)),
      udp(client(LONG_HELLO[1]!), client(LONG_HELLO[0]!)),
      udp(client(Q050)),
      udp(
        client(MVFST_1),
        server(long("c1", "faceb001", "", noise(8, 7)), hex("00 4496"), noise(0x496, 8)),
      ),
      udp(
        client(RFC_9369),
        server(long("f1", "6b3343cf", noise(8, 9), noise(8)), hex("4100"), noise(256)),
      ),
      udp(client(initialPacket("1a2a3a4a", noise(8, 9), 1182))),
      udp(
        client(initialPacket("1a2a3a4a", noise(8, 9), 1182)),
        server(long("9f", "00000000", "", noise(8, 5)), hex("00000001 ff00001d 6a7a8a9a")),
        client(RFC_9001),
        server(RFC_9001_ANSWER),
      ),
      udp(
        client(long("c0", "51303939", noise(8, 5), ""), noise(1200)),
        server(long("9f", "00000000", "", noise(8, 5)), hex("00000001 ff00001d 6a7a8a9a")),
        client(RFC_9001),
        server(RFC_9001_ANSWER),
      ),
      udp(client(`${initialPacket("1a2a3a4a", noise(8, 9), 300)}${"\0".repeat(882)}`)),
      ...[1, 2, 3].map((count) =>
        udp(
          ...Array.from({ length: count }, () =>
            client(long("d4", "00000001", noise(8, 5), ""), hex("4100"), noise(256)),
          ),
          client(RFC_9001),
          server(RFC_9001_ANSWER),
        ),
      ),
      udp(
        client(
          hex("09"),
          noise(8),
          "Q035",
          hex("01"),
          noise(12),
          hex("a0 01 00 04"),
          "CHLO",
          hex("0300 0000"),
          hex("50414400 b0040000 534e4900 bb040000 55414944 c2040000"),
          noise(0x4b0),
          "example.org",
          "Example",
        ),
      ),
    ],
    weak: [
      udp(
        client(long("c0", "51303939", noise(8, 5), ""), noise(1200)),
        server(long("9f", "00000000", "", noise(8, 5)), hex("00000001 ff00001d 6a7a8a9a")),
      ),
      udp(server(long("e1", "00000001", noise(3), noise(8)), hex("4100"), noise(256, 4))),
    ],
    no: [
      udp(client(Q050.replace("Q050", "Q051"))),
      udp(client(initialPacket("faceb001", "", 1232))),
      udp(client(RFC_9001.replace(/.$/s, "\0"))),
      udp(client(hex("09"), noise(8), "Q035", noise(1300))),
      udp(client(initialPacket("00000001", "", 600))),
      udp(client(initialPacket("00000002", "", 1232))),
      udp(client(`${initialPacket("00000001", "", 1232)}\0`)),
      udp(client(hex("43"), noise(1240))),
      udp(
        client(long("c0", "51303939", noise(8, 5), ""), noise(1200)),
        server(long("9f", "00000000", "", noise(8, 6)), hex("00000001 ff00001d 6a7a8a9a")),
      ),
    ],
  },
});
