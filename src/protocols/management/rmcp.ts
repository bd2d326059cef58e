import {
  accept,
  client,
  either,
  hex,
  noise,
  protocol,
  remains,
  server,
  skip,
  step,
  u16le,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** IPMI 2.0 §13.1.3 (ASF 2.0 §3.2.1): version 6, reserved, a sequence (255: no answer wanted), a class. */
const header = (kind: number) => [hex("06 00"), u8(), u8(kind)];

/** ASF's IANA number 4542; ping, pong and others; tag, reserved, length of the data. ASF §3.2.2. */
const asf = step(
  header(6),
  hex("000011be"),
  u8([0x40, 0x41, 0x42, 0x43, 0x44, 0x80, 0x81, 0x82, 0x83, 0x84]),
  u8(),
  u8(0),
  u8("length"),
  remains("length"),
  accept,
);
const message = [
  u8("length", { min: 7 }),
  remains("length"),
  /** Addresses of the two, the network function and a checksum (§13.8). */
  either(
    [
      u8({ in: [0x20, 0x22, 0x24, 0x26] }),
      skip(2),
      u8({ in: [0x81, 0x83, 0x85, 0x87, 0x89, 0x8b, 0x8d, 0x8f] }),
    ],
    [
      u8({ in: [0x81, 0x83, 0x85, 0x87, 0x89, 0x8b, 0x8d, 0x8f] }),
      skip(2),
      u8({ in: [0x20, 0x22, 0x24, 0x26] }),
    ],
  ),
];
/** §13.6: no authentication, or MD2, MD5, a password, OEM and their 16 bytes. */
const version15 = step(
  header(7),
  either([u8(0), skip(8), message], [u8([1, 2, 4, 5]), skip(8), skip(16), message]),
  accept,
);
/** §13.6, §13.27.3: RMCP+: payloads IPMI, SOL, OEM and those that open a session; encrypted, authenticated. */
const version2 = step(
  header(7),
  u8(6),
  either(
    [
      u8({ in: [0x10, 0x11, 0x12, 0x13, 0x14, 0x15] }),
      u32(0),
      u32(0),
      u16le("length", { min: 1, max: 255 }),
      remains("length"),
    ],
    [u8({ in: [0, 1, 0x40, 0x41, 0x80, 0x81, 0xc0, 0xc1] }), skip(8), u16le({ min: 1, max: 1500 })],
  ),
  accept,
);

const ping = hex("06 00 ff 06 000011be 80 00 00 00");
const pong = hex("06 00 ff 06 000011be 40 00 00 10 000011be 00000000 81 00 000000000000");
const capabilities = hex("06 00 ff 07 00 00000000 00000000 09 20 18 c8 81 00 38 8e 04 b5");
const open = hex(`06 00 ff 07 06 10 00000000 00000000 2000 00 04 0000 a4a3a2a0
  00 00 00 08 01 00 00 00 01 00 00 08 01 00 00 00 02 00 00 08 01 00 00 00`);

/** RMCP, with ASF and IPMI. */
export default protocol({
  name: "rmcp",
  title: "Remote Management Control Protocol",
  category: "management",
  source: "IPMI 2.0 §13.1.3, §13.6, §13.8, §13.27; DMTF ASF 2.0 §3.2",
  ports: { udp: [623, 664] },
  signatures: {
    asf: { over: "udp", first: [asf], reply: [asf] },
    ipmi: { over: "udp", first: [version15], reply: [version15] },
    "ipmi-2": { over: "udp", first: [version2], reply: [version2] },
  },
  samples: {
    yes: [
      udp(client(ping), server(pong)),
      udp(
        client(capabilities),
        server(
          hex(
            "06 00 ff 07 00 00000000 00000000 11 81 1c 63 20 00 38 00 01 97 04 03 00 00000000 11",
          ),
        ),
      ),
      udp(client(capabilities)),
      udp(client(open), server(open)),
    ],
    weak: [udp(client(hex("06 00 ff 07 06 c0 01020304 01000000 2000"), noise(44)))],
    no: [
      udp(client(`${ping}\0`)),
      udp(client(ping.replace("\x11\xbe", "\x11\xbf"))),
      udp(client(`\x07${capabilities.slice(1)}`)),
      udp(client(hex("06 00 ff 07"), noise(30))),
    ],
  },
});
