import {
  accept,
  atEnd,
  byte,
  capture,
  check,
  client,
  derive,
  digits,
  either,
  encrypted,
  except,
  headers,
  hex,
  inside,
  letters,
  lineEnd,
  noise,
  not,
  numberFact,
  opt,
  protocol,
  readFact,
  remember,
  repeat,
  repeats,
  report,
  room,
  run,
  server,
  set,
  skip,
  step,
  tcp,
  textFact,
  textual,
  u16,
  u32,
  u8,
  udp,
  until,
  visible,
} from "../../language/vocabulary.js";
import { decimal } from "../formats/decimal.js";

/** BEP 3 "peer protocol": 19, the name, 8 reserved bytes, info hash, peer id (BEP 20: `-`, client and version, `-`). */
const handshake = step(
  "\x13BitTorrent protocol",
  accept,
  skip(28),
  "-",
  capture("software", run(set(letters, "~"), { min: 2, max: 2 }), run("0-9A-Za-z")),
);

/** BEP 3: `request` (6) of a block of 16 KiB, which several are sent of. BEP 52 keeps it. */
const request = [
  u32(13),
  u8(6),
  u32({ max: 0x00ffffff }),
  u32({ max: 0x3fffffff, mask: 0x3fff, bits: 0 }),
  u32(0x4000),
];
const requests = step(request, request);
/** BEP 3: `piece` (7): index, begin, and 16 KiB; what is shared is compressed mostly. */
const piece = step(
  u32(0x4009),
  u8(7),
  u32({ max: 0x0000ffff }),
  u32({ max: 0x03ffffff, mask: 0x3fff, bits: 0 }),
  encrypted,
  accept,
);

/** BEP 3: a string's length. */
const size = [decimal("size", 5), ":"];
/** BEP 5: who asks chooses some bytes, which the answer repeats. */
const transaction = (fact: string) => [
  "1:t",
  size,
  check("size", { min: 1, max: 20 }),
  capture(fact, skip("size")),
];

/** BEP 5: arguments begin with the sender's id, behind "bs" of BEP 44 tools; keys are sorted (BEP 3). */
const id = [opt("2:bsi1e"), "2:id20:", skip(20)];
/** Who is asked for peers; a node that only reads says so (BEP 43). */
const peersAsked = [
  repeat(0, 200, not("e1:q9:get_peers"), skip(1)),
  "e1:q9:get_peers",
  opt("2:roi1e"),
  transaction("asked"),
];
const query = step("d1:ad", id, accept, peersAsked);
/** BEP 42 puts the receiver's address in front. */
const address = opt("2:ip", either(["6:", skip(6)], ["18:", skip(18)]));
const response = step("d", address, "1:rd", id, accept);
const failure = step("d", address, "1:eli20", u8({ min: 0x31, max: 0x34 }), "e", run(digits), ":");

/** BEP 14; the port of the peer and a hash follow. */
const discovery = step("BT-SEARCH * HTTP/1.1\r\n");

/** BEP 15: the magic constant, action 0 (connect), a transaction id. */
const connect = step(room(16), hex("00000417 27101980 00000000"), skip(4), atEnd);

/** Compact peers (BEP 23): an address and a port. A program gives 32 values, and one is the transaction. */
const PEERS_MAX = 15;
const peerAddress = [u32("peer"), report("peer"), u16("peer-port"), report("peer-port")];
/** BEP 5: peers of a torrent, in a response; keys are sorted, and nodes of up to 416 bytes and a token come before. */
const values = [
  "d",
  address,
  "1:rd",
  id,
  repeat(0, 600, not("6:valuesl6:"), skip(1)),
  "6:valuesl",
  repeat(1, PEERS_MAX, "6:", peerAddress),
  repeat(0, 200, "6:", skip(6)),
  "ee",
  transaction("answered"),
];
const table = step(either(["d1:ad", id, peersAsked], values));
/** BEP 15: an announcement to a tracker, and the answer: interval, leechers, seeders, peers. */
const tracked = step(
  either(
    [
      u32(1),
      capture("answered", skip(4)),
      u32({ min: 1, max: 86400 }),
      u32({ max: 0xfffff }),
      u32({ max: 0xfffff }),
      repeat(1, PEERS_MAX, peerAddress),
    ],
    [room({ min: 98 }), skip(8), u32(1), capture("asked", skip(4))],
  ),
);

