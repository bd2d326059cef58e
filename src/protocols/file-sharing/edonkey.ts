import {
  accept,
  atEnd,
  byte,
  client,
  either,
  encrypted,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  room,
  server,
  skip,
  step,
  tcp,
  times,
  u16le,
  u32le,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** §5: a tag's type (0x80 added: its name is one byte). */
/** §6.2.1, §6.4.1: a port that is not 0, a small number of tags; the first has a name of one byte. */
const hello = [
  skip(16),
  skip(4),
  u16le({ min: 1 }),
  u32le({ min: 1, max: 32 }),
  either(
    [byte("\x02\x03"), hex("0100"), u8({ min: 1 })],
    [
      u8([0x82, 0x83, 0x88, 0x89, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99]),
      u8({ min: 1 }),
    ],
  ),
];
/** §3: 0xe3, the length, a type. Hello has the length of the hash (16) in front of it, login and the answer have not. */
const greeting = step(
  "\xe3",
  u32le("length", { min: 26, max: 1024 }),
  either(["\x01\x10", hello], ["\x01", hello], ["\x4c", hello]),
  accept,
);

/** Kademlia 2 of eMule, over UDP: 0xe4 and the operation. */
const find = step(
  room(35),
  "\xe4\x21",
  u8([1, 2, 4, 11]),
  ["a", "b", "c", "d"].map((name) => [u32le(name), remember(name)]),
  skip(16),
);
const found = step(
  "\xe4\x29",
  ["a", "b", "c", "d"].map((name) => [u32le(name), repeats(name)]),
  u8({ max: 20 }),
  accept,
);
/** A tag has a type, a name of one byte, and a number. */
const named = [hex("0100"), skip(1)];
const tag = either(
  [byte("\x09\x89"), named, skip(1)],
  [byte("\x08\x88"), named, skip(2)],
  [byte("\x03\x83"), named, skip(4)],
  [byte("\x0b\x8b"), named, skip(8)],
);
/** Hello: an id, a TCP port, a version up to 10, tags. */
const kadHello = (operation: string) =>
  step(
    "\xe4",
    operation,
    encrypted,
    u16le({ min: 1 }),
    u8({ min: 2, max: 10 }),
    u8("tags", { max: 4 }),
    times("tags", 4, tag),
    atEnd,
  );
/** Bootstrap: asked with two bytes, answered with an id, a port, a version, and contacts of 25 bytes. */
const bootstrap = step(room(2), "\xe4\x01", atEnd);
const contacts = step(
  "\xe4\x09",
  encrypted,
  u16le({ min: 1 }),
  u8({ min: 2, max: 10 }),
  u16le({ max: 20 }),
  accept,
);
const ping = step(room(2), "\xe4\x60", atEnd);
const pong = step(room(4), "\xe4\x61", u16le({ min: 1 }), atEnd);

/** §6.3: status of a server: a challenge, repeated with users and files. */
const status = step(
  room(6),
  "\xe3\x96",
  u32le("challenge", { min: 0x01000000 }),
  remember("challenge"),
);
const stated = step(
  room({ min: 14, max: 128 }),
  "\xe3\x97",
  u32le("challenge", { min: 0x01000000 }),
  repeats("challenge"),
  u32le({ max: 0x00ffffff }),
  accept,
);

const helloBytes = (operation: string) => {
  const body =
    operation +
    noise(16) +
    hex("c0000207 3612 02000000") +
    hex("0201000104006e616d65 03010011 3c000000");
  return `\xe3${String.fromCharCode(body.length, 0, 0, 0)}${body}`;
};

/** eDonkey2000 and eMule, with eMule's Kademlia. */
export default protocol({
  name: "edonkey",
  title: "eDonkey",
  category: "file-sharing",
  source:
    "Kulbak, Bickson: The eMule Protocol Specification (2005) §3, §5, §6; A. Klimkin, eDonkey Protocol 0.6.2 §2.3 (http://jmule.org/files/eDonkey-protocol-0.6.2.html); Kademlia 2: libed2k (BSD), kad_packet_struct.hpp (https://github.com/qmule/libed2k)",
  ports: { tcp: [4661, 4662], udp: [4665, 4672] },
  signatures: {
    hello: { over: "tcp", first: [greeting] },
    "kad-search": { over: "udp", first: [find], reply: [found] },
    "kad-hello": { over: "udp", first: [kadHello("\x11")], reply: [kadHello("\x19")] },
    "kad-answer": { over: "udp", first: [kadHello("\x19")] },
    "kad-bootstrap": { over: "udp", first: [bootstrap], reply: [contacts] },
    "kad-ping": { over: "udp", first: [ping], reply: [pong] },
    status: { over: "udp", client: [status], server: [stated] },
  },
  samples: {
    yes: [
      tcp(client(helloBytes("\x01\x10")), server(helloBytes("\x4c"))),
      udp(
        client(hex("e4 21 02") + noise(16) + noise(16, 3)),
        server(hex("e4 29") + noise(16) + "\0"),
      ),
      udp(client(hex("e4 11") + noise(16) + hex("3612 09 01 890100fc 01"))),
      udp(
        client(hex("e4 11") + noise(16) + hex("3612 09 00")),
        server(hex("e4 19") + noise(16, 4) + hex("1236 08 00")),
      ),
      udp(client(hex("e4 19") + noise(16) + hex("3612 08 01 090100fc 01"))),
      udp(
        client(hex("e4 01")),
        server(hex("e4 09") + noise(16) + hex("3612 08 0100") + noise(25, 9)),
      ),
      udp(client(hex("e4 60")), server(hex("e4 61 3612"))),
      udp(client(hex("e3 96 5e3a91b2")), server(hex("e3 97 5e3a91b2 10270000 40420f00 20a10700"))),
    ],
    weak: [udp(client(hex("e4 60")))],
    no: [
      tcp(client(helloBytes("\x02\x10"))),
      udp(
        client(hex("e4 21 02") + noise(16) + noise(16, 3)),
        server(hex("e4 29") + noise(16, 4) + "\0"),
      ),
      udp(client(hex("e4 11") + "\0".repeat(16) + hex("3612 09 01 890100fc 01"))),
      udp(client(hex("e3 96 5e3a91b2 00"))),
    ],
  },
});
