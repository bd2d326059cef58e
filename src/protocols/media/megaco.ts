import {
  accept,
  byte,
  client,
  digits,
  either,
  lineEnd,
  nocase,
  oneOfNocase,
  opt,
  protocol,
  run,
  server,
  step,
  udp,
} from "../../language/vocabulary.js";

const space = run(" \t\r\n", { min: 0, max: 64 });
const name = run("0-9A-Za-z_.:*/@$-", { min: 1, max: 128 });
/** ITU-T H.248.1 annex B.2, RFC 3525: an address, a domain name, an MTP address or a device. */
const sender = either(
  ["[", run("0-9A-Fa-f.:", { max: 45 }), "]", opt(":", run(digits, { max: 5 }))],
  ["<", name, ">", opt(":", run(digits, { max: 5 }))],
  [oneOfNocase("MTP{", "MTP {"), run("0-9A-Fa-f ", { max: 16 }), "}"],
  name,
);
/** Long and short words for what a message holds. */
const body = oneOfNocase(
  "TransactionResponseAck",
  "Transaction",
  "Reply",
  "Pending",
  "Segment",
  "Error",
  "T=",
  "T =",
  "P=",
  "P =",
  "PN=",
  "K{",
  "K {",
  "ER=",
  "SM=",
);
const message = step(
  space,
  opt(nocase("Authentication"), run(" -~", { max: 255 }), lineEnd, space),
  either(
    [
      oneOfNocase("MEGACO/"),
      byte("1-4"),
      run(" \t\r\n", { max: 64 }),
      sender,
      run(" \t\r\n", { max: 64 }),
      body,
    ],
    ["!/", byte("1-4"), run(" \t\r\n", { max: 64 }), sender, run(" \t\r\n", { max: 64 }), body],
  ),
  accept,
);

/** Megaco, H.248 in its text form. */
export default protocol({
  name: "megaco",
  title: "Megaco (H.248)",
  category: "media",
  source: "ITU-T H.248.1 annex B.2; RFC 3525 annex B.2",
  ports: { tcp: [2944], udp: [2944] },
  signatures: { message: { over: ["tcp", "udp"], first: [message] } },
  samples: {
    yes: [
      udp(
        client("MEGACO/1 [192.0.2.7]\r\nTransaction = 9998 {\r\n Context = - {\r\n"),
        server("MEGACO/1 [192.0.2.9]:55555 Reply = 9998 {\r\n"),
      ),
      udp(client("!/1 [192.0.2.7]:2944\nT=372771561{C=${A=ip/1/1}}")),
      udp(client("!/2 <gw.example.org>\tP=9{C=1{A=ip/1/1}}")),
    ],
    no: [
      udp(client("MEGACO/1 [192.0.2.7] Nothing {")),
      udp(client("!/1 is not a message")),
      udp(client("MEGACO [192.0.2.7] Transaction = 1 {")),
    ],
  },
});
