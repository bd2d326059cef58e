import {
  type Word,
  accept,
  atEnd,
  capture,
  check,
  client,
  derive,
  dnsName,
  either,
  hex,
  nameFact,
  nameOrigin,
  not,
  numbered,
  numberFact,
  protocol,
  readFact,
  report,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  times,
  u16,
  u32,
  u8,
  udp,
  within,
} from "../../language/vocabulary.js";

/** IANA "DNS Parameters": types in use, those for questions (RFC 6895 §3.1), and SVCB (RFC 9460). */
const TYPE_NAMES = numbered(`
  1 A, 2 NS, 5 CNAME, 6 SOA, 10 NULL, 11 WKS, 12 PTR, 13 HINFO, 15 MX, 16 TXT, 17 RP, 18 AFSDB, 24 SIG,
  25 KEY, 28 AAAA, 29 LOC, 30 NXT, 33 SRV, 35 NAPTR, 36 KX, 37 CERT, 38 A6, 39 DNAME, 41 OPT, 42 APL, 43 DS,
  44 SSHFP, 45 IPSECKEY, 46 RRSIG, 47 NSEC, 48 DNSKEY, 49 DHCID, 50 NSEC3, 51 NSEC3PARAM, 52 TLSA,
  53 SMIMEA, 55 HIP, 59 CDS, 60 CDNSKEY, 61 OPENPGPKEY, 62 CSYNC, 63 ZONEMD, 64 SVCB, 65 HTTPS, 99 SPF,
  249 TKEY, 250 TSIG, 251 IXFR, 252 AXFR, 255 ANY, 256 URI, 257 CAA
`);

/** RFC 6895 §2.3. */
const RESPONSE_CODES = numbered(`
  0 NOERROR, 1 FORMERR, 2 SERVFAIL, 3 NXDOMAIN, 4 NOTIMP, 5 REFUSED, 6 YXDOMAIN, 7 YXRRSET,
  8 NXRRSET, 9 NOTAUTH, 10 NOTZONE
`);

/** IN, CH, HS, NONE, ANY (RFC 6895 §3.2); mDNS takes the highest bit (RFC 6762 §5.4, §10.2). */
const classes = u16({ in: [1, 3, 4, 254, 255, 0x8001, 0x80ff] });

const TYPES = Object.keys(TYPE_NAMES).map(Number);

/** NetBIOS names have the same form: 32 letters A … P (RFC 1001 §14.1). */
const notNetbios = not(u8(32), run("A-P", { min: 32, max: 32 }));

const question = [
  notNetbios,
  capture("name", dnsName({ pointers: true })),
  u16("type", { in: TYPES }),
  report("type"),
  classes,
];

const contents = [u16("length"), skip("length")];
/** RFC 1035 §4.1.3. */
const record = [dnsName({ pointers: true }), u16({ min: 1, max: 0x1ff }), classes, u32(), contents];
/**
 * RFC 6891 §6.1.2, §6.1.3: in OPT the class is the size of what the sender takes, and the time to live is the rest of the
 * response code, a version and flags, the first of which asks for DNSSEC (RFC 3225 §3).
 */
const options = [
  u16(41),
  u16("length"),
  report("edns-size", "length"),
  skip(1),
  u8("length"),
  report("edns", "length"),
  u16("length"),
  derive("length", { from: "length", shift: 15 }),
  report("dnssec-ok", "length"),
];
const additional = [
  dnsName({ pointers: true }),
  either(options, [u16({ min: 1, max: 0x1ff }), classes, u32()]),
  contents,
];

const RECORDS_MAX = 128;
const counts = (questions: object, answers: object, authorities: object, more: object) => [
  u16("questions", questions),
  u16("answers", answers),
  u16("authorities", authorities),
  u16("additional", more),
];
const questions = times("questions", 64, question);
/** What a server answers is read by `src/readers/dns.ts`: compressed names need not be followed for it. */
const answered = capture(
  "answer-types",
  capture("addresses", capture("service", times("answers", RECORDS_MAX, record))),
);
const more = [
  times("authorities", RECORDS_MAX, record),
  times("additional", RECORDS_MAX, additional),
];
const anyNumber = { max: RECORDS_MAX };

