import {
  accept,
  capped,
  client,
  either,
  hex,
  noise,
  oneOf,
  opt,
  protocol,
  server,
  skip,
  step,
  tcp,
  u32,
  u8,
  within,
} from "../../language/vocabulary.js";

const zeros = (count: number) => "\0".repeat(count);
/** ConnectRequest (zookeeper.jute): version 0, last transaction, timeout, session, password of 16 bytes; since 3.4 whether reading is enough. */
const connect = step(
  u32("size", [44, 45]),
  within(
    "size",
    zeros(4),
    skip(8),
    u32({ min: 1, max: 0xffffff }),
    either(
      [zeros(8), hex("00000010"), zeros(16)],
      [u32({ min: 1 }), u32(), hex("00000010"), skip(16)],
    ),
    opt(u8({ max: 1 })),
  ),
  accept,
);
/** A new session, which is all zeros. */
const fresh = step(
  hex("000000"),
  u8("size", [44, 45]),
  within(
    "size",
    zeros(4),
    zeros(8),
    u32({ min: 1, max: 0xffffff }),
    zeros(8),
    hex("00000010"),
    zeros(16),
    opt(u8({ max: 1 })),
  ),
);
/** ConnectResponse: version, timeout, session, password. */
const connected = step(
  u32("size", [36, 37]),
  within(
    "size",
    zeros(4),
    u32({ min: 1, max: 0xffffff }),
    skip(8),
    hex("00000010"),
    skip(16),
    opt(u8({ max: 1 })),
  ),
  accept,
);
/** Commands of four letters, and how the answers begin. */
const word = step(capped(20, oneOf("ruok", "stat", "srvr", "mntr", "conf", "envi", "cons")));
const answer = step(
  oneOf(
    "imok",
    "Zookeeper version: ",
    "zk_version\t",
    "clientPort=",
    "Environment:\n",
    "This ZooKeeper",
  ),
);

/** ZooKeeper, for clients. */
export default protocol({
  name: "zookeeper",
  title: "Apache ZooKeeper",
  category: "infrastructure",
  source:
    "Apache ZooKeeper: zookeeper.jute (ConnectRequest, ConnectResponse); Administrator's Guide, The Four Letter Words",
  ports: { tcp: [2181] },
  signatures: {
    fresh: { over: "tcp", client: [fresh] },
    session: { over: "tcp", client: [connect], server: [connected] },
    word: { over: "tcp", client: [word], server: [answer], both: true },
  },
  samples: {
    yes: [
      tcp(
        client(
          hex(
            `0000002d 00000000 0000000000000000 00007530 0000000000000000 00000010 ${"00".repeat(16)} 00`,
          ),
        ),
      ),
      tcp(
        client(
          hex("0000002c 00000000 0000000100000007 00007530 0100abcd12340001 00000010"),
          noise(16),
        ),
        server(hex("00000025 00000000 00007530 0100abcd12340001 00000010"), noise(16), "\0"),
      ),
      tcp(client("ruok"), server("imok")),
    ],
    no: [
      tcp(
        client(
          hex(
            `0000002d 00000001 0000000000000000 00007530 0000000000000000 00000010 ${"00".repeat(16)} 00`,
          ),
        ),
      ),
      tcp(client("ruok"), server("nope")),
      tcp(client("ruok")),
    ],
  },
});
