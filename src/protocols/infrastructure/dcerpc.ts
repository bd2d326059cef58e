import {
  accept,
  either,
  client,
  derive,
  hex,
  protocol,
  remains,
  remember,
  repeats,
  room,
  server,
  skip,
  step,
  tcp,
  u16,
  u16le,
  u32,
  u32le,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** C706 §14.1: numbers in the sender's order, IEEE or other floats, two zeros. */
const little = [u8({ in: [0x10, 0x11] }), u8({ max: 3 }), u16(0)];
const big = [u8({ in: [0, 1] }), u8({ max: 3 }), u16(0)];

/** C706 §12.6.3.1: version 5, type, flags, order, length (the least of the type, 5,840 and more), authentication. */
const pdu = (types: readonly number[], least: number) => [
  u8(5),
  u8({ max: 1 }),
  u8("type", types),
  u8(),
  either(
    [little, u16le("length", { min: least }), u16le({ max: 8192 }), u32le({ max: 0xffffff })],
    [big, u16("length", { min: least }), u16({ max: 8192 }), u32({ max: 0xffffff })],
  ),
];

/** NDR, NDR64, or what is negotiated with the bind (C706 Appendix I; MS-RPCE §2.2.4.12, §3.3.1.5.3), all little-endian here. */
const NDR = "045d888aeb1cc9119fe808002b104860 02000000";
const ndr = hex(NDR);
const ndrBig = hex("8a885d041ceb11c99fe808002b104860 00000002");
const ndr64 = hex("33057171babe37498319b5dbef9ccc36 01000000");

/** §12.6.4.3: fragment sizes, group, and the first context with its first transfer syntax. */
const bind = step(
  pdu([11, 14], 72),
  u16({ min: 1 }),
  u16({ min: 1 }),
  skip(4),
  u8({ min: 1, max: 64 }),
  u24zero(),
  skip(2),
  u8({ min: 1, max: 32 }),
  u8(0),
  skip(20),
  either(ndr, ndrBig, ndr64),
  accept,
);

function u24zero() {
  return [u8(0), u16(0)];
}

/** §12.6.4.4: sizes, group, the secondary address padded to four bytes, and results with the syntax accepted. */
const bindAck = step(
  pdu([12, 15], 56),
  u16({ min: 1 }),
  u16({ min: 1 }),
  skip(4),
  either([u16le("port", { max: 64 }), skip("port")], [u16("port", { max: 64 }), skip("port")]),
  either(
    ...[0, 1, 2, 3].map((pad) => [
      skip(pad),
      u8({ min: 1, max: 64 }),
      u24zero(),
      u16({ max: 0x0300 }),
      u16({ max: 0x0300 }),
      either(ndr, ndrBig, ndr64, hex("00".repeat(20))),
    ]),
  ),
  accept,
);

/** What goes on in the middle of a connection: two units, the second where the first one ends. */
const header = (types: readonly number[], least: number) => [
  u8(5),
  u8({ max: 1 }),
  u8(types),
  u8({ mask: 0x08, bits: 0 }),
  little,
  u16le("length", { min: least }),
  u16le({ max: 8192 }),
  u32le("call", { max: 0xffffff }),
];
/** Request or authentication (§12.6.4.9; MS-RPCE §2.2.2.13), response or fault (§12.6.4.10, §12.6.4.7). */
const body = [derive("body", { from: "length", plus: -16 }), skip("body")];
const request = step(header([0, 16], 24), body);
const response = step(header([2, 3], 24), body);

/** A UUID of the variant and of one of the versions of RFC 4122 §4.1. */
const uuid = (isLittle: boolean) => [
  skip(4),
  skip(2),
  isLittle ? [u8(), u8({ min: 0x10, max: 0x5f })] : [u8({ min: 0x10, max: 0x5f }), u8()],
  u8({ min: 0x80, max: 0xdf }),
  skip(7),
];

/** C706 §12.5: version 4, type, flags, order, object, interface, activity, times, numbers, hints, length, and the data. */
const datagram = (isLittle: boolean) => {
  const short = isLittle ? u16le : u16;
  const long = isLittle ? u32le : u32;
  return [
    u8(4),
    u8({ max: 10 }),
    u8({ mask: 0x81, bits: 0 }),
    u8({ in: [0, 2] }),
    u8(isLittle ? { in: [0x10, 0x11] } : { in: [0, 1] }),
    u8({ max: 3 }),
    u16({ max: 0xff }),
    either(uuid(isLittle), "\0".repeat(16)),
    uuid(isLittle),
    uuid(isLittle),
    skip(4),
    long({ max: 0xffff }),
    skip(4),
    short({ max: 1023 }),
    short(),
    short(),
    short("length"),
    skip(2),
    u8(0),
    skip(1),
    remains("length"),
    accept,
  ];
};

const bound = hex(`
  05 00 0b 03 10000000 4800 0000 01000000 d016 d016 00000000 01000000 0000 01 00
  c84f324b7016d30112785a47bf6ee188 03000000 ${NDR}
`);
const accepted = hex(`
  05 00 0c 03 10000000 4400 0000 01000000 b810 b810 5f4d0100 0d00 5c504950455c73727673766300 00
  01000000 0000 0000 ${NDR}
`);
const asked = (call: string) =>
  hex(`05 00 00 03 10000000 2000 0000 ${call} 08000000 0000 0f00 0102030405060708`);
const replied = (call: string) =>
  hex(`05 00 02 03 10000000 2000 0000 ${call} 08000000 0000 00 00 0102030405060708`);
const connectionless = (length: string) =>
  hex(`
  04 00 20 00 10 00 0000 0000a0de976cd11182710001 0101014d 0100a0de976cd111827100a02442df7d
  00a9fd358a3512128004001c060b26ed 00000000 01000000 00000000 0000 ffff ffff ${length} 0000 00 00
  0102030405060708
`);

const connectionlessBig = hex(`
  04 00 20 00 00 00 0000 dea000006c9711d182710001 0101014d dea000016c9711d1827100a02442df7d
  35fda900358a121280 04001c060b26ed 00000000 00000001 00000000 0000 ffff ffff 0008 0000 00 00
  0102030405060708
`);

/** DCE/RPC, connection-oriented over TCP and connectionless over UDP. */
export default protocol({
  name: "dcerpc",
  title: "DCE/RPC",
  category: "infrastructure",
  source: "C706 (DCE 1.1 RPC) §12.5, §12.6, §14.1; MS-RPCE §2.2",
  ports: { tcp: [135], udp: [135, 34964] },
  signatures: {
    bind: { over: "tcp", client: [bind] },
    "bind-ack": { over: "tcp", server: [bindAck] },
    requests: { over: "tcp", client: [request, request] },
    responses: { over: "tcp", server: [response, response] },
    exchange: {
      over: "tcp",
      client: [step(header([0], 24), remember("call"), accept)],
      server: [step(header([2, 3], 24), repeats("call"), accept)],
    },
    datagram: { over: "udp", first: [step(room({ min: 80 }), datagram(true))] },
    "datagram-big": { over: "udp", first: [step(room({ min: 80 }), datagram(false))] },
  },
  samples: {
    yes: [
      tcp(client(bound), server(accepted)),
      tcp(client(asked("02000000"), asked("03000000"))),
      tcp(server(replied("02000000"), replied("03000000"))),
      tcp(client(asked("02000000")), server(replied("02000000"))),
      udp(client(connectionless("0800"))),
      udp(client(connectionlessBig)),
    ],
    no: [
      udp(client(connectionless("0900"))),
      tcp(client(bound.replace("\x0b", "\x0f"))),
      tcp(client(bound.replace("\x04\x5d", "\x04\x5e"))),
      tcp(client(asked("02000000"))),
    ],
  },
});
