import {
  client,
  derive,
  either,
  hex,
  protocol,
  server,
  skip,
  step,
  tcp,
  u16le,
  u8,
} from "../../language/vocabulary.js";

/** IEC 60870-5-101 §7.2.1 and 104 §6: types of monitoring, control, system, parameters, files. */
const TYPES = {
  in: [
    ...Array.from({ length: 21 }, (_, index) => 1 + index),
    ...Array.from({ length: 11 }, (_, index) => 30 + index),
    45,
    46,
    47,
    48,
    49,
    50,
    51,
    58,
    59,
    60,
    61,
    62,
    63,
    64,
    70,
    ...Array.from({ length: 8 }, (_, index) => 100 + index),
    110,
    111,
    112,
    113,
    120,
    121,
    122,
    123,
    124,
    125,
    126,
    127,
  ],
};

/** §5: start 68, length, four control octets. */
const START = "\x68";
/** STARTDT, STOPDT or TESTFR, act or con, and nothing else (§5.1, figure 8). */
const unnumbered = (...codes: number[]) => [START, u8(4), u8({ in: codes }), "\0\0\0"];
const supervisory = [START, u8(4), "\x01\0", u16le({ mask: 1, bits: 0 })];
const information = [
  START,
  u8("length", { min: 13, max: 253 }),
  u16le({ mask: 1, bits: 0 }),
  u16le({ mask: 1, bits: 0 }),
  // Type, how many objects (or 0 for files), cause 1 … 47 with P/N and test (§7.2.3), originator, address.
  u8(TYPES),
  u8(),
  u8({
    in: Array.from({ length: 256 }, (_, value) => value).filter((value) => {
      const cause = value & 0x3f;
      return (cause >= 1 && cause <= 13) || (cause >= 20 && cause <= 47);
    }),
  }),
  u8(),
  u16le({ min: 1 }),
  derive("left", { from: "length", plus: -10 }),
  skip("left"),
];
const control = either(unnumbered(0x07, 0x0b, 0x13, 0x23, 0x43, 0x83), supervisory);
const any = step(either(control, information));

const start = hex("6804 07000000");
const interrogation = hex("680e 0000 0000 64 01 0600 0100 000000 14");

/** IEC 60870-5-104, telecontrol over TCP: messages in a row, or one and its answer. */
export default protocol({
  name: "iec60870-5-104",
  title: "IEC 60870-5-104",
  category: "industrial",
  source: "IEC 60870-5-104:2006 §5, §6; IEC 60870-5-101:2003 §7.2",
  ports: { tcp: [2404] },
  signatures: {
    start: {
      over: "tcp",
      client: [step(unnumbered(0x07))],
      server: [step(unnumbered(0x0b))],
    },
    control: { over: "tcp", first: [step(control), any], reply: [any] },
    information: {
      over: "tcp",
      first: [step(information), any, any, any],
      reply: [any, any, any],
    },
  },
  samples: {
    yes: [
      tcp(client(start), server(hex("6804 0b000000"))),
      tcp(client(start, interrogation, hex("6804 0100 0200")), server(hex("6804 43000000"))),
      tcp(
        client(interrogation, interrogation, hex("6804 0100 0200"), interrogation),
        server(interrogation, interrogation, interrogation),
      ),
      tcp(server(hex("6804 43000000")), client(hex("680e 0000 0200 64 01 0700 0100 000000 14"))),
    ],
    weak: [tcp(client(start)), tcp(client(hex("6804 43000000")))],
    no: [
      tcp(client(start), server(hex("6804 0c000000"))),
      tcp(client(hex("6804 07000100")), server(hex("6804 0b000100"))),
      tcp(client(hex("680e 0100 0000 64 01 0600 0100 000000 14").repeat(3))),
    ],
  },
});
