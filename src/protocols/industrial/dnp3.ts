import {
  accept,
  client,
  derive,
  either,
  hex,
  noise,
  protocol,
  server,
  skip,
  step,
  tcp,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** IEEE 1815 §9.2.4.1.3: DIR, PRM, FCB, FCV and the function; 3 and 4 carry user data. */
const CARRIES = { in: [0xd3, 0xf3, 0x53, 0x73, 0xc4, 0x44, 0xe4, 0x64] };
/** Reset link, test link, request status; and ACK, NACK, status, not supported. */
const PLAIN = {
  in: [
    0xc0, 0x40, 0xe0, 0x60, 0xd2, 0xf2, 0x52, 0x72, 0xc9, 0x49, 0xe9, 0x69, 0x80, 0x00, 0x90, 0x10,
    0x81, 0x01, 0x8b, 0x0b, 0x9b, 0x1b, 0x8f, 0x0f,
  ],
};

/** §4.2.2.5: requests 0 … 33, and responses. */
const functions = u8({ in: [...Array.from({ length: 34 }, (_, value) => value), 129, 130, 131] });

/** Start 05 64, length, control, destination, source, CRC; then blocks of 16 bytes, each with a CRC (§9.2.4). */
const header = (...control: Parameters<typeof u8>) => [
  "\x05\x64",
  u8("length", { min: 8 }),
  u8(...control),
  skip(6),
];
/** What is left of a frame behind three bytes of data. */
const restOfFrame = [
  derive("rounded", { from: "length", plus: 10 }),
  derive("checks", { from: "rounded", shift: 4, times: 2, plus: -8 }),
  derive("left", { from: "checks", more: "length" }),
  skip("left"),
];
const frame = step(
  either(
    // Transport header (§8.2.1), application control and function (§4.2.2).
    [header(CARRIES), u8(), u8(), functions, restOfFrame],
    ["\x05\x64\x05", u8(PLAIN), skip(6)],
  ),
);

/** A message in one frame: first and final in both headers; a master asks for no confirmation and sends nothing unsolicited. */
const whole = { mask: 0xc0, bits: 0xc0 };
const request = step(
  header([0xc4, 0xd3, 0xf3]),
  u8(whole),
  u8({ mask: 0xf0, bits: 0xc0 }),
  functions,
  accept,
);
/** A response; an unsolicited one says so in its control too; two of the internal indications are reserved (§4.2.2.6). */
const response = step(
  header([0x44, 0x53, 0x73]),
  u8(whole),
  either([u8({ mask: 0xd0, bits: 0xc0 }), u8(129)], [u8({ mask: 0xd0, bits: 0xd0 }), u8(130)]),
  u8(),
  u8({ mask: 0xc0, bits: 0 }),
  accept,
);

/** DNP3: a message in one frame, or two frames. Checksums are not computed. */
export default protocol({
  name: "dnp3",
  title: "DNP3",
  category: "industrial",
  source: "IEEE 1815-2012 §4.2.2, §8.2, §9.2.4",
  ports: { tcp: [20000], udp: [20000] },
  signatures: {
    message: { over: ["tcp", "udp"], client: [request], server: [response] },
    frames: { over: ["tcp", "udp"], first: [frame, frame] },
    exchange: { over: ["tcp", "udp"], first: [frame], reply: [frame] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("0564 0b c4 0a00 0100 fc42 c0 c1 01 3c02 06 3c92")),
        server(hex("0564 0a 44 0100 0a00 6e25 c0 c1 81 0000 a6d3")),
      ),
      tcp(client(hex("0564 08 c4 0400 0300 b4b8 c0 c1 0d d22d").repeat(2))),
      udp(
        server(hex("0564 1b 44 0300 0400 7cae c6 f6 82 9500"), noise(21)),
        client(hex("0564 08 c4 0400 0300 b4b8 c0 d6 00 0fd6")),
      ),
      tcp(
        client(hex("0564 05 c9 0100 0000 1234 0564 05 c0 0100 0000 5678")),
        server(hex("0564 05 0b 0000 0100 4321")),
      ),
    ],
    weak: [tcp(client(hex("0564 05 c0 0100 0000 1234")))],
    no: [
      tcp(client(hex("0565 08 c4 0400 0300 b4b8 c0 c1 0d d22d"))),
      tcp(client(hex("0564 08 c4 0400 0300 b4b8 c0 c1 40 d22d").repeat(2))),
      tcp(client(hex("0564 05 c9 0100 0000 1234")), server(hex("0564 06 0b 0000 0100 4321"))),
    ],
  },
});
