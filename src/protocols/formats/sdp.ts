/** SDP (RFC 8866) for the flows that it announces: `c=` and `m=` lines of RTP (§5.7, §5.14), and `a=rtcp:` (RFC 3605 §2.1). */
import type { Announcement } from "../../language/definition.js";
import {
  capture,
  digits,
  either,
  type Fact,
  lineEnd,
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
    [run(set("a-z"), { max: 1 }), "=", toLineEnd],
  ),
);

/** A body that is a description. */
export const describedMedia: Word = ["v=0", lineEnd, description];

export const sdpInspects: Readonly<Record<string, Fact>> = {
  "media-address": textFact("D5"),
  "media-port": textFact("D5"),
  "rtcp-port": textFact("D5"),
};

/** Media of a third party is usual: a server of calls describes what gateways send. RTCP: RFC 3550 §11. */
export const sdpAnnounces: readonly Announcement[] = [
  { protocol: "rtp", port: "media-port" },
  { protocol: "rtcp", port: "media-port", plus: 1 },
  { protocol: "rtcp", port: "rtcp-port" },
].map((each) => ({
  ...each,
  over: "udp",
  address: "media-address",
  behind: true,
  elsewhere: true,
  from: "anyone",
}));
