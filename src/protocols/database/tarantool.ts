import {
  accept,
  blank,
  capture,
  client,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
} from "../../language/vocabulary.js";

/** The greeting: two lines of 64 bytes. */
const greeting = step("Tarantool ", capture("version", run("0-9.a-g-")), blank, accept);

/** Tarantool. */
export default protocol({
  name: "tarantool",
  title: "Tarantool",
  category: "database",
  source: "Tarantool documentation, Binary protocol: Session start and authentication",
  ports: { tcp: [3301] },
  signatures: { greeting: { over: "tcp", server: [greeting] } },
  facts: { version: textFact("D5", { bound: 40 }) },
  samples: {
    yes: [tcp(server("Tarantool 2.10.0 (Binary) 29b74bed-fdc5-454c-a828-1d4bf42c639a\n"))],
    no: [tcp(server("Tarantula 2.10.0 (Binary)\n")), tcp(client("Tarantool\n"))],
  },
});
