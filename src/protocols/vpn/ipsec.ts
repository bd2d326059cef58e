import {
  accept,
  advances,
  client,
  derive,
  either,
  encrypted,
  hex,
  noise,
  numberFact,
  protocol,
  remains,
  remember,
  repeats,
  report,
  room,
  server,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

type Words = Parameters<typeof step>;

/** RFC 2408 §3.1, RFC 7296 §3.1: the length counts from the header's first byte on, 28 of them before the payloads. */
const length = [
  u32("length", { min: 28, max: 65535 }),
  derive("left", { from: "length", plus: -28 }),
  remains("left"),
];
/** The first half of the initiator's SPI, or cookie; version 1 compares it with other messages. */
const spi = u32("spi", { min: 0x01000000 });
const version = (byte: number) => [
  u8("version", byte),
  derive("version", { from: "version", shift: 4 }),
];

/** Payloads of version 1 (IANA): association, key exchange, ids, hash, nonce, notification, deletion, vendor, NAT discovery. */
const PAYLOADS_1 = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 130];
/** RFC 2409 §5: main (2) or aggressive mode (4) opens with an association: DOI, identity only (RFC 2407 §4.2). */
const opening1 = [
  spi,
  skip(4),
  u32(0),
  u32(0),
  "\x01",
  version(0x10),
  u8([2, 4]),
  "\0",
  u32(0),
  length,
  u8([0, ...PAYLOADS_1]),
  "\0",
  u16({ min: 12 }),
  u32([0, 1]),
  u32(1),
  accept,
  report("version"),
];
/** Both modes go on in clear and then encrypted (flag 1); quick mode (32), new group (33), information (5), configuration (6). */
const any1 = (...relation: Words) => [
  spi,
  relation,
  skip(12),
  u8(PAYLOADS_1),
  version(0x10),
  either(
    [u8([2, 4]), "\0", u32(0), length, u8([0, ...PAYLOADS_1]), "\0", u16({ min: 5, max: 4096 })],
    [u8([2, 4]), "\x01", u32(0), length, encrypted],
    [u8([5, 6, 32, 33]), "\x01", u32({ min: 1 }), length, encrypted],
    [u8(5), "\0", skip(4), length, u8([0, ...PAYLOADS_1]), "\0", u16({ min: 8, max: 4096 })],
  ),
  accept,
  report("version"),
];

/** A payload of version 2: what comes next, reserved bits behind the critical one, a length. */
const payload = [u8([0, 33, 34, 40, 41, 43]), u8([0, 0x80]), u16({ min: 8, max: 4096 })];
/** RFC 7296 §1.2: IKE_SA_INIT (34), message 0, begins with an association (33), or a notification (41); flags: §3.1. */
const opening2 = (spis: Words, flags: string) => [
  spis,
  u8([33, 41]),
  version(0x20),
  "\x22",
  flags,
  u32(0),
  length,
  payload,
  accept,
  report("version"),
];
/** IKE_AUTH (35), CREATE_CHILD_SA (36), INFORMATIONAL (37), IKE_INTERMEDIATE (43): encrypted (46), or a fragment of it (53). */
const next2 = [
  u32({ min: 1 }),
  skip(4),
  u32({ min: 1 }),
  skip(4),
  u8([46, 53]),
  version(0x20),
  u8([35, 36, 37, 43]),
  u8([0, 0x08, 0x20, 0x28]),
  u32({ max: 0x0000ffff }),
  length,
  u8([0, 33, 34, 35, 36, 39, 40, 41, 42, 43, 44, 47, 48]),
  u8([0, 0x80]),
  u16("payload", { min: 20 }),
  derive("inner", { from: "payload", plus: -4 }),
  remains("inner"),
  encrypted,
  accept,
  report("version"),
];

/** Everything on port 500, and on port 4500, where four zeros come first (RFC 3948 §2.2). */
const signatures = (suffix: string, ...marker: Words) => ({
  [`v1-opening${suffix}`]: { over: "udp", client: [step(marker, opening1)] } as const,
  [`v1${suffix}`]: {
    over: "udp",
    first: [step(marker, any1(remember("spi"))), step(marker, any1(repeats("spi")))],
    reply: [step(marker, any1(repeats("spi")))],
  } as const,
  [`v2-request${suffix}`]: {
    over: "udp",
    client: [step(marker, opening2([spi, skip(4), u32(0), u32(0)], "\x08"))],
  } as const,
  [`v2-response${suffix}`]: {
    over: "udp",
    server: [step(marker, opening2([spi, skip(12)], "\x20"))],
  } as const,
  [`v2${suffix}`]: { over: "udp", first: [step(marker, next2)] } as const,
});

