import {
  accept,
  client,
  hex,
  noise,
  protocol,
  skip,
  step,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";
import { ipPacket } from "../formats/inner-packet.js";

/**
 * §4: an identity of 2^4 bytes and its type, a signature of 5 words and its hash, how it is
 * authenticated and that it is forwarded (1), what comes next (IPv4, IPv6), the time.
 */
const packet = step(
  u8([0x41, 0x42, 0x43]),
  u8([0x51, 0x52]),
  u8([0x01, 0x11, 0x21]),
  u8([4, 41]),
  u32({ min: 0x40000000, max: 0x7fffffff }),
  skip(36),
  ipPacket,
  accept,
);

const header = (next: string) => hex(`42 52 11 ${next} 5e3a91b2`) + noise(36);
const IPV6 =
  "60000000 0010 3a 40 20010db8000000000000000000000001 20010db8000000000000000000000002";

/** AYIYA, Anything In Anything: IPv6 in UDP as tunnel brokers offered it. */
export default protocol({
  name: "ayiya",
  title: "AYIYA",
  category: "tunnel",
  source: "draft-massar-v6ops-ayiya-02 §4",
  ports: { udp: [5072] },
  signatures: { packet: { over: "udp", first: [packet] } },
  samples: {
    yes: [udp(client(header("29"), hex(IPV6), noise(16)))],
    no: [
      udp(client(header("3b"), hex(IPV6), noise(16))),
      udp(client(header("29"), hex(IPV6), noise(15))),
    ],
  },
});
