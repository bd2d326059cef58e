import {
  accept,
  ber,
  berLength,
  capped,
  client,
  derive,
  either,
  equal,
  hex,
  lineEnd,
  numbered,
  numberFact,
  opt,
  protocol,
  report,
  room,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u32,
  u32le,
  u8,
  udp,
  textual,
  within,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

/** TPKT (RFC 1006 §6): version 3, and the length of all, which the next length agrees with (X.224 §13.2.1). */
const tpkt = (least: number) => [
  "\x03\0",
  u16("length", { min: least, max: 512 }),
  u8("indicated", { min: 6, max: 254 }),
  derive("expected", { from: "indicated", plus: 5 }),
  equal("length", "expected"),
  derive("rest", { from: "indicated", plus: -6 }),
];

/** Protocols wanted: TLS, CredSSP, RDSTLS, HYBRID_EX, RDSAAD (MS-RDPBCGR §2.2.1.1.1). */
const wanted = [
  u8(1),
  u8({ mask: 0xf4, bits: 0 }),
  hex("0800"),
  u32le({ max: 0x1f }),
  opt(correlation()),
];
/** §2.2.1.1.2. */
function correlation() {
  return [u8(6), u8(0), hex("2400"), skip(32)];
}
/** A cookie with the user's name, or a routing token (§2.2.1.1). */
const cookie = [
  either("Cookie: mstshash=", "Cookie: msts=", "tsv://"),
  run(textual, { min: 0 }),
  lineEnd,
];

/** Connection request: class 0 (§2.2.1.1, X.224 §13.3). */
const request = step(
  tpkt(19),
  u8(0xe0),
  u16(0),
  skip(2),
  u8(0),
  within("rest", either([cookie, opt(wanted)], wanted)),
  accept,
  // MS-RDPBCGR §5.4.5.1: once the server chose it, TLS begins.
  startedTls,
);
/** The same with nothing in it, as others say it too. */
const bareRequest = step(capped(12, "\x03\0\0\x0b\x06\xe0\0\0", skip(2), "\0"));

/** Connection confirm: what was chosen, or why nothing was (§2.2.1.2). */
const confirm = step(
  tpkt(19),
  u8(0xd0),
  u16(0),
  skip(2),
  u8(0),
  within(
    "rest",
    either(
      [
        u8(2),
        u8({ max: 0x1f }),
        hex("0800"),
        u32le("security", { in: [0, 1, 2, 4, 8, 16] }),
        report("security"),
      ],
      [u8(3), u8(0), hex("0800"), u32le({ min: 1, max: 7 })],
    ),
  ),
  accept,
  answeredTls,
);

/** MCS Connect Initial (T.125 §7) with a GCC conference request to Microsoft's key (MS-RDPBCGR §2.2.1.3). */
const connectInitial = step(
  "\x03\0",
  u16({ min: 100, max: 4096 }),
  hex("02f080 7f65"),
  berLength("initial"),
  hex("040101 040101 0101ff"),
  [1, 2, 3].flatMap((index) => [...ber(0x30, `domain${index}`), skip(`domain${index}`)]),
  ...ber(4, "data"),
  hex("0005 00147c0001"),
  either([u8({ min: 0x80 }), skip(1)], u8({ max: 0x7f })),
  hex("00 08 00 10 00 01 c0 00"),
  "Duca",
  accept,
);

/** RDP over UDP, version 1: the first datagram and its answer are padded to the size that is tried (MS-RDPEUDP §2.2.2.1, §3.1.5.1.1). */
const synFlags = { in: [0x0001, 0x0201, 0x0401, 0x0601, 0x1001, 0x1201, 0x1401, 0x1601] };
const synData = (flags: object) => [
  u16({ min: 1 }),
  u16(flags),
  skip(4),
  u16({ min: 1132, max: 1232 }),
  u16({ min: 1132, max: 1232 }),
];
const syn = step(room({ min: 1132, max: 1232 }), u32(0xffffffff), synData(synFlags), accept);

const SECURITY = numbered("0 rdp, 1 tls, 2 credssp, 4 rdstls, 8 credssp-ex, 16 rdsaad");

const ask = (body: string) =>
  `\x03\0${String.fromCharCode(0, body.length + 11)}${sized(1, hex("e0 0000 0000 00"), body)}`;
const initial = (key: string) =>
  hex(`
  0300 006c 02f080 7f65 82 0060 040101 040101 0101ff
  3019 020122 020102 020100 020101 020100 020101 0202ffff 020102
  3019 020101 020101 020101 020101 020100 020101 02020420 020102
  301c 0202ffff 0202fc17 0202ffff 020101 020100 020101 0202ffff 020102
  04 1c 0005 00147c0001 12 0008 0010 0001 c000
`) +
  key +
  hex("04 01c00000");

/** RDP: negotiation, or MCS on its own; then usually TLS. */
export default protocol({
  name: "rdp",
  title: "Remote Desktop Protocol",
  category: "remote-access",
  source: "MS-RDPBCGR §2.2.1.1 … §2.2.1.3; MS-RDPEUDP §2.2.2.1; RFC 1006 §6; T.125 §7",
  ports: { tcp: [3389], udp: [3389] },
  signatures: {
    request: { over: "tcp", client: [request] },
    confirm: { over: "tcp", server: [confirm] },
    bare: { over: "tcp", client: [bareRequest, connectInitial] },
    mcs: { over: "tcp", client: [connectInitial] },
    udp: { over: "udp", client: [syn] },
  },
  facts: { security: numberFact("D5", { names: SECURITY }), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(
        client(ask(hex("01 00 0800 0b000000"))),
        server(hex("0300 0013 0e d0 0000 1234 00 02 1f 0800 08000000")),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(client(ask(`Cookie: mstshash=user\r\n${hex("01 00 0800 03000000")}`))),
      tcp(client(ask("Cookie: msts=3640205228.15629.0000\r\n"))),
      tcp(client(hex("0300 000b 06 e0 0000 0000 00"), initial("Duca"))),
      tcp(client(initial("Duca"))),
      udp(client(hex("ffffffff 0040 0001 1d7f1a2b 04d0 04d0"), "\0".repeat(1216))),
    ],
    no: [
      tcp(client(ask(hex("c0010a c1020100 c2020102")))),
      tcp(client(hex("0300 000b 06 e0 0000 0000 00"))),
      tcp(client(initial("McDn"))),
      tcp(client(ask(hex("01 00 0800 0b000000")).replace("\x0e", "\x0d"))),
      udp(client(hex("ffffffff 0040 0001 1d7f1a2b 05dc 05dc"), "\0".repeat(1216))),
    ],
  },
});
