import {
  accept,
  client,
  derive,
  either,
  encrypted,
  hex,
  noise,
  not,
  protocol,
  remains,
  server,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/**
 * discv4 "Wire Protocol": a hash (32 bytes), a signature (r, s and the recovery id 0 or 1), the type. What stands
 * behind is asked first: whether bytes look encrypted takes 160 instructions, and any datagram would be asked six times.
 */
const header = (type: string) => [
  not(not(skip(96), u8({ max: 1 }), type)),
  encrypted,
  encrypted,
  encrypted,
  encrypted,
  encrypted,
  encrypted,
  u8({ max: 1 }),
  type,
];
/** RLP: a list whose length fills the datagram; a short one says it in its first byte. */
const short = [
  u8("size", { min: 0xc0, max: 0xf7 }),
  derive("left", { from: "size", plus: -0xc0 }),
  remains("left"),
];
const long = either(
  ["\xf8", u8("size", { min: 56 }), remains("size")],
  ["\xf9", u16("size", { min: 256, max: 1280 }), remains("size")],
);
/** An endpoint: the list of an IP address of 0, 4 or 16 bytes and two ports. */
const endpoint = [u8("length", { min: 0xc3, max: 0xd7 }), u8([0x80, 0x84, 0x90])];
/** A time, in four bytes until 2106. */
const expiration = ["\x84", skip(4)];

/** Ping (1): version 4, two endpoints. Pong (2): an endpoint, the hash that it answers. */
const ping = step(header("\x01"), either(short, long), "\x04", endpoint, accept);
const pong = step(
  header("\x02"),
  either(short, long),
  endpoint,
  derive("left", { from: "length", plus: -0xc1 }),
  skip("left"),
  "\xa0",
  skip(32),
  expiration,
  accept,
);
/** FindNode (3): a key of 64 bytes. Neighbors (4): a list of nodes. */
const findNode = step(header("\x03"), long, hex("b840"), skip(64), expiration, accept);
const neighbors = step(
  header("\x04"),
  either(
    [long, either(["\xf8", skip(1)], ["\xf9", skip(2)]), hex("f8"), u8({ min: 70, max: 96 })],
    [hex("c6 c0"), expiration],
  ),
  accept,
);
/** ENRRequest (5): only the time, here from 2017 to 2038. ENRResponse (6): the hash that it answers, a record that begins with its signature. */
const recordRequest = step(
  header("\x05"),
  hex("c584"),
  u32({ min: 0x5a000000, max: 0x7fffffff }),
  accept,
);
const record = step(
  header("\x06"),
  long,
  "\xa0",
  skip(32),
  hex("f8"),
  skip(1),
  hex("b840"),
  accept,
);

/**
 * RLPx "Initial Handshake" with EIP-8: the size of what follows, an uncompressed point (4) of ECIES.
 * Behind 113 bytes of ECIES stand signature, key and nonce (of the answer: key and nonce), and 100 to 300 random bytes.
 */
const handshake = (min: number, max: number) =>
  step(u16({ min, max }), "\x04", encrypted, encrypted, encrypted, encrypted, accept);

const head = noise(96) + "\0";
const here = "cb 84 c0000207 82765f 82765f";

/** Ethereum: discovery v4 of its nodes, and the handshake of RLPx. */
export default protocol({
  name: "ethereum",
  title: "Ethereum",
  category: "cryptocurrency",
  source: "ethereum/devp2p: discv4.md §Wire Protocol; rlpx.md §Initial Handshake; EIP-8; EIP-868",
  ports: { tcp: [30303], udp: [30303] },
  signatures: {
    ping: { over: "udp", first: [ping] },
    pong: { over: "udp", first: [pong] },
    "find-node": { over: "udp", first: [findNode] },
    neighbors: { over: "udp", first: [neighbors] },
    "record-request": { over: "udp", first: [recordRequest] },
    record: { over: "udp", first: [record] },
    rlpx: { over: "tcp", client: [handshake(340, 700)], server: [handshake(280, 620)] },
  },
  samples: {
    yes: [
      udp(client(head, hex(`01 de 04 ${here} ${here} 84 65a1b2c3`))),
      udp(client(head, hex("02 f2"), hex(here), hex("a0"), noise(32), hex("84 65a1b2c3"))),
      udp(client(head, hex("03 f847 b840"), noise(64), hex("84 65a1b2c3"))),
      udp(
        server(
          head,
          hex("04 f856 f84f f84d 84 c0000207 82765f 82765f b840"),
          noise(64),
          hex("84 65a1b2c3"),
        ),
      ),
      udp(client(head, hex("05 c5 84 65a1b2c3"))),
      udp(server(head, hex("06 f89d a0"), noise(32), hex("f87a b840"), noise(120))),
      tcp(client(hex("0195 04"), noise(404)), server(hex("0151 04"), noise(336))),
    ],
    weak: [tcp(client(hex("0195 04"), noise(404)))],
    no: [
      udp(client(head, hex(`01 df 04 ${here} ${here} 84 65a1b2c3`))),
      udp(client(noise(96), hex("02 05 c5 84 65a1b2c3"))),
      udp(client("\0".repeat(97), hex(`01 de 04 ${here} ${here} 84 65a1b2c3`))),
      tcp(client(hex("0195 03"), noise(404)), server(hex("0151 03"), noise(336))),
    ],
  },
});
