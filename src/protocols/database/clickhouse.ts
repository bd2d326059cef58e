import {
  accept,
  byte,
  capture,
  client,
  hex,
  printable,
  protocol,
  run,
  server,
  sized,
  step,
  tcp,
  textFact,
  times,
  u8,
  within,
} from "../../language/vocabulary.js";

/** Hello: 0, the client's name, major and minor version, revision (from 54,000 on three bytes of seven bits). */
const revision = [byte("\x80-\xff"), byte("\x80-\xff"), u8([3, 4])];
const hello = step(
  "\0",
  u8("size", { min: 4, max: 100 }),
  within("size", capture("client", byte("A-Z"), run(printable))),
  u8({ max: 127 }),
  u8({ max: 127 }),
  revision,
  u8("database", { max: 100 }),
  times("database", 100, byte(printable)),
  accept,
);
const named = step("\0", u8({ min: 10, max: 100 }), "ClickHouse", accept);
const answer = step(
  "\0",
  sized(1, "ClickHouse"),
  u8({ max: 127 }),
  u8({ max: 127 }),
  revision,
  accept,
);

/** ClickHouse's native protocol. */
export default protocol({
  name: "clickhouse",
  title: "ClickHouse native protocol",
  category: "database",
  source: "ClickHouse documentation, Native protocol: Client (hello), Server (hello)",
  ports: { tcp: [9000] },
  signatures: {
    hello: { over: "tcp", client: [hello] },
    named: { over: "tcp", client: [named] },
    answer: { over: "tcp", server: [answer], implies: ["clickhouse/named"] },
  },
  facts: { client: textFact("D5", { bound: 100 }) },
  samples: {
    yes: [
      tcp(
        client(
          "\0",
          sized(1, "ClickHouse client"),
          hex("18 03 c2a903"),
          sized(1, "default"),
          sized(1, "default"),
          "\0",
        ),
      ),
      tcp(
        client(
          "\0",
          sized(1, "Golang SQLDriver"),
          hex("01 01 c2a903"),
          sized(1, "default"),
          sized(1, "default"),
          "\0",
        ),
      ),
      tcp(server("\0", sized(1, "ClickHouse"), hex("18 03 c2a903"), sized(1, "UTC"))),
    ],
    no: [
      tcp(client("\0", sized(1, "Golang SQLDriver"), hex("01 01 010000"), sized(1, "default"))),
      tcp(client("\x01", sized(1, "ClickHouse client"), hex("18 03 c2a903"))),
    ],
  },
});
