import {
  accept,
  capped,
  client,
  derive,
  either,
  equal,
  hex,
  opt,
  protocol,
  remember,
  repeats,
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
/** A data TPDU (RFC 905 §13.7); then 32, and the kind of message. */
const data = ["\x03\0", u16("size", { min: 17, max: 8192 }), "\x02\xf0\x80\x32"];
/** The lengths of parameters and data and the header's own make up the packet. */
const lengths = (header: number) => [
  u16("parameters", { max: 2048 }),
  u16("data", { max: 8192 }),
  derive("part", { from: "parameters", plus: header }),
  derive("whole", { from: "part", more: "data" }),
  equal("whole", "size"),
];

/** Functions: set up communication, read, write, up- and download, control, stop; 0 is of the CPU's services. */
const functions = u8({
  in: [0x00, 0x04, 0x05, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x28, 0x29, 0xf0],
});

/** Kind 1 asks, kind 7 is user data; the header has 10 bytes. */
const job = step(
  opt(setup(0xe0), opt(setup(0xe0))),
  data,
  u8({ in: [1, 7] }),
  "\0\0",
  u16("reference"),
  lengths(17),
  functions,
  accept,
  remember("reference"),
);
/** Kinds 2 and 3 answer with an error class and code behind; user data has none. */
const answer = step(
  opt(setup(0xd0), opt(setup(0xd0))),
  data,
  either(
    [u8({ in: [2, 3] }), "\0\0", u16("reference"), repeats("reference"), lengths(19), u8(), u8()],
    [u8(7), "\0\0", u16("reference"), lengths(17)],
  ),
  accept,
);

const connect = hex("0300 0016 11 e0 0000 0007 00 c102 0100 c202 0102 c001 0a");
const confirm = hex("0300 0016 11 d0 0007 0003 00 c001 0a c102 0100 c202 0102");

/** S7 communication of Siemens S7-300 and S7-400, over ISO transport on TCP. */
export default protocol({
  name: "s7comm",
  title: "S7 communication",
  category: "industrial",
  source:
    "RFC 1006 §6; RFC 905 §13; the header as Kleinmann and Wool describe it (Accurate Modeling of the Siemens S7 SCADA Protocol, 2014, §3)",
  ports: { tcp: [102] },
  signatures: { exchange: { over: "tcp", client: [job], server: [answer] } },
  samples: {
    yes: [
      tcp(
        client(connect),
        server(confirm),
        client(hex("0300 0019 02f080 32 01 0000 0200 0008 0000 f0 00 0001 0001 01e0")),
        server(hex("0300 001b 02f080 32 03 0000 0200 0008 0000 0000 f0 00 0001 0001 00f0")),
      ),
      tcp(
        client(
          hex("0300 001f 02f080 32 01 0000 0500 000e 0000 04 01 12 0a 10 02 0010 0001 84 000000"),
        ),
        server(hex("0300 001b 02f080 32 03 0000 0500 0002 0006 0000 04 01 ff 04 0010 1234")),
      ),
    ],
    no: [
      tcp(client(connect, hex("0300 0019 02f080 72 01 0000 0200 0008 0000 f0 00 0001 0001 01e0"))),
      tcp(client(hex("0300 001a 02f080 32 01 0000 0200 0008 0000 f0 00 0001 0001 01e0"))),
      tcp(client(connect, hex("0300 0007 02f080"))),
    ],
  },
});
