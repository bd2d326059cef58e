import {
  accept,
  client,
  hex,
  noise,
  protocol,
  remains,
  server,
  skip,
  step,
  u32le,
  udp,
} from "../../language/vocabulary.js";

/** A magic number, then header and body, protobuf both, each with its length in front. */
const MAGIC = hex("ffffffff 214c5fa0");
const broadcast = step(
  MAGIC,
  u32le("header", { min: 2, max: 256 }),
  skip("header"),
  u32le("body", { max: 2048 }),
  remains("body"),
  accept,
);

const header = hex("08 e5a3b1f1c2d4e5f601 10 00");
const le = (text: string) => String.fromCharCode(text.length) + "\0\0\0" + text;

/** Steam's discovery of machines that stream or share games in the same network. */
export default protocol({
  name: "steam",
  title: "Steam In-Home Streaming discovery",
  category: "gaming",
  source: "codingrange.com, Steam In-Home Streaming Discovery Protocol (2014)",
  ports: { udp: [27036] },
  signatures: { discovery: { over: "udp", first: [broadcast] } },
  samples: {
    yes: [
      udp(client(MAGIC, le(header), le(hex("08 00")))),
      udp(server(MAGIC, le(header), le(noise(90)))),
    ],
    no: [
      udp(client(MAGIC, le(header), le(hex("08 00")), "\0")),
      udp(client(hex("ffffffff 214c5fa1"), le(header), le(hex("08 00")))),
      udp(client(hex("ffffffff"), "TSource Engine Query\0")),
    ],
  },
});
