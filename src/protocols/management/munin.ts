import {
  capture,
  client,
  lineEnd,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
} from "../../language/vocabulary.js";

/** A node greets with its name. */
const greeting = step("# munin node at ", capture("host", run("A-Za-z0-9._-")), lineEnd);

/** Munin's nodes, which are asked for measurements. */
export default protocol({
  name: "munin",
  title: "Munin",
  category: "management",
  source: "Munin guide, Data exchange between master and node: Network protocol",
  ports: { tcp: [4949] },
  signatures: { greeting: { over: "tcp", server: [greeting] } },
  facts: { host: textFact("D4") },
  samples: {
    yes: [tcp(server("# munin node at web.example.org\n"), client("list\n"))],
    no: [tcp(server("# monit node at web.example.org\n")), tcp(server("# munin node at \n"))],
  },
});
