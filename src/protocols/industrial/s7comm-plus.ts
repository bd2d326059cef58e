import {
  accept,
  capped,
  client,
  derive,
  either,
  equal,
  hex,
  noise,
  opt,
  protocol,
  server,
  skip,
  step,
  tcp,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** RFC 1006 §6 and RFC 905 §13.3, §13.4: connection request or confirmation, perhaps sent twice. */
const setup = (code: number) => [
  capped(
    8,
    "\x03\0",
    u16("size", { min: 11, max: 256 }),
    u8({ min: 6 }),
    u8(code),
    derive("left", { from: "size", plus: -6 }),
    skip("left"),
  ),
];

/**
 * A data TPDU (RFC 905 §13.7) that holds protocol id 72, a version (1 … 3, or 255 for keep-alives) and a
 * length; what is not a fragment ends with 72, the version and 0, so the packet is 15 bytes longer.
 */
const message = (code: number) =>
  step(
    opt(setup(code), opt(setup(code))),
    "\x03\0",
    u16("size", { min: 15 }),
    "\x02\xf0",
    u8({ in: [0, 0x80] }),
    "\x72",
    u8({ in: [1, 2, 3, 0xff] }),
    u16("length", { min: 1 }),
    derive("whole", { from: "length", plus: 15 }),
    equal("whole", "size"),
    // Version 3 puts a digest in front; then request, response or notification, and a reserved zero.
    opt(u8(32), skip(32)),
    either([u8({ in: [0x31, 0x32, 0x33, 0xff] }), "\0\0"], skip(1)),
    accept,
  );

/** S7 communication "plus" of Siemens S7-1200 and S7-1500. */
export default protocol({
  name: "s7comm-plus",
  title: "S7 communication plus",
  category: "industrial",
  source:
    "RFC 1006 §6; RFC 905 §13; the header as Biham and others describe it (Rogue7: Rogue Engineering-Station attacks on S7 Simatic PLCs, 2019, §3)",
  ports: { tcp: [102] },
  signatures: {
    exchange: { over: "tcp", client: [message(0xe0)], server: [message(0xd0)] },
  },
  samples: {
    yes: [
      tcp(
        client(
          hex("0300 0016 11 e0 0000 0007 00 c102 0600 c202 0102 c001 0a"),
          hex("0300 003b 02f080 72 01 002c 31 0000 04ca 0000 0002 00000120 36"),
          noise(30),
          hex("72 01 0000"),
        ),
        server(
          hex("0300 0016 11 d0 0007 0003 00 c001 0a c102 0600 c202 0102"),
          hex("0300 003b 02f080 72 01 002c 32 0000 04ca 0000 0002 36 11 00000120"),
          noise(29),
          hex("72 01 0000"),
        ),
      ),
    ],
    no: [
      tcp(client(hex("0300 0019 02f080 73 01 0000 0200 0008 0000 f0 00 0001 0001 01e0"))),
      tcp(client(hex("0300 003c 02f080 72 01 002c 31 0000 04ca 0000"), noise(40))),
    ],
  },
});