/**
 * BEP 3: a tracker is asked over HTTP too, with the torrent's hash, and answers with a dictionary in bencoding, whose keys are sorted.
 * Its peers are compact (BEP 23; BEP 7: of IPv6) or a list of dictionaries.
 */
const announce = step(
  "GET /",
  run(except(" ?", "\0-\x1f"), { min: 0, max: 512 }),
  "?",
  repeat(0, 24, not("info_hash="), run(except(" &", "\0-\x1f"), { min: 0, max: 512 }), "&"),
  "info_hash=",
  run(visible, { min: 20, max: 2048 }),
  " HTTP/1.",
  byte("01"),
  lineEnd,
  headers({}),
  lineEnd,
);
/** An address of a dictionary, its port behind it (keys are sorted). */
const listed = [
  "d2:ip",
  size,
  inside("size", capture("listed", run("0-9A-Fa-f:.", { max: 45 }))),
  opt("7:peer id20:", skip(20)),
  "4:porti",
  capture("listed-port", run(digits, { max: 5 })),
  "ee",
];
const peerAddress6 = [
  capture("peer6", skip(16)),
  u16("peer-port"),
  report("peer6-port", "peer-port"),
];
const told = step(
  accept,
  "HTTP/1.",
  byte("01"),
  " 200",
  run(textual, { min: 0 }),
  lineEnd,
  headers({}),
  lineEnd,
  // RFC 9112 §7.1: the first chunk.
  opt(run("0-9A-Fa-f", { max: 4 }), lineEnd),
  "d",
  repeat(0, 32, not("5:peers"), skip(1), until("5")),
  "5:peers",
  either(["l", repeat(1, 16, listed)], [size, inside("size", repeat(0, 16, peerAddress))]),
  opt("6:peers6", size, inside("size", repeat(0, 16, peerAddress6))),
);

/** BEP 29: version 1; extensions are selective acknowledgement (1), 2 of libtorrent, and close reason (3). */
const extension = u8({ max: 3 });
const micro = (type: number, ...connection: Parameters<typeof step>) => [
  u8((type << 4) | 1),
  extension,
  ...connection,
  skip(12),
];
/** ST_SYN (4) has 20 bytes or an extension; what it acknowledges is 0. */
const synchronise = step(
  room({ min: 20, max: 64 }),
  micro(4, u16("connection", { min: 0x100, max: 0xfeff }), remember("connection")),
  u16("sequence"),
  remember("sequence"),
  u16(0),
);
/** ST_STATE (2) answers with the same connection and repeats the number. */
const state = step(
  room({ min: 20, max: 64 }),
  micro(2, u16("connection", { min: 0x100, max: 0xfeff }), repeats("connection")),
  skip(2),
  u16("acknowledged"),
  repeats("acknowledged", "sequence"),
);
/** ST_DATA (0) or ST_STATE of who opened: the connection one higher. */
const next = step(
  room({ min: 20 }),
  u8([0x01, 0x21]),
  extension,
  u16("connection", { min: 0x101 }),
  derive("opened", { from: "connection", plus: -1 }),
  repeats("opened", "connection"),
  skip(14),
  u16({ min: 0 }),
  accept,
);

const peer = (software: string) =>
  `\x13BitTorrent protocol${hex("0000 0000 0010 0005")}${noise(20)}-${software}-${noise(12, 3)}`;
const asks = (index: string, begin: string) => hex(`0000000d 06 ${index} ${begin} 00004000`);
const micros = (type: string, connection: string, numbers: string) =>
  hex(`${type} 00 ${connection} 5c21a0f4 000003e8 00040000 ${numbers}`);

