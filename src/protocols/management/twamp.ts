import {
  client,
  hex,
  noise,
  protocol,
  server,
  skip,
  step,
  tcp,
  u32,
  accept,
} from "../../language/vocabulary.js";

/** RFC 4656 §3.1, RFC 5357 §3.1: greeting of 64 bytes: 12 unused zeros, modes, challenge, salt, count (a power of two, at least 1,024), 12 zeros. */
const greeting = step(
  "\0".repeat(12),
  u32({ max: 0xff }),
  skip(32),
  u32({ in: [1024, 2048, 4096, 8192, 16384, 32768] }),
  "\0".repeat(12),
);
/** The client chooses a mode. */
const setup = step(u32({ in: [1, 2, 4, 8, 16, 32, 64, 65, 128] }), skip(160), accept);
/** Server-Start: 15 zeros, accepted or why not (0 … 5), the server's IV, its start time, 8 zeros. */
const start = step("\0".repeat(15), skip(1), skip(24), "\0".repeat(8), accept);

/** TWAMP's and OWAMP's control connection. */
export default protocol({
  name: "twamp",
  title: "Two-Way Active Measurement Protocol",
  category: "management",
  source: "RFC 4656 §3.1; RFC 5357 §3.1",
  ports: { tcp: [862, 861] },
  signatures: { control: { over: "tcp", server: [greeting, start], client: [setup] } },
  samples: {
    yes: [
      tcp(
        server("\0".repeat(12), hex("00000003"), noise(32), hex("00000400"), "\0".repeat(12)),
        client(hex("00000001"), "\0".repeat(160)),
        server("\0".repeat(16), noise(16), noise(8, 3), "\0".repeat(8)),
      ),
    ],
    no: [
      tcp(server("\0".repeat(12), hex("00000003"), noise(32), hex("00000401"), "\0".repeat(12))),
    ],
  },
});
