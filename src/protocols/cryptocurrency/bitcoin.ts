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
/** In the middle of a conversation: what is said often, and how long it is. */
const message = step(
  skip(4),
  either(
    // What is empty has the checksum of nothing.
    [either(padded("verack"), padded("sendheaders"), padded("mempool")), u32le(0), hex("5df6e0e2")],
    // A nonce (BIP 31), a rate (BIP 133); compact blocks or not, and their version (BIP 152).
    [either(padded("ping"), padded("pong"), padded("feefilter")), u32le(8), skip(4)],
    [padded("sendcmpct"), u32le(9), skip(4), u8({ max: 1 }), u32le({ min: 1, max: 2 }), u32le(0)],
    // Versions of transactions; Zcash sets the highest bit (ZIP 202).
    [
      padded("tx"),
      u32le({ min: 60, max: 4000000 }),
      skip(4),
      u32le([1, 2, 3, 4, 0x80000003, 0x80000004, 0x80000005]),
    ],
    [
      either(
        ...[
          "addr",
          "addrv2",
          "inv",
          "getdata",
          "getheaders",
          "getblocks",
          "headers",
          "block",
          "cmpctblock",
        ].map(padded),
      ),
      u32le({ min: 1, max: 0x02000000 }),
      skip(4),
    ],
  ),
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
  source:
    "Bitcoin Developer Reference, P2P Network: Message Headers, Version, Data and Control Messages; BIP 14, 31, 133, 152; ZIP 202",
  ports: { tcp: [8333, 18333, 18444, 9333, 9999, 22556] },
  signatures: {
    version: { over: "tcp", first: [version], reply: [version] },
    message: { over: "tcp", first: [message] },
  },
  facts: { software: textFact("D5", { list: 2 }) },
  samples: {
    yes: [
      tcp(client(hello), server(hello)),
      tcp(client(hex(MAGIC), padded("ping"), hex("08000000 5e3a91b2"), noise(8))),
      tcp(client(hex(MAGIC), padded("tx"), hex("fa000000 5e3a91b2 02000000 0001"), noise(244))),
      tcp(client(hex(MAGIC), padded("inv"), hex("25000000 5e3a91b2 01 01000000"), noise(32))),
    ],
    no: [
      tcp(client(hex(MAGIC), "version ".padEnd(12, "\0"), hex("66000000 5e3a91b2"))),
      tcp(client(hex(MAGIC), padded("ping"), hex("080000ff 5e3a91b2"), noise(8))),
    ],
  },
});
