import {
  type Word,
  accept,
  capture,
  check,
  client,
  derive,
  dissect,
  either,
  equal,
  hex,
  inside,
  noise,
  numberFact,
  opt,
  protocol,
  readFact,
  remains,
  repeat,
  report,
  rest,
  server,
  sized,
  skip,
  step,
  u16,
  u24,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";
import {
  clientExtensions,
  clientHelloFacts,
  DTLS_VERSIONS,
  fingerprinted,
} from "../formats/tls-hello.js";
import { behindStun, stunMessage } from "../formats/stun.js";

const version = { in: [0xfeff, 0xfefd, 0x0100] };
/** RFC 6347 §4.1.1: 2^14 bytes, and 256 more when protected; older: 2,048. */
const LENGTH_MAX = 16384 + 2048;
const HANDSHAKE = 22;

const anyExtension = [u16(), u16("size"), skip("size")];
/** RFC 8446 §4.2.1. */
const selectedVersion = [u16(43), u16("size"), inside("size", u16("v"), report("version", "v"))];

/** Record (§4.1) in epoch 0, then the message's own header (§4.2.2): type, length, number, fragment. */
const recordOfMessage = [
  u8(HANDSHAKE),
  u16(version),
  hex("0000 0000"),
  u32({ max: 0x0000ffff }),
  u16("record", { min: 13, max: 16384 }),
];
const messageHeader = (...types: number[]) => [
  u8(types),
  u24("message", { max: 0x0ffff }),
  u16({ max: 64 }),
  u24({ max: 0x0ffff }),
  u24("fragment", { max: 16384 }),
];
const handshake = (...types: number[]) => [recordOfMessage, messageHeader(...types)];
/** The record ends where the fragment ends, or holds more messages. */
const whole = [derive("one", { from: "fragment", plus: 12 }), equal("record", "one")];

/** RFC 6347 §4.2.1: with a cookie, which may be empty. */
const hello = [
  u16(version),
  skip(32),
  u8("n", { max: 32 }),
  skip("n"),
  u8("n", { max: 255 }),
  skip("n"),
  u16("n", { min: 2, max: 0x0fff }),
];
/** §4.2.3: it holds all of the message. */
const unfragmented = equal("message", "fragment");
const clientHelloOf = (...relations: Word[]) =>
  fingerprinted(
    "tls.",
    messageHeader(1),
    relations,
    inside(
      "fragment",
      hello,
      skip("n"),
      u8("n", { min: 1, max: 16 }),
      skip("n"),
      clientExtensions("tls."),
    ),
  );
const wholeClientHello = clientHelloOf(whole, unfragmented);
/** In one piece; or what is here of it. */
const clientHello = step(
  recordOfMessage,
  either(wholeClientHello, [messageHeader(1), whole, unfragmented, hello]),
  accept,
);

/** Fragments of it (§4.2.3), in any order and in as many datagrams as there are. */
const helloFragment = step(
  recordOfMessage,
  u8(1),
  u24("message", { min: 42, max: 0x0fff }),
  u16({ max: 2 }),
  u24("offset", { max: 0x0fff }),
  u24("fragment", { min: 1, max: 0x0fff }),
  derive("n", { from: "offset", more: "fragment" }),
  derive("v", { from: "message", less: "n" }),
  check("v", { max: 0x0fff }),
  derive("n", { from: "message", less: "fragment" }),
  check("n", { min: 1 }),
  skip("fragment"),
  accept,
  dissect("dtls-handshake"),
  clientHelloOf(),
);

/** HelloVerifyRequest: a version and a cookie. ServerHello as in TLS. */
const helloVerify = step(
  handshake(3),
  whole,
  u16("legacy", version),
  u8("cookie"),
  derive("fits", { from: "cookie", plus: 3 }),
  equal("fragment", "fits"),
  skip("cookie"),
  accept,
  report("version", "legacy"),
);
const serverBeginning = [
  messageHeader(2),
  u16("legacy", version),
  skip(32),
  u8("n", { max: 32 }),
  skip("n"),
  u16("cipher"),
  u8(0),
];
const wholeServerHello = [
  capture(
    "tls.ja3s",
    serverBeginning,
    opt(u16("n"), inside("n", repeat(0, 32, either(selectedVersion, anyExtension)))),
  ),
  report("cipher"),
  report("version", "legacy"),
];
const serverHello = step(recordOfMessage, wholeServerHello, accept);
/** The hellos may come later, behind a cookie or behind what named the flow. */
const watch = step(recordOfMessage, either(wholeClientHello, wholeServerHello));

/** Other messages, of a handshake joined midway, or the fragments of a hello. */
const anyMessage = [
  handshake(1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 20, 21, 22),
  whole,
  skip("fragment"),
];
const message = step(
  handshake(1, 2, 4, 11, 12, 13, 14, 15, 16, 20, 21, 22),
  whole,
  skip("fragment"),
  accept,
);

/** What comes later: records that fill the datagram (§4.1.1). Sequence numbers begin with 0 in each epoch. */
const current = u16({ in: [0xfeff, 0xfefd] });
const counted = [hex("0000"), u32()];
/** Epoch 0 is before encryption: a change of it (§4.1), an alert of two bytes; protected, all have eight bytes more at least. */
const record = either(
  [
    u8({ in: [20, 21, 22, 23] }),
    current,
    u16({ min: 1, max: 7 }),
    counted,
    u16("size", { min: 9, max: LENGTH_MAX }),
  ],
  [u8(20), current, u16(0), counted, u16("size", 1)],
  [u8(21), current, u16(0), counted, u16("size", 2)],
);
const later = [
  record,
  either(remains("size"), [
    skip("size"),
    u8({ in: [20, 21, 22, 23] }),
    u16({ in: [0xfeff, 0xfefd] }),
    rest,
  ]),
];
const records = step(later, accept);

/**
 * RFC 9146 §4: a connection id that either side chose, whose length only they know, stands in front of the record's length.
 * RFC 9000's 20 bytes are taken as the most. Version 1.3 (RFC 9147 §4) says three bits of a first byte, and a length at most:
 * it is told by its hellos alone.
 */
const withId = step(
  u8(25),
  u16(0xfefd),
  u16({ min: 1, max: 7 }),
  counted,
  either(
    ...Array.from({ length: 20 }, (_, size) => [
      skip(size + 1),
      u16("size", { min: 9, max: LENGTH_MAX }),
      remains("size"),
    ]),
  ),
  accept,
);

/** Behind STUN, as in WebRTC (RFC 8827 §6.5): as many of its messages as one side sends, then a record. */
const behind = step(
  either([recordOfMessage, either(wholeClientHello, wholeServerHello)], anyMessage, later),
  accept,
);
const dtls = (type: string, body: string, epoch = "0000", sequence = "0000 00000000") =>
  hex(`${type} fefd ${epoch} ${sequence}`) + sized(2, body);
const fragment = (type: string, body: string) =>
  hex(type) + sized(3, body).slice(0, 3) + hex("0000 000000") + sized(3, body);
const partOf = (body: string, from: number, to: number) =>
  hex("01") +
  sized(3, body).slice(0, 3) +
  hex("0000") +
  sized(3, "\0".repeat(from)).slice(0, 3) +
  sized(3, body.slice(from, to));
const helloOf = (cookie: string) =>
  hex("fefd") +
  noise(32) +
  hex("00") +
  sized(1, cookie) +
  sized(2, hex("c02b c02f")) +
  hex("01 00") +
  sized(
    2,
    hex("0000") + sized(2, sized(2, `\0${sized(2, "example.org")}`)),
    hex("0010") + sized(2, sized(2, sized(1, "webrtc"))),
  );

/** DTLS, by its hellos, by other handshake messages, or by its records. */
export default protocol({
  name: "dtls",
  title: "Datagram TLS",
  category: "security",
  source:
    "RFC 6347 §4.1, §4.2, §4.3; RFC 4347; RFC 9146 §4; RFC 9147 §4, §5; RFC 7983; RFC 8827 §6.5; RFC 6066 §3; RFC 7301 §3.1",
  ports: { udp: [443, 853, 4433, 5684] },
  signatures: {
    "client-hello": { over: "udp", client: [clientHello], watch },
    "hello-fragment": { over: "udp", client: [helloFragment], watch },
    "hello-verify": { over: "udp", server: [helloVerify], watch },
    "server-hello": { over: "udp", server: [serverHello], watch },
    message: { over: "udp", first: [message], watch },
    records: { over: "udp", first: [records] },
    "connection-id": { over: "udp", first: [withId] },
    "behind-stun": { over: "udp", first: [stunMessage, behind], ...behindStun, watch },
  },
  facts: {
    ...clientHelloFacts("ja3-dtls", "ja4-dtls", "tls."),
    "tls.ja3s": readFact("ja3s-dtls", "D5"),
    version: numberFact("D5", { names: DTLS_VERSIONS }),
    cipher: numberFact("D5"),
  },
  samples: {
    yes: [
      ...[1, 4, 20].map((count) =>
        udp(
          ...Array.from({ length: count }, () => client(hex("0001 0000 2112a442"), noise(12))),
          server(hex("0101 0000 2112a442"), noise(12)),
          client(dtls("16", fragment("01", helloOf("")))),
        ),
      ),
      // In fragments: in order, the other way round, two in one datagram.
      ...[
        [[0, 30], [30, 60], [60]],
        [[60], [30, 60], [0, 30], [0, 30]],
      ].map((parts) =>
        udp(
          ...parts.map(([from, to = Infinity]) =>
            client(dtls("16", partOf(helloOf(""), from!, to))),
          ),
        ),
      ),
      udp(
        client(dtls("16", partOf(helloOf(""), 0, 40)) + dtls("16", partOf(helloOf(""), 40, 70))),
        client(dtls("16", partOf(helloOf(""), 70, Infinity))),
      ),
      udp(client(dtls("17", noise(60), "0001", "0000 00000007"))),
      ...[1, 8, 20].map((size) =>
        udp(client(hex("19 fefd 0001 000000000007"), noise(size, 3), sized(2, noise(60)))),
      ),
      udp(client(dtls("14", hex("01"), "0000", "0000 00000007"), dtls("16", noise(48), "0001"))),
      udp(
        client(dtls("16", fragment("01", helloOf("")))),
        server(dtls("16", fragment("03", hex("feff") + sized(1, noise(20))))),
        client(dtls("16", fragment("01", helloOf(noise(20))))),
      ),
      udp(server(dtls("16", fragment("02", `${hex("fefd")}${noise(32)}\0${hex("c02b 00")}`)))),
      udp(server(dtls("16", fragment("03", hex("feff") + sized(1, noise(20)))))),
      udp(client(dtls("16", fragment("0b", noise(300))))),
    ],
    no: [
      udp(client(hex("16 0303 0000 0000 00000000 0020"), noise(32))),
      udp(client(`${dtls("17", noise(60), "0001")}\0`)),
      udp(client(dtls("17", noise(60), "0000"))),
      udp(client(hex("19 fefd 0001 000000000007"), noise(21, 3), sized(2, noise(60)))),
      udp(client(dtls("18", noise(60), "0001"))),
      udp(client(dtls("17", noise(60), "0001", "00ff 00000007"))),
    ],
  },
});
