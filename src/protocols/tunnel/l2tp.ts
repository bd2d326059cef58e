import {
  type Condition,
  accept,
  atEnd,
  client,
  derive,
  either,
  hex,
  protocol,
  remains,
  room,
  server,
  skip,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";
import { ipPacket } from "../formats/inner-packet.js";

/** §3.1: T, L and S are set, version 2 or 3; the length of all. */
const header = (version: string) => [
  "\xc8",
  version,
  u16("length", { min: 12 }),
  derive("left", { from: "length", plus: -4 }),
  remains("left"),
];
/** §4.1, §4.4.1: the first AVP is mandatory, 8 bytes long, of the IETF: the message type, of 16 (28 in version 3) kinds. */
const control = (version: string) =>
  step(header(version), skip(8), hex("8008 0000 0000"), u16({ min: 1, max: 28 }), accept);

/** An acknowledgement has a header only. */
const acknowledgement = step(
  room(12),
  hex("c802 000c"),
  u16({ min: 1 }),
  u16(0),
  u16({ max: 1024 }),
  u16({ max: 1024 }),
  atEnd,
);

/** PPP (RFC 1661 §2), perhaps without address and control: IP, or a control protocol's code, id and length. */
const carried = [either("\x00\x21", "\x21", "\x00\x57", "\x57"), ipPacket];
const negotiated = (codes: Condition) => [
  u16([0xc021, 0xc023, 0xc223, 0x8021, 0x8057, 0x80fd]),
  u8(codes),
  skip(1),
  u16("size", { min: 4, max: 1500 }),
  derive("size", { from: "size", plus: -4 }),
  remains("size"),
];
/** Behind a compressed header only what is configured: options, each a type and a length (RFC 1661 §6, RFC 1332 §3, RFC 1877 §1). */
const ppp = either([hex("ff03"), either(carried, negotiated({ min: 1, max: 12 }))], carried, [
  negotiated({ min: 1, max: 4 }),
  u8([1, 2, 3, 4, 5, 7, 8, 13, 17, 18, 26, 129, 130, 131, 132]),
  u8({ min: 2, max: 64 }),
]);
/** §3.1: data, with or without a length; sequence numbers and offsets are rare. */
const data = step(
  either(
    [
      hex("4002"),
      u16("length", { min: 10 }),
      derive("left", { from: "length", plus: -4 }),
      remains("left"),
    ],
    hex("0002"),
  ),
  u16({ min: 1 }),
  u16({ min: 1 }),
  ppp,
  accept,
);

const avps = "8008 0000 0000 0001 8008 0000 0002 0100 800a 0000 0003 00000003 8008 0000 0009 1a2b";
const request = (version: string) => hex(`c8${version} 002e 0000 0000 0000 0000 ${avps}`);
const lcp = "c021 01 01 000e 0104 05b4 0506 5e3a91b2";

/** L2TP over UDP, versions 2 and 3: control messages, and PPP in version 2's data. */
export default protocol({
  name: "l2tp",
  title: "L2TP",
  category: "tunnel",
  source: "RFC 2661 §3.1, §4.1, §4.4.1; RFC 3931 §3.2.1, §4.1.2, §5.4.1; RFC 1661 §2, §5",
  ports: { udp: [1701] },
  header: { ip: [115] },
  signatures: {
    control: { over: "udp", first: [control("\x02")] },
    "control-v3": { over: "udp", first: [control("\x03")] },
    acknowledgement: { over: "udp", first: [acknowledgement], reply: [acknowledgement] },
    data: { over: "udp", first: [data] },
  },
  samples: {
    yes: [
      udp(client(hex(`4002 001a 1a2b 0001 ff03 ${lcp} 0000`).slice(0, 26))),

      udp(client(request("02"))),
      udp(client(request("03"))),
      udp(
        client(hex("c802 000c 1a2b 0000 0001 0001")),
        server(hex("c802 000c 2b1a 0000 0001 0002")),
      ),
    ],
    weak: [udp(client(hex("c802 000c 1a2b 0000 0001 0001")))],
    no: [
      udp(client(`${request("02")}\0`)),
      udp(client(request("04"))),
      udp(client(hex("c802 000c 1a2b 0000 0001 0001 00"))),
    ],
  },
});
