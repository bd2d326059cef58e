import {
  atEnd,
  client,
  hex,
  noise,
  protocol,
  repeat,
  skip,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** ITU-T H.222.0 §2.4.3.2: sync byte, no error, a PID; scrambling, an adaptation field or a payload or both, a counter. */
const packet = [
  "\x47",
  u16({ max: 0x7fff }),
  u8({ in: Array.from({ length: 256 }, (_, value) => value).filter((value) => value & 0x30) }),
  skip(184),
];

/** As many as an Ethernet frame holds: seven. */
const several = step(packet, repeat(3, 6, packet), atEnd);
const few = step(packet, repeat(0, 2, packet), atEnd);

const one = (pid: string, counter: string) => hex(`47 ${pid} ${counter}`) + noise(184);
const pat = one("4000", "10");

/** MPEG transport stream in datagrams; within RTP it is RTP. */
export default protocol({
  name: "mpeg-ts",
  title: "MPEG Transport Stream",
  category: "media",
  source: "ITU-T H.222.0 (ISO/IEC 13818-1) §2.4.3.2",
  ports: { udp: [1234] },
  signatures: {
    datagram: { over: "udp", first: [several] },
    short: { over: "udp", first: [few, few, few, few] },
  },
  samples: {
    yes: [
      udp(client(pat, one("4100", "10"), one("0100", "11"), one("0100", "12"), one("0100", "33"))),
      udp(client(pat), client(pat), client(one("0100", "31")), client(one("0100", "12"))),
    ],
    weak: [udp(client(pat, pat))],
    no: [
      udp(client(pat, pat, pat, pat.slice(1))),
      udp(client(pat, pat, pat, one("8100", "10"))),
      udp(client(pat, pat, pat, one("0100", "01"))),
    ],
  },
});
