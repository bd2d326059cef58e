import {
  accept,
  client,
  either,
  hex,
  protocol,
  server,
  step,
  skip,
  tcp,
  u16,
  u16le,
  u32,
  u32le,
  u8,
} from "../../language/vocabulary.js";

const orders = [
  { isLittle: true, letter: "l", short: u16le, long: u32le },
  { isLittle: false, letter: "B", short: u16, long: u32 },
];
type Order = (typeof orders)[number];

/** §8, Appendix B: the order of bytes, version 11.0, and the names of authorisation protocols that exist. */
const setup = ({ letter, short }: Order) => [letter, u8(0), short(11), short(0)];
const authorised = (order: Order) => [
  setup(order),
  either(
    [order.short(18), order.short(16), u16(0), "MIT-MAGIC-COOKIE-1"],
    [order.short(19), order.short({ max: 64 }), u16(0), "XDM-AUTHORIZATION-1"],
  ),
];
const plain = (order: Order) => [setup(order), u32(0), u16(0)];

/** Success: release, masks, screens, formats, orders, units, pads, key codes (from 8 on) and who made it. */
const success = ({ short, long }: Order) => [
  u8(1),
  u8(0),
  short(11),
  short(0),
  short({ min: 8 }),
  skip(4),
  long({ mask: 0xe0000000, bits: 0 }),
  long({ min: 1, max: 0x1fffffff }),
  skip(4),
  short({ max: 255 }),
  short({ min: 4096 }),
  u8({ min: 1, max: 16 }),
  u8({ min: 1, max: 16 }),
  u8({ max: 1 }),
  u8({ max: 1 }),
  u8({ in: [8, 16, 32] }),
  u8({ in: [8, 16, 32] }),
  u8({ min: 8, max: 32 }),
  u8({ min: 64 }),
  u32(0),
];

const little = orders[0]!;
const big = orders[1]!;

const vendor = "The X.Org Foundation";
const reply = hex(`
  01 00 0b00 0000 6101 d0b3b700 00000002 ffff1f00 00010000 1400 ffff 01 07 00 00 20 20 08 ff 00000000
`);
const replyBig = hex(`
  01 00 000b 0000 0161 00b7b3d0 02000000 001fffff 00000100 0014 ffff 01 07 00 00 20 20 08 ff 00000000
`);

/** The X window system's protocol. Without authorisation both sides are needed. */
export default protocol({
  name: "x11",
  title: "X Window System",
  category: "remote-access",
  source: "X Window System Protocol, X Version 11, §8 and Appendix B",
  ports: { tcp: [6000, 6001, 6002, 6003, 6010, 6011] },
  signatures: {
    authorised: {
      over: "tcp",
      client: [step(either(authorised(little), authorised(big)), accept)],
    },
    plain: {
      over: "tcp",
      client: [step(either(plain(little), plain(big)), accept)],
      server: [step(either(success(little), success(big)), accept)],
    },
  },
  samples: {
    yes: [
      tcp(client(hex("6c 00 0b00 0000 1200 1000 0000"), "MIT-MAGIC-COOKIE-1\0\0", "k".repeat(16))),
      tcp(client(hex("42 00 000b 0000 0012 0010 0000"), "MIT-MAGIC-COOKIE-1\0\0", "k".repeat(16))),
      tcp(client(hex("6c 00 0b00 0000 0000 0000 0000")), server(reply, vendor)),
      tcp(client(hex("42 00 000b 0000 0000 0000 0000")), server(replyBig, vendor)),
      tcp(server(reply, vendor)),
    ],
    no: [
      tcp(client(hex("6c 00 0a00 0000 1200 1000 0000"), "MIT-MAGIC-COOKIE-1\0\0")),
      tcp(client(hex("6c 00 000b 0000 0012 0010 0000"), "MIT-MAGIC-COOKIE-1\0\0")),
      tcp(server(reply.replace("\x20\x20", "\x20\x21"), vendor)),
    ],
  },
});
