import {
  accept,
  client,
  derive,
  either,
  hex,
  inside,
  noise,
  numberFact,
  numbered,
  protocol,
  repeat,
  report,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
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
    u8({ max: 0x3f }),
  ),
  accept,
  report("type"),
);

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

const setup =
  hex("08 02 1a2b 05 04 03 88 93 a5 7e") + sized(2, hex("05 20 b0 06 0008 914a 0004") + noise(40));
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
    signalling: { over: "tcp", first: [signalling] },
    control: { over: "tcp", first: [control] },
    "control-long": { over: "tcp", first: [control2] },
    ras: { over: "udp", first: [ras] },
  },
  facts: { type: numberFact("D5", { names: TYPES }) },
  samples: {
    yes: [
      tcp(client(packet(setup)), server(packet(setup.replace("\x05\x04\x03", "\x02\x04\x03")))),
      tcp(client(packet(hex("02 70 01 06 0008 8175 0007") + noise(30)))),
      tcp(client(packet(hex("02 70 0001 06 0008 8175 0007") + noise(30)))),
      udp(client(hex("00 80 0001 06 0008 914a 0004") + noise(20))),
      udp(client(hex("0e c0 1a2b 06 0008 914a 0002") + noise(20))),
    ],
    no: [
      tcp(client(hex("03 00 0013 0e e0 0000 0000 00 0100 0800 0300 0000"))),
      tcp(client(packet(setup.replace("\x05\x20", "\x04\x20")))),
      udp(client(hex("00 80 0001 06 0008 914b 0004") + noise(20))),
      tcp(client(packet(hex("02 70 01 06 0008 914a 0007") + noise(30)))),
    ],
  },
});
