import {
  accept,
  byte,
  client,
  either,
  hex,
  oneOf,
  opt,
  protocol,
  server,
  sized,
  step,
  tcp,
  times,
  u24,
  u32,
  u8,
  visible,
} from "../../language/vocabulary.js";

/** Header: a marker, the length of the rest, a number of the request, status bits, the version (1.0 and later; of OpenSearch with 0x08 before); a ping has no length. */
const header = (length: { min: number; max: number }) => [
  "ES",
  u32("length", length),
  u32({ max: 0xffff }),
  u32(),
  u8({ max: 0x0f }),
  oneOf("\0", "\x08"),
  u24({ min: 0x0f4240, max: 0x8fffff }),
];
const name = (field: string, least: number) => [
  u8(field, { min: least, max: 100 }),
  times(field, 100, byte(visible)),
];
/** From 7.6 on the length of what follows. Thread context: headers and their number, 0; features; what is asked for. */
const message = step(
  header({ min: 13, max: 0x6400000 }),
  either(
    [opt(u32({ min: 2, max: 0xffff })), "\0\0", opt("\x01", sized(1, "x-pack")), name("action", 8)],
    [opt(u32({ min: 2, max: 0xffff })), u8({ min: 1, max: 8 }), name("key", 3)],
    [],
  ),
  accept,
);
const ping = hex("4553 ffffffff");

/** The transport protocol of Elasticsearch and OpenSearch, between nodes. */
export default protocol({
  name: "elasticsearch",
  title: "Elasticsearch transport",
  category: "database",
  source:
    "Elasticsearch documentation, Transport; OpenSearch documentation, native transport: header layout (marker, size, request id, status, version)",
  ports: { tcp: [9300] },
  signatures: {
    message: { over: "tcp", first: [message], reply: [message] },
    ping: { over: "tcp", first: [step(ping)] },
  },
  samples: {
    yes: [
      tcp(
        client(
          "ES",
          hex("00000034 0000000000000001 08 005cc663 00 00 01 06"),
          "x-pack",
          hex("16"),
          "internal:tcp/handshake",
          hex("00 04 cbf6ae03"),
        ),
        server("ES", hex("00000013 0000000000000001 09 005cc663 00 cbf6ae03")),
      ),
      tcp(client("ES", hex("ffffffff")), server("ES", hex("ffffffff"))),
    ],
    no: [
      tcp(client("ES", hex("00000004 0000000000000001 08 005cc663 00"))),
      tcp(client("ES", hex("00000034 0000000000000001 18 005cc663 00"))),
      tcp(client("ES", hex("ffffff00"))),
    ],
  },
});
