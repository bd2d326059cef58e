/** How HTTP/2's two sides begin, and the fields of the first request and response: RFC 9113 §3.4, §6.5, §8.3. */
import {
  accept,
  capture,
  derive,
  dissect,
  either,
  type Fact,
  headers,
  headersBefore,
  hex,
  hostFact,
  line,
  numberFact,
  oneOf,
  report,
  run,
  sized,
  textFact,
  textual,
  u16,
  u24,
  u8,
  visible,
  type Word,
} from "../../language/vocabulary.js";

/** RFC 9113 §3.4: what a client sends first; SETTINGS (§6.5) follow: type 4, no flags, stream 0. */
export const preface = hex("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a");

/**
 * A server's SETTINGS (§6.5.1), six bytes each; parameters: §6.5.2, RFC 8441 §3, RFC 9218 §2.1. Empty ones are told by what
 * comes next: the client's are acknowledged, or the connection's window grows (§6.9).
 */
const serverSettings: Word = either(
  [
    u24({ in: Array.from({ length: 9 }, (_, count) => 6 * (count + 1)) }),
    hex("04 00 00000000"),
    u16({ min: 1, max: 9 }),
  ],
  [hex("000000 04 00 00000000"), oneOf(hex("000000 04 01 00000000"), hex("000004 08 00 00000000"))],
);

/** Fields of a request: the host is in the authority, but a proxy may leave it where it was (§8.3.1). */
const REQUEST: Readonly<Record<string, Word>> = {
  ":authority": capture("http.host", run("0-9A-Za-z._:[]-")),
  host: capture("http.host", run("0-9A-Za-z._:[]-")),
  ":method": capture("http.method", run(visible, { max: 24 })),
  ":path": capture("http.target", run(visible, { max: 8192 })),
  "user-agent": capture("http.user-agent", run(textual)),
};

const RESPONSE: Readonly<Record<string, Word>> = {
  ":status": [
    u8("a", { min: 0x31, max: 0x35 }),
    u8("b", { min: 0x30, max: 0x39 }),
    u8("c", { min: 0x30, max: 0x39 }),
    derive("ab", { from: "a", times: 10, more: "b" }),
    derive("status", { from: "ab", times: 10, plus: -111 * 0x30, more: "c" }),
    report("http.status", "status"),
  ],
  server: capture("http.server", run(textual)),
  "content-type": capture("http.content-type", run(textual)),
};

/** The first request, and the first response: a preface and a header block, read for its facts. */
export const anyRequest: Word = [preface, accept, dissect("http2-headers"), headers(REQUEST)];
export const anyResponse: Word = [
  serverSettings,
  accept,
  dissect("http2-headers"),
  headers(RESPONSE),
];

/** The same of one kind, which a field of the first block tells. */
export const requestWith = (field: string): Word => [preface, ...withField(field, REQUEST)];
export const responseWith = (field: string): Word => [
  serverSettings,
  ...withField(field, RESPONSE),
];

const withField = (field: string, names: Readonly<Record<string, Word>>): Word[] => [
  dissect("http2-headers"),
  headersBefore(field, names),
  field,
  accept,
  ...line(),
  headers(names),
];

/** The facts of HTTP, whichever its version is. */
export const httpFacts: Readonly<Record<string, Fact>> = {
  "http.host": hostFact("D4"),
  "http.method": textFact("D5", { bound: 24 }),
  "http.target": textFact("D5", { bound: 1024 }),
  "http.user-agent": textFact("D5"),
  "http.status": numberFact("D5"),
  "http.server": textFact("D5"),
  "http.content-type": textFact("D5"),
};

/** For samples: frames (§4.1), and fields without compression (RFC 7541 §6.2.2). */
export const frame = (type: string, flags: string, stream: string, ...payload: string[]): string =>
  sized(3, ...payload).slice(0, 3) + hex(type + flags + stream) + payload.join("");
export const field = (name: string, value: string): string =>
  hex("00") + sized(1, name) + sized(1, value);
