import {
  client,
  derive,
  hex,
  protocol,
  remains,
  remember,
  repeats,
  room,
  server,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** EN 14908-4 §8.1: data, registration, configuration, routing, acknowledgement, requests and statistics. */
const TYPES = [1, 3, 4, 5, 6, 7, 8, 9, 0x60, 0x61, 0x63, 0x64, 0x66, 0x67, 0x68, 0x70, 0x71, 0x7f];

/** Length of the whole, version 1, type, extended header (none), flags, vendor, session, sequence, time. */
const packet = (again: boolean) =>
  step(
    room({ min: 20, max: 1500 }),
    u16("length", { min: 20, max: 1500 }),
    derive("left", { from: "length", plus: -2 }),
    remains("left"),
    u8(1),
    u8(TYPES),
    "\0",
    u8({ max: 0x3f }),
    u16({ max: 255 }),
    u32("session"),
    again ? repeats("session") : remember("session"),
    u32({ max: 0xffffff }),
    u32(),
  );

const sent = (sequence: string, data = "010901aa 01a90103 810d00ca") =>
  hex(`0020 01 01 00 00 0000 6b8b4567 ${sequence} 00000000 ${data}`);

/** CNP/IP, control networks (LonWorks) over UDP: packets of one session. */
export default protocol({
  name: "cnp-ip",
  title: "CNP/IP (EN 14908-4)",
  category: "industrial",
  source:
    "EN 14908-4:2014 §8.2 (common message header), §8.4 (data packets) and its packet formats; the same as ANSI/CTA-852",
  ports: { udp: [1628, 1629] },
  signatures: {
    packets: {
      over: "udp",
      first: [packet(false), packet(true), packet(true)],
      reply: [packet(true)],
    },
  },
  samples: {
    yes: [
      udp(
        client(sent("00000000")),
        server(sent("00000000")),
        client(sent("00000001")),
        client(sent("00000002")),
      ),
    ],
    weak: [udp(client(sent("00000000")))],
    no: [
      udp(client(sent("00000000").replace("\x20", "\x21"))),
      udp(client(hex("0014 02 01 00 00 0000 6b8b4567 00000000 00000000").repeat(2))),
    ],
  },
});
