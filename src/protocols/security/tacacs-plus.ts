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
/**
 * A body that is obfuscated (§4.5), as all are but those of tests. Version 12.1 is authentication's alone (§4.1). Names, addresses
 * and arguments of a device make less than 256 bytes; what is longer waits for its answer.
 */
const obfuscated = (...start: Parameters<typeof step>) =>
  step(start, u8([0, 4]), u32({ min: 0x01000000 }), u32({ min: 16, max: 255 }), encrypted, accept);

const body = noise(40);
const asked = hex("c0 01 01 00 3a91f2c4") + sized(4, body);
const long = hex("c0 01 01 00 3a91f2c4") + sized(4, noise(300));
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
    authentication: { over: "tcp", client: [obfuscated(u8([0xc0, 0xc1]), "\x01\x01")] },
    authorization: { over: "tcp", client: [obfuscated("\xc0\x02\x01")] },
    accounting: { over: "tcp", client: [obfuscated("\xc0\x03\x01")] },
  },
  samples: {
    yes: [
      tcp(client(asked), server(answered)),
      tcp(client(asked)),
      tcp(client(asked.replace(hex("c00101"), hex("c00201")))),
      tcp(client(long), server(answered)),
      tcp(client(plain), server(hex("c1 01 02 01 00000007 00000006 01 00 0000 0000"))),
    ],
    weak: [
      tcp(client(plain)),
      tcp(client(long)),
      tcp(client(asked.replace(hex("c00101"), hex("c00301")))),
    ],
    no: [
      tcp(client(plain), server(hex("c1 01 02 01 00000008 00000006 01 00 0000 0000"))),
      tcp(client(asked.replace("\xc0", "\xd0"))),
      tcp(client(asked.replace(hex("c00101"), hex("c00102")))),
      tcp(client(asked.replace(hex("c00101"), hex("c00401")))),
    ],
  },
});
