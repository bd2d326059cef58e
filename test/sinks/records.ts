/** Records for the sinks' tests: a plain one, hostile text, and a generator of any record. */
import * as fc from "fast-check";
import {
  END_REASONS,
  FLAGS,
  GRADES,
  LOOKS,
  SCHEMA,
  TUNNEL_TYPES,
  type FlowRecord,
  type Summary,
} from "../../src/record/index.js";

/** An ordinary flow, with what a test changes. */
export function makeRecord(changes: Partial<FlowRecord> = {}): FlowRecord {
  return {
    schema: SCHEMA,
    id: 17,
    network: "ipv4",
    transport: "tcp",
    client: { address: "192.0.2.7", port: 51234 },
    server: { address: "198.51.100.4", port: 443 },
    start: "2026-11-24T09:00:00.000001000Z",
    end: "2026-11-24T09:00:03.500000000Z",
    ended: { reason: "fin", part: 1 },
    packets: { toServer: 12, toClient: 20 },
    bytes: { toServer: 1830, toClient: 24011 },
    protocol: "tls",
    stack: ["tls"],
    category: "web",
    evidence: { grade: "payload", bits: 96, signature: "tls/client-hello", packet: 4, flow: null },
    application: null,
    applicationEvidence: null,
    facts: { "tls.alpn": ["h2"], "tls.sni": "www.example.org" },
    notices: [],
    candidates: [],
    portGuess: "https",
    looks: null,
    flags: [],
    vlan: [],
    tunnels: [],
    history: "SHaADdFf",
    communityId: "1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
    ...changes,
  };
}

export function makeSummary(changes: Partial<Summary> = {}): Summary {
  return {
    flows: 0,
    packets: 0,
    bytes: 0,
    seconds: 0,
    protocols: [],
    looks: [],
    unhandled: [],
    counters: {
      noFlow: 0,
      malformed: 0,
      fragments: 0,
      datagramsIncomplete: 0,
      datagramsEvicted: 0,
      fragmentsOverlapping: 0,
      duplicates: 0,
      timeBackwards: 0,
      evicted: 0,
      expectationsEvicted: 0,
      namesEvicted: 0,
      inspectionDenied: 0,
      prefixDenied: 0,
      factsDenied: 0,
      contextOverflow: 0,
      unhandledOverflow: 0,
      gaps: 0,
      segmentsDropped: 0,
      budget: 0,
      candidatesDropped: 0,
      traps: 0,
      flowsLost: 0,
    },
    ...changes,
  };
}

/** What a host name, a banner or a header may hold when somebody means harm. */
export const hostileTexts = [
  "\u001b[2J\u001b[H\u001b]0;owned\u0007",
  "\u009b31mred",
  "a\r\nb\tc\0d\u007fe",
  'quote " back\\slash , comma',
  "</script><!--",
  "line\u2028separator\u2029paragraph\u0085next",
  "\u202egnp.exe\u202c \u2066x\u2069",
  "zero\u200bwidth\ufeffjoiner\u200d",
  "tags\u{e0041}\u{e007f} and \u{110bd}",
  "lone \ud800 and \udfff",
  "👩‍👩‍👧‍👦 🇫🇷 ❤️ 👍🏽",
  "中文字符 日本語 한국어",
  "e\u0301 z" + "\u0336".repeat(50),
  "שלום עולם مرحبا",
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "__proto__",
  "x".repeat(300),
];

const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: "binary" }),
  // Any UTF-16 code units, lone surrogates among them.
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const count = fc.oneof(fc.nat(), fc.maxSafeNat());
const anyNumber = fc.oneof(fc.double(), fc.integer());
const scalar = fc.oneof(text, anyNumber);
const grade = fc.constantFrom(...GRADES);
const endpoint = fc.record({ address: text, port: fc.nat(65535) }, { noNullPrototype: true });
const sideLooks = fc.record(
  { kind: fc.constantFrom(...LOOKS), format: orNull(text), entropy: anyNumber, bytes: count },
  { noNullPrototype: true },
);
const perDirection = fc.record({ toServer: count, toClient: count }, { noNullPrototype: true });

/** Any record that the type allows, with keys in the type's order. */
export const anyRecord: fc.Arbitrary<FlowRecord> = fc.record(
  {
    schema: fc.constant(SCHEMA),
    id: count,
    network: fc.constantFrom("ipv4" as const, "ipv6" as const, "arp" as const),
    transport: text,
    client: endpoint,
    server: endpoint,
    start: text,
    end: text,
    ended: fc.record(
      { reason: fc.constantFrom(...END_REASONS), part: count },
      { noNullPrototype: true },
    ),
    packets: perDirection,
    bytes: perDirection,
    protocol: orNull(text),
    stack: fc.array(text),
    category: orNull(text),
    evidence: fc.record(
      { grade, bits: anyNumber, signature: orNull(text), packet: count, flow: orNull(count) },
      { noNullPrototype: true },
    ),
    application: orNull(text),
    applicationEvidence: orNull(
      fc.record({ grade, from: text, flow: orNull(count) }, { noNullPrototype: true }),
    ),
    facts: fc
      .array(fc.tuple(text, fc.oneof(scalar, fc.array(scalar))))
      .map((entries) => Object.fromEntries(entries)),
    notices: fc.array(text),
    candidates: fc.array(
      fc.record({ protocol: text, signature: text, bits: anyNumber }, { noNullPrototype: true }),
    ),
    portGuess: orNull(text),
    looks: orNull(
      fc.record(
        { toServer: orNull(sideLooks), toClient: orNull(sideLooks) },
        { noNullPrototype: true },
      ),
    ),
    flags: fc.array(fc.constantFrom(...FLAGS)),
    vlan: fc.array(fc.nat(4095)),
    tunnels: fc.array(
      fc.record(
        { type: fc.constantFrom(...TUNNEL_TYPES), vni: fc.nat() },
        { noNullPrototype: true },
      ),
    ),
    history: orNull(text),
    communityId: orNull(text),
  },
  { noNullPrototype: true },
);
