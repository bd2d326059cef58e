import {
  accept,
  client,
  derive,
  hex,
  noise,
  protocol,
  remains,
  server,
  skip,
  step,
  u16,
  udp,
} from "../../language/vocabulary.js";

/** RFC 6189 §5: 0001 and twelve zeros, a sequence number, the magic cookie, the source; then a message (§5.1) and a CRC. */
const packet = step(
  hex("1000"),
  skip(2),
  "ZRTP",
  skip(4),
  hex("505a"),
  u16("words", { min: 3, max: 400 }),
  derive("left", { from: "words", times: 4 }),
  remains("left"),
  accept,
);

const hello = (seed: number) =>
  hex("1000 1a2b") +
  "ZRTP" +
  noise(4, seed) +
  hex("505a 001d") +
  "Hello   1.10" +
  noise(100) +
  noise(4);

/** ZRTP: key agreement beside a media stream. */
export default protocol({
  name: "zrtp",
  title: "ZRTP",
  category: "media",
  source: "RFC 6189 §5",
  signatures: { packet: { over: "udp", first: [packet] } },
  samples: {
    yes: [udp(client(hello(1)), server(hello(2)))],
    no: [
      udp(client(hello(1).slice(0, -4))),
      udp(client(hello(1).replace("ZRTP", "ZRTQ"))),
      udp(client(hex("9000") + hello(1).slice(2))),
    ],
  },
});
