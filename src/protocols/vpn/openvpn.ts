import {
  accept,
  advances,
  atEnd,
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
  sized,
  skip,
  step,
  tcp,
  u16,
  u24,
  u32,
  u8,
  udp,
  within,
} from "../../language/vocabulary.js";

type Words = Parameters<typeof step>;

/** A random session id, remembered or repeated in its two halves. */
const half = (name: string) => u32(name, { min: 0x00010000 });
const ids = [half("high"), remember("high"), half("low"), remember("low")];
const sameIds = [half("high"), repeats("high"), half("low"), repeats("low")];

/** Nothing is acknowledged, message 0. Or: one message, 0, of the session that is repeated; message 0. */
const opens = ["\0", u32(0)];
const answers = ["\x01", u32(0), sameIds, u32(0)];

/** Replay protection: the first packets, and a clock from 2002 on. */
const fresh = [u32({ min: 1, max: 255 }), u32({ min: 0x3c000000, max: 0x7fffffff })];
/** tls-auth: an HMAC of SHA-1, MD5, SHA-256, SHA-384 or SHA-512 stands in front of that. */
const signed = (message: Words, size: number) =>
  either(
    ...[20, 16, 32, 48, 64].map((hmac) => [
      room(size + hmac + 8),
      encrypted,
      skip(hmac - 16),
      fresh,
      ...message,
      atEnd,
    ]),
  );
/** tls-crypt: behind it come a tag of 32 bytes and the message in ciphertext. */
const wrapped = (size: number) => [room(size + 40), fresh, encrypted, encrypted, skip(size), atEnd];
/** tls-crypt-v2: the packet number may say early negotiation (0x0f), and the client's wrapped key follows. */
const keyed = [
  room({ min: 300, max: 1400 }),
  u32([1, 2, 3, 0x0f000001, 0x0f000002, 0x0f000003]),
  u32({ min: 0x3c000000, max: 0x7fffffff }),
  encrypted,
  encrypted,
  accept,
];

/** P_CONTROL_HARD_RESET_CLIENT_V2 (7) or _V3 (10) with key 0; the server's is 8: opcode << 3, then a session id. */
const reset = (...words: Words) => ["\x38", ids, words];
const resetV3 = ["\x50", ids, keyed];
const answer = (...words: Words) => ["\x40", skip(8), words];
/** P_CONTROL_V1 (4) or P_ACK_V1 (5) of the session that was opened. */
const goesOn = [u8([0x20, 0x28]), sameIds, accept];

const plain = [reset(room(5), opens, atEnd), goesOn, answer(room(17), answers, atEnd)];
const auth = [reset(signed(opens, 5)), goesOn, answer(signed(answers, 17))];
const crypt = [reset(wrapped(5)), goesOn, answer(wrapped(17))];
/** Its answer is tls-crypt's, and may carry more in early negotiation. */
const crypt2 = [resetV3, goesOn, answer(fresh, encrypted, encrypted, accept)];

const overUdp = ([open, next, reply]: Words) =>
  ({ over: "udp", client: [step(open!), step(next!)], server: [step(reply!)] }) as const;
/** On TCP each packet has its length in front. */
const framed = (...words: Words) =>
  step(u16("size", { min: 14, max: 1400 }), within("size", words));
const overTcp = ([open, , reply]: Words) =>
  ({ over: "tcp", client: [framed(open!)], server: [framed(reply!)] }) as const;

/** P_DATA_V2 (9): a peer's number, a packet number that goes up, what is encrypted. */
const data = (...relations: readonly [Words, Words, Words]) =>
  step(
    u8({ min: 0x48, max: 0x4f }),
    u24("peer", { max: 1023 }),
    relations[0],
    u16("far", { max: 0x00ff }),
    relations[1],
    u16("near"),
    relations[2],
    encrypted,
    encrypted,
    accept,
  );
const flow = [
  data([remember("peer")], [remember("far")], [remember("near")]),
  data([repeats("peer")], [repeats("far")], [advances("near", 64)]),
];

const mine = hex("5e3a91b2 c4d7f60e");
const theirs = hex("91fd07c3 28a6be54");
const clock = hex("00000001 65c1a2b3");
const asked = hex("38") + mine;
const told = hex("40") + theirs;
const acknowledged = hex("01 00000000") + mine + hex("00000000");

/** OpenVPN: its hard reset in all protections, over UDP and TCP, and its data. */
export default protocol({
  name: "openvpn",
  title: "OpenVPN",
  category: "vpn",
  source:
    "draft-openvpn-wire-protocol (OpenVPN Wire Protocol) §3, §4: packet types, control packets, tls-auth, tls-crypt, tls-crypt-v2, data",
  ports: { tcp: [1194], udp: [1194] },
  signatures: {
    reset: overUdp(plain),
    auth: overUdp(auth),
    crypt: overUdp(crypt),
    crypt2: overUdp(crypt2),
    "tcp-reset": overTcp(plain),
    "tcp-auth": overTcp(auth),
    "tcp-crypt": overTcp(crypt),
    data: { over: "udp", first: flow },
  },
  samples: {
    yes: [
      udp(
        client(asked, hex("00 00000000")),
        server(told, acknowledged),
        client(hex("20"), mine, hex("00 00000001"), noise(200)),
      ),
      udp(client(asked, hex("00 00000000")), client(hex("28"), mine, hex("01 00000000"), theirs)),
      udp(
        client(asked, noise(20), clock, hex("00 00000000")),
        server(told, noise(20, 3), clock, acknowledged),
        client(hex("28"), mine, noise(20, 5), clock),
      ),
      udp(
        client(asked, noise(64), clock, hex("00 00000000")),
        client(hex("28"), mine, noise(64, 5), clock),
      ),
      udp(
        client(asked, clock, noise(37)),
        server(told, clock, noise(49, 3)),
        client(hex("20"), mine, clock, noise(300)),
      ),
      udp(
        client(hex("50"), mine, hex("0f000001 65c1a2b3"), noise(330)),
        server(told, clock, noise(60, 3)),
        client(hex("20"), mine, clock, noise(300)),
      ),
      tcp(client(sized(2, asked, hex("00 00000000"))), server(sized(2, told, acknowledged))),
      tcp(
        client(sized(2, asked, noise(20), clock, hex("00 00000000"))),
        server(sized(2, told, noise(20, 3), clock, acknowledged)),
      ),
      tcp(client(sized(2, asked, clock, noise(37))), server(sized(2, told, clock, noise(49, 3)))),
      udp(
        client(hex("48 000000 00000001"), noise(100)),
        client(hex("48 000000 00000002"), noise(90, 3)),
      ),
    ],
    weak: [
      udp(client(asked, hex("00 00000000"))),
      udp(client(asked, noise(64), clock, hex("00 00000000"))),
    ],
    no: [
      udp(client(asked, hex("00 00000000")), server(told, acknowledged.replace("\x5e", "\x5f"))),
      udp(client(asked, hex("00 00000000 00")), server(told, acknowledged)),
      udp(client(asked, noise(20), hex("00000001 00c1a2b3 00 00000000"))),
      udp(
        client(hex("48 000000 00000002"), noise(100)),
        client(hex("48 000000 00000001"), noise(90, 3)),
      ),
    ],
  },
});
