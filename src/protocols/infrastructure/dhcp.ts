import {
  accept,
  byte,
  capped,
  capture,
  client,
  either,
  except,
  hex,
  inside,
  noise,
  not,
  numbered,
  numberFact,
  printable,
  protocol,
  repeat,
  report,
  room,
  run,
  server,
  skip,
  step,
  textFact,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 2132 §9.6, RFC 3203 §4, RFC 4388 §6.1, RFC 6926 §6.2.1, RFC 7724 §5.2.1. */
const TYPE_NAMES = numbered(`
  1 DISCOVER, 2 OFFER, 3 REQUEST, 4 DECLINE, 5 ACK, 6 NAK, 7 RELEASE, 8 INFORM, 9 FORCERENEW,
  10 LEASEQUERY, 11 LEASEUNASSIGNED, 12 LEASEUNKNOWN, 13 LEASEACTIVE, 14 BULKLEASEQUERY,
  15 LEASEQUERYDONE, 16 ACTIVELEASEQUERY, 17 LEASEQUERYSTATUS, 18 TLS
`);

/** RFC 2131 §2: request or reply, IANA hardware type and length of its addresses, relays on the way (RFC 1542 §4.1.1: 16). */
const header = [
  u8({ in: [1, 2] }),
  u8({ min: 1, max: 40 }),
  u8({ max: 16 }),
  u8({ max: 16 }),
  u32(),
  u16(),
  u16({ mask: 0x7fff, bits: 0 }),
  skip(16),
];

const text = (code: number, fact: string) => [
  u8(code),
  u8("length", { min: 1 }),
  inside("length", capture(fact, run(printable))),
];
/** RFC 2132 §3.1, §9.6, §9.13 (vendor class), §3.14 (host name). */
const option = either(
  "\0",
  ["\x35\x01", u8("type", { min: 1, max: 18 }), report("type")],
  text(60, "vendor"),
  text(12, "host"),
  [byte(except("\xff")), u8("length"), skip("length")],
);

/** The cookie 99.130.83.99 stands before the options (RFC 2131 §3). */
const dhcp = step(header, skip(208), hex("63825363"), accept, repeat(0, 64, option));

/** What is left of a message where the capture cut it before the cookie: too little for a name. */
const cut = step(
  room({ min: 36 }),
  u8({ in: [1, 2] }),
  u8(1),
  u8(6),
  u8({ max: 16 }),
  u32(),
  u16({ max: 0x3fff }),
  u16({ in: [0, 0x8000] }),
  skip(16),
  skip(6),
  capped(20, "\0\0"),
);
/** RFC 951 §3: without it. Behind a hardware address of six bytes, and in the names, is nothing but zeros. */
const bootp = step(
  room({ min: 300, max: 548 }),
  u8({ in: [1, 2] }),
  u8(1),
  u8(6),
  u8({ max: 16 }),
  u32(),
  u16(),
  u16({ mask: 0x7fff, bits: 0 }),
  skip(16),
  skip(6),
  capped(20, "\0".repeat(74)),
  skip(128),
  not(hex("63825363")),
  skip(4),
);

const address = "02005e102030";
const packet = (op: string, ciaddr: string, options: string) =>
  hex(
    `${op} 01 06 00 3903f326 0000 0000 ${ciaddr} 00000000 00000000 ${address} ${"00".repeat(10 + 192)}`,
  ) + options;
const discover = packet(
  "01",
  "00000000 00000000",
  hex("63825363 350101 3d0701 02005e102030 0c06") +
    "laptop" +
    hex("3c08") +
    "MSFT 5.0" +
    hex("3704 0103060f ff"),
);
const offer = packet(
  "02",
  "00000000 c0000237",
  hex("63825363 350102 3604 c0000201 3304 00000e10 0104 ffffff00 ff") + "\0".repeat(34),
);

/** DHCP for IPv4, and BOOTP before it. */
export default protocol({
  name: "dhcp",
  title: "Dynamic Host Configuration Protocol",
  category: "infrastructure",
  source: "RFC 2131 §2, §3; RFC 2132; RFC 951 §3; RFC 1542 §4.1.1",
  ports: { udp: [67, 68] },
  signatures: {
    message: { over: "udp", first: [dhcp], reply: [dhcp] },
    bootp: { over: "udp", first: [bootp] },
    cut: { over: "udp", first: [cut] },
  },
  facts: {
    type: numberFact("D5", { list: 8, names: TYPE_NAMES }),
    vendor: textFact("D5", { bound: 64 }),
    host: textFact("D4", { bound: 64 }),
  },
  samples: {
    yes: [
      udp(client(discover)),
      udp(server(offer)),
      udp(client(discover), server(offer)),
      udp(client(packet("01", "00000000 00000000", "\0".repeat(64)))),
    ],
    weak: [udp(client(discover.slice(0, 54)))],
    no: [
      udp(client(discover.slice(0, 34))),
      udp(
        client(
          discover
            .replace(hex("01060039"), hex("01070039"))
            .replace(hex("63825363"), hex("63825364")),
        ),
      ),
      udp(client(`\x03${discover.slice(1)}`)),
      udp(client(noise(300))),
    ],
  },
});
