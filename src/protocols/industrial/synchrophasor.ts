import {
  accept,
  capture,
  client,
  derive,
  either,
  hex,
  noise,
  printable,
  protocol,
  remains,
  remember,
  repeats,
  run,
  server,
  skip,
  step,
  tcp,
  textFact,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** IEEE C37.118.2 §6.2: AA, then frame type in bits 6 … 4 and version 1 or 2 in bits 3 … 0. */
const sync = (type: number) => ["\xaa", u8({ in: [(type << 4) | 1, (type << 4) | 2] })];
/** Time of the second; flags of time quality (bit 7 is reserved) with a fraction. */
const time = [u32(), u8({ max: 0x7f }), skip(3)];

/** §6.6: turn off, turn on, send header, configuration 1, 2, 3, extended frame. */
const command = [sync(4), u16(18), u16(), time, u16({ in: [1, 2, 3, 4, 5, 6] }), skip(2)];
/** §6.4: flags and resolution of the time, how many PMUs, and the first one's name, filled with blanks. */
const configuration = [
  either(sync(2), sync(3)),
  u16("size", { min: 54 }),
  u16(),
  time,
  skip(1),
  skip(3),
  u16({ min: 1, max: 256 }),
  capture("station", run(printable, { min: 16, max: 16 })),
];

/** §6.3: data; two frames of one source have the same size. */
const head = (again: boolean) => [
  sync(0),
  u16("size", { min: 18, max: 4096 }),
  again ? repeats("size") : remember("size"),
  u16("id"),
  again ? repeats("id") : remember("id"),
  derive("body", { from: "size", plus: -6 }),
];
const datagram = (again: boolean) => step(head(again), remains("body"), time);
const inStream = (again: boolean) =>
  step(head(again), time, derive("left", { from: "body", plus: -8 }), skip("left"));
const opening = step(either(command, configuration), accept);

const turnOn = hex("aa41 0012 003c 4899909a 00342ed5 0001 560b");
const data = hex("aa01 0020 003c 4899909b 00 000000 0000 42c80000 00000000 42480000 0000 abcd");

/** Synchrophasors: commands, configurations, and data that keeps its size. Checksums are not computed. */
export default protocol({
  name: "synchrophasor",
  title: "Synchrophasor (IEEE C37.118)",
  category: "industrial",
  source: "IEEE C37.118.2-2011 §6",
  ports: { tcp: [4712], udp: [4713, 4712] },
  signatures: {
    opening: { over: ["tcp", "udp"], client: [opening], server: [opening] },
    datagrams: { over: "udp", first: [datagram(false), datagram(true)] },
    stream: { over: "tcp", first: [inStream(false), inStream(true)] },
  },
  facts: { station: textFact("D5", { bound: 16 }) },
  samples: {
    yes: [
      tcp(
        client(turnOn),
        server(
          hex("aa31 0086 00f1 4893344a 00 19999a 00ffffff 0001"),
          "Blue PMU        ",
          hex("00f1 0006 0004 0000 0000"),
          noise(90),
        ),
      ),
      udp(client(turnOn)),
      udp(server(data), server(data)),
      tcp(server(data, data)),
    ],
    weak: [udp(server(data))],
    no: [
      udp(client(hex("aa41 0012 003c 4899909a 00342ed5 0009 560b"))),
      udp(server(`${data}\0`), server(`${data}\0`)),
      tcp(client(hex("ab41 0012 003c 4899909a 00342ed5 0001 560b"))),
    ],
  },
});
