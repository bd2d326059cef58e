import { client, hex, noise, protocol, step, u16, u32, udp } from "../../language/vocabulary.js";

/** ANSI E1.17 (ACN), annex on UDP: preamble of 16 bytes, no postamble, the identifier; flags 7 and a length; the root layer's vector. */
const packet = step(
  hex("0010 0000"),
  "ASC-E1.17\0\0\0",
  u16({ min: 0x7000, max: 0x7fff }),
  u32({ in: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }),
);

/** ACN and streaming ACN (sACN), stage lighting over UDP. */
export default protocol({
  name: "acn",
  title: "Architecture for Control Networks (sACN)",
  category: "media",
  source: "ANSI E1.17-2015 (ACN over UDP); ANSI E1.31-2018 §5",
  ports: { udp: [5568] },
  signatures: { packet: { over: "udp", first: [packet] } },
  samples: {
    yes: [udp(client(hex("0010 0000"), "ASC-E1.17\0\0\0", hex("726e 00000004"), noise(60)))],
    no: [
      udp(client(hex("0010 0000"), "ASC-E1.17\0\0\0", hex("026e 00000004"), noise(60))),
      udp(client(hex("0010 0000"), "ASC-E1.18\0\0\0", hex("726e 00000004"), noise(60))),
    ],
  },
});
