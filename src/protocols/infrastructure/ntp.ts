import {
  accept,
  atEnd,
  capped,
  client,
  derive,
  either,
  equal,
  hex,
  inside,
  noise,
  numberFact,
  protocol,
  remember,
  repeats,
  report,
  room,
  run,
  server,
  skip,
  step,
  textual,
  times,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 5905 §7.3: leap indicator (0 … 3), version (1 … 4), mode. */
const first = (...modes: number[]) => ({
  in: [0, 1, 2, 3].flatMap((leap) =>
    [1, 2, 3, 4].flatMap((version) => modes.map((mode) => (leap << 6) | (version << 3) | mode)),
  ),
});

/** 48 bytes; extension fields and a MAC may follow (§7.5). */
const size = room({ min: 48, max: 1024 });
/** Poll: log2 of 1 s … 36 h, or not given. Precision: log2 of less than 1 s, not given, or hidden (0x20). */
const poll = u8({ in: Array.from({ length: 18 }, (_, value) => value) });
const precision = u8({ in: [0, 0x20, ...Array.from({ length: 40 }, (_, index) => 255 - index)] });

const ZEROS = "\0".repeat(36);
/** A time of the clock from 2002 on: seconds since 1900. */
const recent = { min: 0xc0000000 };

/** Modes 1 and 3. Many clients send a transmit time only, which may be random (RFC 9109 §1), or none (RFC 4330 §5). */
const request = step(
  size,
  u8("first", first(1, 3)),
  u8({ max: 16 }),
  poll,
  precision,
  either(
    [
      capped(8, ZEROS),
      u32("seconds", { min: 0x01000000 }),
      u32("fraction"),
      remember("seconds"),
      remember("fraction"),
    ],
    [
      skip(12),
      either(u32(recent), u32(0)),
      skip(20),
      u32("seconds", recent),
      u32("fraction"),
      remember("seconds"),
      remember("fraction"),
    ],
    [capped(8, ZEROS), u32(0), u32(0)],
  ),
  accept,
  derive("version", { from: "first", and: 0x38, shift: 3 }),
  report("version"),
);

/** Modes 2 and 4: repeats what the client sent, and has received and sent within two seconds. Times from 2002 on. */
const reply = step(
  size,
  u8(first(2, 4)),
  u8("stratum", { max: 16 }),
  poll,
  precision,
  skip(20),
  u32("seconds"),
  repeats("seconds"),
  u32("fraction"),
  repeats("fraction"),
  u32("received", recent),
  skip(4),
  u32("sent", recent),
  skip(4),
  derive("next", { from: "received", plus: 1 }),
  either(equal("sent", "received"), equal("sent", "next")),
  accept,
  report("stratum"),
);

/**
 * Mode 6 (RFC 9327 §2): an operation, and the sequence number that an answer repeats; the count says what follows, padded
 * to four bytes, maybe with an authenticator.
 */
const control = (isAnswer: boolean, ...relation: Parameters<typeof step>) =>
  step(
    room({ min: 12, max: 1024 }),
    u8({ in: [0x0e, 0x16, 0x1e, 0x26] }),
    u8({ in: operations.map((code) => (isAnswer ? 0x80 : 0) | code) }),
    u16("sequence"),
    relation,
  );
const operations = [
  ...Array.from({ length: 13 }, (_, code) => code),
  31,
  ...Array.from({ length: 13 }, (_, code) => 0x20 | code),
  ...Array.from({ length: 13 }, (_, code) => 0x40 | code),
];
/** Status, association, offset. */
const position = [skip(2), skip(2), u16({ max: 4096 })];
const controlAsked = control(
  false,
  remember("sequence"),
  position,
  u16("count", { max: 468 }),
  skip("count"),
  accept,
);
/** Variables in text: name=value. */
const controlTold = control(
  true,
  repeats("sequence"),
  position,
  u16("count", { min: 3, max: 480 }),
  inside("count", run("a-z_", { min: 3, max: 24 }), "=", run(textual)),
  accept,
);

/**
 * Mode 7, which ntpdc speaks and RFC 5905 leaves to implementations: answer and more bits, a sequence, ntpd (2, 3), the
 * request; error and number of items, their size. Observed of ntpd 4.2.
 */
const privateAsked = step(
  u8({ in: [0x0f, 0x17, 0x1f, 0x27] }),
  u8(0),
  u8([0, 2, 3]),
  u8({ max: 46 }),
  u16({ max: 128 }),
  u16({ max: 500 }),
);
const privateTold = step(
  u8({ in: [0x8f, 0x97, 0x9f, 0xa7, 0xcf, 0xd7, 0xdf, 0xe7] }),
  u8({ max: 127 }),
  u8([0, 2, 3]),
  u8({ max: 46 }),
  u16("items", { min: 1, max: 128 }),
  u16("size", { min: 4, max: 500 }),
  times("items", 128, skip("size")),
  atEnd,
  accept,
);

const now = "e8c5f3a1 4b1f90d2";
const asked = hex(`e3 00 06 ec ${"00".repeat(36)} ${now}`);
const answered = (originate: string) =>
  hex(
    `24 02 06 e8 0000 0b2e 0000 0a1c c000 0207 e8c5f370 12345678 ${originate} e8c5f3a1 50a1b2c3 e8c5f3a1 50a7d1e5`,
  );

/** NTP and SNTP, versions 1 to 4. What one side says is too little for a name. */
export default protocol({
  name: "ntp",
  title: "Network Time Protocol",
  category: "infrastructure",
  source: "RFC 5905 §7.3, §8; RFC 9327 §2; draft-ietf-ntp-data-minimization §4; RFC 4330 §4, §5",
  ports: { udp: [123] },
  signatures: {
    exchange: { over: "udp", client: [request], server: [reply] },
    control: { over: "udp", client: [controlAsked], server: [controlTold] },
    private: { over: "udp", client: [privateAsked], server: [privateTold] },
  },
  facts: { version: numberFact("D5"), stratum: numberFact("D5") },
  samples: {
    yes: [
      udp(client(asked), server(answered(now))),
      udp(
        client(hex(`1b ${"00".repeat(39)} ${now}`)),
        server(answered(now).replace("\x24", "\x1c")),
      ),
      udp(
        client(asked + hex("0000 0001") + noise(16)),
        server(answered(now) + hex("0000 0001") + noise(16, 2)),
      ),
      udp(
        client(hex("16 02 0001 0000 0000 0000 0000")),
        server(hex("16 82 0001 0615 0000 0000 0018"), 'version="ntpd 4.2.8p15",'),
      ),
    ],
    weak: [
      udp(client(hex(`17 00 03 2a 00000000 ${"00".repeat(40)}`))),
      udp(server(hex("d7 00 03 2a 0002 0048"), noise(144))),
      udp(
        client(hex(`17 00 03 2a 00000000 ${"00".repeat(40)}`)),
        server(hex("97 00 03 2a 0002 0048"), noise(144)),
      ),
      udp(client(asked)),
      udp(client(hex(`23 00 06 20 ${"00".repeat(36)} 542641ea 89312335`))),
      udp(server(answered(now))),
    ],
    no: [
      udp(client(asked), server(answered("e8c5f3a1 00000000"))),
      udp(client(asked.slice(1))),
      udp(client(hex("1b"), "\0".repeat(46))),
    ],
  },
});
