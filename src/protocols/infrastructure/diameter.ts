import {
  accept,
  byte,
  client,
  either,
  hex,
  oneOf,
  protocol,
  server,
  skip,
  step,
  tcp,
  u24,
  u32,
  u8,
} from "../../language/vocabulary.js";

/** Codes that are in common use: base, NAS, credit control, 3GPP (RFC 6733 §3.1; IANA AAA Parameters, Command Codes). */
const commands = [
  257,
  258,
  260,
  262,
  265,
  268,
  271,
  272,
  274,
  275,
  280,
  282,
  ...Array.from({ length: 24 }, (_, index) => 300 + index),
  ...Array.from({ length: 8 }, (_, index) => 8388635 + index),
];
/** An AVP: code, flags with M set, length (§4.1). Session-Id, Origin-Host, Origin-Realm or Result-Code comes first. */
const first = either(
  [u32([263, 264, 296]), oneOf("\x40", "\x60"), u24({ min: 9, max: 0x3ff }), byte("0-9A-Za-z")],
  [u32(268), "\x40", u24(12), u32({ min: 1001, max: 5999 })],
);
/** Version 1, length in words, flags R, P, E, T, command, application, two numbers that the answer repeats. */
const message = step(
  "\x01",
  u24("length", { min: 28, max: 0xffff, mask: 3, bits: 0 }),
  u8({ mask: 0x0f, bits: 0 }),
  u24(commands),
  u32(),
  skip(8),
  first,
  accept,
);

const origin = hex("00000108 40000017") + "peer.example.or\0";

/** Diameter over TCP. */
export default protocol({
  name: "diameter",
  title: "Diameter",
  category: "infrastructure",
  source: "RFC 6733 §3, §3.1, §4.1; IANA AAA Parameters",
  ports: { tcp: [3868] },
  signatures: { message: { over: "tcp", first: [message] } },
  samples: {
    yes: [
      tcp(
        client(hex("0100002c 80000101 00000000 00000001 00000002"), origin),
        server(hex("01000020 00000101 00000000 00000001 00000002 0000010c 4000000c 000007d1")),
      ),
    ],
    no: [
      tcp(client(hex("0200002c 80000101 00000000 00000001 00000002"), origin)),
      tcp(client(hex("0100002d 80000101 00000000 00000001 00000002"), origin)),
      tcp(client(hex("0100002c 81000101 00000000 00000001 00000002"), origin)),
    ],
  },
});
