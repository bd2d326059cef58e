import {
  accept,
  client,
  derive,
  hex,
  noise,
  numberFact,
  protocol,
  report,
  server,
  skip,
  step,
  u24,
  u8,
  udp,
} from "../../language/vocabulary.js";
import { ethernetFrame, ipPacket } from "../formats/inner-packet.js";

/** §3.4: version 0 and the options' length in words, O and C and reserved zeros, what is inside, its number, a zero. */
const header = (type: string) => [
  u8("words", { max: 63 }),
  derive("options", { from: "words", times: 4 }),
  u8([0, 0x40, 0x80, 0xc0]),
  type,
  u24("vni"),
  "\0",
  skip("options"),
];
const packet = (type: string, ...inner: Parameters<typeof step>) =>
  step(header(type), inner, accept, report("vni"));

const ip = "45 00 002c 1a2b 4000 40 11 0000 c0000201 c0000202";
const frame = hex(`02005e005301 02005e005302 0800 ${ip}`) + noise(24);

/** Geneve: Ethernet frames or IP packets in UDP, with options in front. */
export default protocol({
  name: "geneve",
  title: "Geneve",
  category: "tunnel",
  source: "RFC 8926 §3.4",
  ports: { udp: [6081] },
  signatures: {
    ethernet: { over: "udp", client: [packet("\x65\x58", ethernetFrame)] },
    ipv4: {
      over: "udp",
      client: [packet("\x08\x00", ipPacket)],
      server: [packet("\x08\x00", ipPacket)],
    },
    ipv6: { over: "udp", client: [packet("\x86\xdd", ipPacket)] },
  },
  facts: { vni: numberFact("D5") },
  samples: {
    yes: [
      udp(client(hex("00 00 6558 00002a 00"), frame)),
      udp(client(hex("02 40 6558 00002a 00 0102 80 01 00000007"), frame)),
      udp(
        client(hex(`00 00 0800 00002a 00 ${ip}`), noise(24)),
        server(hex(`00 00 0800 00002a 00 ${ip}`), noise(24)),
      ),
      udp(
        client(
          hex("00 00 86dd 00002a 00"),
          hex(
            "60000000 0018 3a 40 20010db8000000000000000000000001 20010db8000000000000000000000002",
          ),
          noise(24),
        ),
      ),
    ],
    no: [
      udp(client(hex("40 00 6558 00002a 00"), frame)),
      udp(client(hex("00 01 6558 00002a 00"), frame)),
      udp(client(hex("00 00 6558 00002a 00"), noise(60))),
    ],
  },
});
