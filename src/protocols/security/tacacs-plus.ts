import {
  accept,
  client,
  encrypted,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  server,
  sized,
  skip,
  step,
  tcp,
  u32,
  u8,
} from "../../language/vocabulary.js";

/** RFC 8907 §4.1: version 12.0 or 12.1; authentication, authorization or accounting; flags for plain text and one connection. */
const header = (sequence: number) => [
  u8({ min: 0xc0, max: 0xc1 }),
  u8("type", { min: 1, max: 3 }),
  u8(sequence),
  u8([0, 1, 4, 5]),
  u32("session"),
];

/** The client speaks first, and in all odd packets; a body is shorter than 64 KiB (§3.6). */
const request = step(
  header(1),
  remember("session"),
  remember("type"),
  u32("length", { min: 6, max: 0xffff }),
  skip("length"),
);
const reply = step(header(2), repeats("session"), repeats("type"), u32({ min: 5, max: 0xffff }));
/** A body that is obfuscated (§4.5), as all are but those of tests. */
const obfuscated = step(
  u8({ min: 0xc0, max: 0xc1 }),
  u8({ min: 1, max: 3 }),
  u8(1),
  u8([0, 4]),
  u32({ min: 0x01000000 }),
  u32({ min: 16, max: 0xffff }),
  encrypted,
  accept,
);

const body = noise(40);
const asked = hex("c0 01 01 00 3a91f2c4") + sized(4, body);
const answered = hex("c0 01 02 00 3a91f2c4") + sized(4, noise(16, 2));

const plain = hex("c1 01 01 01 00000007 0000000a 01 01 02 01 00 00 00 00 0000");

/** TACACS+: devices ask who may log in and do what. */
export default protocol({
  name: "tacacs-plus",
  title: "TACACS+",
  category: "security",
  source: "RFC 8907 §3.6, §4.1, §4.5",
  ports: { tcp: [49] },
  signatures: {
    exchange: { over: "tcp", client: [request], server: [reply] },
    request: { over: "tcp", client: [obfuscated] },
  },
  samples: {
    yes: [
      tcp(client(asked), server(answered)),
      tcp(client(plain), server(hex("c1 01 02 01 00000007 00000006 01 00 0000 0000"))),
    ],
    weak: [tcp(client(plain)), tcp(client(asked))],
    no: [
      tcp(client(plain), server(hex("c1 01 02 01 00000008 00000006 01 00 0000 0000"))),
      tcp(client(asked.replace("\xc0", "\xd0"))),
      tcp(client(asked.replace(hex("c00101"), hex("c00102")))),
      tcp(client(asked.replace(hex("c00101"), hex("c00401")))),
    ],
  },
});
