import {
  accept,
  client,
  either,
  hex,
  noise,
  protocol,
  remember,
  repeat,
  repeats,
  server,
  skip,
  step,
  tcp,
  u24,
  u32,
  u8,
} from "../../language/vocabulary.js";

/** RTMP 1.0 §5.2: C0 is the version, 3; C1 and C2 have 1,536 bytes each. */
const VERSION = "\x03";
/** Zero; players tell their version here, and servers theirs. */
const zeros = either([hex("0000 0000")], [u8({ min: 1, max: 0x80 }), u8({ max: 30 }), u8(), u8()]);

/** The first command behind the handshake: chunk stream 3, a message of type 20 or 17 (§5.3.1, §7.1.1). */
const connect = step(
  VERSION,
  skip(4),
  zeros,
  skip(1528 + 1536),
  // Some set a chunk size or a window first.
  repeat(0, 2, hex("02"), skip(3), hex("0000 04"), u8({ in: [1, 5] }), hex("0000 0000"), skip(4)),
  u8(3),
  skip(3),
  u24({ min: 16, max: 0xffff }),
  either([u8(20)], [u8(17), "\0"]),
  hex("0000 0000"),
  hex("02 0007"),
  "connect",
  accept,
);

/** Without the digests of later players, each side repeats the other's time and random bytes in C2, S2 (§5.2.4). */
const RANDOM = { min: 0x01000000 };
const greet = step(
  VERSION,
  u32("time"),
  zeros,
  u32("random1", RANDOM),
  remember("random1"),
  u32("random2", RANDOM),
  remember("random2"),
  u32("random3", RANDOM),
  remember("random3"),
  skip(1516),
);
const echo = step(
  VERSION,
  skip(1536),
  skip(8),
  u32("random1", RANDOM),
  repeats("random1"),
  u32("random2", RANDOM),
  repeats("random2"),
  u32("random3", RANDOM),
  repeats("random3"),
  accept,
);

const c1 = (seed: number) => hex("0000 0000 0000 0000") + noise(1528, seed);
const command =
  hex("03 000000 00006d 14 00000000 02 0007") +
  "connect" +
  hex("00 3ff0 0000 0000 0000 03") +
  noise(88);

/** RTMP: the handshake's echo, or the first command behind it. */
export default protocol({
  name: "rtmp",
  title: "Real-Time Messaging Protocol",
  category: "media",
  source:
    "Adobe, Real Time Messaging Protocol 1.0 (2012) §5.2, §5.3.1, §7.1.1, §7.2.1.1 (https://rtmp.veriskope.com/pdf/rtmp_specification_1.0.pdf)",
  ports: { tcp: [1935] },
  signatures: {
    connect: { over: "tcp", client: [connect] },
    echo: { over: "tcp", client: [greet], server: [echo], both: true },
  },
  samples: {
    yes: [
      tcp(client(VERSION + c1(1)), server(VERSION + c1(2) + c1(1)), client(c1(2) + command)),
      tcp(client(VERSION + c1(1) + c1(2) + command)),
      tcp(client(VERSION + hex("0000 1234 8000 0702") + noise(1528) + noise(1536, 2) + command)),
    ],
    weak: [tcp(client(VERSION + c1(1)), server(VERSION))],
    no: [
      tcp(client(VERSION + c1(1)), server(VERSION + c1(2) + c1(3))),
      tcp(client("\x04" + c1(1)), server("\x04" + c1(2) + c1(1))),
      tcp(client(hex("03 00 0013 0e e0 0000 0000 00 0100 0800 0300 0000"))),
    ],
  },
});
