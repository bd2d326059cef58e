import {
  client,
  hex,
  noise,
  protocol,
  remains,
  server,
  step,
  u16le,
  u32le,
  udp,
} from "../../language/vocabulary.js";

/** Volume 2, 2-6 and 3-2.2: two items, a sequenced address of 8 bytes and the connected data, which is all that is left. */
const packet = step(
  u16le(2),
  u16le(0x8002),
  u16le(8),
  u32le({ min: 1 }),
  u32le(),
  u16le(0xb1),
  u16le("data", { max: 1448 }),
  remains("data"),
);

/** CIP's implicit messages (class 0 and 1 connections), which EtherNet/IP sends over UDP. */
export default protocol({
  name: "cip",
  title: "Common Industrial Protocol, implicit messages",
  category: "industrial",
  source: "ODVA, The CIP Networks Library, volume 2: EtherNet/IP Adaptation of CIP, 2-6, 3-2.2",
  ports: { udp: [2222] },
  signatures: { io: { over: "udp", first: [packet], reply: [packet] } },
  samples: {
    yes: [
      udp(
        client(hex("0200 0280 0800 787b3a00 e8cb5e04 b100 0c00"), noise(12)),
        server(hex("0200 0280 0800 ebb49176 54cc5e04 b100 1000"), noise(16)),
      ),
      udp(client(hex("0200 0280 0800 787b3a00 e8cb5e04 b100 0000"))),
    ],
    no: [
      udp(client(hex("0200 0280 0800 787b3a00 e8cb5e04 b100 0c00"), noise(13))),
      udp(client(hex("0200 0280 0800 787b3a00 e8cb5e04 b200 0c00"), noise(12))),
    ],
  },
});
