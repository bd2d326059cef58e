import {
  accept,
  capture,
  client,
  derive,
  either,
  hex,
  inside,
  noise,
  numberFact,
  numbered,
  opt,
  protocol,
  readFact,
  repeat,
  report,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 1006 §6: version 3, a reserved zero, the length of the whole. */
const tpkt = [
  hex("03 00"),
  u16("size", { min: 9, max: 8192 }),
  derive("body", { from: "size", plus: -4 }),
];

/** H.225.0's own object identifier, {itu-t recommendation h 2250 0 version}, and H.245's, as BER and PER write them. */
const H225 = hex("06 0008 914a 00");
const H245 = hex("06 0008 8175 00");
const version = u8({ min: 1, max: 15 });

/** H.225.0 §7.2.2: Q.931's discriminator, a call reference of two bytes, the message type (Q.931 table 4-2). */
const TYPES = numbered(`
  1 Alerting, 2 CallProceeding, 3 Progress, 5 Setup, 7 Connect, 13 SetupAcknowledge, 15 ConnectAcknowledge,
  90 ReleaseComplete, 98 Facility, 110 Notify, 117 StatusInquiry, 123 Information, 125 Status
`);
/** Information elements (Q.931 §4.5): one byte, or type, length and value; then User-user with its discriminator 5. */
const element = either(u8({ min: 0x80 }), [u8({ max: 0x7d }), u8("n"), skip("n")]);
/**
 * H.225.0 §7.3, annex H, in aligned PER (X.691): a TransportAddress is a choice, `ipAddress` 0 or `ip6Address` 3, and its
 * octets stand on byte boundaries. The choice may share its byte with what comes before it.
 */
const ipAddress = [
  u32("address"),
  u16("port", { min: 1 }),
  report("control-address", "address"),
  report("control-port", "port"),
];
const ip6Address = [
  capture("control-address6", skip(16)),
  u16("port", { min: 1 }),
  report("control-port6", "port"),
];
const transport = either([hex("00"), ipAddress], [u8({ mask: 0xf7, bits: 0x30 }), ip6Address]);
/** H323-UserInformation, H323-UU-PDU and the choice of its body share a byte: the body's number is in the lowest bits. */
const uuie = (number: number) => u8({ mask: 0x0f, bits: number });
const H225_VERSION = [H225, version];
/** Setup has seven optional fields, Connect one; in both H.245's address is the first, behind the protocol's version. */
const setup = [uuie(0), u8({ mask: 0x40, bits: 0x40 }), H225_VERSION, transport];
const connect = [uuie(2), u8({ mask: 0x7f, bits: 0x40 }), H225_VERSION, transport];
/**
 * CallProceeding and Alerting have it behind an EndpointType. That is read where it is a terminal that says who made it and no
 * more: VendorIdentifier with its two optional texts, TerminalInfo, two flags, and the choice in the same byte.
 */
const text = [u8("n"), derive("n", { from: "n", plus: 1 }), skip("n")];
const vendor = either(
  [hex("00"), skip(4)],
  [u8([0x40, 0x80]), skip(4), text],
  [hex("c0"), skip(4), text, text],
);
const proceeding = [
  u8([0x01, 0x03, 0x21, 0x23]),
  u8({ mask: 0x7f, bits: 0x40 }),
  H225_VERSION,
  hex("22"),
  vendor,
  either(
    [u8({ mask: 0xcf, bits: 0 }), ipAddress],
    [u8({ mask: 0xcf, bits: 3 }), u8([0, 0x80]), ip6Address],
  ),
];
const signalling = step(
  tpkt,
  inside(
    "body",
    hex("08 02"),
    u16("reference"),
    u8("type", Object.keys(TYPES).map(Number)),
    repeat(0, 16, element),
    u8(0x7e),
    u16("user", { min: 4, max: 8000 }),
    hex("05"),
    either(setup, connect, proceeding, u8({ max: 0x3f })),
  ),
  accept,
  report("type"),
);

/**
 * H.245 annex A in aligned PER: openLogicalChannelAck (response 5) with its second extension, H2250LogicalChannelAckParameters,
 * where that holds a session or none, and an IPv4 address for media and perhaps one for what controls them.
 */
const media = [
  u32("address"),
  report("media-address", "address"),
  u16("port", { min: 1 }),
  report("media-port", "port"),
];
const mediaControl = [
  hex("00"),
  u32("address"),
  report("media-address", "address"),
  u16("port", { min: 1 }),
  report("media-control-port", "port"),
];
const session = [u8({ mask: 0x01, bits: 0 }), hex("00")];
const channelAck = [
  hex("22"),
  u8({ mask: 0xe0, bits: 0xc0 }),
  u16(),
  u8([0x02, 0x04]),
  u8(0x80),
  u8("n"),
  inside(
    "n",
    either(
      [u8({ mask: 0xbc, bits: 0x1c }), session, media, mediaControl],
      [u8({ mask: 0xbc, bits: 0x18 }), session, media],
      [u8({ mask: 0xbd, bits: 0x0c }), hex("00"), media, mediaControl],
      [u8({ mask: 0xbd, bits: 0x08 }), hex("00"), media],
    ),
  ),
];
const answer = step(tpkt, inside("body", opt(channelAck)), accept);
const channels = step(repeat(1, 8, tpkt, inside("body", opt(channelAck))));

/** H.245 annex A: what begins a control channel is a TerminalCapabilitySet, which names the protocol. */
const control = step(tpkt, inside("body", hex("02"), skip(2), H245, version), accept);
const control2 = step(tpkt, inside("body", hex("02"), u8(), skip(2), H245, version), accept);

/** H.225.0 annex H: RAS; the messages of discovery and registration name the protocol behind their number. */
const ras = step(
  u8({ max: 0x64 }),
  either([u16(), H225], [u8(), u16(), H225], [skip(2), u16(), H225], [skip(3), u16(), H225]),
  version,
  accept,
);

const setUp =
  hex("08 02 1a2b 05 04 03 88 93 a5 7e") + sized(2, hex("05 20 b0 06 0008 914a 0004") + noise(40));
/** A Connect with an address of H.245, and the acknowledgement of a channel for media. */
const connected =
  hex("08 02 9a2b 07") +
  hex("7e") +
  sized(2, hex("05 22 40 06 0008 914a 0004 00 c0000207 2af9 0200"));
const acknowledged = hex("22 c0 0000 04 80 10 1c 00 00 c0000207 1388 00 c0000207 1389");
const packet = (body: string) => {
  const size = body.length + 4;
  return hex("03 00") + String.fromCharCode(size >> 8, size & 255) + body;
};

/** H.323: call signalling, its control channel, and registration. */
export default protocol({
  name: "h323",
  title: "H.323",
  category: "media",
  source: "ITU-T H.225.0 §7.2, annex H; ITU-T Q.931 §4; ITU-T H.245 annex A; RFC 1006 §6",
  ports: { tcp: [1720], udp: [1718, 1719] },
  signatures: {
    signalling: { over: "tcp", first: [signalling], reply: [signalling], watch: signalling },
    control: { over: "tcp", first: [control], reply: [answer], watch: channels },
    "control-long": { over: "tcp", first: [control2], reply: [answer], watch: channels },
    ras: { over: "udp", first: [ras] },
  },
  facts: { type: numberFact("D5", { names: TYPES }) },
  inspects: {
    "control-address": numberFact("D5"),
    "control-port": numberFact("D5"),
    "control-address6": readFact("address", "D5"),
    "control-port6": numberFact("D5"),
    "media-address": numberFact("D5"),
    "media-port": numberFact("D5"),
    "media-control-port": numberFact("D5"),
  },
  announces: [
    ...["", "6"].map((family) => ({
      protocol: "h323",
      over: "tcp" as const,
      port: `control-port${family}`,
      address: `control-address${family}`,
      elsewhere: true as const,
    })),
    ...[
      { protocol: "rtp", port: "media-port" },
      { protocol: "rtcp", port: "media-control-port" },
    ].map((each) => ({
      ...each,
      over: "udp" as const,
      address: "media-address",
      elsewhere: true as const,
      from: "anyone" as const,
    })),
  ],
  samples: {
    yes: [
      tcp(client(packet(setUp)), server(packet(setUp.replace("\x05\x04\x03", "\x02\x04\x03")))),
      tcp(client(packet(setUp)), server(packet(connected))),
      tcp(
        client(packet(hex("02 70 01 06 0008 8175 0007") + noise(30))),
        server(packet(acknowledged)),
      ),
      tcp(client(packet(hex("02 70 0001 06 0008 8175 0007") + noise(30)))),
      tcp(
        client(packet(hex("02 70 0001 06 0008 8175 0007") + noise(30))),
        server(packet(acknowledged)),
      ),
      udp(client(hex("00 80 0001 06 0008 914a 0004") + noise(20))),
      udp(client(hex("0e c0 1a2b 06 0008 914a 0002") + noise(20))),
    ],
    no: [
      tcp(client(hex("03 00 0013 0e e0 0000 0000 00 0100 0800 0300 0000"))),
      tcp(client(packet(setUp.replace("\x05\x20", "\x04\x20")))),
      udp(client(hex("00 80 0001 06 0008 914b 0004") + noise(20))),
      tcp(client(packet(hex("02 70 01 06 0008 914a 0007") + noise(30)))),
    ],
  },
});
