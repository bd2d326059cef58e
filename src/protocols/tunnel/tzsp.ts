import {
  accept,
  client,
  either,
  hex,
  noise,
  protocol,
  repeat,
  skip,
  step,
  u8,
  udp,
} from "../../language/vocabulary.js";
import { ethernetFrame } from "../formats/inner-packet.js";

/** Version 1, a received packet (0) or one to send (1) of Ethernet (1); tags: padding (0), others with a length; end (1). */
const packet = step(
  "\x01",
  u8([0, 1]),
  hex("0001"),
  repeat(0, 16, either("\0", [u8("tag", { min: 2 }), u8("length", { max: 64 }), skip("length")])),
  "\x01",
  ethernetFrame,
  accept,
);

const frame =
  hex("02005e005301 02005e005302 0800 4500 002c 1a2b 4000 40 11 0000 c0000201 c0000202") +
  noise(24);

/** TZSP: packets that a sensor has seen, such as RouterOS streams them. */
export default protocol({
  name: "tzsp",
  title: "TaZmen Sniffer Protocol",
  category: "tunnel",
  source: "TZSP, Network Chemistry/Javvin protocol description: header, tagged fields",
  ports: { udp: [37008] },
  signatures: { packet: { over: "udp", client: [packet] } },
  samples: {
    yes: [
      udp(client(hex("01 00 0001 01"), frame)),
      udp(client(hex("01 00 0001 0a 01 c4 0c 01 02 00 01"), frame)),
    ],
    no: [udp(client(hex("02 00 0001 01"), frame)), udp(client(hex("01 00 0001 01"), noise(60)))],
  },
});
