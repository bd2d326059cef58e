import {
  type Word,
  accept,
  atEnd,
  byte,
  check,
  client,
  derive,
  either,
  hex,
  noise,
  numberFact,
  numbered,
  opt,
  printable,
  protocol,
  remember,
  repeat,
  repeats,
  report,
  rest,
  room,
  server,
  skip,
  step,
  times,
  u16,
  u24,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 7252 §3: version 1, a type, and a token of up to 8 bytes. */
const start = (...types: number[]) =>
  u8("first", {
    in: types.flatMap((type) => Array.from({ length: 9 }, (_, n) => 0x40 | (type << 4) | n)),
  });
/** The first four bytes of a token, as many as there are. */
const tokenOf = (use: (field: string) => Word) => [
  derive("token-length", { from: "first", and: 15 }),
  either(
    [
      check("token-length", { min: 4 }),
      u32("token"),
      use("token"),
      derive("left", { from: "token-length", plus: -4 }),
      skip("left"),
    ],
    [check("token-length", 3), u24("token"), use("token")],
    [check("token-length", 2), u16("token"), use("token")],
    [check("token-length", 1), u8("token"), use("token")],
    check("token-length", 0),
  ),
];

/** An option's number grows by its high nibble, its length is in the low one; 13 and 14 say more follows: §3.1. */
const option = [
  u8("option", {
    in: Array.from({ length: 255 }, (_, value) => value).filter(
      (value) => (value & 15) < 15 && value >> 4 < 15,
    ),
  }),
  derive("delta", { from: "option", shift: 4 }),
  derive("length", { from: "option", and: 15 }),
  either(
    [check("delta", 13), u8("delta"), derive("delta", { from: "delta", plus: 13 })],
    [
      check("delta", 14),
      u16("delta", { max: 65000 }),
      derive("delta", { from: "delta", plus: 269 }),
    ],
    check("delta", { max: 12 }),
  ),
  derive("number", { from: "number", more: "delta" }),
  /** What is registered below 2,048 is: §12.2 and its registry; above that experiments. */
  check("number", {
    in: [
      1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 19, 20, 21, 23, 27, 28, 31, 35, 39, 60, 252,
      258, 292, 2048, 2049, 2050, 2051, 2052, 2053, 65000, 65001,
    ],
  }),
  either(
    [check("length", 13), u8("length"), derive("length", { from: "length", plus: 13 })],
    [
      check("length", 14),
      u16("length", { max: 1024 }),
      derive("length", { from: "length", plus: 269 }),
    ],
    check("length", { max: 12 }),
  ),
  skip("length"),
];
/** Options, and a payload behind 0xff, which is not empty. */
const tail = [repeat(0, 32, option), either(atEnd, ["\xff", u8(), rest])];
const numberIs = (number: number) => derive("number", { from: "first", and: 0, plus: number });

const text = (first: number, last: number) => [
  u8("option", { min: first, max: last }),
  derive("length", { from: "option", and: 15 }),
  times("length", 12, byte(printable)),
];
/** A part of the path (Uri-Path), in text, so far behind the option before. */
const segment = (delta: number) => text(delta * 16 + 1, delta * 16 + 12);
/** Uri-Host, or Observe, may stand before it; more parts may follow: §5.10, RFC 7641 §2. */
const path = [
  either(
    segment(11),
    [text(0x31, 0x3c), segment(8)],
    [either("\x60", ["\x61", u8({ max: 1 })]), segment(5)],
  ),
  opt(segment(0), opt(segment(0), opt(segment(0)))),
  numberIs(11),
];

/** GET, POST, PUT, DELETE, FETCH, PATCH, iPATCH: §12.1.1, RFC 8132. */
const method = [u8("code", { min: 1, max: 7 }), report("method", "code")];
/** Success and errors: §12.1.2, RFC 7959 §2.9, RFC 8132 §6, RFC 8516. */
const responses = [
  0x41, 0x42, 0x43, 0x44, 0x45, 0x5f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x88, 0x89, 0x8c,
  0x8d, 0x8f, 0x96, 0x9d, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa8,
];

/** Longer than any that fits without fragments: §4.6. */
const size = room({ min: 4, max: 1472 });
const request = (options: Word) =>
  step(
    size,
    start(0, 1),
    method,
    u16("message"),
    remember("message"),
    tokenOf((field) => remember(field, "token")),
    options,
    tail,
    accept,
  );

const any = request(either(path, numberIs(0)));

/** An acknowledgement repeats the message's id, empty or with the answer; so does a reset. Else the token says what is answered. */
const reply = step(
  size,
  either(
    [either("\x60\0", "\x70\0"), u16("message"), repeats("message"), atEnd],
    [
      start(2),
      u8(responses),
      u16("message"),
      repeats("message"),
      tokenOf((field) => repeats(field, "token")),
      numberIs(0),
      tail,
    ],
    [
      start(0, 1),
      u8(responses),
      u16(),
      tokenOf((field) => repeats(field, "token")),
      numberIs(0),
      tail,
    ],
  ),
);

/** What there is (§7.2, RFC 6690 §4): /.well-known/core, behind a host or an observation at most. */
const CORE = ".well-known\x04core";
const discovery = step(
  size,
  start(0, 1),
  method,
  u16(),
  derive("token-length", { from: "first", and: 15 }),
  skip("token-length"),
  either("\xbb", [text(0x31, 0x3c), "\x8b"], [either("\x60", ["\x61", u8({ max: 1 })]), "\x5b"]),
  CORE,
  numberIs(11),
  tail,
  accept,
);
/**
 * The same up to draft-ietf-core-coap-12: the low nibble counts the options, of which Uri-Host was 5, Uri-Port 7, and
 * Uri-Path 9; a token was an option too.
 */
const oldDiscovery = step(
  size,
  u8({ in: [0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57] }),
  method,
  u16(),
  either(
    "\x9b",
    ["\x72", skip(2), "\x2b"],
    [text(0x51, 0x5e), either("\x4b", ["\x22", skip(2), "\x2b"])],
  ),
  CORE,
  accept,
);

const CODES = numbered("1 GET, 2 POST, 3 PUT, 4 DELETE, 5 FETCH, 6 PATCH, 7 iPATCH");

const get = hex("44 01 1a2b 9f3c 71d2 bb") + ".well-known" + hex("04") + "core";
const short = hex("42 01 1a2b 9f3c b6") + "switch";
const content = hex("62 45 1a2b 9f3c c0 ff") + "12:00";

/** CoAP over UDP: a request for a resource that says enough; or a request and what repeats its token. */
export default protocol({
  name: "coap",
  title: "Constrained Application Protocol",
  category: "iot",
  source:
    "RFC 7252 §3, §5.10, §12; RFC 7641 §2; RFC 7959 §2; RFC 8132 §6; RFC 6690 §4; IANA CoRE Parameters; draft-ietf-core-coap-03 §3.1, §3.2, §11.2",
  ports: { udp: [5683] },
  signatures: {
    request: { over: "udp", client: [request(path)] },
    discovery: { over: "udp", client: [discovery] },
    "old-discovery": { over: "udp", client: [oldDiscovery] },
    exchanges: { over: "udp", client: [any, any], server: [reply, reply], both: true },
    exchange: { over: "udp", client: [any], server: [reply] },
  },
  facts: { method: numberFact("D5", { names: CODES }) },
  samples: {
    yes: [
      udp(client(get)),
      udp(client(hex("43 01 05ca 72 1633 2b") + ".well-known" + hex("04") + "core")),
      udp(
        client(short),
        server(content),
        client(short.replace("\x2b", "\x2c")),
        server(content.replace("\x2b", "\x2c")),
      ),
      udp(client(get), server(hex("64 45 1a2b 9f3c 71d2 c1 28 ff") + "</time>;ct=0")),
      udp(client(short), server(content)),
      udp(
        client(hex("54 01 77aa 9f3c71d2 60 55") + "rooms"),
        server(hex("54 45 0102 9f3c71d2 60 62 32 33 ff") + "{}"),
      ),
    ],
    weak: [udp(client(short)), udp(server(content)), udp(client(short), server(hex("6000 1a2b")))],
    no: [
      udp(client(`${get}\xff`)),
      udp(client(short), server(content.replace("\x1a\x2b", "\x1a\x2c"))),
      udp(client(short.replace("\x42", "\x4a"))),
      udp(client(noise(24))),
    ],
  },
});
