import { client, hex, noise, protocol, step, u8, udp } from "../../language/vocabulary.js";

/**
 * Version 1 and type 0 (handshake), subtype IX, reserved zeros, no remote index yet, counter 1;
 * then protobuf: details with the payload, of which each has its length in front.
 */
const handshake = step(hex("10 00 0000 00000000 0000000000000001"), "\x0a", u8({ min: 16 }));

/** Nebula: the first packet of a handshake. What follows is encrypted behind a header of small numbers. */
export default protocol({
  name: "nebula",
  title: "Nebula",
  category: "vpn",
  source: "slackhq/nebula (MIT): header.go, the diagram of its header",
  ports: { udp: [4242] },
  signatures: { handshake: { over: "udp", client: [handshake] } },
  samples: {
    yes: [udp(client(hex("10000000 00000000 00000000 00000001 0a ac 02 12 a9 02"), noise(297)))],
    no: [
      udp(client(hex("20000000 00000000 00000000 00000001 0a ac 02 12 a9 02"), noise(297))),
      udp(client(hex("10000000 00000000 00000000 00000001 0b ac 02"), noise(297))),
    ],
  },
});
