import {
  client,
  derive,
  hex,
  protocol,
  remains,
  remember,
  repeats,
  server,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 8855 §5.1: version 1, or 2 over UDP (§5.1), the responder's bit; primitive; words; conference, transaction, user. */
const message = (first: readonly number[], relation: typeof remember | typeof repeats) => [
  u8(first),
  u8({ min: 1, max: 19 }),
  u16("words", { max: 300 }),
  derive("left", { from: "words", times: 4 }),
  u32("conference", { min: 1 }),
  relation("conference"),
  u16("transaction", { min: 1 }),
  relation("transaction"),
  u16("user", { min: 1 }),
  relation("user"),
];
const request = message([0x20, 0x40], remember);
const answer = message([0x20, 0x30, 0x40, 0x50], repeats);

/** BFCP: who may speak in a conference. */
export default protocol({
  name: "bfcp",
  title: "Binary Floor Control Protocol",
  category: "media",
  source: "RFC 8855 §5.1; RFC 4582 §5.1",
  signatures: {
    exchange: {
      over: "udp",
      first: [step(request, remains("left"))],
      reply: [step(answer, remains("left"))],
    },
    "over-tcp": {
      over: "tcp",
      first: [step(request, skip("left"))],
      reply: [step(answer, skip("left"))],
    },
  },
  samples: {
    yes: [
      udp(
        client(hex("20 0b 0000 00000001 0002 0504")),
        server(hex("20 0c 0001 00000001 0002 0504 15043a31")),
      ),
      tcp(
        client(hex("20 03 0000 00000001 0002 0504")),
        server(hex("20 04 0000 00000001 0002 0504")),
      ),
    ],
    weak: [udp(client(hex("20 0b 0000 00000001 0002 0504")))],
    no: [
      udp(
        client(hex("20 0b 0000 00000001 0002 0504")),
        server(hex("20 0c 0000 00000001 0003 0504")),
      ),
      udp(client(hex("60 0b 0000 00000001 0002 0504"))),
    ],
  },
});
