import {
  accept,
  client,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  digits,
  lineEnd,
  byte,
  either,
} from "../../language/vocabulary.js";

/** The client greets with a UUID (older ones without). */
const greeting = step(
  either(["HI ", run("0-9a-fA-F-", { min: 16, max: 40 }), lineEnd], ["HI", lineEnd]),
  accept,
);
/** The server tells its version and when it was built. */
const hello = step(
  "HELLO ",
  byte(digits),
  ".",
  byte(digits),
  opt(".", run(digits)),
  opt(" ", byte("("), run("0-9A-Za-z."), ")"),
  " ",
  run("0-9.-", { min: 8, max: 20 }),
  lineEnd,
  accept,
);

/** Ookla's Speedtest, the protocol of its servers over plain TCP. */
export default protocol({
  name: "ookla",
  title: "Ookla Speedtest",
  category: "management",
  source: "Ookla, Speedtest Server: socket protocol (HI, HELLO, PING, DOWNLOAD, UPLOAD)",
  ports: { tcp: [8080, 5060] },
  signatures: { session: { over: "tcp", client: [greeting], server: [hello] } },
  samples: {
    yes: [
      tcp(
        client("HI 6a1c7c0e-3e2f-4a57-9a3e-0d3a4b7f5c21\n"),
        server("HELLO 2.9 (2.9.0) 2022-01-19.1844\n"),
      ),
    ],
    weak: [tcp(client("HI\n"))],
    no: [tcp(client("HI there\n")), tcp(server("HELLO world\n"))],
  },
});
