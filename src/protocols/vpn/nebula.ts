import {
  accept,
  client,
  encrypted,
  hex,
  noise,
  protocol,
  server,
  step,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** What Noise's pattern IX begins with: a new key and a static one, each of 32 bytes (or 65 of P-256). */
const keys = [encrypted, encrypted, encrypted, encrypted, accept];
/** Version 1 and type 0 (handshake), subtype IX, reserved zeros, no remote index yet, counter 1. */
const handshake = step(hex("10 00 0000 00000000 0000000000000001"), keys);
/** The same to the index of who began, with counter 2. */
const answer = step(hex("10 00 0000"), u32({ min: 1 }), hex("0000000000000002"), keys);

/** Nebula: the two packets of a handshake. What follows is encrypted behind a header of small numbers. */
export default protocol({
  name: "nebula",
  title: "Nebula",
  category: "vpn",
  source:
    "slackhq/nebula (MIT): header.go, the diagram of its header; Noise Protocol Framework §7.5 (IX)",
  ports: { udp: [4242] },
  signatures: {
    handshake: { over: "udp", first: [handshake] },
    answer: { over: "udp", first: [answer] },
  },
  samples: {
    yes: [
      udp(
        client(
          hex("10000000 00000000 00000000 00000001"),
          noise(64),
          hex("0a98010a8501"),
          noise(150),
        ),
        server(hex("10000000 e493410a 00000000 00000002"), noise(257)),
      ),
      udp(server(hex("10000000 e493410a 00000000 00000002"), noise(257))),
    ],
    no: [
      udp(client(hex("20000000 00000000 00000000 00000001") + noise(297))),
      udp(client(hex("10000000 00000000 00000000 00000001") + "\0".repeat(297))),
    ],
  },
});
