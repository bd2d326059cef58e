import { client, hex, oneOf, protocol, skip, step, tcp, u32le } from "../../language/vocabulary.js";

/** V1_0, the lowest byte first: what a client sends before anything else. */
const version1 = step(hex("c3bdc234"));
/** V0_3 and V0_4, a key, and the number of JSON (ql2.proto, VersionDummy). */
const version0 = step(
  oneOf(hex("3ee8755f"), hex("202d0c40")),
  u32le("key", { max: 2048 }),
  skip("key"),
  hex("c770697e"),
);

/** RethinkDB's driver protocol. */
export default protocol({
  name: "rethinkdb",
  title: "RethinkDB",
  category: "database",
  source: "RethinkDB documentation, Writing RethinkDB drivers: handshake",
  ports: { tcp: [28015] },
  signatures: {
    "version-1": { over: "tcp", client: [version1] },
    "version-0": { over: "tcp", client: [version0] },
  },
  samples: {
    yes: [tcp(client(hex("c3bdc234"))), tcp(client(hex("202d0c40 00000000 c770697e")))],
    no: [tcp(client(hex("c3bdc235"))), tcp(client(hex("34c2bdc3")))],
  },
});