/** BitTorrent: peers over TCP and uTP, the distributed hash table, trackers over UDP, and discovery on the local network. */
export default protocol({
  name: "bittorrent",
  title: "BitTorrent",
  category: "file-sharing",
  source: "BEP 3; BEP 5; BEP 14; BEP 15; BEP 20; BEP 23; BEP 29 (bittorrent.org)",
  ports: {
    tcp: [6881, 6882, 6883, 6884, 6885, 6886, 6887, 6888, 6889, 51413],
    udp: [6771, 6881, 6882, 6883, 6884, 6885, 6886, 6887, 6888, 6889, 51413],
  },
  signatures: {
    handshake: { over: "tcp", first: [handshake], reply: [handshake] },
    request: { over: "tcp", first: [requests] },
    piece: { over: "tcp", first: [piece] },
    "dht-query": { over: "udp", first: [query], watch: table },
    "dht-response": { over: "udp", first: [response], watch: table },
    "dht-error": { over: "udp", first: [failure] },
    discovery: { over: "udp", first: [discovery] },
    tracker: { over: "udp", client: [connect], watch: tracked },
    "tracker-http": {
      over: "tcp",
      client: [announce],
      server: [told],
      told: true,
      implies: ["http/request", "http/response"],
    },
    utp: { over: "udp", first: [synchronise, next], reply: [state] },
  },
  facts: { software: textFact("D5", { list: 2, bound: 8 }) },
  inspects: {
    asked: readFact("hexadecimal", "D5"),
    answered: readFact("hexadecimal", "D5"),
    peer: numberFact("D5"),
    "peer-port": numberFact("D5"),
    peer6: readFact("address", "D5"),
    "peer6-port": numberFact("D5"),
    listed: textFact("D5"),
    "listed-port": textFact("D5"),
  },
  exchange: { asked: "asked", answered: "answered" },
  // Peers are third parties; only the one who was told of them is expected there.
  announces: ["peer", "peer6", "listed"].flatMap((host) =>
    (["tcp", "udp"] as const).map((over) => ({
      protocol: "bittorrent",
      over,
      port: `${host}-port`,
      address: host,
      elsewhere: true,
    })),
  ),
  samples: {
    yes: [
      tcp(server(hex("00004009 07 00000012 00004000"), noise(300))),

      tcp(client(peer("TR3000")), server(peer("qB4520"))),
      tcp(client(asks("00000012", "00000000"), asks("00000012", "00004000"))),
      udp(client(`d1:ad2:id20:${noise(20)}e1:q4:ping1:t2:aa1:v4:LT011:y1:qe`)),
      udp(server(`d2:ip6:${hex("c0000207 1ae1")}1:rd2:id20:${noise(20)}1:pi6881ee1:t2:aa1:y1:re`)),
      udp(server("d1:eli201e23:A Generic Error Ocurrede1:t2:aa1:y1:ee")),
      udp(
        client(
          "BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: 0123456789abcdef0123456789abcdef01234567\r\n\r\n\r\n",
        ),
      ),
      udp(client(hex("00000417 27101980 00000000 5e3a91b2"))),
      ...[
        `d8:intervali1800e5:peers6:${hex("c0000207 1ae1")}6:peers618:${hex("20010db8 00000000 00000000 00000007 1ae2")}e`,
        "d8:intervali1800e5:peersld2:ip9:192.0.2.77:peer id20:-qB4520-abcdefghijkl4:porti6881eeee",
      ].map((dictionary) =>
        tcp(
          client(
            "GET /announce?info_hash=%08%7D%0E%BC%86%98%89%1EYK%95%9B%99b%A9%3As%A5%B6%F2&port=6881 HTTP/1.1\r\nHost: tracker.example.org\r\n\r\n",
          ),
          server(`HTTP/1.1 200 OK\r\nContent-Length: ${dictionary.length}\r\n\r\n${dictionary}`),
        ),
      ),
      udp(
        client(micros("41", "5d21", "8c31 0000")),
        server(micros("21", "5d21", "0001 8c31")),
        client(micros("01", "5d22", "8c32 0001") + noise(68)),
      ),
    ],
    weak: [udp(client(micros("41", "5d21", "8c31 0000")))],
    no: [
      tcp(client("\x13BitTorrent Protocol" + noise(48))),
      tcp(
        client(
          hex("0000000d 06 00000012 00000001 00004000 0000000d 06 00000012 00004001 00004000"),
        ),
      ),
      udp(client(`d1:ad2:ix20:${noise(20)}e1:q4:ping1:t2:aa1:y1:qe`)),
      udp(client(hex("00000417 27101980 00000000 5e3a91b2 00"))),
      udp(
        client(micros("41", "5d21", "8c31 0000")),
        server(micros("21", "5d23", "0001 8c31")),
        client(micros("01", "5d22", "8c32 0001") + noise(68)),
      ),
      udp(client("M-SEARCH * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\n\r\n")),
    ],
  },
});
