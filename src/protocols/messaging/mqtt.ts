import {
  accept,
  byte,
  client,
  derive,
  either,
  hex,
  leb128,
  numbered,
  numberFact,
  oneOf,
  protocol,
  report,
  rest,
  server,
  set,
  sized,
  step,
  tcp,
  times,
  u16,
  u8,
  within,
  type Word,
} from "../../language/vocabulary.js";

/** Name and level of the protocol: 3.1 §3.1; 3.1.1 §3.1.2; 5 §3.1.2. Bridges of mosquitto set the level's highest bit. */
const version = either(
  [hex("0004"), "MQTT", u8("version", [4, 5, 0x84, 0x85])],
  [hex("0006"), "MQIsdp", u8("version", [3, 0x83])],
);
/** Lowest flag is reserved, a will has a quality of at most 2: 5 §3.1.2.3. */
const flags = u8({
  in: Array.from({ length: 256 }, (_, value) => value).filter(
    (value) => (value & 1) === 0 && (value & 0x18) !== 0x18,
  ),
});

const connect = step(
  u8(0x10),
  leb128("size"),
  within("size", version, report("version"), flags, u16(), rest),
  accept,
);

/** Nothing but whether there was a session, and a code (5 §3.2.2.2). */
const accepted = [u8(0x20), leb128("size"), within("size", u8({ max: 1 }), u8(), rest)];
/** Text without control characters or wildcards (§1.5.4, §4.7.1); only of ASCII, which is what tells it from other bytes. */
const topic = [
  u16("topic", { min: 1, max: 255 }),
  times("topic", 255, byte(set("\x20-\x22\x24-\x2a\x2c-\x7e"))),
];
const PUBLISH = [0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d];
/** A size of one, two or three bytes (§1.5.5). */
const sizedWords = (...words: Word[]) =>
  either(
    [u8("size", { min: 3, max: 0x7f }), within("size", words)],
    [
      u8("part", { min: 0x80 }),
      derive("part", { from: "part", and: 0x7f }),
      u8("size", { min: 1, max: 0x7f }),
      derive("size", { from: "size", times: 128, more: "part" }),
      within("size", words),
    ],
    [
      u8("part", { min: 0x80 }),
      derive("part", { from: "part", and: 0x7f }),
      u8("next", { min: 0x80 }),
      derive("next", { from: "next", and: 0x7f, times: 128, more: "part" }),
      u8("size", { min: 1, max: 0x7f }),
      derive("size", { from: "size", times: 16384, more: "next" }),
      within("size", words),
    ],
  );
const publish = [u8(PUBLISH), sizedWords(topic, rest)];
/** PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK; SUBACK; SUBSCRIBE and UNSUBSCRIBE: an identifier first, which is not 0 (§2.2.1). */
const identifier = u16({ min: 1 });
const acknowledge = either(
  [
    oneOf("\x40", "\x50", "\x62", "\x70", "\xb0"),
    u8("size", { min: 2, max: 4 }),
    within("size", identifier, rest),
  ],
  ["\x90", u8("size", { min: 3, max: 8 }), within("size", identifier, rest)],
  [oneOf("\x82", "\xa2"), leb128("size"), within("size", identifier, u16({ max: 255 }), rest)],
);
/** CONNACK on its own: 3.1.1 §3.2. */
const granted = step(hex("20 02"), u8({ max: 1 }), u8({ max: 5 }));
/** SUBSCRIBE (§3.8) of 3.1 and 3.1.1: an identifier, then a filter, which may have wildcards, and a quality. */
const subscribe = step(
  u8(0x82),
  leb128("size"),
  within(
    "size",
    identifier,
    u16("topic", { min: 1, max: 255 }),
    times("topic", 255, byte(set("\x20-\x7e"))),
    u8({ max: 2 }),
    rest,
  ),
);
const published = step(publish, accept);
const packet = step(either(publish, acknowledge, hex("c000"), hex("d000"), accepted));

const text = (words: string) => sized(2, words);
const connecting = (words: string) => hex("10") + sized(1, words);
const publishing = (name: string, value: string) => hex("30") + sized(1, text(name), value);

/** MQTT 3.1, 3.1.1 and 5: what a client says first; two packets that carry topics; or pings. */
export default protocol({
  name: "mqtt",
  title: "MQTT",
  category: "messaging",
  source: "OASIS MQTT 5.0 §2, §3.1, §3.3; MQTT 3.1.1; MQTT 3.1 (IBM)",
  ports: { tcp: [1883] },
  signatures: {
    connect: { over: "tcp", client: [connect] },
    accepted: { over: "tcp", server: [step(accepted), packet, packet] },
    granted: { over: "tcp", server: [granted] },
    subscribe: { over: "tcp", client: [subscribe] },
    publish: { over: "tcp", first: [published, packet] },
    ping: {
      over: "tcp",
      client: [step(hex("c000")), step(hex("c000"))],
      server: [step(hex("d000")), step(hex("d000"))],
      both: true,
    },
  },
  facts: {
    version: numberFact("D5", {
      names: numbered("3 3.1, 4 3.1.1, 5 5.0, 131 3.1, 132 3.1.1, 133 5.0"),
    }),
  },
  samples: {
    weak: [
      tcp(server(hex("20 02 00 00"))),
      tcp(client(hex("82 14 0001"), text("building/room/+"), hex("00"))),
      tcp(client(publishing("room/12/temperature", "21.5") + publishing("room/12/humidity", "40"))),
    ],
    yes: [
      tcp(client(hex("c000")), server(hex("d000")), client(hex("c000")), server(hex("d000"))),

      tcp(
        client(connecting(text("MQTT") + hex("04 02 003c") + text("sensor"))),
        server(hex("20 02 00 00")),
      ),
      tcp(client(connecting(text("MQTT") + hex("05 02 003c 00") + text("sensor")))),
      tcp(client(connecting(text("MQIsdp") + hex("03 02 003c") + text("sensor")))),
      tcp(server(hex("2002 0000 9003 0001 00") + publishing("room/12/temperature", "21.5"))),
    ],
    no: [
      tcp(client(connecting(text("MQTT") + hex("04 03 003c") + text("sensor")))),
      tcp(client(connecting(text("MQTX") + hex("04 02 003c") + text("sensor")))),
      tcp(client(publishing("room/12/temperature", "21.5"))),
      tcp(server(hex("20 02 00 06"))),
      tcp(client(hex("c000"))),
    ],
  },
});
