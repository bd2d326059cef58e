import {
  accept,
  client,
  derive,
  either,
  hex,
  numbered,
  numberFact,
  oneOf,
  protocol,
  remains,
  remember,
  repeats,
  report,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** IEEE 1588-2008 §13.3.2.2. */
const TYPE_NAMES = numbered(`
  0 Sync, 1 Delay_Req, 2 Pdelay_Req, 3 Pdelay_Resp, 8 Follow_Up, 9 Delay_Resp,
  10 Pdelay_Resp_Follow_Up, 11 Announce, 12 Signaling, 13 Management
`);

/** §7.5.2.2: clocks are numbered by their EUI-64, mostly made of an EUI-48 with ff fe in its middle. */
const madeOf48 = [skip(3), hex("fffe"), skip(3)];
const anyClock = [u32("clock"), skip(4)];

/**
 * §13.3: a profile's four bits and the type; version 2.0 or 2.1; the length; a domain; reserved; flags; a correction;
 * reserved (2019: hardly used); the sender, its port, a sequence; a control field that goes with the type (§13.3.2.10).
 */
const message =
  (clock: Parameters<typeof step>[0]) => (type: number, least: number, control: number) => [
    u8("first", [type, 0x10 | type]),
    u8([0x02, 0x12]),
    u16("length", type < 12 ? { min: least, max: least + 128 } : { min: least, max: 1500 }),
    u8({ max: 127 }),
    u8(0),
    u16(),
    skip(8),
    u32(0),
    clock,
    u16({ min: 1 }),
    u16(),
    u8(control),
    u8(),
  ];
/** Lengths: §13.5 … §13.13. Over IPv6 two bytes may follow (Annex E). */
const header = (clock: Parameters<typeof step>[0]) => {
  const type = message(clock);
  return [
    either(
      type(0, 44, 0),
      type(1, 44, 1),
      type(2, 54, 5),
      type(3, 54, 5),
      type(8, 44, 2),
      type(9, 54, 3),
      type(10, 54, 5),
      type(11, 64, 5),
      type(12, 44, 5),
      type(13, 48, 4),
    ),
    derive("rest", { from: "length", plus: -34 }),
    derive("padded", { from: "rest", plus: 2 }),
    either(remains("rest"), remains("padded")),
  ];
};
const told = [derive("type", { from: "first", and: 15 }), report("type")];

/** IEEE 1588-2002 §8.2: version 1 of the protocol and of its network, and the name of a subdomain. */
const version1 = step(
  hex("0001 0001"),
  oneOf("_DFLT", "_ALT1", "_ALT2", "_ALT3"),
  hex("0000000000000000000000"),
  u8([1, 2]),
);

const sync = (clock: string) =>
  hex(`00 02 002c 00 00 0200 0000000000000000 00000000 ${clock} 0001 1a2b 00 00
    000065a1b2c3 1d2c3b4a`);

/** PTP over UDP: clocks of a network, to the microsecond and better. */
export default protocol({
  name: "ptp",
  title: "Precision Time Protocol",
  category: "infrastructure",
  source: "IEEE 1588-2008 §7.5.2, §13, Annexes D and E; IEEE 1588-2002 §8.2",
  ports: { udp: [319, 320] },
  signatures: {
    message: { over: "udp", first: [step(header(madeOf48), accept, told)] },
    pair: {
      over: "udp",
      first: [
        step(header(anyClock), remember("clock"), accept, told),
        step(header(anyClock), repeats("clock"), accept, told),
      ],
    },
    version1: { over: "udp", first: [version1] },
  },
  facts: { type: numberFact("D5", { list: 8, names: TYPE_NAMES }) },
  samples: {
    yes: [
      udp(client(sync("02005efffe102030"))),
      udp(client(`${sync("02005efffe102030")}\0\0`)),
      udp(client(sync("0200112233445566")), client(sync("0200112233445566"))),
      udp(
        client(
          hex("0001 0001"),
          "_DFLT",
          hex(`${"00".repeat(11)} 01 01 02005e102030 0001 0002 00 000008 ${"00".repeat(80)}`),
        ),
      ),
    ],
    weak: [udp(client(sync("0200112233445566")))],
    no: [
      udp(client(sync("02005efffe102030").slice(0, -1))),
      udp(client(sync("02005efffe102030").replace("\0\x02\0\x2c", "\0\x03\0\x2c"))),
      udp(client(sync("02005efffe102030").replace("\x1a\x2b\0", "\x1a\x2b\x01"))),
    ],
  },
});
