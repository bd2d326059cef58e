import {
  accept,
  client,
  derive,
  either,
  hex,
  noise,
  protocol,
  remains,
  server,
  skip,
  step,
  tcp,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** KNX 03/08/02 §8.6.2: an address of 8 bytes, of UDP or TCP. */
const endpoint = [u8(8), u8({ in: [1, 2] }), skip(6)];
/** 03/08/02 §7.5.4.2: a device description has 54 bytes. */
const description = [u8(54), u8(1)];
/** 03/08/04 §2.6, 03/08/05 §2.4: 4 bytes, a channel, a sequence counter. */
const channel = [u8(4), u8({ min: 1 }), u8()];
/** 03/06/03 §4.1.5: cEMI codes of the data link layer, local device management. */
const cemi = [
  u8({
    in: [0x11, 0x13, 0x10, 0x29, 0x2b, 0x2d, 0x2e, 0x2f, 0xfc, 0xfb, 0xf6, 0xf5, 0xf7, 0xf1, 0xf0],
  }),
];

/** 03/08/02 §2.3: header size 6, version 10; service, length of the whole; what each service begins with. */
const services = [
  // Search and description (§7.6, §7.7), and their extensions.
  [either("\x02\x01", "\x02\x03", "\x02\x0b"), endpoint],
  [either("\x02\x02", "\x02\x0c"), endpoint, description],
  ["\x02\x04", description],
  // Connect, connection state, disconnect (§7.8).
  ["\x02\x05", endpoint, endpoint, u8({ min: 2, max: 8 }), u8({ in: [3, 4, 6, 7, 8] })],
  ["\x02\x06", u8(), u8({ in: [0, 1, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29] })],
  [either("\x02\x07", "\x02\x09"), u8(), "\0", endpoint],
  [either("\x02\x08", "\x02\x0a"), u8(), u8({ in: [0, 0x21, 0x26, 0x27] })],
  // Device management, tunnelling (03/08/03 §4, 03/08/04 §4).
  [either("\x03\x10", "\x04\x20"), channel, "\0", cemi],
  [either("\x03\x11", "\x04\x21"), channel, u8({ max: 0x29 })],
  // Routing (03/08/05 §5); its indications are below.
  ["\x05\x31", "\x04"],
  ["\x05\x32", "\x06"],
  // Secure wrapper, session, timer (03/08/09).
  ["\x09\x50", u16(), skip(12)],
  ["\x09\x51", endpoint],
  [either("\x09\x52", "\x09\x53", "\x09\x54"), u16()],
  ["\x09\x55", u16()],
];
/** In a datagram the length says where it ends. */
const datagram = step(
  "\x06\x10",
  either(
    ...services.map(([service, ...body]) => [
      service!,
      u16("size", { min: 8, max: 1024 }),
      derive("left", { from: "size", plus: -6 }),
      remains("left"),
      ...body,
    ]),
  ),
);
/** What came from the bus (L_Data.ind), perhaps with additional information; its first control byte has a fixed 0 and 1. */
const routed = step(
  "\x06\x10\x05\x30",
  u16("size", { min: 16, max: 1024 }),
  derive("left", { from: "size", plus: -6 }),
  remains("left"),
  u8(0x29),
  u8("n", { max: 32 }),
  skip("n"),
  u8({ mask: 0x50, bits: 0x10 }),
);
/** Over TCP (core version 2) messages follow each other. */
const inStream = step(
  "\x06\x10",
  either(...services.map(([service, ...body]) => [service!, u16({ min: 8, max: 1024 }), ...body])),
  accept,
);

const home = "08 01 c0000205 e000";

/** KNXnet/IP, building automation. */
export default protocol({
  name: "knxnet-ip",
  title: "KNXnet/IP",
  category: "industrial",
  source: "KNX Standard 03/08/01 … 03/08/05, 03/08/09; EN ISO 22510",
  ports: { tcp: [3671], udp: [3671] },
  signatures: {
    datagram: { over: "udp", first: [datagram], reply: [datagram] },
    routing: { over: "udp", first: [routed] },
    stream: { over: "tcp", first: [inStream], reply: [inStream] },
  },
  samples: {
    yes: [
      udp(
        client(hex(`0610 0205 001a ${home} ${home} 04 04 02 00`)),
        server(hex("0610 0206 0014 15 00 08 01 c0000202 0e57 04 04 ff07")),
      ),
      udp(client(hex("0610 0530 0011 29 00 bce0 1101 0a01 01 00 81"))),
      udp(
        client(hex("0610 0201 000e 08 01 c0000205 d0d1")),
        server(hex(`0610 0204 003c 3601`), noise(52)),
      ),
      tcp(
        client(hex("0610 0205 001a 0802 00000000 0000 0802 00000000 0000 04 04 02 00")),
        server(hex("0610 0206 0014 15 00 08 02 00000000 0000 04 04 ff07")),
      ),
    ],
    no: [
      udp(client(hex("0610 0201 000f 08 01 c0000205 d0d1"))),
      udp(client(hex("0610 0213 000e 08 01 c0000205 d0d1"))),
      udp(client(hex("0620 0201 000e 08 01 c0000205 d0d1"))),
    ],
  },
});
