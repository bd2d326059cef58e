import {
  accept,
  client,
  derive,
  either,
  hex,
  protocol,
  rest,
  server,
  sized,
  step,
  tcp,
  u16,
  u32,
  u8,
  within,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

/** 0-9-1 §2.2.4 (and 0-8, 0-9, 0-10); 1.0 §2.2 (plain, TLS, SASL). */
const header = step(
  "AMQP",
  either(
    hex("00 000901"),
    hex("01 010800"),
    hex("01 010009"),
    hex("01 01000a"),
    hex("00 010000"),
    hex("02 010000"),
    hex("03 010000"),
  ),
  accept,
  startedTls,
);
/** 1.0 part 5 §5.2: the same header says that TLS begins. */
const answer = step(accept, "AMQP", hex("02 010000"), answeredTls);

/** Classes and methods: 0-9-1 §1; 0x55 confirm is RabbitMQ's. */
const method = [
  u16({ in: [10, 20, 30, 40, 50, 60, 70, 80, 85, 90] }),
  u16({ min: 10, max: 120 }),
  rest,
];
/** Connection.Start, with version 0-9 and a table: 0-9-1 §1.4.2.1. */
const start = step(
  hex("01 0000"),
  u32("size", { min: 20, max: 65535 }),
  within("size", hex("000a 000a 0009"), u32("table", { min: 1, max: 65535 }), rest),
  "\xce",
);
/** 0-9-1 §2.3: method, header, body and heartbeat, each ended by 0xce. */
const frame = step(
  either(
    ["\x01", u16({ max: 4095 }), u32("size", { min: 4, max: 0xfffff }), within("size", method)],
    [
      "\x02",
      u16({ min: 1, max: 4095 }),
      u32("size", { min: 14, max: 0xfffff }),
      within("size", u16({ in: [20, 50, 60, 90] }), u16(0), rest),
    ],
    ["\x03", u16({ min: 1, max: 4095 }), u32("size", { max: 0xfffff }), within("size", rest)],
    hex("08 0000 00000000"),
  ),
  "\xce",
);

/** 1.0 §2.3, §2.7, part 5 §5.3: a performative is a list, described by a small number. */
const performative = step(
  u32("size", { min: 12, max: 0xffffff }),
  derive("left", { from: "size", plus: -4 }),
  within(
    "left",
    "\x02",
    either(
      ["\0", u16(), hex("0053"), u8({ min: 0x10, max: 0x18 })],
      ["\x01", u16(), hex("0053"), u8({ min: 0x40, max: 0x44 })],
    ),
    u8({ in: [0x45, 0xc0, 0xd0] }),
    rest,
  ),
);

const method091 = (channel: string, ...parts: string[]) =>
  hex(`01${channel}`) + sized(4, ...parts) + hex("ce");

/** AMQP, 0-8 to 0-9-1 and 1.0: the header that opens a connection, or frames from the middle. */
export default protocol({
  name: "amqp",
  title: "AMQP",
  category: "messaging",
  source: "AMQP 0-9-1 §1, §2.2, §2.3; OASIS AMQP 1.0 part 2 §2.2, §2.3, §2.7, part 5 §5.2, §5.3",
  ports: { tcp: [5672] },
  signatures: {
    header: { over: "tcp", first: [header], reply: [answer] },
    start: { over: "tcp", server: [start] },
    frames: { over: "tcp", first: [frame, frame] },
    performative: { over: "tcp", first: [performative] },
  },
  facts: startedTlsFacts,
  samples: {
    yes: [
      tcp(
        client("AMQP", hex("02010000")),
        server("AMQP", hex("02010000")),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(
        client("AMQP", hex("00000901")),
        server(
          method091(
            "0000",
            hex("000a000a 0009 0000000f"),
            sized(1, "product"),
            "S",
            sized(4, "ab"),
            sized(4, "PLAIN"),
            sized(4, "en_US"),
          ),
        ),
      ),
      tcp(client("AMQP", hex("03010000")), server("AMQP", hex("03010000"))),
      tcp(
        server(
          method091(
            "0000",
            hex("000a000a 0009 0000000f"),
            sized(1, "product"),
            "S",
            sized(4, "ab"),
            sized(4, "PLAIN"),
            sized(4, "en_US"),
          ),
        ),
      ),
      tcp(
        client(
          method091("0001", hex("003c0028 0000 00"), sized(1, "tasks"), hex("00")),
          hex("02 0001 0000000e 003c0000 0000000000000005 0000 ce"),
          hex("03 0001 00000005"),
          "hello",
          hex("ce"),
        ),
      ),
      tcp(client(hex("0800000000 0000ce"), hex("0800000000 0000ce"))),
      tcp(client(hex("0000 0014 02 00 0000 00 53 18 c0 07 01 60 0000 0000 00"))),
      tcp(
        server(hex("0000 001a 02 01 0000 00 53 40 c0 0d 01 e0 0a 01 a3 05"), "PLAIN", hex("0000")),
      ),
    ],
    no: [
      tcp(client("AMQP", hex("00000801"))),
      tcp(client(hex("0800000000 0000ce"))),
      tcp(client(hex("0800000000 0000cf"), hex("0800000000 0000cf"))),
      tcp(client(hex("0000 0014 02 00 0000 00 53 19 c0 07 01 60 0000 0000 00"))),
    ],
  },
});
