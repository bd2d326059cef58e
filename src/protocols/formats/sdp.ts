/**
 * SDP (RFC 8866) for the flows that it announces: `c=` and `m=` lines of RTP (§5.7, §5.14), `a=rtcp:` (RFC 3605 §2.1), and
 * the candidates of ICE, `a=candidate:` (RFC 8839 §5.1), each of which a flow may come to.
 */
import type { Announcement } from "../../language/definition.js";
import {
  capture,
  digits,
  either,
  type Fact,
  lineEnd,
  nocase,
  not,
  oneOf,
  opt,
  repeat,
  run,
  set,
  textFact,
  textual,
  type Word,
} from "../../language/vocabulary.js";

const port = (fact: string): Word => capture(fact, run(digits, { max: 5 }));
const address: Word = capture("media-address", run("0-9A-Fa-f:.", { max: 45 }));
/** Foundation, component, transport, priority, address, port; what can be reached from elsewhere is UDP here. */
const candidate = (component: string, fact: string): Word => [
  "a=candidate:",
  run("0-9A-Za-z+/", { max: 32 }),
  " ",
  component,
  " ",
  nocase("udp"),
  " ",
  run(digits, { max: 10 }),
  " ",
  capture("candidate-address", run("0-9A-Fa-f:.", { max: 45 })),
  " ",
  port(fact),
  " ",
];
const toLineEnd: Word = [run(textual, { min: 0, max: 998 }), lineEnd];

/** Lines of a description; those of a longer one are left. RFC 8866 §9: a letter, an equals sign, a value. */
const description: Word = repeat(
  0,
  64,
  either(
    ["c=IN IP", run("46", { max: 1 }), " ", address, toLineEnd],
    [
      "m=",
      run(set("a-z"), { max: 16 }),
      " ",
      port("media-port"),
      opt("/", run(digits, { max: 3 })),
      " ",
      opt(oneOf("UDP/TLS/")),
      "RTP/",
      toLineEnd,
    ],
    ["a=rtcp:", port("rtcp-port"), opt(" IN IP", run("46", { max: 1 }), " ", address), toLineEnd],
    // RFC 8841 §4.1: a data channel has candidates of its own kind.
    [
      "m=application ",
      run(digits, { max: 5 }),
      " UDP/DTLS/SCTP",
      toLineEnd,
      repeat(
        0,
        32,
        not("m="),
        either(
          [candidate("1", "candidate-data-port"), toLineEnd],
          [run(set("a-z"), { max: 1 }), "=", toLineEnd],
        ),
      ),
    ],
    [candidate("1", "candidate-port"), toLineEnd],
    [candidate("2", "candidate-rtcp-port"), toLineEnd],
    [run(set("a-z"), { max: 1 }), "=", toLineEnd],
  ),
);

/** A body that is a description. */
export const describedMedia: Word = ["v=0", lineEnd, description];

export const sdpInspects: Readonly<Record<string, Fact>> = {
  "media-address": textFact("D5"),
  "media-port": textFact("D5"),
  "rtcp-port": textFact("D5"),
  "candidate-address": textFact("D5"),
  "candidate-port": textFact("D5"),
  "candidate-rtcp-port": textFact("D5"),
  "candidate-data-port": textFact("D5"),
};

/** Media of a third party is usual: a server of calls describes what gateways send. RTCP: RFC 3550 §11. */
export const sdpAnnounces: readonly Announcement[] = [
  ...[
    { protocol: "rtp", port: "media-port" },
    { protocol: "rtcp", port: "media-port", plus: 1 },
    { protocol: "rtcp", port: "rtcp-port" },
  ].map((each) => ({ ...each, address: "media-address", behind: true as const })),
  ...[
    { protocol: "rtp", port: "candidate-port" },
    { protocol: "rtcp", port: "candidate-rtcp-port" },
    { protocol: "dtls", port: "candidate-data-port" },
  ].map((each) => ({ ...each, address: "candidate-address" })),
].map((each) => ({ ...each, over: "udp", elsewhere: true, from: "anyone" }));
