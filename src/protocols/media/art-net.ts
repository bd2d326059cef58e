import {
  client,
  hex,
  noise,
  protocol,
  server,
  step,
  u16le,
  udp,
} from "../../language/vocabulary.js";

/** The id, and an operation; protocol version 14 follows in all but replies (Art-Net 4, table 1, ArtPoll). */
const packet = step("Art-Net\0", u16le({ min: 0x2000, max: 0xff00 }));

/** Art-Net, stage lighting over UDP. */
export default protocol({
  name: "art-net",
  title: "Art-Net",
  category: "media",
  source: "Artistic Licence, Art-Net 4 (V1.4) table 1, packet definitions",
  ports: { udp: [6454] },
  signatures: { packet: { over: "udp", first: [packet], reply: [packet] } },
  samples: {
    yes: [
      udp(
        client("Art-Net\0", hex("0020 000e 02 00")),
        server("Art-Net\0", hex("0021 c0000202 3619"), noise(220)),
      ),
    ],
    no: [
      udp(client("Art-Nut\0", hex("0020 000e 02 00"))),
      udp(client("Art-Net\0", hex("0000"), noise(3))),
    ],
  },
});
