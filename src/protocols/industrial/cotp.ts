import {
  capped,
  client,
  derive,
  either,
  hex,
  noise,
  not,
  protocol,
  repeat,
  server,
  skip,
  step,
  tcp,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** RFC 1006 §6: version 3, reserved, length of the whole; then COTP's length without itself (RFC 905 §13.2.1). */
const packet = [
  "\x03\0",
  u16("size", { min: 11 }),
  u8("indicator", { min: 6 }),
  derive("whole", { from: "indicator", plus: 5 }),
];
/** RFC 905 §13.3.4: TPDU size, TSAPs, options, and others with a code of 8x or Cx. */
const parameters = repeat(0, 8, u8({ min: 0x80 }), u8("n", { max: 64 }), skip("n"));

/** Connection request and confirmation: class 0 … 4, from a reference, to it (§13.3, §13.4). */
const request = step(capped(14, packet, u8(0xe0), "\0\0", u16(), u8({ max: 0x4f }), parameters));
const confirmation = step(
  capped(14, packet, u8(0xd0), u16(), u16(), u8({ max: 0x4f }), parameters),
);

/** A data TPDU of class 0 (§13.7): not of a protocol that has a name of its own. */
const data = step(
  "\x03\0",
  u16("size", { min: 8 }),
  "\x02\xf0",
  u8({ in: [0, 0x80] }),
  not(
    either("\x32", "\x72", "\x0d", "\x0e", "\x01\0\x01\0", "\x7f\x65", "\x7f\x66", "\x68", "\x64"),
  ),
);

/** ISO transport over TCP (TPKT and COTP), where nothing more is known: connection, then data. */
export default protocol({
  name: "cotp",
  title: "ISO transport over TCP",
  category: "industrial",
  source: "RFC 1006 §6; RFC 905 §13.2, §13.3, §13.4, §13.7",
  ports: { tcp: [102] },
  signatures: {
    connection: { over: "tcp", client: [request, data], server: [confirmation, data] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("0300 0016 11 e0 0000 0007 00 c102 0100 c202 0102 c001 0a")),
        server(hex("0300 0016 11 d0 0007 0003 00 c001 0a c102 0100 c202 0102")),
        client(hex("0300 0017 02 f0 80"), noise(16)),
        server(hex("0300 0017 02 f0 80"), noise(16, 2)),
      ),
    ],
    weak: [tcp(client(hex("0300 0016 11 e0 0000 0007 00 c102 0100 c202 0102 c001 0a")))],
    no: [
      tcp(client(hex("0300 0016 11 e1 0000 0007 00 c102 0100 c202 0102 c001 0a"))),
      tcp(
        client(hex("0300 0016 11 e0 0000 0007 00 c102 0100 c202 0102 c001 0a")),
        client(hex("0300 0017 02 f1 80"), noise(16)),
      ),
    ],
  },
});
