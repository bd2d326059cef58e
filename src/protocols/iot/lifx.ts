import {
  client,
  hex,
  protocol,
  remains,
  server,
  skip,
  step,
  u16le,
  u8,
  udp,
  derive,
  u32le,
  remember,
  repeats,
} from "../../language/vocabulary.js";

/** LAN protocol, header: size of the whole; protocol 1024, addressable, perhaps tagged, origin 0; source; target with two zeros. */
const header = [
  u16le("size", { min: 36, max: 1024 }),
  derive("left", { from: "size", plus: -2 }),
  remains("left"),
  u16le([0x1400, 0x3400, 0x5400, 0x7400]),
];
/** Types of messages for devices, lights, zones, relays and tiles; two reserved zeros. */
const type = [
  u16le({
    in: [
      2, 3, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 32, 33, 34, 35, 38, 44, 45, 48,
      49, 50, 51, 52, 53, 54, 58, 59, 101, 102, 103, 107, 116, 117, 118, 119, 120, 121, 122, 123,
      125, 142, 143, 144, 145, 146, 147, 148, 149, 501, 502, 503, 506, 507, 508, 509, 510, 511, 512,
      701, 702, 703, 707, 709, 711, 715, 816, 817, 818,
    ],
  }),
  "\0\0",
];
const request = step(
  header,
  u32le("source"),
  remember("source"),
  skip(6),
  "\0\0",
  skip(6),
  u8({ max: 3 }),
  skip(1),
  "\0".repeat(8),
  type,
);
/** Answers repeat the source; bulbs put a time where requests have zeros. */
const reply = step(
  header,
  u32le("source"),
  repeats("source"),
  skip(6),
  "\0\0",
  skip(6),
  u8({ max: 3 }),
  skip(1),
  skip(8),
  type,
);

/** LIFX lights. */
export default protocol({
  name: "lifx",
  title: "LIFX LAN protocol",
  category: "iot",
  source: "LIFX LAN Protocol (lan.developer.lifx.com): packet contents, messages",
  ports: { udp: [56700] },
  signatures: { message: { over: "udp", client: [request], server: [reply] } },
  samples: {
    yes: [
      udp(
        client(
          hex("2400 0034 12345678 0000000000000000 000000000000 01 00 0000000000000000 0200 0000"),
        ),
        server(
          hex(
            "2900 0014 12345678 d073d5001122 0000 4c4946585632 00 00 0010a5d4e8a3b114 0300 0000 01 7cdd0000",
          ),
        ),
      ),
    ],
    no: [
      udp(
        client(
          hex("2500 0034 12345678 0000000000000000 000000000000 01 00 0000000000000000 0200 0000"),
        ),
      ),
      udp(
        client(
          hex("2400 0038 12345678 0000000000000000 000000000000 01 00 0000000000000000 0200 0000"),
        ),
      ),
    ],
  },
});
