import {
  type Word,
  accept,
  atEnd,
  client,
  either,
  hex,
  noise,
  protocol,
  remains,
  remember,
  repeats,
  server,
  skip,
  step,
  u16le,
  u32le,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** What is not data: an acknowledgement, asking for the window, telling it. */
const CONTROL = [82, 83, 84];
const zeros = u32le(0);
/** Serial numbers count from 0; a time is milliseconds of any clock. */
const serial = u32le({ max: 0x00ffffff });
/**
 * protocol.txt and ikcp.c: conversation, command (push is 81), how many fragments follow, window, time, serial number and
 * the first that is not acknowledged, length; the lowest byte first. Several segments share a datagram.
 */
const head = (relation: Word) => [u32le("conversation", { min: 1 }), relation];
const another = [
  skip(4),
  u8({ min: 81, max: 84 }),
  skip(3 + 4),
  serial,
  serial,
  u32le("more", { max: 1400 }),
  skip("more"),
];
const segment = (relation: Word) =>
  step(
    head(relation),
    either(
      [
        u8(81),
        u8({ max: 127 }),
        u16le({ min: 1 }),
        skip(4),
        serial,
        serial,
        u32le("length", { min: 1, max: 1476 }),
        either(remains("length"), [skip("length"), another]),
      ],
      [
        u8(CONTROL),
        "\0",
        u16le({ min: 1 }),
        skip(4),
        serial,
        serial,
        zeros,
        either(atEnd, another),
      ],
    ),
    accept,
  );

const push = (number: string, body: string) =>
  hex(`0a000000 51 02 8000 14000000 ${number} 00000000`) +
  String.fromCharCode(body.length & 255, body.length >> 8, 0, 0) +
  body;
const acknowledged = hex("0a000000 52 00 7f00 14000000 00000000 01000000 00000000");

/** KCP, a transport over UDP: two segments of one conversation. */
export default protocol({
  name: "kcp",
  title: "KCP",
  category: "tunnel",
  source:
    "KCP Protocol Specification (protocol.txt), ikcp.c (MIT): commands (https://github.com/skywind3000/kcp)",
  signatures: {
    exchange: {
      over: "udp",
      first: [segment(remember("conversation"))],
      reply: [segment(repeats("conversation"))],
      both: true,
    },
    segments: {
      over: "udp",
      first: [segment(remember("conversation")), segment(repeats("conversation"))],
    },
  },
  samples: {
    yes: [
      udp(client(push("00000000", noise(300))), server(acknowledged)),
      udp(client(push("00000000", noise(300))), client(push("01000000", noise(300)))),
    ],
    weak: [udp(client(push("00000000", noise(300))))],
    no: [
      udp(client(push("00000000", noise(300))), server(acknowledged.replace("\x0a", "\x0b"))),
      udp(
        client(push("00000000", noise(300)).replace("\x51", "\x55")),
        client(push("01000000", noise(300)).replace("\x51", "\x55")),
      ),
    ],
  },
});
