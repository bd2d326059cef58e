import {
  accept,
  client,
  hex,
  noise,
  protocol,
  step,
  tcp,
  u32le,
  u8,
} from "../../language/vocabulary.js";

/** Open binary client protocol: "CP2", then frames: size, flags, type of the message; the first is an authentication (0x0100, 0x0200). */
const client2 = step(
  "CP2",
  u32le({ min: 22, max: 4096 }),
  hex("00c0"),
  "\0",
  u8([1, 2]),
  hex("0000"),
  accept,
);

/** Hazelcast, for clients. */
export default protocol({
  name: "hazelcast",
  title: "Hazelcast",
  category: "database",
  source: "Hazelcast Open Binary Client Protocol 2.x: Connection Guide, Client Message Framing",
  ports: { tcp: [5701] },
  signatures: { client: { over: "tcp", client: [client2] } },
  samples: {
    yes: [tcp(client("CP2", hex("26000000 00c0 00010000 0100000000000000 ffffffff"), noise(16)))],
    no: [
      tcp(client("CP3", hex("26000000 00c0 00010000"))),
      tcp(client("CP2", hex("26000000 00c0 00030000"))),
    ],
  },
});
