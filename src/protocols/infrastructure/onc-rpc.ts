import {
  accept,
  client,
  either,
  hex,
  numbered,
  numberFact,
  protocol,
  remember,
  repeats,
  report,
  server,
  skip,
  step,
  tcp,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** RFC 5531 §8.2: flavour (none, system, short, DH, Kerberos, GSS, TLS of RFC 9289 §4.1) and at most 400 bytes. */
const authenticator = [
  u32({ in: [0, 1, 2, 3, 4, 6, 7] }),
  u32("length", { max: 400, mask: 3, bits: 0 }),
  skip("length"),
];

/** RFC 5531 §9: a call (0) of RPC version 2. Programs from 100,000 on (§13), small versions and procedures. */
const call = [
  u32("xid"),
  remember("xid"),
  u32(0),
  u32(2),
  u32("program", { min: 100000, max: 0x5fffffff }),
  u32("version", { max: 255 }),
  u32({ max: 1023 }),
  authenticator,
  authenticator,
  accept,
  report("program"),
  report("version"),
];

/** §9: a reply (1), accepted (a verifier and one of six outcomes) or denied (versions, or why it is not authentic). */
const reply = [
  u32("xid"),
  repeats("xid"),
  u32(1),
  either(
    [u32(0), authenticator, u32({ max: 5 })],
    [u32(1), either([u32(0), u32(2), u32(2)], [u32(1), u32({ min: 1, max: 14 })])],
  ),
  accept,
];

/** §11: over TCP each message has its length in front, the highest bit marks its last fragment. */
const mark = (least: number) => u32({ min: 0x80000000 + least, max: 0x80ffffff });

const PROGRAMS = numbered(`
  100000 portmap, 100003 nfs, 100004 ypserv, 100005 mount, 100007 ypbind, 100011 rquota,
  100021 nlm, 100024 status, 100227 nfs-acl
`);

const asked = hex(
  "6f2a11c0 00000000 00000002 00049636 00000001 00000004 00000000 00000000 00000000 00000000 00000007",
);
const answered = hex("6f2a11c0 00000001 00000000 00000000 00000000 00000000 00000000");
const lastFragment = (message: string) =>
  hex("800000") + String.fromCharCode(message.length) + message;

/** ONC RPC (Sun RPC) version 2, whatever program is called. */
export default protocol({
  name: "onc-rpc",
  title: "ONC Remote Procedure Call",
  category: "infrastructure",
  source: "RFC 5531 §8, §9, §11, §13",
  signatures: {
    call: { over: "udp", client: [step(call)], server: [step(reply)] },
    "tcp-call": { over: "tcp", client: [step(mark(40), call)], server: [step(mark(20), reply)] },
  },
  facts: { program: numberFact("D5", { names: PROGRAMS }), version: numberFact("D5") },
  samples: {
    yes: [
      udp(client(asked), server(answered)),
      tcp(client(lastFragment(asked)), server(lastFragment(answered))),
    ],
    no: [
      udp(client(asked.replace("\0\0\0\x02\0\x04", "\0\0\0\x03\0\x04")), server(answered)),
      udp(client(asked), server(answered.replace("\x6f\x2a", "\x6f\x2b"))),
      udp(server(answered)),
    ],
  },
});
