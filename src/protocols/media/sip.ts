import {
  accept,
  atEnd,
  capture,
  client,
  derive,
  either,
  headers,
  hex,
  inside,
  lineEnd,
  numberFact,
  oneOf,
  oneOfNocase,
  opt,
  protocol,
  report,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
  u8,
  udp,
  visible,
} from "../../language/vocabulary.js";
import { decimal } from "../formats/decimal.js";
import { describedMedia, sdpAnnounces, sdpInspects } from "../formats/sdp.js";

/** RFC 3261 §20.14: up to four digits. A body of a stream ends where this says (§18.3). */
const contentLength = decimal("length", 4);
const contentLengths = { "Content-Length": contentLength, l: contentLength };
const body = opt(lineEnd, inside("length", describedMedia));

/** RFC 3261 §25.1: a token, of any name; then a URI (§19.1, RFC 3966), then the version. */
const METHODS = `
  INVITE ACK OPTIONS BYE CANCEL REGISTER PRACK SUBSCRIBE NOTIFY PUBLISH INFO REFER MESSAGE UPDATE SERVICE
`;
const request = [
  opt(lineEnd),
  opt(lineEnd),
  capture("method", either(oneOf(...METHODS.trim().split(/\s+/)), run("A-Z", { min: 3, max: 20 }))),
  " ",
  oneOfNocase("sip:", "sips:", "tel:", "im:", "pres:", "urn:"),
  run(visible, { max: 1024, field: "length" }),
  " SIP/2.0",
  lineEnd,
  accept,
  derive("length", { from: "length", times: 0 }),
  headers({
    ...contentLengths,
    "User-Agent": capture("user-agent", run(textual)),
  }),
  body,
];

/** §7.2: status 100 … 699. */
const response = [
  opt(lineEnd),
  "SIP/2.0 ",
  u8("a", { min: 0x31, max: 0x36 }),
  u8("b", { min: 0x30, max: 0x39 }),
  u8("c", { min: 0x30, max: 0x39 }),
  opt(" ", run(textual, { min: 0 })),
  lineEnd,
  accept,
  derive("ab", { from: "a", times: 10, more: "b" }),
  derive("status", { from: "ab", times: 10, plus: -111 * 0x30, more: "c" }),
  report("status"),
  derive("length", { from: "status", times: 0 }),
  headers({
    ...contentLengths,
    Server: capture("server", run(textual)),
    "User-Agent": capture("user-agent", run(textual)),
  }),
  body,
];

/** Facts of what is said later are those of the first words; what it describes is another matter. RFC 3261 §7.5. */
const watch = step(
  oneOf("SIP/2.0 ", "INVITE ", "ACK ", "PRACK ", "UPDATE "),
  run(textual, { max: 2048 }),
  lineEnd,
  headers({}),
  lineEnd,
  describedMedia,
);

/** RFC 5626 §3.5.1, §4.4.1: empty lines keep a binding alive; some send zeros. */
const keepAlive = step(
  either(hex("0d0a 0d0a"), hex("0000 0000"), hex("0d0a"), hex("00 00")),
  atEnd,
);
const invite =
  "INVITE sip:bob@biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds\r\nMax-Forwards: 70\r\nUser-Agent: Softphone 1.0\r\n\r\n";
const trying =
  "SIP/2.0 100 Trying\r\nVia: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds\r\nServer: Proxy 2\r\n\r\n";

/** SIP: either side sends requests and answers them. */
export default protocol({
  name: "sip",
  title: "Session Initiation Protocol",
  category: "media",
  source: "RFC 3261 §7, §18.3, §19.1, §25.1; RFC 5626 §3.5.1; methods: IANA SIP Parameters",
  ports: { tcp: [5060], udp: [5060] },
  signatures: {
    request: { over: ["tcp", "udp"], client: [step(request)], watch },
    response: { over: ["tcp", "udp"], server: [step(response)], watch },
    "kept-alive": {
      over: "udp",
      client: [keepAlive, step(request)],
      watch,
    },
  },
  facts: {
    method: textFact("D5", { bound: 16 }),
    status: numberFact("D5"),
    "user-agent": textFact("D5"),
    server: textFact("D5"),
  },
  inspects: sdpInspects,
  announces: sdpAnnounces,
  samples: {
    yes: [
      udp(client(invite), server(trying)),
      tcp(client(invite), server(trying)),
      udp(server("SIP/2.0 200 OK\r\nCSeq: 1 REGISTER\r\n\r\n")),
      udp(
        client("\r\n\r\n"),
        client("REGISTER sip:example.com SIP/2.0\r\nCSeq: 1 REGISTER\r\n\r\n"),
      ),
      udp(client("MESSAGE tel:+1234 SIP/2.0\r\nCSeq: 1 MESSAGE\r\n\r\nhi")),
      udp(client("BENOTIFY sip:bob@example.com SIP/2.0\r\nCSeq: 1 BENOTIFY\r\n\r\n")),
    ],
    no: [
      udp(client("INVITE sip:bob@biloxi.example.com\r\n")),
      tcp(client("OPTIONS rtsp://192.0.2.7/live RTSP/1.0\r\nCSeq: 1\r\n\r\n")),
      tcp(server("HTTP/1.1 200 OK\r\n\r\n")),
      udp(server("SIP/2.0 700 What\r\n\r\n")),
      udp(client("\r\n\r\n")),
    ],
  },
});
