import {
  accept,
  atEnd,
  client,
  hex,
  noise,
  numberFact,
  protocol,
  remember,
  repeats,
  report,
  room,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 2281 §5.1: hello, coup, resign; states; times in seconds; priority and group; the default password, or another. */
const head = [
  u8(0),
  u8({ max: 2 }),
  u8({ in: [0, 1, 2, 4, 8, 16] }),
  u8("hello", { min: 1 }),
  u8("hold", { min: 2 }),
  u8(),
  u8("group"),
  u8(0),
];
const version0 = step(
  head,
  hex("636973636f 000000"),
  u8({ min: 1, max: 223 }),
  accept,
  report("group"),
);

/**
 * Version 2: a group state of 40 bytes with version, opcode, state, IP version, group (0 … 4095), the sender's hardware
 * address, priority, times in milliseconds and an address; IPv4 leaves twelve bytes 0. Then a password or a digest.
 */
const version2 = step(
  hex("01 28 02"),
  u8({ max: 2 }),
  u8({ max: 6 }),
  u8("ip", [4, 6]),
  u16("group", { max: 4095 }),
  skip(6),
  u32({ max: 255 }),
  u32({ min: 15, max: 255_000 }),
  u32({ min: 50, max: 255_000 }),
  accept,
  report("group"),
);
/** An interface state: how many groups are active and passive. */
const interfaceState = step(hex("02 04"), u16({ max: 4095 }), u16({ max: 4095 }), atEnd);
/** Version 0 with another password, said twice: too little for a name. */
const secret = (first: boolean) =>
  step(
    room(20),
    head,
    skip(8),
    u32("address", { min: 0x01000000, max: 0xdfffffff }),
    first ? remember("address") : repeats("address"),
    first ? remember("group") : repeats("group"),
    atEnd,
  );

const hello = hex("00 00 10 03 0a 5a 0a 00 636973636f000000 0a1ca8fe");
const own = hello.replace("cisco\0\0\0", "hidden42");
const second = hex(`01 28 02 00 05 04 000a 02005e102030 00000064 00000bb8 00002710
  c0000201 ${"00".repeat(12)} 03 08 636973636f000000`);

/** Cisco's HSRP, versions 0 and 2. */
export default protocol({
  name: "hsrp",
  title: "Hot Standby Router Protocol",
  category: "routing",
  source: "RFC 2281 §5; Cisco, First Hop Redundancy Protocols Configuration Guide, HSRP version 2",
  ports: { udp: [1985, 2029] },
  signatures: {
    version0: { over: "udp", client: [version0] },
    secret: { over: "udp", client: [secret(true), secret(false)] },
    version2: { over: "udp", client: [version2] },
    interface: { over: "udp", client: [interfaceState] },
  },
  facts: { group: numberFact("D5") },
  samples: {
    yes: [udp(client(hello)), udp(client(second))],
    weak: [udp(client(own), client(own)), udp(client(hex("0204 0000 0001")))],
    no: [
      udp(client(hello.replace("\x10", "\x11"))),
      udp(client(second.replace("\x01\x28", "\x01\x29"))),
      udp(client(hello.slice(0, 12))),
      udp(client(noise(20)), client(noise(20))),
    ],
  },
});
