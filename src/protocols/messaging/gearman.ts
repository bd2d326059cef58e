import {
  accept,
  client,
  either,
  hex,
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

/** Administrative Protocol: a command in a line; "workers" and "status" are told in lines, the version behind OK. */
const command = step(either("version", "workers", "status"), either("\r\n", "\n"), accept);
const told = step(
  either(
    ["OK ", run("0-9", { min: 1, max: 3 }), ".", run("0-9", { min: 1, max: 3 })],
    // FD, address, client's name, its functions behind a colon.
    [run("0-9", { min: 1, max: 6 }), " ", run("0-9a-f.:", { min: 2, max: 45 }), " "],
    // Function, total, running, workers.
    [
      run("!-~", { max: 64 }),
      "\t",
      run("0-9", { min: 1, max: 9 }),
      "\t",
      run("0-9", { min: 1, max: 9 }),
      "\t",
      run("0-9", { min: 1, max: 9 }),
      "\n",
    ],
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
    administration: { over: "tcp", client: [command], server: [told] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("00"), "REQ", hex("00000007 0000000d"), "reverse\0\0test"),
        server(hex("00"), "RES", hex("00000008 00000006"), "H:lap:"),
      ),
      tcp(client("version\r\n"), server("OK 1.1.20+ds\n"), client("status\r\n")),
      tcp(client("workers\n"), server("36 192.0.2.1 - : count\n.\n")),
      tcp(client("status\r\n"), server("reverse\t2\t1\t1\n.\n")),
    ],
    no: [
      tcp(client("version\r\n"), server("VERSION 1.6.18\r\n")),
      tcp(client("status\r\n"), server("running since 12 days\n")),
      tcp(client(hex("00"), "REQ", hex("0000002b 0000000d"))),
      tcp(client("REQ", hex("00000007 0000000d 00000000"))),
    ],
  },
});
