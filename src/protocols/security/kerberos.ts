import {
  accept,
  ber,
  berLength,
  capture,
  client,
  either,
  hex,
  inside,
  numbered,
  numberFact,
  opt,
  printable,
  protocol,
  report,
  run,
  server,
  skip,
  step,
  tcp,
  textFact,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 4120 §7.5.7. */
const TYPE_NAMES = numbered(`
  10 AS-REQ, 11 AS-REP, 12 TGS-REQ, 13 TGS-REP, 14 AP-REQ, 15 AP-REP, 20 KRB-SAFE, 21 KRB-PRIV,
  22 KRB-CRED, 30 KRB-ERROR
`);
const SEQUENCE = 0x30;
const INTEGER = "\x02\x01";

/** The application tag is 0x60 and the message's type, which is repeated inside (§5.10). */
const type = (number: number) => [u8("type", number), report("type")];
/** [1] pvno is 5, [2] the type (§5.4.1). */
const asking = (number: number) => [
  u8(0x60 | number),
  berLength("length"),
  ber(SEQUENCE, "body"),
  `\xa1\x03${INTEGER}\x05\xa2\x03${INTEGER}`,
  type(number),
];
/** [0] pvno, [1] the type (§5.4.2, §5.5.1, §5.9.1). */
const other = (number: number) => [
  u8(0x60 | number),
  berLength("length"),
  ber(SEQUENCE, "body"),
  `\xa0\x03${INTEGER}\x05\xa1\x03${INTEGER}`,
  type(number),
];
/** §5.4.1: padata, then options, maybe a name, and the realm. */
const request = [
  either(asking(10), asking(12)),
  accept,
  opt([u8(0xa3), berLength("padata"), skip("padata")]),
  ber(0xa4, "request"),
  ber(SEQUENCE, "fields"),
  hex("a0 07 03 05 00"),
  skip(4),
  opt([u8(0xa1), berLength("name"), skip("name")]),
  ber(0xa2, "outer"),
  ber([0x1b, 0x16], "realm"),
  inside("realm", capture("realm", run(printable))),
];
const answer = [either(other(11), other(13), other(14), other(15), other(30)), accept];

/** §7.2.2: over TCP the length stands in front, its highest bit 0. */
const record = u32({ min: 16, max: 0xfffff });

const asReq = hex(`6a 3e 30 3c a1 03 02 01 05 a2 03 02 01 0a a4 30 30 2e a0 07 03 05 00 40810010
  a1 10 30 0e a0 03 02 01 01 a1 07 30 05 1b 03 626f62 a2 0d 1b 0b 4c41422e4558414d504c45`);
const error = hex(`7e 3b 30 39 a0 03 02 01 05 a1 03 02 01 1e a4 11 18 0f
  32303236303130313030303030305a a5 05 02 03 0a2b3c a6 03 02 01 19 a9 0d 1b 0b 4c41422e4558414d504c45`);
const asRep = hex(`6b 30 30 2e a0 03 02 01 05 a1 03 02 01 0b a3 0d 1b 0b 4c41422e4558414d504c45
  a4 10 30 0e a0 03 02 01 01 a1 07 30 05 1b 03 626f62`);

/** Kerberos, version 5. */
export default protocol({
  name: "kerberos",
  title: "Kerberos",
  category: "security",
  source: "RFC 4120 §5.4, §5.5, §5.9, §5.10, §7.2; X.690 §8.1",
  ports: { tcp: [88], udp: [88] },
  signatures: {
    request: { over: "udp", client: [step(request)] },
    answer: { over: "udp", first: [step(answer)] },
    "tcp-request": { over: "tcp", client: [step(record, request)] },
    "tcp-answer": { over: "tcp", first: [step(record, answer)] },
  },
  facts: {
    type: numberFact("D5", { list: 4, names: TYPE_NAMES }),
    realm: textFact("D4", { bound: 128 }),
  },
  samples: {
    yes: [
      udp(client(asReq), server(error)),
      udp(server(asRep)),
      udp(client(asReq.replace("\x6a", "\x6c").replace("\x02\x01\x0a", "\x02\x01\x0c"))),
      tcp(client(hex("00000040"), asReq), server(hex("0000003d"), error)),
      tcp(server(hex("00000032"), asRep)),
    ],
    no: [
      udp(client(asReq.replace("\x02\x01\x0a", "\x02\x01\x0c"))),
      udp(client(asReq.replace("\x02\x01\x05", "\x02\x01\x04"))),
      tcp(client(hex("80000040"), asReq)),
      tcp(client(hex("00000040"), asReq.slice(0, 12))),
    ],
  },
});
