import {
  accept,
  capped,
  client,
  hex,
  protocol,
  room,
  server,
  step,
  u16,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** draft-sharabayko-srt §3.2, §3.2.1: control packet of type 0, a handshake; 48 bytes behind the header at least. */
const header = [room({ min: 64, max: 1500 }), hex("8000 0000 0000 0000"), u32()];
/** Sequence number, MTU, flow window. */
const sizes = [
  u32({ max: 0x7fffffff }),
  u32({ min: 76, max: 65535 }),
  u32({ min: 32, max: 0xffffff }),
];

/** §4.3.1.1: induction: the caller says version 4, and that it wants datagrams; the listener 5, and a magic number. */
const induction = step(
  capped(20, header, u32(0), u32(4), hex("0000 0002"), sizes, u32(1), u32({ min: 1 }), u32(0)),
);
const answer = step(
  header,
  u32({ min: 1 }),
  u32(5),
  u16({ max: 4 }),
  hex("4a17"),
  sizes,
  u32(1),
  accept,
);
/** §4.3.1.2: conclusion (-1) with version 5 and extensions. */
const conclusion = step(
  header,
  u32(),
  u32(5),
  u16({ max: 4 }),
  u16({ min: 1, max: 7 }),
  sizes,
  hex("ffff ffff"),
  accept,
);

const shake = (to: string, version: string, type: string, request: string, cookie: string) =>
  hex(`8000 0000 0000 0000 0000 1a2b ${to} ${version} ${type} 1a2b3c4d 0000 05dc 0000 2000`) +
  hex(`${request} 2f3c1a5b ${cookie} 0702 00c0 ${"00".repeat(12)}`);

/** SRT, by its handshake. UDT's is the same with version 4, so induction alone is no name. */
export default protocol({
  name: "srt",
  title: "Secure Reliable Transport",
  category: "media",
  source:
    "draft-sharabayko-srt-01 §3.2, §3.2.1, §4.3.1 (https://datatracker.ietf.org/doc/html/draft-sharabayko-srt-01)",
  ports: { udp: [9000] },
  signatures: {
    induction: { over: "udp", client: [induction], server: [answer] },
    answer: { over: "udp", server: [answer] },
    conclusion: { over: "udp", first: [conclusion] },
  },
  samples: {
    yes: [
      udp(
        client(shake("00000000", "00000004", "0000 0002", "0000 0001", "00000000")),
        server(shake("2f3c1a5b", "00000005", "0000 4a17", "0000 0001", "1a2b3c4d")),
      ),
      udp(client(shake("00000000", "00000005", "0000 0005", "ffff ffff", "1a2b3c4d"))),
    ],
    weak: [udp(client(shake("00000000", "00000004", "0000 0002", "0000 0001", "00000000")))],
    no: [
      udp(client(shake("00000000", "00000004", "0000 0001", "0000 0001", "00000000"))),
      udp(
        client(shake("00000000", "00000004", "0000 0002", "0000 0001", "00000000")),
        server(shake("2f3c1a5b", "00000004", "0000 0002", "0000 0001", "1a2b3c4d")),
      ),
    ],
  },
});
