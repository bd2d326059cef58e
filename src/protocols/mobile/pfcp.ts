import {
  accept,
  atEnd,
  client,
  hex,
  numberFact,
  protocol,
  remains,
  remember,
  repeat,
  repeats,
  report,
  server,
  skip,
  step,
  u16,
  u24,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

type Words = Parameters<typeof step>;

/** §7.2.2.1: the length counts what follows the first four bytes. */
const length = [u16("length"), remains("length")];
/** §8.1: type and length; all up to the end. */
const elements = [
  repeat(0, 100, [u16({ min: 1 }), u16("size", { max: 4096 }), skip("size")]),
  atEnd,
  accept,
  report("message"),
];

/** Heartbeats (1, 2) have a time of restart (96) in NTP's seconds, from 2002 on. */
const heartbeat = step(
  "\x20",
  u8("message", [1, 2]),
  length,
  u24(),
  "\0",
  hex("0060 0004"),
  u32({ min: 0xc0000000 }),
  elements,
);
/** Version 1 without a session: PFDs, association, node report, deletion of a set: §7.3. */
const node = (...relation: Words) =>
  step(
    "\x20",
    u8("message", { min: 3, max: 15 }),
    length,
    u24("sequence"),
    relation,
    "\0",
    // A time of restart (96), a node (60), a cause (19), PFDs of an application (58).
    u16([19, 58, 60, 96]),
    u16("size", { max: 255 }),
    skip("size"),
    elements,
  );
/** With a session's identifier, perhaps with a priority: establishment, modification, deletion, report (50 … 57). */
const session = (...relation: Words) =>
  step(
    u8([0x21, 0x23]),
    u8("message", { min: 50, max: 57 }),
    length,
    skip(8),
    u24("sequence"),
    relation,
    u8({ mask: 0x0f, bits: 0 }),
    // Below the first of vendors, and of 3GPP's elements none is longer than a rule.
    u16({ min: 1, max: 511 }),
    u16("size", { max: 1024 }),
    skip("size"),
    elements,
  );

const associates = (type: string) =>
  hex(`20 ${type} 0015 000002 00 003c 0005 00 c0000207 0060 0004 e8c5f3a1`);
const establishes = (type: string) =>
  hex(
    `21 ${type} 0026 0000000000000000 000003 00 003c 0005 00 c0000207 0039 000d 02 0000000000000001 c0000207`,
  );

/** PFCP: how the control plane of a mobile core programs its user plane. */
export default protocol({
  name: "pfcp",
  title: "Packet Forwarding Control Protocol",
  category: "mobile",
  source: "3GPP TS 29.244 §7.2.2, §7.3, §8.1",
  ports: { udp: [8805] },
  signatures: {
    heartbeat: { over: "udp", first: [heartbeat] },
    node: {
      over: "udp",
      first: [node(remember("sequence")), node()],
      reply: [node(repeats("sequence"))],
    },
    session: {
      over: "udp",
      first: [session(remember("sequence")), session()],
      reply: [session(repeats("sequence"))],
    },
  },
  facts: { message: numberFact("D5") },
  samples: {
    yes: [
      udp(client(hex("20 01 000c 000001 00 0060 0004 e8c5f3a1"))),
      udp(client(associates("05")), client(associates("07")), server(associates("06"))),
      udp(client(establishes("32")), client(establishes("34")), server(establishes("33"))),
    ],
    no: [
      udp(client(hex("20 01 000d 000001 00 0060 0004 e8c5f3a1"))),
      udp(client(hex("20 01 000c 000001 01 0060 0004 e8c5f3a1"))),
      udp(client(hex("20 10 000c 000001 00 0060 0004 e8c5f3a1"))),
    ],
  },
});
