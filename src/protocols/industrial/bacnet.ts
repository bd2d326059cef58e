import {
  atEnd,
  client,
  derive,
  either,
  hex,
  protocol,
  remains,
  rest,
  server,
  skip,
  step,
  u16,
  u24,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** 20.1.2 … 20.1.9: the kind of PDU in the upper half; confirmed services up to 33, unconfirmed ones up to 13. */
const application = either(
  [u8({ in: [0, 2, 4, 6, 8, 10, 12, 14] }), u8({ mask: 0x80, bits: 0 }), u8(), u8({ max: 33 })],
  [u8(0x10), u8({ max: 13 })],
  [u8(0x20), u8(), u8({ max: 33 }), atEnd],
  [u8({ in: [0x30, 0x38, 0x3c] }), u8(), u8()],
  [u8({ in: [0x40, 0x41, 0x42, 0x43] }), u24(), atEnd],
  // An error says its class and code as enumerations (tag 9).
  [u8(0x50), u8(), u8({ max: 33 }), u8({ in: [0x91, 0x0e] })],
  [u8({ in: [0x60, 0x70, 0x71] }), u16(), atEnd],
);

/** 6.2: version 1; control, whose bits 6 and 4 are 0, tells what is there: destination, source, hop count. */
const FLAGS = [0, 1, 2, 3, 4, 5, 6, 7];
const control = (bits: number) => u8({ in: FLAGS.map((flags) => bits | flags) });
const destination = [u16({ min: 1 }), u8("n", { max: 18 }), skip("n")];
const source = [u16({ min: 1, max: 0xfffe }), u8("n", { min: 1, max: 18 }), skip("n")];
const hops = u8({ min: 1 });
/** What the network layer says itself (6.2.4). */
const routing = u8({ max: 0x13 });
const network = [
  "\x01",
  either(
    [control(0x00), application],
    [control(0x20), destination, hops, application],
    [control(0x08), source, application],
    [control(0x28), destination, source, hops, application],
    [control(0x80), routing],
    [control(0xa0), destination, hops, routing],
    [control(0x88), source, routing],
    [control(0xa8), destination, source, hops, routing],
  ),
];

/** J.2: type 81, function, length of the whole datagram. */
const length = [
  u16("length", { min: 8, max: 1507 }),
  derive("left", { from: "length", plus: -4 }),
  remains("left"),
];
const message = step(
  "\x81",
  either(
    // Unicast, broadcast, distribute to all; forwarded, with the address of who sent it.
    [u8({ in: [9, 10, 11] }), length, network, rest],
    [u8(4), length, skip(6), network, rest],
  ),
);

/** What is asked most, of one device: a confirmed request whose first parameter is an object (context tag 0, four bytes: 20.2.1). */
const question = step(
  "\x81\x0a",
  length,
  "\x01\x04\0",
  u8({ mask: 0x80, bits: 0 }),
  u8(),
  u8([5, 10, 12, 14, 15, 26]),
  u8([0x0c, 0x09]),
  skip(4),
  rest,
);

/** J.2.2 … J.2.9: foreign devices and tables: a result has 6 bytes, a registration too. */
const table = step(
  "\x81",
  either(
    ["\0\0\x06\0", u8({ in: [0, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60] }), atEnd],
    ["\x05\0\x06", u16(), atEnd],
    [u8({ in: [2, 6] }), "\0\x04", atEnd],
    ["\x08\0\x0a", skip(6), atEnd],
  ),
);

/** BACnet/IP. */
export default protocol({
  name: "bacnet",
  title: "BACnet/IP",
  category: "industrial",
  source: "ANSI/ASHRAE 135-2016 clauses 6.2, 20.1, 21, annex J.2",
  ports: { udp: [47808] },
  signatures: {
    message: { over: "udp", first: [message], reply: [message] },
    question: { over: "udp", client: [question] },
    table: { over: "udp", client: [table], server: [table] },
  },
  samples: {
    yes: [
      udp(
        client(hex("81 0b 000c 01 20 ffff 00 ff 10 08")),
        server(hex("81 0b 0019 01 20 ffff 00 ff 10 00 c4 02000000 22 05c4 91 03 22 0104")),
      ),
      udp(
        client(hex("81 0a 0011 01 04 00 05 01 0c 0c 023fffff 19 4b")),
        server(hex("81 0a 0014 01 00 30 01 0c 0c 02000001 19 4b 3e c4 02000001 3f").slice(0, 20)),
      ),
      udp(client(hex("81 05 0006 003c")), server(hex("81 00 0006 0000"))),
    ],
    no: [
      udp(client(hex("81 0b 000d 01 20 ffff 00 ff 10 08"))),
      udp(client(hex("81 0b 000c 01 50 ffff 00 ff 10 08"))),
      udp(client(hex("81 0b 000c 02 20 ffff 00 ff 10 08"))),
    ],
  },
});
