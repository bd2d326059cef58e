import {
  advances,
  client,
  derive,
  either,
  hex,
  noise,
  numberFact,
  protocol,
  remember,
  repeats,
  report,
  room,
  server,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";
import { behindStun, stunMessage } from "../formats/stun.js";

/** Payload types of RFC 3551 §6, and the dynamic ones; 72 … 76 are left to RTCP (RFC 5761 §4). */
const STATIC = [
  0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 25, 26, 28, 31, 32, 33, 34,
];
const TYPES = [...STATIC, ...Array.from({ length: 32 }, (_, index) => 96 + index)];
const marked = { in: [...TYPES, ...TYPES.map((type) => type | 0x80)] };

/** RFC 3550 §5.1: version 2, perhaps padding or an extension, no more than two contributing sources. */
const version = u8({
  in: [0x80, 0x90, 0xa0, 0xb0].flatMap((first) => [0, 1, 2].map((count) => first | count)),
});
const header = [
  room({ min: 13 }),
  version,
  u8("type", marked),
  u16("sequence"),
  u16("time"),
  u16(),
];

const firstPacket = step(
  header,
  u32("source", { min: 0x00010000 }),
  derive("payload-type", { from: "type", and: 0x7f }),
  report("payload-type"),
  remember("sequence"),
  remember("source"),
  remember("time"),
  report("source"),
);

/** The same source, a little later: packets may be lost, and the time's upper half is the same or the next few. */
const nextPacket = step(
  header,
  u32("source", { min: 0x00010000 }),
  repeats("source"),
  advances("sequence", 64),
  either(repeats("time"), advances("time", 8)),
  remember("sequence"),
  remember("time"),
);

const packets = [firstPacket, nextPacket, nextPacket];

const packet = (sequence: string, time: string, payload: number, type = "80 08") =>
  hex(`${type} ${sequence} ${time} 5f3a91c4`) + noise(160, payload);

const check = hex("0001 0000 2112a442") + noise(12);

/** RTP: three packets of one source in a row, whether or not STUN made way for them. */
export default protocol({
  name: "rtp",
  title: "Real-time Transport Protocol",
  category: "media",
  source: "RFC 3550 §5.1; RFC 3551 §6; RFC 5761 §4; RFC 7983",
  ports: { udp: [5004] },
  signatures: {
    stream: { over: "udp", first: packets },
    "behind-stun": { over: "udp", first: [stunMessage, ...packets], ...behindStun },
    // The side that sends may be the one that was asked.
    "answered-stun": {
      over: "udp",
      first: [stunMessage],
      reply: [stunMessage, ...packets],
      ...behindStun,
    },
  },
  facts: { "payload-type": numberFact("D5"), source: numberFact("D5") },
  samples: {
    yes: [
      udp(
        client(packet("1a2f", "0000a0f0", 1, "80 88")),
        client(packet("1a30", "0000a190", 2)),
        client(packet("1a31", "0000a230", 3)),
      ),
      udp(
        client(packet("fffe", "7fffff00", 1, "90 60")),
        client(packet("0000", "80000ab8", 2, "90 60")),
        client(packet("0001", "80000ab8", 3, "90 e0")),
      ),
      ...(["behind", "answered"] as const).map((kind) => {
        const sends = kind === "behind" ? client : server;
        return udp(
          client(check),
          server(check),
          client(check),
          server(check),
          sends(packet("1a2f", "0000a0f0", 1)),
          sends(packet("1a30", "0000a190", 2)),
          client(check),
          server(check),
          sends(packet("1a31", "0000a230", 3)),
        );
      }),
    ],
    no: [
      udp(client(packet("1a2f", "0000a0f0", 1)), client(packet("1a30", "0000a190", 2))),
      udp(
        client(packet("1a2f", "0000a0f0", 1)),
        client(packet("1a2e", "0000a190", 2)),
        client(packet("1a2d", "0000a230", 3)),
      ),
      udp(
        client(packet("1a2f", "0000a0f0", 1, "80 c8")),
        client(packet("1a30", "0000a190", 2, "80 c8")),
        client(packet("1a31", "0000a230", 3, "80 c8")),
      ),
    ],
  },
});
