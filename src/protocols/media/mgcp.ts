import {
  accept,
  byte,
  capture,
  client,
  digits,
  either,
  headers,
  lineEnd,
  oneOf,
  opt,
  protocol,
  run,
  server,
  step,
  textFact,
  textual,
  udp,
  visible,
} from "../../language/vocabulary.js";
import { describedMedia, sdpAnnounces, sdpInspects } from "../formats/sdp.js";

/** RFC 3435 §3.2.1: the verb, a transaction of up to 9 digits, an endpoint, the version. */
const transaction = run(digits, { max: 9 });
const command = step(
  capture(
    "verb",
    oneOf("EPCF", "CRCX", "MDCX", "DLCX", "RQNT", "NTFY", "AUEP", "AUCX", "RSIP", "MESG"),
  ),
  " ",
  transaction,
  " ",
  run(visible),
  " MGCP ",
  oneOf("1.0", "0.1"),
  run(textual, { min: 0 }),
  // The grammar wants CR LF or LF; some send CR alone.
  byte("\r\n"),
  accept,
  opt("\n"),
  headers({}),
  opt(lineEnd, describedMedia),
);

/** §3.3.1: a code, the transaction, a comment; then parameter lines of one or two letters (§3.2.2). */
const answer = step(
  byte("0-5"),
  byte(digits),
  byte(digits),
  " ",
  run(digits, { max: 9 }),
  opt(" ", run(textual, { min: 0 })),
  lineEnd,
  oneOf("I: ", "K: ", "Z: ", "P: ", "C: ", "ES: ", "PR: ", "MD: ", "RM: "),
  run(visible),
  run(textual, { min: 0 }),
  lineEnd,
  accept,
  headers({}),
  opt(lineEnd, describedMedia),
);

/** §3.2.2.10: parameters, an empty line, and the description of a side of the connection. */
const watch = step(
  either(
    [oneOf("CRCX ", "MDCX "), run(textual, { max: 998 })],
    [byte("0-5"), byte(digits), byte(digits), " ", run(textual, { max: 998 })],
  ),
  lineEnd,
  headers({}),
  lineEnd,
  describedMedia,
);

/** MGCP: commands, and answers that carry a parameter. */
export default protocol({
  name: "mgcp",
  title: "Media Gateway Control Protocol",
  category: "media",
  source: "RFC 3435 §3.2, §3.3; RFC 2705",
  ports: { udp: [2427, 2727] },
  signatures: {
    command: { over: "udp", first: [command], watch },
    answer: { over: "udp", first: [answer], watch },
  },
  facts: { verb: textFact("D5", { bound: 4 }) },
  inspects: sdpInspects,
  announces: sdpAnnounces,
  samples: {
    yes: [
      udp(
        client("RSIP 1201 *@rgw-2567.example.net MGCP 1.0\r\nRM: restart\r\n"),
        server("200 1201 OK\r\n"),
      ),
      udp(server("200 1204 OK\r\nI: FDE234C8\r\n\r\nv=0\r\no=- 25678 753849 IN IP4 192.0.2.7\r\n")),
    ],
    no: [
      udp(client("RSIP 1201 *@rgw-2567.example.net SIP/2.0\r\n")),
      udp(server("200 1201 OK\r\n")),
      udp(client("ABCD 1201 aaln/1@rgw.example.net MGCP 1.0\r\n")),
    ],
  },
});