/** RFC 1035 §4.1.1, RFC 4035 §3.2: id, response bit, opcode, flags, response code. Fields are few: what is reported is done with. */
const header = (first: object, second: object, id: object = {}) => [
  u16("type", id),
  report("id", "type"),
  u8("length", first),
  derive("type", { from: "length", shift: 7 }),
  report("response", "type"),
  u8("length", second),
];
/** QUERY or NOTIFY (RFC 1996); neither recursion available nor a response code. */
const asks = header({ in: [0, 1, 2, 3, 0x20, 0x24] }, { mask: 0xcf, bits: 0 });
const answers = [
  header(
    { in: [0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0xa0, 0xa4] },
    { mask: 0x40, bits: 0 },
  ),
  derive("type", { from: "length", and: 15 }),
  check("type", { max: 10 }),
  report("rcode", "type"),
];

const query = [asks, counts({ in: [1] }, { max: 1 }, { max: 0 }, { max: 2 })];
const response = [answers, counts({ in: [1] }, anyNumber, anyNumber, anyNumber), report("answers")];
/** RFC 2136 §2: the zone, then prerequisites, updates and more in the places of answers. */
const update = [
  header({ in: [0x28] }, { max: 0 }),
  counts({ in: [1] }, anyNumber, { min: 1, max: RECORDS_MAX }, anyNumber),
];
/** RFC 1995 §3: behind the question stands the SOA of what the client has. */
const transfer = [asks, counts({ in: [1] }, { max: 0 }, { in: [1] }, { max: 2 })];
/** RFC 6762 §18: id and all flags but three are 0; any number of questions and records. */
const multicast = [
  header({ in: [0, 2, 0x80, 0x84, 0x86] }, { max: 0 }, { max: 0 }),
  counts({ max: 64 }, anyNumber, anyNumber, anyNumber),
  report("answers"),
];

/** What stands behind the header. */
const records = [times("answers", RECORDS_MAX, record), more];
const asked = [questions, records];
const unasked = [questions, answered, more];
/** The classifier learns names of addresses from what answers a query: the id and the question are the same. */
const asking = [capture("asked", query, questions), records];
const told = [capture("answered", capture("learnt", response, questions, answered)), more];

/** RFC 1035 §4.2.2: over TCP a message has its length in front. */
const overTcp = (...message: Word[]) =>
  step(u16("size", { min: 17 }), within("size", nameOrigin, message));
const whole = {
  query: [asking, atEnd],
  response: [told, atEnd],
  update: [update, asked, atEnd],
  multicast: [multicast, unasked, atEnd],
};
const watch = step(either(whole.query, whole.response, whole.multicast));

/**
 * A message that is damaged or cut short, or whose type is not listed: the question is read if one of the
 * counts at most is wrong, and its type or its class is right.
 */
const few = { max: 16 };
const damaged = step(
  u16("id"),
  report("id"),
  u8("first", { in: [0, 1, 2, 4, 5, 0x80, 0x81, 0x83, 0x84, 0x85] }),
  derive("response", { from: "first", shift: 7 }),
  report("response"),
  u8([0, 0x10, 0x20, 0x80, 0x81, 0x82, 0x83, 0x85, 0x90, 0xa0]),
  either(
    [u16(1), u16(few), u16(few), u16()],
    [u16(1), u16(few), u16(), u16(few)],
    [u16(1), u16(), u16(few), u16(few)],
    [u16(), u16(few), u16(few), u16(few)],
  ),
  // A broken NetBIOS name has this length too.
  not(u8(32)),
  capture("name", dnsName({ pointers: false })),
  either([u16("type", { in: TYPES }), report("type"), skip(2)], [u16(), u16([1, 0x8001])]),
  accept,
);

const labels = (name: string) =>
  [...name.split(".").map((label) => sized(1, label)), "\0"].join("");
const questionOf = (name: string, type = "0001") => labels(name) + hex(`${type} 0001`);
const exampleQuery = hex("1a2b 0100 0001 0000 0000 0000") + questionOf("www.example.org");
const exampleResponse =
  hex("1a2b 8180 0001 0001 0000 0000") +
  questionOf("www.example.org") +
  hex("c00c 0001 0001 00000e10 0004 c0000207");

