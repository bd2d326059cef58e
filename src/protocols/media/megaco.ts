import {
  accept,
  ber,
  byte,
  client,
  digits,
  either,
  hex,
  inside,
  lineEnd,
  nocase,
  noise,
  oneOfNocase,
  opt,
  protocol,
  remains,
  run,
  server,
  sized,
  skip,
  step,
  u8,
  udp,
  within,
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

/** Annex A.2: who speaks: an address of IPv4 or IPv6 with a port or without, a domain name, a device, an MTP address. */
const port = opt(hex("8102"), skip(2));
const identifier = either(
  [ber(0xa0, "n"), inside("n", hex("8004"), skip(4), port)],
  [ber(0xa1, "n"), inside("n", hex("8010"), skip(16), port)],
  [ber(0xa2, "n"), inside("n", "\x80", u8("letters", { min: 1 }), skip("letters"))],
  ["\x83", u8("n", { min: 1, max: 64 }), skip("n")],
  ["\x84", u8("n", { min: 2, max: 4 }), skip("n")],
);
/**
 * Annex A.2, in BER with automatic tags: a sequence, which may begin with an authentication (0), of a message (1): version
 * (0), who speaks (1), a body (2), which is an error (0) or transactions (1): request, pending, reply,
 * acknowledgement, segment (0 … 4).
 */
const binary = step(
  ber(0x30, "whole"),
  remains("whole"),
  opt(ber(0xa0, "authentication"), skip("authentication")),
  ber(0xa1, "message"),
  remains("message"),
  hex("8001"),
  u8({ min: 1, max: 4 }),
  ber(0xa1, "who"),
  within("who", identifier),
  ber(0xa2, "body"),
  remains("body"),
  either(ber(0xa0, "error"), [
    ber(0xa1, "transactions"),
    remains("transactions"),
    ber([0xa0, 0xa1, 0xa2, 0xa3, 0xa4], "one"),
  ]),
  accept,
);

const element = (tag: string, ...parts: string[]) => hex(tag) + sized(1, parts.join(""));
const spoken = (transaction: string) =>
  element(
    "30",
    element(
      "a1",
      hex("8001 01"),
      element("a1", element("a0", hex("8004 c0000207 8102 0b81"))),
      element("a2", element("a1", transaction)),
    ),
  );
const asked = spoken(element("a0", hex("8002 270e"), element("a1", noise(24))));

/** Megaco, H.248 in its text form and its binary one. */
export default protocol({
  name: "megaco",
  title: "Megaco (H.248)",
  category: "media",
  source: "ITU-T H.248.1 annexes A.2, B.2; RFC 3525 annexes A.2, B.2; X.690 §8",
  ports: { tcp: [2944, 2945], udp: [2944, 2945] },
  signatures: {
    message: { over: ["tcp", "udp"], first: [message] },
    binary: { over: "udp", first: [binary] },
  },
  samples: {
    yes: [
      udp(client(asked), server(spoken(element("a2", hex("8002 270e"), noise(12))))),
      udp(
        client("MEGACO/1 [192.0.2.7]\r\nTransaction = 9998 {\r\n Context = - {\r\n"),
        server("MEGACO/1 [192.0.2.9]:55555 Reply = 9998 {\r\n"),
      ),
      udp(client("!/1 [192.0.2.7]:2944\nT=372771561{C=${A=ip/1/1}}")),
      udp(client("!/2 <gw.example.org>\tP=9{C=1{A=ip/1/1}}")),
    ],
    no: [
      udp(client(`${asked}\0`)),
      udp(client(asked.replace("\x80\x01\x01", "\x80\x01\x05"))),
      udp(client("MEGACO/1 [192.0.2.7] Nothing {")),
      udp(client("!/1 is not a message")),
      udp(client("MEGACO [192.0.2.7] Transaction = 1 {")),
    ],
  },
});
