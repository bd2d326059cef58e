import { client, protocol, server, step, tcp } from "../../language/vocabulary.js";

/** multistream-select: the length as a varint (19), the protocol's id, a line feed; each side sends it first. */
const multistream = step("\x13/multistream/1.0.0\n");

/** libp2p: how its peers, such as those of IPFS, agree on what they will speak. */
export default protocol({
  name: "libp2p",
  title: "libp2p",
  category: "file-sharing",
  source: "libp2p specs: connections §Protocol Negotiation; multistream-select",
  ports: { tcp: [4001] },
  signatures: { multistream: { over: "tcp", first: [multistream], reply: [multistream] } },
  samples: {
    yes: [
      tcp(
        client("\x13/multistream/1.0.0\n\x07/noise\n"),
        server("\x13/multistream/1.0.0\n\x07/noise\n"),
      ),
    ],
    no: [tcp(client("\x14/multistream/1.0.0\n")), tcp(client("\x13/multistream/2.0.0\n"))],
  },
});
