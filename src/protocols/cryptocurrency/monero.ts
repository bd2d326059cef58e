import {
  accept,
  client,
  hex,
  noise,
  protocol,
  server,
  skip,
  step,
  tcp,
  u32le,
  u8,
} from "../../language/vocabulary.js";

/** Levin §"Header": signature, length (8 bytes), whether an answer is expected, command, return code, flags, version 1. */
const header = step(
  hex("0121010101010101"),
  u32le({ max: 0x10000000 }),
  u32le(0),
  u8([0, 1]),
  // Peers (1001 …), notifications (2001 …), and 0 for padding fragments.
  u32le(),
  skip(4),
  u32le({ max: 15 }),
  u32le(1),
  accept,
);

/** Monero's peers, in the protocol called Levin, and those of other coins of its kind. */
export default protocol({
  name: "monero",
  title: "Monero (Levin)",
  category: "cryptocurrency",
  source: "monero-project/monero docs/LEVIN_PROTOCOL.md (BSD 3-Clause)",
  ports: { tcp: [18080, 28080, 38080] },
  signatures: { header: { over: "tcp", first: [header], reply: [header] } },
  samples: {
    yes: [
      tcp(
        client(
          hex("0121010101010101 e200000000000000 01 e9030000 00000000 01000000 01000000"),
          noise(226),
        ),
        server(
          hex("0121010101010101 e200000000000000 00 e9030000 01000000 02000000 01000000"),
          noise(226),
        ),
      ),
    ],
    no: [
      tcp(client(hex("0121010101010102 e200000000000000 01 e9030000 00000000 01000000 01000000"))),
      tcp(client(hex("0121010101010101 e200000000000000 02 e9030000 00000000 01000000 01000000"))),
    ],
  },
});
