import {
  accept,
  client,
  derive,
  either,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  server,
  skip,
  step,
  tcp,
  times,
  u16,
  u24,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";
import { ipPacket } from "../formats/inner-packet.js";

/**
 * RFC 9300 §5.3: a nonce (N) or a map version (V), asking for an echo (E) only with a nonce; bits that tell which
 * locators are up (L), an instance (I); R is 0, and so are KK without a key (RFC 8061). What is not there is 0.
 */
const data = step(
  either(
    [u8([0x80, 0x88, 0xa0, 0xa8, 0xc0, 0xc8, 0xe0, 0xe8, 0x10, 0x18, 0x50, 0x58]), skip(7)],
    [u8([0x08, 0x40, 0x48]), u24(0), skip(4)],
  ),
  ipPacket,
  accept,
);

/** IANA address families: none, IPv4, IPv6; LISP's canonical format (RFC 8060 §3) with a type and a length. */
const address = either(
  [u16(1), skip(4)],
  [u16(2), skip(16)],
  [u16(0x4003), u8(0), skip(1), u8({ max: 17 }), skip(1), u16("lcaf", { max: 512 }), skip("lcaf")],
);
/** RFC 9301 §5.4: time to live, locators, mask, action, reserved bits, map version, the identifier; a locator of two priorities and weights. */
const record = [
  u32({ max: 0x00ffffff }),
  u8("locators", { max: 32 }),
  u8({ max: 128 }),
  u16({ mask: 0x0fff, bits: 0 }),
  u16({ max: 0x0fff }),
  address,
  times("locators", 32, [skip(4), u16({ max: 7 }), address]),
];
/** 64 random bits, which an answer repeats. */
const nonce = (relation: typeof remember | typeof repeats) =>
  ["nonce1", "nonce2"].map((name) => [u32(name, { min: 0x01000000 }), relation(name)]);
const count = u8({ min: 1, max: 8 });
/** §5.6: key and algorithm (1 … 5), so much data that authenticates. */
const authenticated = [
  u8({ max: 8 }),
  u8({ max: 5 }),
  u16("size", { in: [16, 20, 32] }),
  skip("size"),
];
type Relation = typeof remember | typeof repeats;

/** §5.2: type 1, flags, reserved bits, how many locators ask (one more), records; nonce, who asks (or nobody), its locators, what for. */
const asks = (relation: Relation) =>
  step(
    u8({ min: 0x10, max: 0x1f }),
    u8({ mask: 0x0f, bits: 0 }),
    u8("asking", { max: 0x7f }),
    derive("asking", { from: "asking", and: 0x1f, plus: 1 }),
    u8({ min: 1, max: 4 }),
    nonce(relation),
    either(address, u16(0)),
    times("asking", 32, address),
    "\0",
    u8({ max: 128 }),
    address,
    accept,
  );
/** §5.4: type 2, flags, reserved bits. */
const answers = (relation: Relation) =>
  step(
    u8({ min: 0x20, max: 0x2f, mask: 1, bits: 0 }),
    u16(0),
    count,
    nonce(relation),
    record,
    accept,
  );
/** §5.6, §5.7: registration, type 3; its notification and what acknowledges that, 4 and 5. */
const registers = (relation: Relation) =>
  step(
    u8({ min: 0x30, max: 0x3f }),
    u16({ max: 0x07ff }),
    count,
    nonce(relation),
    authenticated,
    record,
    accept,
  );
const notifies = (relation: Relation) =>
  step(
    u8({ min: 0x40, max: 0x5f }),
    u16({ max: 0x07ff }),
    count,
    nonce(relation),
    authenticated,
    record,
    accept,
  );
/** §5.8: type 8, flags, reserved bits; an IP packet that goes to or comes from UDP port 4342. */
const encapsulated = step(
  u8({ in: [0x80, 0x82, 0x84, 0x86] }),
  u24(0),
  ipPacket,
  either([skip(2), u16(4342)], u16(4342)),
  accept,
);

/** draft-kouvelas-lisp-map-server-reliable-transport §5: type, length of the whole, a number; the end has a mark. */
const reliable = step(
  u16({ min: 16, max: 32 }),
  u16("length", { min: 12 }),
  derive("left", { from: "length", plus: -12 }),
  u32(),
  skip("left"),
  hex("9facade9"),
  accept,
);

const ip = hex("4500 002c 1a2b 4000 40 11 0000 c0000201 c0000202") + noise(24);
const mapping = hex("000005a0 01 20 1000 0000 0001 0a000002 01 64 ff 00 0005 0001 c0000207");

/** LISP: packets between sites, and where the sites are. */
export default protocol({
  name: "lisp",
  title: "Locator/ID Separation Protocol",
  category: "tunnel",
  source:
    "RFC 9300 §5.3; RFC 9301 §5; RFC 8060 §3; draft-kouvelas-lisp-map-server-reliable-transport-00 §5",
  ports: { tcp: [4342], udp: [4341, 4342] },
  signatures: {
    data: { over: "udp", first: [data, data] },
    encapsulated: { over: "udp", first: [encapsulated] },
    mapping: { over: "udp", first: [asks(remember)], reply: [answers(repeats)] },
    registration: { over: "udp", first: [registers(remember)], reply: [notifies(repeats)] },
    notification: { over: "udp", first: [notifies(remember)], reply: [notifies(repeats)] },
    reliable: { over: "tcp", first: [reliable] },
  },
  samples: {
    yes: [
      udp(client(hex("32 0001 01"), noise(8), hex("00 01 0014"), noise(20), mapping, noise(24))),
      udp(client(hex("c8 1a2b3c 00000001"), ip), client(hex("c8 1a2b3c 00000001"), ip)),
      udp(
        client(
          hex("12 00 00 01"),
          noise(8),
          hex("0001 c0000201 0001 c0000207 00 20 0001 0a000002"),
        ),
        server(hex("20 0000 01"), noise(8), mapping),
      ),
      udp(client(hex("80 000000"), ip.slice(0, 20), hex("10f6 10f6"), ip.slice(24))),
      udp(
        client(hex("40 0000 01"), noise(8), hex("00 01 0014"), noise(20), mapping),
        server(hex("50 0000 01"), noise(8), hex("00 01 0014"), noise(20), mapping),
      ),
      udp(
        client(hex("32 0001 01"), noise(8), hex("00 01 0014"), noise(20), mapping, noise(24)),
        server(hex("48 0000 01"), noise(8), hex("00 01 0014"), noise(20), mapping),
      ),
      tcp(client(hex("0014 000f 00000000 000000 9facade9"))),
    ],
    weak: [udp(client(hex("c8 1a2b3c 00000001"), ip))],
    no: [
      udp(client(hex("c4 1a2b3c 00000001"), ip)),
      udp(client(hex("48 1a2b3c 00000001"), ip)),
      udp(server(hex("62 0001 01"), noise(8), hex("00 01 0014"), noise(20), mapping)),
      udp(server(hex("20 0100 01"), noise(8), mapping)),
      tcp(client(hex("0014 000e 00000000 000000 9facade9"))),
    ],
  },
});
