import {
  accept,
  client,
  either,
  hex,
  protocol,
  server,
  step,
  tcp,
  u8,
} from "../../language/vocabulary.js";

/** Magic, and four proposals of which the last may be 0: how many minor versions, minor, major (5.7 has a manifest: 0x1ff). */
const none = hex("00000000");
const proposal = either(none, hex("000001ff"), [
  hex("00"),
  u8({ max: 9 }),
  u8({ max: 9 }),
  u8({ min: 1, max: 6 }),
]);
const handshake = step(hex("6060b017"), proposal, proposal, accept);

/** Bolt, the protocol of Neo4j and Memgraph. */
export default protocol({
  name: "bolt",
  title: "Neo4j Bolt",
  category: "database",
  source: "Neo4j Bolt protocol specification: Handshake",
  ports: { tcp: [7687] },
  signatures: { handshake: { over: "tcp", client: [handshake] } },
  samples: {
    yes: [
      tcp(client(hex("6060b017 000001ff 00080805 00020404 00000003")), server(hex("00000405"))),
      tcp(client(hex("6060b017 00000001 00000000 00000000 00000000"))),
    ],
    no: [
      tcp(client(hex("6060b018 00000001 00000000 00000000 00000000"))),
      tcp(client(hex("6060b017 10000001 00000000 00000000 00000000"))),
    ],
  },
});
