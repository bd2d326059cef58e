import {
  accept,
  client,
  hex,
  numbered,
  numberFact,
  protocol,
  report,
  server,
  skip,
  step,
  tcp,
  u32le,
  u8,
} from "../../language/vocabulary.js";

/** Spice protocol §11: magic, versions 2.x (or 1.x), and the size of what follows. */
const head = ["REDQ", u32le({ min: 1, max: 2 }), u32le({ max: 9 }), u32le({ min: 16, max: 4096 })];

const link = step(
  head,
  skip(4),
  u8("channel", { min: 1, max: 11 }),
  u8(),
  accept,
  report("channel"),
);
/** The reply: an error, and a public key. */
const reply = step(head, u32le({ max: 11 }), accept);

const CHANNELS = numbered(`
  1 main, 2 display, 3 inputs, 4 cursor, 5 playback, 6 record, 7 tunnel, 8 smartcard, 9 usbredir,
  10 port, 11 webdav
`);

/** SPICE, the display protocol of virtual machines. Each channel is a connection. */
export default protocol({
  name: "spice",
  title: "SPICE",
  category: "remote-access",
  source: 'Spice protocol (spice-space.org) §11 "Channel connection establishment"',
  ports: { tcp: [5900, 5930] },
  signatures: { link: { over: "tcp", client: [link], server: [reply] } },
  facts: { channel: numberFact("D5", { names: CHANNELS }) },
  samples: {
    yes: [
      tcp(
        client(
          "REDQ",
          hex(
            "02000000 02000000 1a000000 00000000 01 00 01000000 01000000 12000000 0d000000 0f000000",
          ),
        ),
        server("REDQ", hex("02000000 02000000 ba000000 00000000"), "\x30\x81\x9f"),
      ),
    ],
    no: [
      tcp(client("REDR", hex("02000000 02000000 1a000000 00000000 01 00"))),
      tcp(client("REDQ", hex("02000000 02000000 0a000000 00000000 01 00"))),
    ],
  },
});
