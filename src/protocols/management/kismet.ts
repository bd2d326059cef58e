import {
  accept,
  client,
  digits,
  lineEnd,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textual,
} from "../../language/vocabulary.js";

/** Kismet README (2005 … 2016), "Client/Server protocol": the server introduces itself, names in \x01, then what it can tell. */
const greeting = step(
  "*KISMET: ",
  run("0-9.", { max: 32 }),
  " ",
  opt(run(digits, { max: 20 }), " "),
  "\x01",
  run(textual, { max: 64 }),
  "\x01",
  accept,
);
/** A number, ENABLE or another command, a sentence. */
const command = step(
  "!",
  run(digits, { max: 10 }),
  " ENABLE ",
  run("A-Z0-9_", { max: 24 }),
  " ",
  run(textual, { max: 512 }),
  lineEnd,
  accept,
);

/** The Kismet server's protocol for its clients, before it was HTTP. */
export default protocol({
  name: "kismet",
  title: "Kismet",
  category: "management",
  source: 'Kismet README, "Kismet client/server protocol"',
  ports: { tcp: [2501] },
  signatures: { session: { over: "tcp", server: [greeting], client: [command] } },
  samples: {
    yes: [
      tcp(
        server("*KISMET: 0.0.0 1144004381 \x01Kismet\x01 20050815211952 0 2005.08.R1 \n"),
        client("!0 ENABLE GPS lat,lon,alt\n"),
      ),
      tcp(client("!12 ENABLE NETWORK bssid,type\n")),
    ],
    no: [
      tcp(server("*KISMAT: 0.0.0 1144004381 \x01Kismet\x01\n")),
      tcp(client("!x ENABLE GPS lat\n")),
    ],
  },
});
