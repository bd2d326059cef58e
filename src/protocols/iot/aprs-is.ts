import {
  accept,
  client,
  digits,
  nocase,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  lineEnd,
  textFact,
  capture,
} from "../../language/vocabulary.js";

/** The client logs in with its call sign, a number (or -1), and its software. */
const login = step(
  nocase("user "),
  run("0-9A-Za-z-", { min: 3, max: 9 }),
  nocase(" pass "),
  opt("-"),
  run(digits, { min: 1, max: 5 }),
  nocase(" vers "),
  capture("software", run("0-9A-Za-z._-", { max: 64 })),
  accept,
);
/** A server greets with a comment that names its software; later it says whether the login was verified. */
const greeting = step(
  "# ",
  capture("server", run("0-9A-Za-z._-", { max: 64 })),
  " ",
  run("0-9A-Za-z._-"),
  lineEnd,
  accept,
);
const logged = step("# logresp ", run("0-9A-Za-z-", { min: 3, max: 9 }), " ", accept);

/** APRS-IS, amateur radio's position reports over the Internet. */
export default protocol({
  name: "aprs-is",
  title: "APRS-IS",
  category: "messaging",
  source: "APRS-IS specification (www.aprs-is.net): Connecting to APRS-IS",
  ports: { tcp: [14580, 10152] },
  signatures: {
    login: { over: "tcp", client: [login] },
    server: { over: "tcp", server: [greeting, logged] },
  },
  facts: { software: textFact("D5", { bound: 64 }), server: textFact("D5", { bound: 64 }) },
  samples: {
    yes: [
      tcp(
        server("# aprsc 2.1.14\r\n", "# logresp N0CALL unverified, server T2LAB\r\n"),
        client("user N0CALL pass -1 vers aprx 2.9\r\n"),
      ),
    ],
    no: [
      tcp(client("user me pass word vers\r\n")),
      tcp(server("# a comment\r\n# and another\r\n")),
    ],
  },
});
