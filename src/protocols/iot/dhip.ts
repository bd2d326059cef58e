import {
  client,
  hex,
  protocol,
  server,
  step,
  skip,
  u32le,
  udp,
  tcp,
  accept,
} from "../../language/vocabulary.js";

/** 32 bytes: their number, the tag, session and request, the length twice, each with a zero word behind; then JSON. */
const message = step(
  u32le(32),
  "DHIP",
  skip(8),
  u32le({ min: 2, max: 0xffff }),
  u32le(0),
  u32le({ min: 2, max: 0xffff }),
  u32le(0),
  "{",
  accept,
);

/** DHIP, by which Dahua's cameras and recorders are found and managed. */
export default protocol({
  name: "dhip",
  title: "Dahua DHIP",
  category: "iot",
  source: "Observed: messages over UDP port 37810 and TCP port 5000; no specification is public",
  ports: { tcp: [5000], udp: [37810] },
  signatures: { message: { over: ["udp", "tcp"], first: [message], reply: [message] } },
  samples: {
    yes: [
      udp(
        client(
          hex("20000000"),
          "DHIP",
          hex("0000000000000000 3c000000 00000000 3c000000 00000000"),
          '{"method":"DHDiscover.search","params":{"mac":"","uni":1}}',
        ),
        server(
          hex("20000000"),
          "DHIP",
          hex("0000000000000000 1b000000 00000000 1b000000 00000000"),
          '{"mac":"00:00:5e:00:53:01"}',
        ),
      ),
    ],
    no: [
      udp(
        client(
          hex("20000000"),
          "DHIQ",
          hex("0000000000000000 3c000000 00000000 3c000000 00000000"),
          "{",
        ),
      ),
      tcp(
        client(
          hex("21000000"),
          "DHIP",
          hex("0000000000000000 3c000000 00000000 3c000000 00000000"),
          "{",
        ),
      ),
    ],
  },
});
