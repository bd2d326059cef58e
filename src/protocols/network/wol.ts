import {
  client,
  equal,
  hex,
  noise,
  protocol,
  repeat,
  room,
  step,
  u24,
  udp,
} from "../../language/vocabulary.js";

/** AMD, Magic Packet Technology §3: six bytes of ones, then the address sixteen times; a password of 4 or 6 bytes may follow. */
const again = [u24("high"), equal("high", "first"), u24("low"), equal("low", "last")];
const packet = step(
  room([102, 106, 108]),
  "\xff\xff\xff\xff\xff\xff",
  u24("first"),
  u24("last"),
  again,
  again,
  again,
  repeat(12, 12, again),
);

/** Wake-on-LAN over UDP. */
export default protocol({
  name: "wol",
  title: "Wake-on-LAN",
  category: "network",
  source: "AMD, Magic Packet Technology white paper (20213) §3",
  ports: { udp: [9, 7] },
  signatures: { magic: { over: "udp", client: [packet] } },
  samples: {
    yes: [
      udp(client("\xff".repeat(6), hex("0200c0000201").repeat(16))),
      udp(client("\xff".repeat(6), hex("0200c0000201").repeat(16), noise(6))),
    ],
    no: [
      udp(client("\xff".repeat(6), hex("0200c0000201").repeat(15), hex("0200c0000202"))),
      udp(client("\xff".repeat(5), "\0", hex("0200c0000201").repeat(16))),
      udp(client("\xff".repeat(6), hex("0200c0000201").repeat(12))),
    ],
  },
});
