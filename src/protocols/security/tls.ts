import {
  accept,
  capped,
  check,
  client,
  derive,
  dissect,
  either,
  encrypted,
  equal,
  headers,
  hex,
  lineEnd,
  noise,
  opt,
  protocol,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  textual,
  u16,
  u24,
  u8,
  visible,
} from "../../language/vocabulary.js";
import {
  certificateMessage,
  clientHelloFacts,
  clientHelloMessage,
  serverFacts,
  serverHelloMessage,
} from "../formats/tls-hello.js";

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
/** RFC 8446 §5.2: 2^14 bytes, and 256 more when protected (older versions: 2,048). */
const LENGTH_MAX = 16384 + 2048;

/** RFC 8446 §5.1: the record that carries a handshake message begins with it. */
const handshake = (type: number, longest: number) => [
  u8(HANDSHAKE),
  u16({ min: 0x0300, max: 0x0303 }),
  u16("record", { min: 42, max: 16384 }),
  u8(type),
  u24({ min: 38, max: longest }),
  u16("legacy", { min: 0x0300, max: 0x0303 }),
  skip(32),
  u8("session", { max: 32 }),
  skip("session"),
];

/** RFC 8446 §4.1.2, RFC 5246 §7.4.1.2. Post-quantum key shares make it longer than a packet. */
const clientHello = step(
  handshake(1, 0xffff),
  u16("ciphers", { min: 2, max: 0x0fff }),
  skip("ciphers"),
  u8("methods", { min: 1, max: 16 }),
  accept,
  dissect("tls-handshake"),
  clientHelloMessage(),
);

/**
 * The same in more than one record, which §5.1 allows, however short the first one is: three bytes do not say how long the
 * message is. Its words are read of what the records hold together, all of it before it is a name.
 */
const fragmentedHello = step(
  u8(HANDSHAKE),
  u16({ min: 0x0300, max: 0x0303 }),
  either(u16({ min: 1, max: 3 }), [
    u16("record", { min: 4, max: 16384 }),
    u8(1),
    u24("message", { min: 38, max: 0xffff }),
    derive("left", { from: "message", plus: 4, less: "record" }),
    check("left", { min: 1, max: 0xffff }),
  ]),
  dissect("tls-handshake"),
  clientHelloMessage("", u16({ min: 0x0300, max: 0x0303 })),
  accept,
);

/**
 * RFC 5246 §E.2: what clients say that know SSL 2 too: version, then three lengths that fill the record. The ciphers have
 * three bytes each.
 */
const compatibleHello = step(
  u16("record", { min: 0x801c, max: 0x83ff }),
  u8(1),
  u16([2, 0x0300, 0x0301, 0x0302, 0x0303]),
  u16("ciphers", { min: 3, max: 0x0300 }),
  u16("session", [0, 16]),
  u16("challenge", { min: 16, max: 32 }),
  derive("whole", { from: "ciphers", plus: 0x8009, more: "session" }),
  derive("whole", { from: "whole", more: "challenge" }),
  equal("whole", "record"),
  skip("ciphers"),
  accept,
);

/** A hello of which the capture holds the first bytes only: no name, because what makes it one is behind them. */
const begun = (type: number) =>
  step(
    capped(
      28,
      u8(HANDSHAKE),
      u16({ min: 0x0300, max: 0x0303 }),
      u16("record", { min: 42, max: 16384 }),
      u8(type),
      u24({ min: 38, max: 0xffff }),
      u16({ min: 0x0300, max: 0x0303 }),
    ),
  );

/** RFC 8446 §4.1.3, RFC 5246 §7.4.1.3. Older versions send more messages in the same record. */
const serverHello = step(
  handshake(2, 0x0fff),
  u16(),
  u8(0),
  accept,
  dissect("tls-handshake"),
  serverHelloMessage(),
  opt(certificateMessage()),
);

/** A connection joined after its handshake: records in a row. RFC 8446 §5.1. */
const dataRecord = [
  u8(APPLICATION_DATA),
  u16({ min: 0x0301, max: 0x0303 }),
  u16("size", { min: 1, max: LENGTH_MAX }),
  skip("size"),
];
const nextRecord = [
  u8({ min: 20, max: 23 }),
  u16({ min: 0x0301, max: 0x0303 }),
  u16({ min: 1, max: LENGTH_MAX }),
];

/** Protected alerts: two bytes, behind a nonce or padded, with a MAC; RFC 8446 §6, RFC 5246 §6.2.3, RFC 7905 §2. */
const alert = step(
  u8(ALERT),
  u16({ min: 0x0301, max: 0x0303 }),
  u16("size", { in: [18, 19, 22, 26, 32, 34, 48, 64] }),
  derive("before", { from: "size", plus: -16 }),
  skip("before"),
  encrypted,
);

const handshakeRecord = [
  u8(HANDSHAKE),
  u16({ min: 0x0301, max: 0x0303 }),
  u16("record", { min: 36, max: 16384 }),
];

