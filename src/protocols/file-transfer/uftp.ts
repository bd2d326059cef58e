import {
  accept,
  client,
  either,
  equal,
  hex,
  protocol,
  remember,
  repeats,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** UFTP protocol document §3: versions 4 and 5, type, number, sender, group, its instance, round-trip time, size, zero. */
const header = (types: object) => [
  u8([0x40, 0x50]),
  u8(types),
  u16(),
  u32("sender", { min: 0x01000000 }),
  u32("group", { min: 0x01000000 }),
  u8({ max: 31 }),
  u8(),
  u8(),
  u8(0),
];

/** ANNOUNCE: its type again, length in words, flags, robustness, congestion control, zero, block size, time, two multicast addresses (IPv4). */
const announce = step(
  header({ in: [1] }),
  u8(1),
  u8({ min: 6, max: 64 }),
  u8(),
  u8({ min: 1, max: 60 }),
  u8({ max: 3 }),
  u8(0),
  u16({ min: 512, max: 9000 }),
  u32({ min: 0x40000000 }),
  u32({ max: 999999 }),
  either([u8({ min: 0xe0, max: 0xef }), skip(3), u8({ min: 0xe0, max: 0xef })], u8(0xff)),
  accept,
);

/** Others: the same type twice, and a header of so many words. */
const again = (count: number) =>
  step(
    u8([0x40, 0x50]),
    u8("type", { min: 1, max: 21 }),
    u16(),
    u32("sender", { min: 0x01000000 }),
    count === 0 ? remember("sender") : repeats("sender"),
    u32("group", { min: 0x01000000 }),
    count === 0 ? remember("group") : repeats("group"),
    u8({ max: 31 }),
    u8(),
    u8(),
    u8(0),
    u8("same"),
    equal("type", "same"),
    u8({ min: 1, max: 64 }),
  );

const announced = hex(`
  40 01 0000 c0000207 96f4c304 00 9d 00 00 01 06 00 14 00 00 0514 57a65c1d 00057a51 e6040401 e6050538
`);
const session = (number: string, type = "04") =>
  hex(`40 ${type} ${number} c0000207 96f4c304 00 6a 18 00 ${type} 01 0000 0a000002`);

/** UFTP, which sends files to many by multicast. */
export default protocol({
  name: "uftp",
  title: "UFTP",
  category: "file-transfer",
  source: 'UFTP 4.10/5.0: protocol.txt §3 "Message Formats"',
  ports: { udp: [1044] },
  signatures: {
    announce: { over: "udp", client: [announce] },
    session: { over: "udp", first: [again(0), again(1), again(2)] },
  },
  samples: {
    yes: [
      udp(client(announced)),
      udp(client(session("0007")), client(session("0008")), client(session("0009", "07"))),
    ],
    no: [
      udp(client(announced.replace("\xe6\x04", "\x0a\x04"))),
      udp(client(session("0007")), client(session("0008").replace("\xc0", "\xc1"))),
    ],
  },
});
