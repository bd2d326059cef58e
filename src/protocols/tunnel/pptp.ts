import {
  accept,
  capture,
  client,
  hex,
  printable,
  protocol,
  run,
  server,
  skip,
  step,
  tcp,
  textFact,
  u16,
} from "../../language/vocabulary.js";

/** §1.4, §2: a control message (type 1), the magic cookie, one of 15 kinds, a reserved 0. */
const control = step(
  u16({ min: 16, max: 256 }),
  hex("0001 1a2b3c4d"),
  u16({ min: 1, max: 15 }),
  hex("0000"),
  accept,
  // The vendor of who starts (1) or answers (2) stands behind versions, abilities and a host name: §2.1, §2.2.
  skip(16),
  skip(64),
  capture("software", run(printable, { max: 64 })),
);

const start = hex("009c 0001 1a2b3c4d 0001 0000 0100 0000 00000003 00000003 0000 0001");
const named = (host: string, vendor: string) => host.padEnd(64, "\0") + vendor.padEnd(64, "\0");

/** PPTP: its control connection. What it controls is GRE. */
export default protocol({
  name: "pptp",
  title: "PPTP",
  category: "tunnel",
  source: "RFC 2637 §1.4, §2",
  ports: { tcp: [1723] },
  signatures: { control: { over: "tcp", first: [control], reply: [control] } },
  facts: { software: textFact("D5", { list: 2, bound: 64 }) },
  samples: {
    yes: [
      tcp(
        client(start, named("local", "cananian")),
        server(start.replace("\x4d\0\x01", "\x4d\0\x02"), named("server", "linux")),
      ),
      tcp(client(hex("0010 0001 1a2b3c4d 0003 0000 0100 0000"))),
    ],
    no: [
      tcp(client(start.replace("\x1a", "\x1b"), named("", ""))),
      tcp(client(hex("0010 0001 1a2b3c4d 0010 0000 0100 0000"))),
    ],
  },
});