/** RFC 5246 §7.4.2: the whole list has a length, and each certificate, which is a SEQUENCE, its own. */
const certificate = step(
  handshakeRecord,
  u8(11),
  u24("message", { min: 32, max: 0xffff }),
  u24("list", { max: 0xffff }),
  derive("rest", { from: "message", plus: -3 }),
  equal("list", "rest"),
  u24({ min: 29, max: 0x7fff }),
  hex("30 82"),
  accept,
  dissect("tls-handshake"),
  certificateMessage(),
);

/** RFC 5246 §7.4.7, §7.1: the client's key, and the change of ciphers behind it. */
const keyExchange = step(
  handshakeRecord,
  u8(16),
  u24("message", { max: 0x0fff }),
  derive("whole", { from: "message", plus: 4 }),
  equal("record", "whole"),
  skip("message"),
  u8(CHANGE_CIPHER_SPEC),
  u16({ min: 0x0301, max: 0x0303 }),
  hex("0001 01"),
);

/**
 * A tunnel through a proxy: RFC 9110 §9.3.6, RFC 9112 §3.2.3. It is no evidence of TLS, whose hellos follow behind the empty
 * lines. A proxy that asks for a password first ends it.
 */
const version1 = ["HTTP/1.", u8({ min: 0x30, max: 0x31 })];
const connect = step(
  capped(0, "CONNECT ", run(visible, { max: 300 }), " ", version1, lineEnd, headers({}), lineEnd),
);
const established = step(
  capped(
    0,
    version1,
    " 2",
    run("0-9", { min: 2, max: 2 }),
    opt(" ", run(textual, { min: 0 })),
    lineEnd,
    headers({}),
    lineEnd,
  ),
);

const helloOf = (version: string, ...extensions: string[]) =>
  `${hex(version)}${noise(32)}${sized(1, noise(32, 2))}${sized(2, hex("1301 1302 c02f 009c"))}${sized(1, hex("00"))}${sized(2, ...extensions)}`;
const record = (type: string, message: string) =>
  `${hex("16 0301")}${sized(2, hex(type) + sized(3, message))}`;
const inRecords = (message: string, ...cuts: number[]) =>
  [0, ...cuts]
    .map((cut, index) => hex("16 0301") + sized(2, message.slice(cut, cuts[index])))
    .join("");
const sni = (host: string) => hex("0000") + sized(2, sized(2, `\0${sized(2, host)}`));
const alpn = hex("0010 000e 000c 02") + `h2${hex("08")}http/1.1`;
const versions = hex("002b 0007 06 3a3a 0304 0303");

const der = (tag: string, ...parts: string[]) => hex(`${tag} 82`) + sized(2, ...parts);
const nameOf = (text: string) =>
  der("30", der("31", der("30", hex("0603 550403 0c") + sized(1, text))));
/** A certificate with an Ed25519 key, without a signature. */
const certificateOf = (subject: string, issuer: string) =>
  der(
    "30",
    der(
      "30",
      hex("020101"),
      der("30", hex("0603 2b6570")),
      nameOf(issuer),
      der("30", hex("17") + sized(1, "250101000000Z"), hex("17") + sized(1, "350101000000Z")),
      nameOf(subject),
      der("30", der("30", hex("0603 2b6570")), hex("0321 00") + noise(32)),
    ),
  );
const chain = [
  certificateOf("example.org", "Some CA"),
  certificateOf("Some CA", "Some Root"),
  certificateOf("Some Root", "Some Root"),
];

