import {
  encrypted,
  u16,
  check,
  client,
  derive,
  either,
  equal,
  hex,
  noise,
  numberFact,
  protocol,
  remains,
  remember,
  repeats,
  report,
  rest,
  room,
  server,
  sized,
  skip,
  step,
  u32,
  u8,
  udp,
  varint,
} from "../../language/vocabulary.js";

const VERSION_1 = 1;
const VERSION_2 = 0x6b3343cf;
/** Before draft 22 the lengths of the connection ids stood in one byte. */
const DRAFTS = Array.from({ length: 34 - 22 + 1 }, (_, index) => 0xff000000 + 22 + index);
/** Others with the same headers: Google's Q050, T050 and T051, and mvfst's. */
const OTHERS = { 0x51303530: "Q050", 0x54303530: "T050", 0x54303531: "T051" };
const MVFST = { 0xfaceb001: "mvfst 1", 0xfaceb002: "mvfst 2" };
const like1 = { in: [VERSION_1, ...DRAFTS, ...Object.keys({ ...OTHERS, ...MVFST }).map(Number)] };

/** RFC 9000 §17.2: the type is in bits 4 and 5; what is below is protected. RFC 9369 §3.2 shuffles the types. */
const type = (number: number) => ({ min: 0xc0 | (number << 4), max: 0xcf | (number << 4) });

/** A length of two bytes, or of four that need not be; then what is encrypted or masked (RFC 9001 §5.4). */
const protectedPacket = [
  either(
    [u16("length", { min: 0x4014, max: 0x7fff }), derive("length", { from: "length", and: 0x3fff })],
    [u32("length", { min: 0x80000014, max: 0x8000ffff }), derive("length", { from: "length", and: 0xffff })],
  ),
  encrypted,
  derive("left", { from: "length", plus: -16 }),
];

/** RFC 9000 §14.1: 1,200 bytes at least. §7.2: a destination id of 8 bytes at least. */
const initial = step(
  room({ min: 1200 }),
  either(
    [u8(type(0)), u32("version", like1)],
    [u8(type(1)), u32("version", VERSION_2)],
  ),
  u8("size", { min: 8, max: 20 }),
  skip("size"),
  u8("source", { max: 20 }),
  remember("source"),
  either(
    [check("source", { min: 4 }), u32("id"), remember("id"), derive("more", { from: "source", plus: -4 }), skip("more")],
    skip("source"),
  ),
  varint("token"),
  skip("token"),
  protectedPacket,
  // The packet fills the datagram, or another of the same connection follows (§12.2).
  either(
    remains("left"),
    [skip("left"), u8({ min: 0xc0 }), u32("version2"), equal("version2", "version"), rest],
  ),
  report("version"),
);

/** RFC 9000 §7.2: the server speaks to the id that the client gave. */
const toClient = [
  u8("size", { max: 20 }),
  repeats("size", "source"),
  either(
    [check("size", { min: 4 }), u32("id"), repeats("id"), derive("more", { from: "size", plus: -4 }), skip("more")],
    [check("size", { max: 3 }), skip("size")],
  ),
  u8("own", { max: 20 }),
  skip("own"),
];
const handshake = [
  either([u8("length", { min: 20, max: 63 }), encrypted, derive("left", { from: "length", plus: -16 })], protectedPacket),
  skip("left"),
  rest,
];

/** Initial or Handshake (§17.2.2, §17.2.4), Retry (§17.2.5), Version Negotiation (§17.2.1). */
const reply = step(
  either(
    [u8(type(0)), u32(like1), toClient, u8(0), handshake],
    [u8(type(2)), u32(like1), toClient, handshake],
    [u8(type(3)), u32(like1), toClient, room({ min: 17 }), rest],
    [u8(type(1)), u32(VERSION_2), toClient, u8(0), handshake],
    [u8(type(3)), u32(VERSION_2), toClient, handshake],
    [u8(type(0)), u32(VERSION_2), toClient, room({ min: 17 }), rest],
    [u8({ min: 0x80 }), u32(0), toClient, room({ min: 4, max: 256 }), rest],
  ),
);

const long = (first: string, version: string, to: string, from: string) =>
  hex(first + version) + sized(1, to) + sized(1, from);
const initialPacket = (version: string, from: string, length: number, first = "c3") =>
  long(first, version, noise(8, 5), from) +
  hex("00") +
  String.fromCharCode(0x40 | (length >> 8), length & 255) +
  noise(length, 6);

/** QUIC, by its long headers; nothing is decrypted. */
export default protocol({
  id: 5,
  name: "quic",
  title: "QUIC",
  category: "web",
  source: "RFC 9000 §7.2, §14.1, §17.2; RFC 9369 §3; RFC 9001 §5.4; drafts 22 … 34; IANA QUIC Versions; quicwg wiki, QUIC Versions",
  ports: { udp: [443] },
  signatures: { initial: { over: "udp", client: [initial], server: [reply] } },
  facts: {
    version: numberFact("D5", {
      names: { [VERSION_1]: "1", [VERSION_2]: "2", ...OTHERS, ...MVFST },
    }),
  },
  samples: {
    yes: [
      udp(
        client(initialPacket("00000001", "", 1232)),
        server(long("c1", "00000001", "", noise(8, 7)), hex("00 4496"), noise(0x496, 8)),
      ),
      udp(
        client(initialPacket("6b3343cf", noise(8, 9), 1182, "d1")),
        server(long("f1", "6b3343cf", noise(8, 9), noise(8)), hex("4100"), noise(256)),
      ),
      udp(
        client(initialPacket("ff00001d", noise(5, 9), 1185)),
        server(long("f0", "ff00001d", noise(5, 9), noise(20, 4)), noise(60)),
      ),
    ],
    no: [
      udp(client(initialPacket("00000001", "", 600))),
      udp(client(initialPacket("00000002", "", 1232))),
      udp(client(`${initialPacket("00000001", "", 1232)}\0`)),
      udp(client(hex("43"), noise(1240))),
    ],
  },
});
