import {
  accept,
  atEnd,
  client,
  derive,
  either,
  equal,
  hex,
  noise,
  protocol,
  remains,
  remember,
  repeat,
  repeats,
  rest,
  room,
  server,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 3550 §6.1: a report comes first, without padding; its blocks fill it (§6.4). Types: IANA RTP Parameters. */
const senderReport = [
  u8("first", { min: 0x80, max: 0x9f }),
  u8(200),
  u16("words", { min: 6, max: 192 }),
  u32("source", { min: 0x10000 }),
  derive("blocks", { from: "first", and: 0x1f, times: 6, plus: 6 }),
  equal("words", "blocks"),
];
const receiverReport = [
  u8("first", { min: 0x80, max: 0x9f }),
  u8(201),
  u16("words", { min: 1, max: 187 }),
  u32("source", { min: 0x10000 }),
  derive("blocks", { from: "first", and: 0x1f, times: 6, plus: 1 }),
  equal("words", "blocks"),
];
/** The rest of the packet whose header was read. */
const left = [derive("left", { from: "words", times: 4, plus: -4 }), skip("left")];

/** The others, whose lengths count to the end of the datagram: SR … APP (§6.7), feedback (RFC 4585 §6.1), XR (RFC 3611 §2). */
const more = [
  u8({ min: 0x80, max: 0xbf }),
  u8({ min: 200, max: 211 }),
  u16("size", { min: 0, max: 372 }),
  derive("bytes", { from: "size", times: 4 }),
  skip("bytes"),
];
const compound = step(
  either(senderReport, receiverReport),
  left,
  more,
  repeat(0, 12, more),
  atEnd,
  accept,
);

/** A sender's report alone, with one block or none, at a time of the clock from 2002 on (RFC 3550 §4, §6.4.1). */
const senderAlone = step(
  either([room(28), hex("80 c8 0006")], [room(52), hex("81 c8 000c")]),
  u32({ min: 0x10000 }),
  u32({ min: 0xc0000000 }),
);

/** Two of one source: reports, behind whose header all may be encrypted (RFC 3711 §3.4), or feedback alone (RFC 5506 §3.4.1). */
const alone = (relation: typeof remember | typeof repeats) =>
  step(
    either(
      senderReport,
      receiverReport,
      [
        u8({ min: 0x81, max: 0x8f }),
        u8({ in: [205, 206] }),
        u16("words", { min: 2, max: 372 }),
        derive("bytes", { from: "words", times: 4 }),
        remains("bytes"),
        u32("source", { min: 0x10000 }),
      ],
      [
        // APP alone (§6.7), as baresip opens ports with; BYE in front (§6.6), as it ends.
        u8({ min: 0x80, max: 0x9f }),
        u8({ in: [203, 204] }),
        u16("words", { min: 1, max: 372 }),
        u32("source", { min: 0x10000 }),
        derive("left", { from: "words", times: 4, plus: -4 }),
        skip("left"),
      ],
    ),
    relation("source"),
    rest,
  );

/** A block of a report (§6.4.1) is about the source that was heard. */
const about = (relation: typeof remember | typeof repeats) => [
  u32("heard", { min: 0x10000 }),
  relation("heard", "source"),
];
const answer = step(
  either(
    [hex("81 c9 0007"), u32({ min: 0x10000 }), about(repeats)],
    [hex("81 c8 000c"), u32({ min: 0x10000 }), skip(20), about(repeats)],
  ),
  accept,
);

const ssrc = hex("5f3a91c4");
const sr = hex("80 c8 0006") + ssrc + noise(20);
const rr = hex("81 c9 0007") + ssrc + noise(24, 2);
const sdes = hex("81 ca 0004") + ssrc + hex("01 08") + "me@host1" + hex("0000");

/** RTCP: a compound packet, or two short ones of one source. */
export default protocol({
  name: "rtcp",
  title: "RTP Control Protocol",
  category: "media",
  source: "RFC 3550 §6; RFC 3611 §2; RFC 4585 §6.1; RFC 5506 §3.4",
  ports: { udp: [5005] },
  signatures: {
    compound: { over: "udp", first: [compound] },
    "sender-report": { over: "udp", first: [senderAlone] },
    short: {
      over: "udp",
      first: [alone(remember), alone(repeats)],
    },
    answered: { over: "udp", first: [alone(remember)], reply: [answer], both: true },
  },
  samples: {
    yes: [
      udp(client(sr + sdes)),
      udp(client(rr + sdes), server(hex("80 c9 0001 11223344") + sdes)),
      udp(client(hex("80 c9 0001") + ssrc + hex("81 ce 0002") + ssrc + hex("11223344"))),
      udp(client(sr), client(sr)),
      udp(client(sr), server(hex("81 c9 0007 11223344") + ssrc + noise(20, 3))),
      udp(
        client(hex("80 c9 0001"), ssrc, hex("80000005"), noise(10)),
        client(hex("80 c9 0001"), ssrc, noise(40), hex("80000006"), noise(10)),
      ),
      udp(
        client(hex("80 cc 0003"), ssrc, "PINGPONG"),
        client(hex("81 cb 0003"), ssrc, hex("06"), "Adjo", hex("000000"), sdes),
      ),
      udp(client(hex("81 ce 0002"), ssrc, noise(4)), client(hex("81 ce 0002"), ssrc, noise(4))),
    ],
    weak: [
      udp(client(hex("80 c9 0001"), ssrc)),
      udp(client(hex("80 c8 0006"), ssrc, hex("eeaf8b60 58d4fdf3"), noise(12))),
    ],
    no: [
      udp(client(hex("80 c8 0006"), ssrc, hex("eeaf8b60 58d4fdf3"), noise(13))),
      udp(client(sr + sdes + "\0")),
      udp(client(hex("81 c8 0006") + ssrc + noise(20) + sdes)),
      udp(client(hex("40 c8 0006") + ssrc + noise(20) + sdes)),
      udp(client(sdes)),
    ],
  },
});
