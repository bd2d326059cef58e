import {
  client,
  derive,
  either,
  equal,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  server,
  step,
  tcp,
  u16,
  u8,
  udp,
  skip,
} from "../../language/vocabulary.js";

/** MBAP header: transaction, protocol 0, length of what follows, unit (Messaging on TCP/IP §3.1.3). */
const header = (length: object, number: string) => [
  u16(number),
  remember(number),
  u16(0),
  u16("length", length),
  u8(),
];
const answered = (number: string, length: object) => [
  u16(number),
  repeats(number),
  u16(0),
  u16("length", length),
  u8(),
];

/** Application Protocol §6: a request's function says how long it is. */
const request = (number: string) =>
  step(
    either(
      // Reads of at most 2,000 bits or 125 registers.
      [
        header({ in: [6] }, number),
        u8("function", { in: [1, 2, 3, 4] }),
        u16(),
        u16({ min: 1, max: 2000 }),
      ],
      // Writes of one value, and diagnostics.
      [header({ in: [6] }, number), u8("function", { in: [5, 6, 8] }), u16(), u16()],
      [header({ in: [2] }, number), u8("function", { in: [7, 11, 12, 17] })],
      // Writes of several: address, number, bytes.
      [
        header({ min: 8, max: 254 }, number),
        u8("function", { in: [15, 16] }),
        u16(),
        u16({ min: 1, max: 1968 }),
        u8("bytes"),
        derive("all", { from: "bytes", plus: 7 }),
        equal("all", "length"),
        skip("bytes"),
      ],
      // Device identification.
      [header({ in: [5] }, number), u8("function", 43), u8(14), u8({ min: 1, max: 4 }), u8()],
      // Read and write at once; file records; mask; queue; vendors' own (§5, user-defined codes and 90).
      [
        header({ min: 3, max: 254 }, number),
        u8("function", { in: [20, 21, 22, 23, 24, 90] }),
        derive("rest", { from: "length", plus: -2 }),
        skip("rest"),
      ],
    ),
    remember("function", `${number} function`),
  );

const response = (number: string) =>
  step(
    either(
      [
        answered(number, { min: 3, max: 254 }),
        u8("function", { in: [1, 2, 3, 4, 12, 17, 20, 21, 23] }),
        repeats("function", `${number} function`),
        u8("bytes"),
        derive("all", { from: "bytes", plus: 3 }),
        equal("all", "length"),
        skip("bytes"),
      ],
      [
        answered(number, { in: [6] }),
        u8("function", { in: [5, 6, 8, 11, 15, 16] }),
        repeats("function", `${number} function`),
        u16(),
        u16(),
      ],
      // Exceptions (§7).
      [
        answered(number, { in: [3] }),
        u8("failed", { min: 0x81, max: 0xda }),
        derive("function", { from: "failed", and: 0x7f }),
        repeats("function", `${number} function`),
        u8({ in: [1, 2, 3, 4, 5, 6, 8, 10, 11] }),
      ],
      [
        answered(number, { min: 3, max: 254 }),
        u8("function", { in: [7, 22, 24, 43, 90] }),
        repeats("function", `${number} function`),
        derive("rest", { from: "length", plus: -2 }),
        skip("rest"),
      ],
    ),
  );

/** Modbus over TCP, and the same over UDP. Small numbers throughout: it takes two questions and their answers, or one long one. */
export default protocol({
  name: "modbus",
  title: "Modbus",
  category: "industrial",
  source:
    "MODBUS Messaging on TCP/IP Implementation Guide V1.0b §3.1; MODBUS Application Protocol V1.1b3 §5, §6, §7",
  ports: { tcp: [502], udp: [502] },
  signatures: {
    exchange: {
      over: ["tcp", "udp"],
      client: [request("one"), request("two")],
      server: [response("one"), response("two")],
      both: true,
    },
  },
  samples: {
    yes: [
      tcp(
        client(hex("0001 0000 0006 01 03 0000 000a")),
        server(hex("0001 0000 0017 01 03 14"), noise(20)),
        client(hex("0002 0000 0006 01 01 0010 0008")),
        server(hex("0002 0000 0004 01 01 01 5a")),
      ),
      tcp(
        client(hex("a1b2 0000 000b 11 10 0001 0002 04 000a 0102")),
        server(hex("a1b2 0000 0006 11 10 0001 0002")),
        client(hex("a1b3 0000 0005 11 2b 0e 01 00")),
        server(hex("a1b3 0000 0003 11 ab 01")),
      ),
      udp(
        client(hex("0100 0000 0006 ff 04 0000 0002")),
        server(hex("0100 0000 0007 ff 04 04 00010002")),
        client(hex("0101 0000 0006 ff 05 0003 ff00")),
        server(hex("0101 0000 0006 ff 05 0003 ff00")),
      ),
    ],
    weak: [tcp(client(hex("0001 0000 0006 01 03 0000 000a")))],
    no: [
      tcp(
        client(hex("0001 0000 0006 01 03 0000 000a")),
        server(hex("0002 0000 0017 01 03 14"), noise(20)),
      ),
      tcp(
        client(hex("0001 0001 0006 01 03 0000 000a")),
        server(hex("0001 0001 0017 01 03 14"), noise(20)),
      ),
      tcp(
        client(hex("0001 0000 0006 01 03 0000 000a")),
        server(hex("0001 0000 0017 01 03 15"), noise(20)),
      ),
    ],
  },
});
