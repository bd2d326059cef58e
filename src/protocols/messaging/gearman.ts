import {
  accept,
  client,
  digits,
  either,
  hex,
  lineEnd,
  oneOf,
  protocol,
  run,
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

/** Administrative Protocol: words in lines of text, on the same port. */
const number = run(digits, { max: 10 });
const question = step(oneOf("status", "workers"), lineEnd, accept);
const answer = step(
  either(
    // status: a function, how many jobs are queued, how many run, how many workers could do them.
    [run("!-~", { max: 128 }), "\t", number, "\t", number, "\t", number, lineEnd],
    // workers: a descriptor, an address, the client's id, and behind the colon its functions.
    [number, " ", run("0-9a-f.:", { max: 39 }), " ", run("!-~", { max: 64 }), " :"],
  ),
  accept,
);

/** Gearman, which hands jobs to workers. */
export default protocol({
  name: "gearman",
  title: "Gearman",
  category: "messaging",
  source:
    "Gearman protocol specification (gearman.org/protocol): Binary Packet, Administrative Protocol",
  ports: { tcp: [4730, 7003] },
  signatures: {
    packet: { over: "tcp", first: [packet] },
    admin: { over: "tcp", client: [question], server: [answer], both: true },
  },
  samples: {
    yes: [
      tcp(
        client(hex("00"), "REQ", hex("00000007 0000000d"), "reverse\0\0test"),
        server(hex("00"), "RES", hex("00000008 00000006"), "H:lap:"),
      ),
      tcp(client("status\n"), server("reverse\t2\t1\t4\n.\n")),
      tcp(client("workers\r\n"), server("36 198.51.100.1 - : count\n.\n")),
    ],
    no: [
      tcp(client("status\n"), server("reverse 2 1 4\n")),
      tcp(client(hex("00"), "REQ", hex("0000002b 0000000d"))),
      tcp(client("REQ", hex("00000007 0000000d 00000000"))),
    ],
  },
});
