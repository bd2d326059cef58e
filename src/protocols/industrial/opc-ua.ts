import {
  accept,
  capture,
  client,
  either,
  hex,
  noise,
  oneOf,
  protocol,
  server,
  skip,
  step,
  tcp,
  textFact,
  u32le,
  u8,
} from "../../language/vocabulary.js";

/** Part 6 §7.1.2.2: message type, chunk type, size in bytes. Sizes stay below 16 MiB. */
const size = (least: number) => u32le({ min: least, max: 0xffffff });
/** Part 6 §7.1.2.3: version 0, two buffers of at least 8,192 bytes (1,024 for small devices). */
const buffers = [u32le({ max: 16 }), u32le({ min: 1024 }), u32le({ min: 1024 })];
/** An URL of at most 4,096 bytes. */
const url = [u32le("length", { min: 6, max: 4096 }), capture("endpoint", skip("length"))];

/** What is said after the hello: secure channel, its policy's name; then sequenced chunks, final, intermediate or aborted. */
const secured = either(
  [
    "OPNF",
    size(12),
    u32le(),
    u32le({ min: 20, max: 255 }),
    "http://opcfoundation.org/UA/SecurityPolicy#",
  ],
  [oneOf("MSG", "CLO"), u8({ in: [0x46, 0x43, 0x41] }), size(24), u32le({ min: 1 })],
);
const hello = step(either(["HELF", size(32), buffers, u32le(), u32le(), url], secured), accept);
/** Acknowledge has 28 bytes; a reversed hello names the server and its endpoint; errors have a bad status code. */
const answer = step(
  either(
    ["ACKF", u32le(28), buffers],
    ["RHEF", size(16), url, url],
    ["ERRF", size(16), skip(3), u8({ in: [0x80] })],
    secured,
  ),
  accept,
);

/** OPC UA's binary protocol over TCP. */
export default protocol({
  name: "opc-ua",
  title: "OPC UA",
  category: "industrial",
  source: "OPC 10000-6 (1.05) §6.7.2, §7.1.2",
  ports: { tcp: [4840] },
  signatures: { connection: { over: "tcp", client: [hello], server: [answer] } },
  facts: { endpoint: textFact("D4") },
  samples: {
    yes: [
      tcp(
        client(
          hex("48454c46 38000000 00000000 00000100 00000100 00000000 00000000 18000000"),
          "opc.tcp://localhost:4840",
        ),
        server(hex("41434b46 1c000000 00000000 00000100 00000100 00000000 00000000")),
      ),
      tcp(client(hex("4d534746 60000000 01000000 01000000 35000000 03000000"), noise(72))),
      tcp(
        server(hex("45525246 14000000 00008380 04000000"), "nope"),
        client(
          hex("4f504e46 84000000 00000000 2f000000"),
          "http://opcfoundation.org/UA/SecurityPolicy#None",
        ),
      ),
    ],
    no: [
      tcp(client("HELF me please, I cannot find my way home")),
      tcp(client(hex("4d534758 60000000 01000000 01000000 35000000"))),
      tcp(server(hex("41434b46 1d000000 00000000 00000100 00000100"))),
    ],
  },
});
