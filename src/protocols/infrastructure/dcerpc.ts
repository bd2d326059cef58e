import {
  type NumberWord,
  type Word,
  accept,
  capture,
  client,
  derive,
  either,
  equal,
  hex,
  inside,
  numberFact,
  opt,
  protocol,
  readFact,
  remains,
  remember,
  repeat,
  repeats,
  report,
  room,
  server,
  skip,
  step,
  tcp,
  times,
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
    capture("asked", uuid(isLittle)),
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

/** The endpoint mapper's interface, e1af8308-5d1f-11c9-91a4-08002b14a0fa (C706 Appendix O), version 3. */
const EPT = "0883afe11f5dc91191a408002b14a0fa";
const ept = hex(EPT);
const eptBig = hex("e1af83085d1f11c991a408002b14a0fa");

/** A unit with its body: `body` bytes behind the call's number, in the sender's order. */
const unit = (isLittle: boolean, types: readonly number[], least: number) => [
  u8(5),
  u8({ max: 1 }),
  u8(types),
  u8(),
  isLittle
    ? [little, u16le("length", { min: least }), u16le({ max: 8192 }), u32le({ max: 0xffffff })]
    : [big, u16("length", { min: least }), u16({ max: 8192 }), u32({ max: 0xffffff })],
  derive("body", { from: "length", plus: -16 }),
];
const eitherOrder = (words: (isLittle: boolean) => Word) => step(either(words(true), words(false)));

/** The same bind, to the endpoint mapper's version 3; its answer; and a call of ept_map (operation 3, C706 Appendix O). */
const bindToMapper = eitherOrder((isLittle) => [
  unit(isLittle, [11, 14], 72),
  inside(
    "body",
    skip(8),
    u8({ min: 1, max: 64 }),
    u24zero(),
    skip(2),
    u8({ min: 1, max: 32 }),
    u8(0),
    isLittle ? [ept, hex("0300 0000")] : [eptBig, hex("0000 0003")],
  ),
]);
const boundToMapper = eitherOrder((isLittle) => [unit(isLittle, [12, 15], 56), skip("body")]);
const mapCall = eitherOrder((isLittle) => [
  unit(isLittle, [0], 24),
  inside("body", skip(6), isLittle ? hex("0300") : hex("0003")),
]);

/** C706 Appendix L: floors of a left and a right side, all little-endian but what IP says. */
const interfaceFloor = [hex("1300 0d"), skip(16), skip(2), hex("0200"), skip(2)];
const ipFloors = (rpc: string, transport: string, port: string) => [
  hex("0100"),
  hex(rpc),
  hex("0200"),
  skip(2),
  hex("0100"),
  hex(transport),
  hex("0200"),
  u16("port", { min: 1 }),
  report(port, "port"),
  hex("0100 09 0400"),
  u32("address"),
  report("mapped-address", "address"),
];
/** Appendix I: TCP (7) and UDP (8); MS-RPCE §2.2.1.2: RPC over HTTP (0x1f). */
const tower = [
  hex("0500"),
  interfaceFloor,
  interfaceFloor,
  either(
    ipFloors("0b", "07", "mapped-port"),
    ipFloors("0b", "1f", "mapped-port"),
    ipFloors("0a", "08", "mapped-datagram-port"),
  ),
];
/** A tower fills its length; the next number stands at a multiple of four behind it, or of eight in NDR64. */
const towers = (isWide: boolean, number: NumberWord) => {
  const zero = isWide ? "\0\0\0\0" : [];
  const size = [number("most"), zero, number("size", { max: 512 }), equal("most", "size")];
  return [
    number("count", { min: 1, max: 32 }),
    isWide ? [skip(4), skip(8)] : skip(4),
    isWide ? hex("00".repeat(8)) : hex("00".repeat(4)),
    number("actual"),
    equal("actual", "count"),
    zero,
    times("count", 32, number({ min: 1 }), isWide ? skip(4) : []),
    repeat(
      1,
      16,
      size,
      inside("size", opt(tower)),
      derive("pad", { from: "size", times: isWide ? 7 : 3, plus: isWide ? 84 : 0 }),
      derive("pad", { from: "pad", and: isWide ? 7 : 3 }),
      skip("pad"),
    ),
  ];
};
/** Appendix O: a handle of 20 bytes, the number of towers, and an array of as many pointers (14.3.3 of it: most, first, count). */
const mapped = (isLittle: boolean) => [
  skip(20),
  isLittle ? either(towers(false, u32le), towers(true, u32le)) : towers(false, u32),
];
const mapAnswer = eitherOrder((isLittle) => [
  unit(isLittle, [2], 24),
  inside("body", skip(8), opt(mapped(isLittle))),
]);

/**
 * Without a connection the interface and the operation are in each message; type 2 answers type 0 of the same activity, whose
 * UUID the client chose.
 */
const mapDatagramHead = (isLittle: boolean, type: number, fact: string) => [
  u8(4),
  u8(type),
  skip(2),
  u8({ in: isLittle ? [0x10, 0x11] : [0, 1] }),
  skip(3),
  skip(16),
  isLittle ? ept : eptBig,
  capture(fact, skip(16)),
  skip(4),
  isLittle ? hex("0300 0000") : hex("0000 0003"),
  skip(4),
  isLittle ? hex("0300") : hex("0003"),
];
const mapDatagram = (isLittle: boolean) =>
  either(mapDatagramHead(isLittle, 0, "asked"), [
    mapDatagramHead(isLittle, 2, "answered"),
    skip(10),
    mapped(isLittle),
  ]);
const watchDatagram = eitherOrder(mapDatagram);

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

const boundMapper = bound.replace(hex("c84f324b7016d30112785a47bf6ee188"), ept);
const framed = (head: string, size: string, rest: string) =>
  hex(`05 00 ${head} 03 10000000 ${size} 0000 02000000 ${rest}`);
const asksTower = framed("00", "2000", "08000000 0000 0300 0102030405060708");
const TOWER = `
  0500 1300 0d 785734123412cdabef000123456789ab 0000 0200 0000 1300 0d ${NDR.slice(0, 32)} 0200 0200 0000
  0100 0b 0200 0000 0100 07 0200 c001 0100 09 0400 c0000202
`;
const answersTower = framed(
  "02",
  "9800",
  `80000000 0000 0000 ${"00".repeat(20)} 01000000 01000000 00000000 01000000
  02000000 4b000000 4b000000 ${TOWER} 00 00000000`,
);
const answersWide = framed(
  "02",
  "b800",
  `80000000 0000 0000 ${"00".repeat(20)} 01000000 0100000000000000
  0000000000000000 0100000000000000 0200000000000000 4b00000000000000 4b000000 ${TOWER} 00 00000000`,
);

/** DCE/RPC, connection-oriented over TCP and connectionless over UDP. */
export default protocol({
  name: "dcerpc",
  title: "DCE/RPC",
  category: "infrastructure",
  source: "C706 (DCE 1.1 RPC) §12.5, §12.6, §14.1, appendices I, L, O; MS-RPCE §2.2",
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
    "endpoint-map": {
      over: "tcp",
      client: [bindToMapper, mapCall],
      server: [boundToMapper, mapAnswer],
      implies: ["dcerpc/bind", "dcerpc/bind-ack"],
      watch: mapAnswer,
    },
    datagram: {
      over: "udp",
      first: [step(room({ min: 80 }), datagram(true))],
      watch: watchDatagram,
    },
    "datagram-big": {
      over: "udp",
      first: [step(room({ min: 80 }), datagram(false))],
      watch: watchDatagram,
    },
  },
  inspects: {
    asked: readFact("hexadecimal", "D5"),
    answered: readFact("hexadecimal", "D5"),
    "mapped-address": numberFact("D5"),
    "mapped-port": numberFact("D5"),
    "mapped-datagram-port": numberFact("D5"),
  },
  // Over UDP, where anybody can send an answer.
  exchange: { asked: "asked", answered: "answered" },
  announces: [
    {
      protocol: "dcerpc",
      over: "tcp",
      port: "mapped-port",
      address: "mapped-address",
      behind: true,
    },
    {
      protocol: "dcerpc",
      over: "udp",
      port: "mapped-datagram-port",
      address: "mapped-address",
      behind: true,
    },
  ],
  samples: {
    yes: [
      tcp(client(bound), server(accepted)),
      tcp(client(asked("02000000"), asked("03000000"))),
      tcp(server(replied("02000000"), replied("03000000"))),
      tcp(client(asked("02000000")), server(replied("02000000"))),
      ...[answersTower, answersWide].map((answer) =>
        tcp(client(boundMapper), server(accepted), client(asksTower), server(answer)),
      ),
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
