import {
  atEnd,
  client,
  derive,
  either,
  hex,
  noise,
  protocol,
  remains,
  room,
  sctp,
  server,
  sized,
  skip,
  step,
  u16,
  u32,
  u8,
} from "../../language/vocabulary.js";

/** RFC 4666 §1.4.1, §3.1: payload protocol identifier 3, version 1, a class and a type, the length of all. */
const header = [
  u32(3),
  u8(1),
  u8(0),
  either(
    [u8(0), u8([0, 1])], // management
    [u8(1), u8(1)], // data
    [u8(2), u8({ min: 1, max: 6 })], // network management
    [u8(3), u8({ min: 1, max: 6 })], // AS state
    [u8(4), u8({ min: 1, max: 4 })], // AS traffic
    [u8(9), u8({ min: 1, max: 4 })], // routing keys
  ),
  u32("length", { min: 8, max: 0xffff }),
  derive("body", { from: "length", plus: -8 }),
];
/** §3.2: parameters, the first of them with its own length. */
const parameter = [u16({ max: 0x0214 }), u16({ min: 4, max: 0x1fff })];
const message = step(
  header,
  room({ max: 65535 }),
  remains("body"),
  either([parameter, skip(0)], atEnd),
);

/** M3UA: signalling of telephone networks (SS7 MTP3) over IP. */
export default protocol({
  name: "m3ua",
  title: "MTP3 User Adaptation",
  category: "telephony",
  source: "RFC 4666 §1.4.1, §3.1, §3.2",
  ports: { sctp: [2905] },
  signatures: { message: { over: "sctp", first: [message], reply: [message] } },
  samples: {
    yes: [
      sctp(
        client(hex("00000003 0100 0301 00000008")),
        server(hex("00000003 0100 0304 00000008")),
        client(hex("00000003 0100 0101 00000028 0210 0020"), noise(28)),
      ),
    ],
    weak: [sctp(server(hex("00000003 0100 0101 00000028 0210 0020"), noise(28)))],
    no: [
      sctp(client(hex("00000003 0100 0301 00000009"))),
      sctp(client(hex("00000002 0100 0301 00000008"))),
      sctp(client(hex("00000003 0200 0301 00000008"))),
      sctp(client(sized(4, hex("0100 0301 00000008")))),
    ],
  },
});
