import {
  client,
  hex,
  protocol,
  remains,
  server,
  step,
  tcp,
  u16le,
  u8,
  udp,
  accept,
} from "../../language/vocabulary.js";

/** SLMP §5.1: 50 for requests, D0 for responses; network, station, module 03FF (own) or of a multi-CPU system, multidrop 0. */
const header = (kind: string) => [
  `${kind}\0`,
  u8(),
  u8(),
  u16le([0x03ff, 0x03e0, 0x03e1, 0x03e2, 0x03e3, 0x03d0, 0x03d1, 0x03d2, 0x03d3]),
  u8({ max: 31 }),
];
/** §5.2: read, write, random, block, monitor, remote control, labels, files, self test, error clear. */
const COMMANDS = [
  0x0101, 0x0401, 0x1401, 0x0403, 0x1402, 0x0406, 0x1406, 0x0801, 0x0802, 0x0613, 0x1613, 0x0601,
  0x1601, 0x1001, 0x1002, 0x1003, 0x1005, 0x1006, 0x0619, 0x1617, 0x1630, 0x1631, 0x041a, 0x141a,
  0x041c, 0x141b, 0x1810, 0x1811, 0x1820, 0x1822, 0x1824, 0x1825, 0x1826, 0x1827, 0x1828, 0x1829,
  0x182a,
];
/** Timer, command, subcommand. */
const request = [
  u16le(),
  u16le({ in: COMMANDS }),
  u16le([0, 1, 2, 3, 0x80, 0x81, 0x82, 0x83, 4, 5]),
];
const length = (least: number) => u16le("length", { min: least, max: 2048 });
const response = [
  u16le([
    0, 0x4031, 0x4080, 0x4010, 0xc051, 0xc052, 0xc053, 0xc054, 0xc056, 0xc058, 0xc059, 0xc05b,
    0xc05c, 0xc05f, 0xc060, 0xc061, 0xc06f, 0xc200, 0xc201,
  ]),
];

const datagram = (kind: string, least: number, body: Parameters<typeof step>) =>
  step(header(kind), length(least), remains("length"), ...body);
const inStream = (kind: string, least: number, body: Parameters<typeof step>) =>
  step(header(kind), length(least), ...body, accept);

const asked = hex("5000 00 ff ff03 00 0c00 1000 0104 0000 640000 a8 0300");
const answered = hex("d000 00 ff ff03 00 0800 0000 3412 0200 ef1d");

/** MELSEC communication protocol of Mitsubishi Electric, 3E frames in binary; CLPA calls it SLMP. */
export default protocol({
  name: "melsec",
  title: "MELSEC (SLMP)",
  category: "industrial",
  source: "CC-Link Partner Association BAP-C2006 (SLMP specification) §5; Mitsubishi SH-080008 §5",
  ports: { tcp: [5007, 5006, 1025], udp: [5006, 5000] },
  signatures: {
    datagrams: {
      over: "udp",
      client: [datagram("\x50", 6, request)],
      server: [datagram("\xd0", 2, response)],
    },
    stream: {
      over: "tcp",
      client: [inStream("\x50", 6, request)],
      server: [inStream("\xd0", 2, response)],
    },
  },
  samples: {
    yes: [udp(client(asked), server(answered)), tcp(client(asked), server(answered))],
    no: [
      tcp(client(asked.replace("\xff\x03", "\xff\x04"))),
      udp(client(`${asked}\0`)),
      udp(client(asked.replace("\x01\x04", "\x03\x03"))),
    ],
  },
});
