import {
  accept,
  capture,
  check,
  client,
  derive,
  either,
  hex,
  inside,
  numberFact,
  protocol,
  remains,
  report,
  run,
  server,
  set,
  sized,
  skip,
  step,
  tcp,
  textFact,
  u16,
  u24,
  u8,
  udp,
  visible,
  within,
} from "../../language/vocabulary.js";

/** RFC 2608 §8: version 2 and one of 11 functions (§8.1 … §8.11). */
const opening = [u8("version", 2), u8("function", { min: 1, max: 11 })];
/** Flags: overflow, fresh, multicast, 13 reserved bits; where extensions begin; an id; a language tag: `en`, `en-GB`. */
const header = [
  u16({ mask: 0x1fff, bits: 0 }),
  u24(),
  u16(),
  either(
    ["\0\x02", run("a-z", { min: 2, max: 2 })],
    [
      u16("tag", { min: 4, max: 35 }),
      within("tag", run("a-z", { min: 2, max: 3 }), "-", run(set("A-Za-z0-9-"), { max: 32 })),
    ],
  ),
];
const text = [u16("size"), skip("size")];
/** The request's previous responders, then a service type (§8.1). */
const request = [
  text,
  u16("type", { min: 1, max: 255 }),
  inside("type", capture("service", run(visible))),
];

/** The length is that of the whole message. */
const datagram = step(
  opening,
  u24("length", { min: 18 }),
  derive("rest", { from: "length", plus: -5 }),
  remains("rest"),
  header,
  accept,
  report("version"),
  check("function", 1),
  request,
);

/** RFC 2165 §4.1: version 1, 10 functions, flags, no dialect, ISO 639 language, its usual character sets by MIBenum. */
const version1 = step(
  u8("version", 1),
  u8("function", { min: 1, max: 10 }),
  u16("length", { min: 14 }),
  derive("rest", { from: "length", plus: -4 }),
  remains("rest"),
  u8({ mask: 0x07, bits: 0 }),
  u8(0),
  run("a-z", { min: 2, max: 2 }),
  u16({ in: [3, 106, 1000, 1010, 1011, 1012] }),
  u16(),
  u16({ max: 1400 }),
  accept,
  report("version"),
);

/** Requests, registrations and replies name a service by its URL (§4.1), or its type, in this place (§8.1 … §8.4, §8.6). */
const stream = step(
  opening,
  u24({ min: 18 }),
  header,
  either(
    [check("function", [1, 6]), text],
    [check("function", 3), u8(0), u16()],
    [check("function", 4), text, u8(0), u16()],
    [check("function", 2), u16({ max: 15 }), u16({ min: 1 }), u8(0), u16()],
  ),
  u16({ min: 8 }),
  "service:",
  accept,
  report("version"),
);

const message = (type: string, flags: string, ...parts: string[]) => {
  const rest = hex(`${flags} 000000 0001 0002`) + "en" + parts.join("");
  return hex(`02${type}`) + sized(3, rest + "\0".repeat(5)).slice(0, -5);
};
const ask = message(
  "01",
  "2000",
  hex("0000"),
  sized(2, "service:printer"),
  sized(2, "DEFAULT"),
  hex("0000 0000"),
);
const answer = message(
  "02",
  "0000",
  hex("0000 0001 00 ffff"),
  sized(2, "service:printer:lpr://192.0.2.7/queue"),
  hex("00"),
);

/** SLP: how services are found, in its versions 2 and 1. */
export default protocol({
  name: "slp",
  title: "Service Location Protocol",
  category: "infrastructure",
  source: "RFC 2608 §8, §4.1; RFC 2165 §4.1, §4.4",
  ports: { tcp: [427], udp: [427] },
  signatures: {
    message: { over: "udp", first: [datagram], reply: [datagram] },
    version1: { over: "udp", first: [version1] },
    stream: { over: "tcp", first: [stream], reply: [stream] },
  },
  facts: { version: numberFact("D5"), service: textFact("D5") },
  samples: {
    yes: [
      udp(client(ask), server(answer)),
      udp(client(ask)),
      udp(server(answer)),
      udp(client(hex("0101 0021 00 00"), "en", hex("0003 1a2b 0000 0011"), "service:http//en/")),
      tcp(client(ask), server(answer)),
    ],
    no: [
      udp(client(`${ask}\0`)),
      udp(client(`\x03${ask.slice(1)}`)),
      udp(client(ask.replace("en", "\0n"))),
      udp(client(ask.replace("\x20\0", "\x21\0"))),
      tcp(client(ask.replace("service:", "printing"))),
    ],
  },
});