/** DNS. Every record is walked, and the message ends where the last one ends. */
export default protocol({
  name: "dns",
  title: "DNS",
  category: "infrastructure",
  source: "RFC 1035 §4; RFC 1996; RFC 2136 §2; RFC 6891 §6.1; RFC 6762 §18; RFC 9460 §2.2",
  ports: { tcp: [53], udp: [53] },
  signatures: {
    query: { over: "udp", client: [step(whole.query)], watch },
    response: { over: "udp", server: [step(whole.response)], watch },
    update: { over: "udp", client: [step(whole.update)], watch },
    multicast: { over: "udp", first: [step(whole.multicast)], watch },
    damaged: { over: "udp", first: [damaged] },
    "tcp-query": { over: "tcp", client: [overTcp(asking)] },
    "tcp-update": { over: "tcp", client: [overTcp(update, asked)] },
    "tcp-transfer": { over: "tcp", client: [overTcp(transfer, asked)] },
    "tcp-response": { over: "tcp", server: [overTcp(told)] },
  },
  facts: {
    name: nameFact("D4"),
    type: numberFact("D5", { names: TYPE_NAMES }),
    rcode: numberFact("D5", { names: RESPONSE_CODES }),
    answers: numberFact("D5"),
    "answer-types": readFact("dns-types", "D5", { list: 8, names: TYPE_NAMES }),
    addresses: readFact("dns-addresses", "D4", { list: 8, bound: 45 }),
    service: readFact("dns-service", "D5", { list: 8, bound: 32 }),
    edns: numberFact("D5"),
    "edns-size": numberFact("D5"),
    "dnssec-ok": numberFact("D5"),
    id: numberFact("D5"),
    response: numberFact("D5"),
  },
  inspects: {
    asked: readFact("dns-question", "D4"),
    answered: readFact("dns-question", "D4"),
    learnt: readFact("dns-learnt", "D4", { list: 18 }),
  },
  exchange: { asked: "asked", answered: "answered" },
  transaction: { key: ["id", "name", "type"], response: "response" },
  samples: {
    yes: [
      udp(client(exampleQuery), server(exampleResponse)),
      udp(
        client(
          hex("0007 0120 0001 0000 0000 0001") +
            questionOf("www.example.org", "001c") +
            hex("00 0029 1000 0000 8000 0000"),
        ),
      ),
      udp(server(hex("beef 8583 0001 0000 0000 0000") + questionOf("nowhere.example"))),
      udp(server(exampleResponse)),
      udp(client(`${exampleQuery}\0`)),
      udp(client(hex("1a2b 0100 0001 4700 0000 0000") + questionOf("www.example.org", "0041"))),
      tcp(client(sized(2, exampleQuery)), server(sized(2, exampleResponse))),
      udp(
        client(
          hex("0000 0000 0002 0000 0000 0000") +
            questionOf("_ipp._tcp.local", "000c") +
            hex("c011 000c 8001"),
        ),
      ),
      udp(
        client(
          hex("11aa 2800 0001 0000 0001 0000") +
            labels("example.org") +
            hex("0006 0001") +
            labels("www.example.org") +
            hex("0001 0001 00000e10 0004 c0000207"),
        ),
      ),
      tcp(
        client(
          sized(
            2,
            hex("11aa 2800 0001 0000 0001 0000") + labels("example.org") + hex("0006 0001"),
            labels("www.example.org") + hex("0001 0001 00000e10 0004 c0000207"),
          ),
        ),
      ),
      tcp(
        client(
          sized(
            2,
            hex("11ab 0000 0001 0000 0001 0000") + labels("example.org") + hex("00fb 0001"),
            hex("c00c 0006 0001 00000000 0016 00 00 00000007 00000000 00000000 00000000 00000000"),
          ),
        ),
      ),
    ],
    weak: [
      udp(client(hex("4d3c 0100 0001 0000 0000 0000 00 0002 0001"))),
      udp(client(hex("1a2b 0100 0001 0000 0000 0000") + questionOf("a.bc", "0100"))),
    ],
    no: [
      udp(client(hex("1a2b 0100 0002 4000 0000 0000") + questionOf("www.example.org", "0020"))),
      udp(
        client(
          hex("1a2b 0100 0001 0000 0000 0000") +
            questionOf("www.example.org", "2020").slice(0, -1) +
            "\x02",
        ),
      ),
      udp(client(exampleQuery.slice(0, -1))),
      udp(client(`${exampleQuery.slice(0, 2)}\x7f${exampleQuery.slice(3)}`)),
      udp(client(hex("1a2b 0140 0001 0000 0000 0000") + questionOf("www.example.org"))),
      udp(
        client(
          hex("1a2b 0110 0001 0000 0000 0000 20") +
            "EJFDEBFEEBFACACACACACACACACACAAA" +
            hex("00 0020 0001"),
        ),
      ),
    ],
  },
});
