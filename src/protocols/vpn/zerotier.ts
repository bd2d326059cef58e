import {
  accept,
  client,
  encrypted,
  equal,
  hex,
  noise,
  numberFact,
  protocol,
  report,
  room,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/**
 * HELLO, which is not encrypted: packet id, destination, source, cipher suite 0 and hops, a MAC, verb 1;
 * protocol and software version, the time in milliseconds, and the sender's identity: its address again,
 * key type 0, a public key of 64 bytes.
 */
const hello = step(
  room({ min: 120 }),
  skip(13),
  u32("source"),
  u8("sourceEnd"),
  u8({ max: 7 }),
  skip(8),
  "\x01",
  u8("version", { min: 1, max: 20 }),
  u8({ max: 4 }),
  u8({ max: 64 }),
  u16({ max: 255 }),
  hex("0000 01"),
  skip(5),
  u32("identity"),
  equal("identity", "source"),
  u8("identityEnd"),
  equal("identityEnd", "sourceEnd"),
  "\0",
  encrypted,
  encrypted,
  accept,
  report("version"),
);

const sample = (address: string) =>
  hex(
    `5e3a91b2c4d7f60e 778cde7190 8056c2e21c 00 1122334455667788 01 0b 01 0a 0006 0000018d8e0c5f3a ${address} 00`,
  ) + noise(80);

/** ZeroTier: the packet that opens a conversation of two nodes. */
export default protocol({
  name: "zerotier",
  title: "ZeroTier",
  category: "vpn",
  source: "ZeroTier protocol: Packet structure, VERB_HELLO (docs.zerotier.com/protocol)",
  ports: { udp: [9993] },
  signatures: { hello: { over: "udp", first: [hello] } },
  facts: { version: numberFact("D5") },
  samples: {
    yes: [udp(client(sample("8056c2e21c")))],
    no: [udp(client(sample("8056c2e21d"))), udp(client(sample("8056c2e21c").slice(0, 100)))],
  },
});
