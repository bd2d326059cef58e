import {
  accept,
  client,
  either,
  hex,
  protocol,
  server,
  step,
  tcp,
  u32,
} from "../../language/vocabulary.js";

/** PROTOCOL: \0REQ or \0RES, a type, the size of the data. */
const packet = step(
  either("\0REQ", "\0RES"),
  u32({ min: 1, max: 42 }),
  u32({ max: 0xffffff }),
  accept,
);

/** Gearman, which hands jobs to workers. */
export default protocol({
  name: "gearman",
  title: "Gearman",
  category: "messaging",
  source: "Gearman protocol specification (gearman.org/protocol): Binary Packet",
  ports: { tcp: [4730, 7003] },
  signatures: { packet: { over: "tcp", first: [packet] } },
  samples: {
    yes: [
      tcp(
        client(hex("00"), "REQ", hex("00000007 0000000d"), "reverse\0\0test"),
        server(hex("00"), "RES", hex("00000008 00000006"), "H:lap:"),
      ),
    ],
    no: [
      tcp(client(hex("00"), "REQ", hex("0000002b 0000000d"))),
      tcp(client("REQ", hex("00000007 0000000d 00000000"))),
    ],
  },
});
