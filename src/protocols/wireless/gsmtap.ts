import {
  accept,
  client,
  hex,
  noise,
  protocol,
  skip,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** Version 2 with a header of 4 words, a type (Um, Abis, SIM, LTE …), timeslot, channel, signal, noise, frame; subtype, antenna, a reserved 0. */
const packet = step(
  hex("02 04"),
  u8({ min: 1, max: 0x14 }),
  u8({ max: 7 }),
  u16(),
  skip(6),
  u8({ max: 0x92 }),
  u8({ max: 15 }),
  u8({ max: 63 }),
  "\0",
  accept,
);

const sample = (frame: string) => hex(`02 04 01 02 8057 c4 1a ${frame} 01 00 00 00`) + noise(23);

/** GSMTAP: frames of mobile radio, in UDP. One alone is too little for a name. */
export default protocol({
  name: "gsmtap",
  title: "GSMTAP",
  category: "wireless",
  source: "libosmocore: GSMTAP, osmocom.org/projects/baseband/wiki/GSMTAP",
  ports: { udp: [4729] },
  signatures: { packet: { over: "udp", client: [packet, packet, packet] } },
  samples: {
    yes: [udp(client(sample("00001a2b")), client(sample("00001a2c")), client(sample("00001a30")))],
    weak: [udp(client(sample("00001a2b")))],
    no: [
      udp(client(sample("00001a2b").replace("\x04", "\x05"))),
      udp(client(sample("00001a2b").slice(0, 12))),
    ],
  },
});
