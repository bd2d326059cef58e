import {
  accept,
  capture,
  client,
  either,
  hex,
  noise,
  printable,
  protocol,
  run,
  server,
  skip,
  step,
  tcp,
  textFact,
  u32le,
  u8,
  within,
} from "../../language/vocabulary.js";

const padded = (command: string) => command.padEnd(12, "\0");

/** A number that tells the network (each coin has its own), a command padded with zeros, the length, a checksum. */
const version = step(
  skip(4),
  padded("version"),
  u32le({ min: 85, max: 1024 }),
  skip(4),
  accept,
  // The user agent stands behind versions, services, time, two addresses and a nonce, with its length in front.
  skip(80),
  u8("length"),
  within("length", capture("software", run(printable))),
);
/** In the middle of a conversation: what is said often. */
const message = step(
  skip(4),
  either(
    ...[
      "verack",
      "addr",
      "addrv2",
      "inv",
      "getdata",
      "getheaders",
      "getblocks",
      "headers",
      "block",
      "tx",
      "ping",
      "pong",
      "sendheaders",
      "sendcmpct",
      "cmpctblock",
      "feefilter",
      "mempool",
    ].map(padded),
  ),
  u32le({ max: 0x02000000 }),
  skip(4),
  accept,
);

const MAGIC = "f9beb4d9";
const agent = "/Satoshi:25.0.0/";
const hello =
  hex(`${MAGIC}`) +
  padded("version") +
  hex("66000000 5e3a91b2 80110100 0904000000000000 b3a2c16500000000") +
  noise(60) +
  String.fromCharCode(agent.length) +
  agent +
  hex("00350c00 01");

/** Bitcoin's peers, and those of the coins that keep its messages. */
export default protocol({
  name: "bitcoin",
  title: "Bitcoin",
  category: "cryptocurrency",
  source: "Bitcoin Developer Reference, P2P Network: Message Headers, Version; BIP 14",
  ports: { tcp: [8333, 18333, 18444, 9333, 9999, 22556] },
  signatures: {
    version: { over: "tcp", first: [version], reply: [version] },
    message: { over: "tcp", first: [message] },
  },
  facts: { software: textFact("D5", { list: 2 }) },
  samples: {
    weak: [tcp(client(hex(MAGIC), padded("ping"), hex("08000000 5e3a91b2"), noise(8)))],
    yes: [tcp(client(hello), server(hello))],
    no: [
      tcp(client(hex(MAGIC), "version ".padEnd(12, "\0"), hex("66000000 5e3a91b2"))),
      tcp(client(hex(MAGIC), padded("ping"), hex("080000ff 5e3a91b2"), noise(8))),
    ],
  },
});
