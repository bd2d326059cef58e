import {
  accept,
  atEnd,
  client,
  either,
  hex,
  inside,
  not,
  numbered,
  numberFact,
  protocol,
  repeat,
  report,
  server,
  skip,
  step,
  u16,
  u24,
  u8,
  udp,
  within,
} from "../../language/vocabulary.js";

/** RFC 8415 §7.3; RFC 5007 §4.1. */
const TYPE_NAMES = numbered(`
  1 SOLICIT, 2 ADVERTISE, 3 REQUEST, 4 CONFIRM, 5 RENEW, 6 REBIND, 7 REPLY, 8 RELEASE, 9 DECLINE,
  10 RECONFIGURE, 11 INFORMATION-REQUEST, 12 RELAY-FORW, 13 RELAY-REPL, 14 LEASEQUERY,
  15 LEASEQUERY-REPLY
`);

const LONGEST_ADDRESS = 20;
const hardware = [u8(0), u8({ min: 1, max: 40 })];
/**
 * A client or server identifier: a DUID by link and time, by enterprise (their numbers are below 2^17 yet), by
 * link, or a UUID (RFC 8415 §11, RFC 6355 §4), each with its length.
 */
const identifier = (code: number) => [
  u16(code),
  either(
    [u16("size", { min: 14, max: 8 + LONGEST_ADDRESS }), inside("size", hex("0001"), hardware)],
    [u16("size", { min: 10, max: 4 + LONGEST_ADDRESS }), inside("size", hex("0003"), hardware)],
    [u16("size", { min: 10, max: 40 }), inside("size", hex("000200"), u8({ max: 1 }))],
    [hex("0012 0004"), skip(16)],
  ),
];
const clientId = identifier(1);
const serverId = identifier(2);
/** How long the client has been trying: in all that it sends (§21.9). */
const elapsed = [hex("0008 0002"), skip(2)];
/** §21.1; IANA has some 150 options. */
const option = [u16({ min: 1, max: 255 }), u16("length"), skip("length")];
const others = (...but: Parameters<typeof not>) => repeat(0, 24, not(...but), option);
const type = (...types: number[]) => u8("type", types);
const ends = [repeat(0, 32, option), atEnd, accept, report("type")];

/** §8: type, transaction, options; most begin with one of the two that the client must send. */
const request = step(
  type(1, 3, 4, 5, 6, 8, 9, 11),
  u24(),
  either([clientId, others(hex("0008")), elapsed], [elapsed, others(hex("0001")), clientId]),
  ends,
);
const reply = step(
  type(2, 7),
  u24(),
  either([clientId, others(hex("0002")), serverId], [serverId, others(hex("0001")), clientId]),
  ends,
);
/** The same in any order. */
const unordered = step(
  type(1, 3, 4, 5, 6, 8, 9, 11),
  u24(),
  others(either(hex("0001"), hex("0008"))),
  either([clientId, others(hex("0008")), elapsed], [elapsed, others(hex("0001")), clientId]),
  ends,
);
const unorderedReply = step(
  type(2, 7),
  u24(),
  others(either(hex("0001"), hex("0002"))),
  either([clientId, others(hex("0002")), serverId], [serverId, others(hex("0001")), clientId]),
  ends,
);
/** A lone information request may keep its identifier to itself (§18.2.6). */
const anonymous = step(type(11), u24(), others(hex("0008")), elapsed, ends);

/** §9: hops (at most 32 before, 8 now), link and peer addresses (a client's is link-local); the message (§21.10). */
const relay = step(
  type(12, 13),
  u8({ max: 32 }),
  skip(16),
  hex("fe80 000000000000"),
  skip(8),
  others(hex("0009")),
  hex("0009"),
  u16("inner", { min: 10 }),
  within(
    "inner",
    either([u8([12, 13]), u8({ max: 32 }), skip(32)], [u8({ min: 1, max: 11 }), u24()]),
    others(either(hex("0001 00"), hex("0008 0002"))),
    either(clientId, elapsed),
    repeat(0, 32, option),
  ),
  ends,
);

const duid = "0001 000e 0001 0001 2a3b4c5d 02005e102030";
const serverDuid = "0002 000e 0001 0001 2b3c4d5e 02005e102031";
const solicit = hex(
  `01 1a2b3c ${duid} 0006 0004 0017 0018 0008 0002 0000 0003 000c 5e102030 00000e10 00001518`,
);
const advertise =
  hex(`02 1a2b3c ${duid} ${serverDuid} 0003 0028 5e102030 00000000 00000000 0005 0018
  20010db8000000000000000000000123 00000e10 00001518`);

/** DHCP for IPv6. Every option is walked. */
export default protocol({
  name: "dhcpv6",
  title: "DHCP for IPv6",
  category: "infrastructure",
  source: "RFC 8415 §7.3, §8, §9, §11, §21",
  ports: { udp: [546, 547] },
  signatures: {
    request: { over: "udp", client: [request] },
    reply: { over: "udp", server: [reply] },
    unordered: { over: "udp", client: [unordered], server: [unorderedReply] },
    anonymous: { over: "udp", client: [anonymous] },
    relay: { over: "udp", first: [relay] },
  },
  facts: { type: numberFact("D5", { list: 8, names: TYPE_NAMES }) },
  samples: {
    yes: [
      udp(
        client(hex(`0b 445566 0006 0004 0017 0018 0008 0002 0000 ${duid}`)),
        server(hex(`07 445566 000d 0002 0000 ${duid} ${serverDuid}`)),
      ),
      udp(client(solicit)),
      udp(server(advertise)),
      udp(client(hex(`0b 445566 0008 0002 0000 ${duid} 0006 0004 0017 0018`))),
      udp(
        client(
          hex(
            "0c 00 20010db8000000000000000000000001 fe80000000000000 00005efffe102030 0012 0004 00000001",
          ),
          hex("0009 0034"),
          solicit,
        ),
      ),
    ],
    weak: [udp(client(hex("0b 445566 0008 0002 0000 0006 0004 0017 0018")))],
    no: [
      udp(client(`${solicit}\0`)),
      udp(client(solicit.slice(0, -1))),
      udp(client(hex(`01 1a2b3c ${duid} 0006 0004 0017 0018`))),
      udp(client(hex(`18 1a2b3c ${duid} 0008 0002 0000`))),
    ],
  },
});
