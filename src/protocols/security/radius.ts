import {
  type Word,
  accept,
  atEnd,
  client,
  derive,
  either,
  encrypted,
  equal,
  hex,
  noise,
  not,
  numberFact,
  numbered,
  protocol,
  remains,
  remember,
  repeat,
  repeats,
  report,
  server,
  sized,
  skip,
  step,
  u16,
  u24,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** IANA RADIUS Types; RFC 2865 §4, RFC 2866 §4, RFC 5176 §2, RFC 5997 §2. */
const CODE_NAMES = numbered(`
  1 Access-Request, 2 Access-Accept, 3 Access-Reject, 4 Accounting-Request, 5 Accounting-Response,
  11 Access-Challenge, 12 Status-Server, 40 Disconnect-Request, 41 Disconnect-ACK, 42 Disconnect-NAK,
  43 CoA-Request, 44 CoA-ACK, 45 CoA-NAK
`);

/** RFC 2865 §3: code, id, length of the whole (20 … 4096), and an authenticator that is random or a digest. */
const header = (...codes: number[]) => [
  u8("code", codes),
  u8("id"),
  u16("length", { min: 20, max: 4096 }),
  derive("rest", { from: "length", plus: -4 }),
  remains("rest"),
  encrypted,
];
const asking = header(1, 4, 12, 40, 43);
const answering = header(2, 3, 5, 11, 41, 42, 44, 45);

/** RFC 2865 §5: type, length with these two bytes, value. */
const attribute = [
  u8({ min: 1 }),
  u8("size", { min: 3 }),
  derive("value", { from: "size", plus: -2 }),
  skip("value"),
];
/** An address of a host, with its type before it. */
const address = (type: number) => [u8(type), u8(6), u8({ min: 1, max: 223 }), skip(3)];
const among = (type: number, last: object) => [u8(type), u8(6), u24(0), u8(last)];
/**
 * Attributes whose form is known: a NAS's address and port (§5.4, §5.5), service type and protocol (§5.6, §5.7), a
 * user's address (§5.8), accounting status (RFC 2866 §5.1), time (RFC 2869 §5.3),
 * port type (§5.41), message authenticator (RFC 3579 §3.2), NAS-IPv6-Address (RFC 3162 §2.1), MTU (§5.12), time-outs
 * (§5.27, §5.28), delay and counters (RFC 2866 §5.2 … §5.10).
 */
const servers: Word[] = [
  among(6, { min: 1, max: 30 }),
  among(7, { min: 1, max: 30 }),
  address(8),
  [u8([27, 28]), u8(6), u8(0), skip(3)],
  [u8(12), u8(6), u16(0), u16({ min: 64 })],
  [u8(80), u8(18), encrypted],
  // EAP (RFC 3579 §3.1): a code, an identifier, a length of two less.
  [
    u8(79),
    u8("outer", { min: 6 }),
    u8({ min: 1, max: 4 }),
    skip(1),
    u16("inner", { max: 251 }),
    derive("whole", { from: "inner", plus: 2 }),
    equal("outer", "whole"),
    derive("left", { from: "inner", plus: -4 }),
    skip("left"),
  ],
  // A vendor's (§5.26): its number (IANA, below 2^16), its own type, and a length that is 6 less.
  [
    u8(26),
    u8("outer", { min: 9 }),
    u16(0),
    u16({ min: 1 }),
    u8(),
    u8("inner", { min: 3 }),
    derive("inner", { from: "inner", plus: 6 }),
    equal("outer", "inner"),
    derive("inner", { from: "inner", plus: -8 }),
    skip("inner"),
  ],
];
const clients: Word[] = [
  ...servers,
  address(4),
  among(5, {}),
  among(40, { min: 1, max: 15 }),
  [u8(55), u8(6), u32({ min: 0x30000000 })],
  among(61, { max: 60 }),
  [u8([41, 42, 43, 46, 47, 48]), u8(6), skip(4)],
  among(45, { min: 1, max: 4 }),
  among(49, { min: 1, max: 24 }),
  [u8(95), u8(18), skip(16)],
];
const next = (telling: Word[]) => [
  repeat(0, 40, not(either(...telling)), attribute),
  either(...telling),
];
/** Two of them. */
const attributes = (telling: Word[]) => [next(telling), next(telling), accept, report("code")];
/** One, then whatever. */
const asked = [next(clients), repeat(0, 100, attribute), atEnd, accept, report("code")];
/** Attributes may be missing. */
const walked = [repeat(0, 100, attribute), atEnd, accept, report("code")];

const pair = (code: string, id: string, ...parts: string[]) => {
  const rest = noise(16, Number.parseInt(id, 16)) + parts.join("");
  return hex(code + id) + sized(2, `${rest}\0\0\0\0`).slice(0, -4);
};
const request = pair(
  "01",
  "5a",
  hex("0105") + "bob",
  hex("0212") + noise(16, 9),
  hex("0406 c0000201 0506 00000003 3d06 0000000f"),
);

/** RADIUS: access, accounting and changes of authorization. */
export default protocol({
  name: "radius",
  title: "Remote Authentication Dial In User Service",
  category: "security",
  source: "RFC 2865 §3, §5; RFC 2866 §3; RFC 3579 §3.2; RFC 5176 §2; RFC 5997",
  ports: { udp: [1812, 1813, 1645, 1646, 3799] },
  signatures: {
    request: { over: "udp", client: [step(asking, attributes(clients))] },
    reply: { over: "udp", server: [step(answering, attributes(servers))] },
    exchange: {
      over: "udp",
      client: [step(asking, remember("id"), asked)],
      server: [step(answering, repeats("id"), walked)],
    },
  },
  facts: { code: numberFact("D5", { list: 8, names: CODE_NAMES }) },
  samples: {
    yes: [
      udp(client(request)),
      udp(client(request), server(pair("02", "5a", hex("0606 00000002 5012"), noise(16, 4)))),
      udp(
        client(pair("04", "07", hex("2806 00000001 2c0a"), "00000017", hex("0406 c0000201"))),
        server(pair("05", "07")),
      ),
    ],
    weak: [
      udp(client(pair("0c", "11", hex("5012"), noise(16, 6)))),
      udp(server(pair("03", "11", hex("1209"), "go away"))),
      udp(server(pair("0b", "81", hex("1812"), noise(16, 3), hex("5012"), noise(16, 5)))),
      udp(client(pair("28", "20", hex("0406 c0000201 2c0a"), "00000017"))),
    ],
    no: [
      udp(client(`${request}\0`)),
      udp(client(pair("06", "5a", hex("0406 c0000201 0506 00000003")))),
      udp(client(request.slice(0, -6))),
      udp(client(hex("015a 0014"), "\0".repeat(16))),
    ],
  },
});