/**
 * RFC 3948 §2.1: ESP in place of the marker: an SPI of at least 256, then a number that goes up (RFC 4303 §2).
 * OpenVPN's data (0x30, 0x48 …) has the same form behind its own first byte; 0x14 … 0x17 may be TLS.
 */
const encapsulated = (...relations: readonly [Words, Words, Words]) =>
  step(
    room({ min: 28, max: 9000 }),
    either(
      u32("spi", { min: 256, max: 0x13ffffff }),
      u32("spi", { min: 0x18000000, max: 0x2fffffff }),
      u32("spi", { min: 0x38000000, max: 0x47ffffff }),
      u32("spi", { min: 0x50000000 }),
    ),
    relations[0],
    u16("far", { max: 0x00ff }),
    relations[1],
    u16("near"),
    relations[2],
    encrypted,
    accept,
  );

const later = encapsulated([repeats("spi")], [repeats("far")], [advances("near", 16)]);

const COOKIE = "5e3a91b2 c4d7f60e";
const ike = (cookies: string, header: string, body: string) =>
  hex(`${cookies} ${header}`) + hex((28 + body.length).toString(16).padStart(8, "0")) + body;
const association1 =
  hex("0d000038 00000001 00000001 0000002c 00010001") + noise(36) + hex("0000000c") + noise(8, 2);
const main = ike(`${COOKIE} 0000000000000000`, "01 10 02 00 00000000", association1);
const init = ike(
  `${COOKIE} 0000000000000000`,
  "21 20 22 08 00000000",
  hex("22000030 0000002c 01010004") + noise(36) + hex("00000024 00130000") + noise(28, 2),
);
const inited = ike(
  `${COOKIE} 91fd07c328a6be54`,
  "21 20 22 20 00000000",
  hex("22000030 0000002c 01010004") + noise(36) + hex("00000024 00130000") + noise(28, 2),
);
const authenticated = ike(
  `${COOKIE} 91fd07c328a6be54`,
  "2e 20 23 08 00000001",
  hex("23 00 0054") + noise(80),
);
const quick = (seed: number) =>
  ike(`${COOKIE} 91fd07c328a6be54`, "08 10 20 01 7c12e5a9", noise(120, seed));
const esp = (sequence: string, seed: number) => hex(`c7a1b23d ${sequence}`) + noise(100, seed);
const MARKER = "\0\0\0\0";

/** The key exchange of IPsec, versions 1 and 2, and ESP over UDP. */
export default protocol({
  name: "ipsec",
  title: "IPsec (IKE, ESP over UDP)",
  category: "vpn",
  source: "RFC 2408 §3; RFC 2409 §5; RFC 7296 §1.2, §3; RFC 3948 §2; RFC 8229 §3; RFC 4303 §2",
  ports: { tcp: [4500], udp: [500, 4500] },
  signatures: {
    ...signatures(""),
    ...signatures("-marked", u32(0)),
    esp: {
      over: "udp",
      first: [encapsulated([remember("spi")], [remember("far")], [remember("near")]), later, later],
    },
    tcp: { over: "tcp", client: [step("IKETCP", u16({ min: 32 }))] },
  },
  facts: { version: numberFact("D5") },
  samples: {
    yes: [
      udp(client(main)),
      udp(client(quick(1)), server(quick(2)), client(quick(3))),
      udp(client(init), server(inited)),
      udp(server(inited)),
      udp(client(authenticated)),
      udp(client(MARKER + main)),
      udp(client(MARKER + quick(1)), server(MARKER + quick(2)), client(MARKER + quick(3))),
      udp(client(MARKER + init)),
      udp(server(MARKER + inited)),
      udp(client(MARKER + authenticated)),
      udp(client(esp("00000001", 1)), client(esp("00000002", 2)), client(esp("00000004", 3))),
      tcp(client("IKETCP", hex("0120 00000000"), init)),
    ],
    weak: [udp(client(esp("00000001", 1)))],
    no: [
      udp(client(`${main}\0`)),
      udp(client(init.slice(0, -1))),
      udp(client(MARKER + init.replace("\x22\x08", "\x29\x08"))),
      udp(client(esp("00000002", 1)), client(esp("00000001", 2))),
      udp(client(esp("00000001", 1)), client(esp("00000200", 2))),
    ],
  },
});
