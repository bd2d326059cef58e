import {
  accept,
  capture,
  client,
  find,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  run,
  step,
  tcp,
  textFact,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** An object of JSON; version, host and short message are required, in any order. */
const message = [
  "{",
  find(1000, '"short_message"'),
  accept,
  find(2000, '"host":"'),
  capture("host", run("0-9A-Za-z._-", { max: 128 })),
];
/** Chunks: 1e 0f, an id, a number and how many there are, 128 at most. Two of one message. */
const chunk = (first: boolean) =>
  step(
    hex("1e0f"),
    u32("left"),
    u32("right"),
    ...["left", "right"].map((half) => (first ? remember(half) : repeats(half))),
    u8({ max: 127 }),
    u8("count", { min: 2, max: 128 }),
    first ? remember("count") : repeats("count"),
    accept,
  );

const log = '{"version":"1.1","host":"node.lab.example","short_message":"hello","level":5}';

/** GELF: log messages as JSON, over UDP also in chunks, over TCP ended by a 0. */
export default protocol({
  name: "gelf",
  title: "Graylog Extended Log Format",
  category: "management",
  source: "Graylog documentation, GELF 1.1: GELF via UDP, chunking, GELF via TCP",
  ports: { tcp: [12201], udp: [12201] },
  signatures: {
    message: { over: ["udp", "tcp"], client: [step(message)] },
    chunks: { over: "udp", client: [chunk(true), chunk(false)] },
  },
  facts: { host: textFact("D4", { bound: 128 }) },
  samples: {
    yes: [
      udp(client(log)),
      tcp(client(`${log}\0`)),
      udp(
        client(hex("1e0f 0102030405060708 00 02"), noise(200)),
        client(hex("1e0f 0102030405060708 01 02"), noise(100)),
      ),
    ],
    weak: [udp(client(hex("1e0f 0102030405060708 00 02"), noise(200)))],
    no: [
      udp(client('{"version":"1.1","host":"node"}')),
      udp(
        client(hex("1e0f 0102030405060708 00 02"), noise(200)),
        client(hex("1e0f 0102030405060709 01 02"), noise(100)),
      ),
      tcp(client('["short_message"]')),
    ],
  },
});
