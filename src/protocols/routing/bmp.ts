import {
  accept,
  capture,
  client,
  hex,
  inside,
  noise,
  printable,
  protocol,
  run,
  step,
  tcp,
  textFact,
  u16,
  u32,
  u8,
  skip,
} from "../../language/vocabulary.js";

/** RFC 7854 §4.3, §4.4: initiation must tell a description (1) and a name (2); there may be free text (0). */
const initiation = [
  "\x03",
  u32({ min: 10, max: 0xffff }),
  "\x04\0",
  u8([0, 1, 2]),
  u16("n", { min: 2, max: 1024 }),
  inside("n", capture("initiation", run(printable, { min: 2, max: 128 }))),
  "\0",
  u8([0, 1, 2]),
  u16("n", { min: 2, max: 1024 }),
  inside("n", capture("initiation", run(printable, { min: 2, max: 128 }))),
];
/** §4.2: the others name a peer: its type 0 … 3, flags. A peer up has the two OPEN messages; a route monitoring message an UPDATE. */
const monitoring = [
  "\x03",
  u32({ min: 67, max: 0x1ffff }),
  "\0",
  u8({ max: 3 }),
  u8({ mask: 0x0f, bits: 0 }),
  skip(40),
  "\xff".repeat(16),
];

/** BMP, what a router tells a station of its BGP sessions: it speaks alone. */
export default protocol({
  name: "bmp",
  title: "BGP Monitoring Protocol",
  category: "routing",
  source: "RFC 7854 §4",
  ports: { tcp: [11019, 1790, 5000] },
  signatures: {
    initiation: { over: "tcp", first: [step(initiation, accept)] },
    monitoring: { over: "tcp", first: [step(monitoring, accept)] },
  },
  facts: { initiation: textFact("D4", { list: 2, bound: 128 }) },
  samples: {
    yes: [
      tcp(client(hex("03 00000020 04 0002 0006"), "router", hex("0001 000c"), "FRRouting 8.")),
      tcp(
        client(
          hex("03 00000060 00 00 00"),
          noise(40),
          "\xff".repeat(16),
          hex("0030 02"),
          noise(29),
        ),
      ),
    ],
    no: [
      tcp(client(hex("03 00000020 05 0002 0006"), "router")),
      tcp(client(hex("02 00000020 04 0002 0006"), "router")),
    ],
  },
});
