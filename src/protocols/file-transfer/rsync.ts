import {
  accept,
  capture,
  client,
  digits,
  lineEnd,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
} from "../../language/vocabulary.js";

/** rsyncd(5) and csprotocol.txt: both sides say their version; from 32 on the digests that they know follow. */
const greeting = step(
  "@RSYNCD: ",
  capture("version", run(digits, { max: 3 }), opt(".", run(digits, { max: 3 }))),
  opt(" ", run(textual)),
  lineEnd,
  accept,
);

/** The rsync daemon's protocol. */
export default protocol({
  name: "rsync",
  title: "rsync daemon",
  category: "file-transfer",
  source: "rsync: csprotocol.txt; rsyncd.conf(5)",
  ports: { tcp: [873] },
  signatures: { greeting: { over: "tcp", client: [greeting], server: [greeting] } },
  facts: { version: textFact("D5", { list: 2 }) },
  samples: {
    yes: [
      tcp(
        server("@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4\n"),
        client("@RSYNCD: 31.0 md5 md4\n", "pub\n"),
      ),
      tcp(client("@RSYNCD: 29\n")),
    ],
    no: [tcp(server("@RSYNCD: OK\n")), tcp(client("RSYNCD: 31.0\n"))],
  },
});