/** TLS, by either hello or by its records; SSL 3.0 too. DTLS is another protocol. */
export default protocol({
  name: "tls",
  title: "TLS",
  category: "security",
  source:
    "RFC 8446 §4, §5.1; RFC 5246 §6.2, §7.4; RFC 6066 §3; RFC 7301 §3.1; in tunnels: RFC 9110 §9.3.6",
  // IANA; and where Apple's and Google's notifications are (support.apple.com/102266; Firebase, "FCM ports").
  ports: {
    tcp: [
      443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 2376, 3269, 4433, 5061, 5223, 5228,
      5349, 5671, 5986, 6514, 6697, 8443, 8883,
    ],
  },
  signatures: {
    "client-hello": { over: "tcp", client: [clientHello], exempt: "tls" },
    "fragmented-hello": { over: "tcp", client: [fragmentedHello], exempt: "tls" },
    "server-hello": { over: "tcp", server: [serverHello], exempt: "tls" },
    data: {
      over: "tcp",
      first: [step(dataRecord)],
      reply: [step(dataRecord)],
      both: true,
      exempt: "tls",
    },
    tunnel: {
      over: "tcp",
      client: [connect, clientHello],
      server: [established, serverHello],
      exempt: "tls",
      implies: ["http/request", "http/response"],
    },
    "fragmented-tunnel": {
      over: "tcp",
      client: [connect, fragmentedHello],
      server: [established, serverHello],
      exempt: "tls",
      implies: ["http/request", "http/response"],
    },
    certificate: { over: "tcp", server: [certificate], exempt: "tls" },
    "key-exchange": { over: "tcp", client: [keyExchange], exempt: "tls" },
    alert: { over: "tcp", first: [alert], exempt: "tls" },
    records: { over: "tcp", first: [step(dataRecord, nextRecord)], exempt: "tls" },
    "v2-hello": { over: "tcp", client: [compatibleHello], exempt: "tls" },
    "hello-begins": { over: "tcp", client: [begun(1)], exempt: "tls" },
    "answer-begins": { over: "tcp", server: [begun(2)], exempt: "tls" },
  },
  facts: {
    ...clientHelloFacts("ja3", "ja4-tcp"),
    ...serverFacts(),
  },
  samples: {
    yes: [
      tcp(
        client(record("01", helloOf("0303", sni("example.org"), alpn, versions))),
        server(
          record(
            "02",
            `${hex("0303")}${noise(32, 3)}${sized(1, noise(32, 2))}${hex("1301 00")}${sized(2, hex("002b 0002 0304"))}`,
          ),
          hex("14 0303 0001 01"),
        ),
      ),
      tcp(client(record("01", helloOf("0301")))),
      tcp(
        client(
          // One message in two records: RFC 8446 §5.1.
          inRecords(hex("01") + sized(3, helloOf("0303", sni("two.example.org"), versions)), 100),
        ),
      ),
      ...[1, 3, 5, 40, 75].map((first) =>
        tcp(
          client(
            inRecords(
              hex("01") + sized(3, helloOf("0303", sni("cut.example.org"), versions)),
              first,
              first + 1,
              90,
            ),
          ),
        ),
      ),
      tcp(
        client("CONNECT cut.example.org:443 HTTP/1.1\r\n\r\n"),
        server("HTTP/1.0 200 OK\r\n\r\n"),
        client(
          inRecords(hex("01") + sized(3, helloOf("0303", sni("cut.example.org"), versions)), 20),
        ),
        server(record("02", `${hex("0303")}${noise(32)}${sized(1)}${hex("c02f 00")}`)),
      ),
      tcp(
        client(record("01", helloOf("0303", hex("0033") + sized(2, noise(1300)), sni("x.test")))),
      ),
      tcp(server(record("02", `${hex("0303")}${noise(32)}${sized(1)}${hex("c02f 00")}`))),
      tcp(client(hex("17 0303 0010"), noise(16)), server(hex("17 0303 0020"), noise(32))),
      tcp(server(hex("17 0303 0040"), noise(64), hex("17 0303 0020"), noise(32))),
      tcp(
        server(
          hex("16 0303"),
          sized(2, hex("0b"), sized(3, sized(3, sized(3, hex("30 82 01f6"), noise(500))))),
        ),
      ),
      tcp(
        server(
          hex("16 0303"),
          sized(2, hex("0b"), sized(3, sized(3, ...chain.map((each) => sized(3, each))))),
        ),
      ),
      tcp(
        client(
          hex("16 0303"),
          sized(2, hex("10"), sized(3, sized(1, "\x04", noise(64)))),
          hex("14 0303 0001 01 16 0303 0028"),
          noise(40),
        ),
      ),
      tcp(
        client(
          hex(
            "8037 01 0301 001e 0000 0010 000039 000038 000035 000016 000013 00000a 000033 000032 00002f 0000ff",
          ),
          noise(16),
        ),
      ),
      tcp(client(hex("15 0303 001a 0000 0000 0000 0002"), noise(18))),
      tcp(
        client("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n"),
        server("HTTP/1.1 200 Connection established\r\n\r\n"),
        client(record("01", helloOf("0303", sni("example.org"), alpn, versions))),
        server(
          record("02", `${hex("0303")}${noise(32, 3)}${sized(1, noise(32, 2))}${hex("1301 00")}`),
        ),
      ),
    ],
    weak: [
      tcp(client(hex("16 0301 0200 01 0001fc 0303"), noise(20))),
      tcp(server(hex("16 0303 0080 02 00004c 0303"), noise(20))),
      tcp(client("CONNECT mail.example.org:443 HTTP/1.1\r\n\r\n")),
      tcp(client(hex("17 0303 0010"), noise(16))),
    ],
    no: [
      tcp(
        client("CONNECT example.org:22 HTTP/1.1\r\n\r\n"),
        server("HTTP/1.1 200 Connection established\r\n\r\n"),
        client("SSH-2.0-OpenSSH_9.2\r\n"),
      ),
      tcp(
        client("CONNECT example.org:443 HTTP/1.1\r\n\r\n"),
        server("HTTP/1.1 403 Forbidden\r\n\r\n"),
        client(record("01", helloOf("0303", sni("example.org")))),
      ),
      tcp(client(hex("15 0301 0002 0228"))),
      tcp(client(hex("16 0301 0100 02"), noise(200))),
      tcp(client(hex("16 fefd 0000 0000 0000 0000 0050 01"), noise(80))),
      tcp(client(hex("17 0303 0010"), noise(64))),
    ],
  },
});
