import {
  type Word,
  accept,
  atEnd,
  capture,
  client,
  derive,
  either,
  equal,
  hex,
  numberFact,
  not,
  numbered,
  protocol,
  readFact,
  remains,
  remember,
  repeat,
  repeats,
  report,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  textFact,
  u16,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** RFC 8489 §5: the two highest bits are 0; length without the header; the cookie. MS-TURN pads nothing. */
const COOKIE = "\x21\x12\xa4\x42";
const kind = { max: 0x3fff };
const length = { max: 2048 };

/** SOFTWARE (§14.14); other attributes are passed over. */
const attributes = repeat(
  0,
  24,
  either(
    [u16(0x8022), u16("n", { max: 763 }), capture("software", skip("n"))],
    [u16(), u16("n"), skip("n")],
  ),
  // Padding to words (§14).
  run("\0", { min: 0, max: 3 }),
);

/** §6.3.4 and RFC 8656 §5: classes are in bits 4 and 8. */
const METHODS = numbered(`
  1 Binding, 2 SharedSecret, 3 Allocate, 4 Refresh, 6 Send, 7 Data, 8 CreatePermission, 9 ChannelBind,
  10 Connect, 11 ConnectionBind, 12 ConnectionAttempt
`);
const type = [u16("type", kind), derive("method", { from: "type", and: 0x0f })];
const header = [type, u16("length", length), COOKIE, skip(12)];
const facts = [accept, report("method"), attributes];

const datagram = step(header, remains("length"), facts);

/** RFC 8656 §18: where a relay sends from (XOR-RELAYED-ADDRESS), and whom to (XOR-PEER-ADDRESS). */
const RELAYED = 0x0016;
const PEER = 0x0012;
const attribute = [
  u16(),
  u16("n", { max: 2048 }),
  skip("n"),
  // To a multiple of four (RFC 8489 §14).
  derive("pad", { from: "n", times: 3 }),
  derive("pad", { from: "pad", and: 3 }),
  skip("pad"),
];
const endpoint = (attributeType: number) => [
  repeat(0, 24, not(u16(attributeType)), attribute),
  u16(attributeType),
  either([hex("0008 0001"), skip(6)], [hex("0014 0002"), skip(18)]),
];
/** Both are hidden by what stands in front (RFC 8489 §14.2), so they are read from the cookie on. */
const hidden = (fact: string, transaction: Word, attributeType: number, ...relation: Word[]) =>
  capture(fact, capture(`${fact}-port`, COOKIE, transaction, relation, endpoint(attributeType)));
/** RFC 8489 §6.3.3: the answer has the request's 96 random bits. */
const asks = capture("asked", skip(12));
const answers = capture("answered", skip(12));
/**
 * Allocate and its success (§7.3); what names a peer, CreatePermission and ChannelBind (§9, §12), and their successes. Send and Data
 * (§11) go to and come from peers that one of these permitted.
 */
const watch = step(
  either(
    [u16(0x0003), u16("length", length), COOKIE, asks],
    [u16(0x0103), u16("length", length), hidden("relayed", answers, RELAYED)],
    [u16([0x0008, 0x0009]), u16("length", length), hidden("peer", asks, PEER)],
    [u16([0x0108, 0x0109]), u16("length", length), COOKIE, answers],
  ),
);
/** §7: a client asks for a relay, is told what to sign with, asks again, and is told where its relay is. */
const allocate = step(
  u16("type", 3),
  u16("length", length),
  COOKIE,
  asks,
  remains("length"),
  accept,
  derive("method", { from: "type", and: 0x0f }),
  report("method"),
  attributes,
);
const allocated = step(
  either(
    [u16(0x0103), u16("length", length), hidden("relayed", answers, RELAYED, remains("length"))],
    [header, remains("length")],
  ),
);

/** §6.2.2; in ICE the length stands in front (RFC 4571 §2, RFC 6544 §3). */
const stream = step(
  either(
    [header, skip("length")],
    [
      u16("frame", { min: 20, max: 2068 }),
      header,
      derive("framed", { from: "length", plus: 20 }),
      equal("frame", "framed"),
      skip("length"),
    ],
  ),
  accept,
  report("method"),
);

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
/** RFC 3489 §11.2: attributes without a cookie. Zoom has 0x0101 … 0x0103; 0x8020 and 0x8022 came with drafts; 0x8008 … are Microsoft's (MS-TURN §2.2.2). */
const oldAttribute = [
  u16({ in: [...range(1, 0x2f), ...range(0x101, 0x103), ...range(0x8001, 0x8070)] }),
  u16("size", { max: 512 }),
  skip("size"),
];
/** Identifiers are random (§11.1). */
const word = (name: string, relation: typeof remember | typeof repeats) => [
  u32(name, { min: 0x01000000 }),
  relation(name),
];
const id = (relation: typeof remember | typeof repeats) => [
  word("id1", relation),
  word("id2", relation),
  word("id3", relation),
  word("id4", relation),
];
/** Binding, shared secret, and the first drafts of TURN (Allocate, Send, Data). */
const request = (relation: typeof remember | typeof repeats) =>
  step(
    u16("type", [1, 2, 3, 4, 6, 7]),
    u16({ max: 548, mask: 3, bits: 0 }),
    id(relation),
    repeat(0, 16, oldAttribute),
    atEnd,
    accept,
    derive("method", { from: "type", and: 0x0f }),
    report("method"),
  );
const oldAnswer = step(
  u16([0x101, 0x111, 0x102, 0x112, 0x103, 0x113, 0x104, 0x114]),
  u16({ max: 548, mask: 3, bits: 0 }),
  id(repeats),
  repeat(1, 16, oldAttribute),
  atEnd,
  accept,
);

const tid = "b7e7a701bc34d686fa87dfae";
const ask = hex(`0001 0008 2112a442 ${tid} 8022 0003 61626300`);
const answered = hex(`0101 000c 2112a442 ${tid} 0020 0008 0001 a147 e112a643`);
const oldId = "0c1f8a3e5b7d92e06f41c8d2917a3b5e";
const mapped = "0001 0008 0001 1a2b c0000207";

/** STUN and TURN, with the magic cookie or as of RFC 3489, where the answer repeats what was asked. */
export default protocol({
  name: "stun",
  title: "STUN and TURN",
  category: "media",
  source: "RFC 8489 §5, §6, §14; RFC 8656; RFC 3489 §11; RFC 4571 §2; RFC 6544 §3; MS-TURN §2.2",
  ports: { tcp: [3478], udp: [3478, 19302] },
  signatures: {
    // More is heard, because DTLS may follow (RFC 7983), which `dtls` tells.
    message: { over: "udp", first: [datagram, datagram, datagram, datagram] },
    stream: { over: "tcp", first: [stream], reply: [stream], watch },
    relay: {
      over: "udp",
      client: [allocate],
      server: [allocated],
      implies: ["stun/message", "stun/classic", "stun/retried"],
      watch,
    },
    classic: { over: "udp", client: [request(remember)], server: [oldAnswer] },
    // What is not answered is sent again, as it was (RFC 3489 §9.3).
    retried: { over: "udp", client: [request(remember), request(repeats)] },
  },
  facts: {
    method: numberFact("D5", { names: METHODS }),
    software: textFact("D5"),
  },
  inspects: {
    asked: readFact("hexadecimal", "D5"),
    answered: readFact("hexadecimal", "D5"),
    relayed: readFact("xor-address", "D5"),
    "relayed-port": readFact("xor-port", "D5"),
    peer: readFact("xor-address", "D5"),
    "peer-port": readFact("xor-port", "D5"),
  },
  exchange: { asked: "asked", answered: "answered" },
  // Who speaks with a relay is anybody; a client speaks of what the server will send to.
  announces: [
    {
      protocol: "stun",
      over: "udp",
      port: "relayed-port",
      address: "relayed",
      behind: true,
      elsewhere: true,
      from: "anyone",
    },
    {
      protocol: "stun",
      over: "udp",
      port: "peer-port",
      address: "peer",
      behind: true,
      elsewhere: true,
    },
  ],
  samples: {
    yes: [
      udp(client(ask), server(answered), client(ask), client(ask), client(ask)),
      udp(client(ask), server(answered)),
      udp(server(answered)),
      udp(
        client(hex(`0003 0008 2112a442 ${tid} 0019 0004 11000000`)),
        server(hex(`0113 0008 2112a442 ${tid} 0009 0004 00000401`)),
        client(hex(`0003 0008 2112a442 ${tid} 0019 0004 11000000`)),
        server(hex(`0103 000c 2112a442 ${tid} 0016 0008 0001 e2d4 e774c040`)),
      ),
      tcp(client(ask), server(answered)),
      tcp(client(sized(2, ask)), server(sized(2, answered))),
      udp(
        client(hex(`0001 0000 ${oldId}`)),
        server(hex(`0101 0018 ${oldId} ${mapped} 0004 0008 0001 0d96 c0000209`)),
      ),
      udp(
        client(hex(`0001 0018 ${oldId} 0006 0014`), "user-user-user-user!"),
        client(hex(`0001 0018 ${oldId} 0006 0014`), "user-user-user-user!"),
      ),
    ],
    weak: [udp(client(hex(`0001 0000 ${oldId}`)))],
    no: [
      udp(client(ask + "\0")),
      udp(client(ask.replace("\x42", "\x43"))),
      udp(client(hex(`0001 0000 ${oldId}`)), server(hex(`0101 000c 2${oldId.slice(1)} ${mapped}`))),
      udp(client(hex(`4001 0008 2112a442 ${tid} 8022 0003 61626300`))),
    ],
  },
});
