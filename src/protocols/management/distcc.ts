import { accept, byte, client, protocol, server, step, tcp } from "../../language/vocabulary.js";

const eight = Array.from({ length: 8 }, () => byte("0-9a-f"));

/** distcc protocol, versions 1 … 3: tokens of four letters with a number of eight digits each. */
const request = step("DIST", eight, "ARGC", eight, "ARGV", eight, accept);
const answer = step("DONE", eight, "STAT", eight, "SERR", accept);

/** distcc, which compiles on other machines. */
export default protocol({
  name: "distcc",
  title: "distcc",
  category: "management",
  source: "distcc: doc/protocol-1.txt, protocol-2.txt, protocol-3.txt",
  ports: { tcp: [3632] },
  signatures: { compile: { over: "tcp", client: [request], server: [answer] } },
  samples: {
    yes: [
      tcp(
        client("DIST00000001ARGC00000002ARGV00000002ccARGV00000002-c"),
        server("DONE00000001STAT00000000SERR00000000SOUT00000000DOTO00000000"),
      ),
    ],
    no: [tcp(client("DIST00000001ARGX00000002")), tcp(server("DONE0000000gSTAT00000000SERR"))],
  },
});
