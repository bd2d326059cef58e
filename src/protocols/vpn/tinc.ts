import {
  accept,
  capped,
  client,
  digits,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

/** ID (0): a name of letters, digits and _, and the version 17, with a minor version since 1.1. */
const id = step(
  capped(20, "0 ", run("A-Za-z0-9_", { max: 64 }), " 17", opt(".", run(digits, { max: 2 })), "\n"),
);
/** META_KEY (1): cipher, digest, MAC length, compression, and a key in hexadecimal. */
const key = step(
  "1 ",
  run(digits, { max: 5 }),
  " ",
  run(digits, { max: 5 }),
  " ",
  run(digits, { max: 3 }),
  " ",
  run(digits, { max: 3 }),
  " ",
  run("0-9A-F", { min: 64 }),
  accept,
);

/** tinc: its connection between daemons. */
export default protocol({
  name: "tinc",
  title: "tinc",
  category: "vpn",
  source: 'tinc Manual, "The meta-protocol", "Authentication protocol"',
  ports: { tcp: [655] },
  signatures: { meta: { over: "tcp", first: [id, key], reply: [id, key] } },
  samples: {
    yes: [
      tcp(
        client("0 alpha 17\n"),
        server("0 beta 17\n"),
        client(`1 429 672 0 0 ${"2CDA99D7120FD6DE".repeat(16)}\n`),
        server(`1 429 672 0 0 ${"BC0BE0B0852D6A7F".repeat(16)}\n`),
      ),
    ],
    weak: [tcp(client("0 alpha 17\n"))],
    no: [tcp(client("0 alpha 18\n"), server("0 beta 18\n")), tcp(client("0 alpha\n"))],
  },
});
