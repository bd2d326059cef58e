/**
 * Hello messages as TLS, DTLS and QUIC carry them: RFC 8446 §4.1.2, §4.1.3. They are read for facts
 * only, behind what is evidence.
 */
import {
  capture,
  dissect,
  either,
  type Fact,
  hex,
  hostFact,
  inside,
  noise,
  numbered,
  numberFact,
  opt,
  readFact,
  repeat,
  report,
  sized,
  skip,
  textFact,
  u16,
  u24,
  u8,
  type Word,
} from "../../language/vocabulary.js";

export const TLS_VERSIONS = numbered(
  "768 SSL 3.0, 769 TLS 1.0, 770 TLS 1.1, 771 TLS 1.2, 772 TLS 1.3",
);
/** Those of DTLS count downwards: 1.0, 1.2 (RFC 6347 §4.1), 1.3 (RFC 9147 §4). OpenSSL's before 1.0 is 0x0100. */
export const DTLS_VERSIONS = numbered(
  "65279 DTLS 1.0, 65277 DTLS 1.2, 65276 DTLS 1.3, 256 DTLS 1.0 (draft)",
);
const VERSIONS = { ...TLS_VERSIONS, ...DTLS_VERSIONS };

/** IANA, TLS Supported Groups: those in use. The last ones are hybrids with ML-KEM, and with what it was as a draft. */
const GROUPS = numbered(
  "23 secp256r1, 24 secp384r1, 25 secp521r1, 29 x25519, 30 x448, 256 ffdhe2048, 257 ffdhe3072, 258 ffdhe4096, " +
    "512 MLKEM512, 513 MLKEM768, 514 MLKEM1024, 4587 SecP256r1MLKEM768, 4588 X25519MLKEM768, 4589 SecP384r1MLKEM1024, " +
    "25497 X25519Kyber768Draft00, 25498 SecP256r1Kyber768Draft00",
);
const numbersOf = (names: Readonly<Record<number, string>>) => ({
  in: Object.keys(names).map(Number),
});

/**
 * Extensions that say what a connection is about to do: RFC 5077 §3.2, RFC 8446 §4.2.10, §4.2.11,
 * RFC 9849 §5 (what the server's name is then is the outer one), draft-ietf-tls-esni-02 §8.
 */
const FEATURES = numbered(
  "35 session-ticket, 41 pre-shared-key, 42 early-data, 65037 ech, 65486 esni",
);

export const extension = (type: number, ...body: Word[]): Word[] => [
  u16(type),
  u16("n"),
  inside("n", ...body),
];
const anyExtension: Word[] = [u16(), u16("n"), skip("n")];

/**
 * What a ClientHello ends with. `prefix` stands before the names of the facts; `own` are extensions that only the protocol
 * has that carries it.
 */
export function clientExtensions(prefix = "", ...own: Word[]): Word {
  const fact = (key: string) => `${prefix}${key}`;
  /** RFC 6066 §3: a list of one name. */
  const serverName = extension(0, u16(), u8(0), u16("n"), capture(fact("sni"), skip("n")));
  /** RFC 7301 §3.1. */
  const protocols = extension(16, u16(), repeat(1, 16, u8("n"), capture(fact("alpn"), skip("n"))));
  /** RFC 8446 §4.2.1; the values of RFC 8701 are passed over. */
  const offered = extension(
    43,
    u8(),
    repeat(1, 32, either([u16("v", numbersOf(VERSIONS)), report(fact("offered"), "v")], u16())),
  );
  /** RFC 8446 §4.2.7. */
  const groups = extension(
    10,
    u16(),
    repeat(1, 32, either([u16("v", numbersOf(GROUPS)), report(fact("groups"), "v")], u16())),
  );
  const feature = [
    u16("v", numbersOf(FEATURES)),
    report(fact("features"), "v"),
    u16("n"),
    skip("n"),
  ];
  return opt(
    u16("n"),
    inside(
      "n",
      repeat(0, 100, either(serverName, protocols, offered, groups, feature, ...own, anyExtension)),
    ),
  );
}

/** The words are what the fingerprints of a client are made of. */
export const fingerprinted = (prefix: string, ...words: Word[]): Word =>
  capture(`${prefix}ja3`, capture(`${prefix}ja4`, ...words));

/** A ClientHello, with its handshake header; `legacyVersion` reads the two bytes behind that; `own` as above. */
export const clientHelloMessage = (
  prefix = "",
  legacyVersion: Word = skip(2),
  ...own: Word[]
): Word =>
  fingerprinted(
    prefix,
    u8(1),
    u24("message"),
    inside(
      "message",
      legacyVersion,
      skip(32),
      u8("n"),
      skip("n"),
      u16("n"),
      skip("n"),
      u8("n"),
      skip("n"),
      clientExtensions(prefix, ...own),
    ),
  );

/** What is declared for {@link clientHelloMessage}. */
export const clientHelloFacts = (
  ja3: "ja3" | "ja3-dtls",
  ja4: "ja4-tcp" | "ja4-quic" | "ja4-dtls",
  prefix = "",
): Record<string, Fact> =>
  Object.fromEntries(
    Object.entries({
      sni: hostFact("D4"),
      alpn: textFact("D5", { list: 8, bound: 32 }),
      offered: numberFact("D5", { list: 8, names: VERSIONS }),
      groups: numberFact("D5", { list: 8, names: GROUPS }),
      features: numberFact("D5", { list: 8, names: FEATURES }),
      ja3: readFact(ja3, "D5"),
      ja4: readFact(ja4, "D5"),
    }).map(([key, fact]) => [`${prefix}${key}`, fact]),
  );

/**
 * TLS inside a protocol that agreed on it: a ClientHello in as many records as its sender liked (RFC 8446 §5.1). It is read
 * behind what is evidence, for its facts, and for the stack. No step of the same side can follow.
 */
export const startedTls: Word = [
  dissect("tls-handshake-here"),
  clientHelloMessage("tls.", [u16("n", { min: 0x0300, max: 0x0303 }), report("carried", "n")]),
];

const helloSample =
  hex("01") +
  sized(
    3,
    hex("0303") + noise(32) + sized(1) + sized(2, hex("1301 c02f")) + hex("01 00"),
    sized(2, hex("0000") + sized(2, sized(2, `\0${sized(2, "example.org")}`))),
  );
/** The same for samples: a ClientHello that names `example.org`, in one record and in two. */
export const startedTlsSample = hex("16 0301") + sized(2, helloSample);
export const startedTlsInTwo =
  hex("16 0301") +
  sized(2, helloSample.slice(0, 20)) +
  hex("16 0303") +
  sized(2, helloSample.slice(20));

/** RFC 7301 §3.1: the server's choice, in the form of the client's list. TLS 1.3 encrypts it. */
const selected = (fact: string) => extension(16, u16(), u8("n"), capture(fact, skip("n")));

/** A ServerHello, with its handshake header. `prefix`, `legacyVersion` and `own` as of a ClientHello. */
export const serverHelloOf = (
  prefix: string,
  legacyVersion: Word = u16("legacy"),
  ...own: Word[]
): Word => {
  /** RFC 8446 §4.2.1. */
  const version = extension(43, u16("v"), report(`${prefix}version`, "v"));
  /** §4.2.8: the group whose key share the server takes, or asks for. */
  const group = extension(51, u16("v"), report(`${prefix}group`, "v"));
  return capture(
    `${prefix}ja3s`,
    u8(2),
    u24("n"),
    inside(
      "n",
      legacyVersion,
      skip(32),
      u8("n"),
      skip("n"),
      u16("v"),
      report(`${prefix}cipher`, "v"),
      skip(1),
      opt(u16("n"), inside("n", repeat(0, 32, either(version, group, ...own, anyExtension)))),
    ),
    report(`${prefix}version`, "legacy"),
  );
};
/** The same with what the server chose of the client's protocols. */
export const serverHelloMessage = (prefix = "", legacyVersion: Word = u16("legacy")): Word =>
  serverHelloOf(prefix, legacyVersion, selected(`${prefix}alpn-selected`));

/** What is declared for {@link serverHelloOf}. */
export const serverHelloFacts = (prefix = ""): Record<string, Fact> =>
  Object.fromEntries(
    Object.entries({
      version: numberFact("D5", { names: TLS_VERSIONS }),
      cipher: numberFact("D5"),
      group: numberFact("D5", { names: GROUPS }),
      ja3s: readFact("ja3s", "D5"),
    }).map(([key, fact]) => [`${prefix}${key}`, fact]),
  );

/** What a server's certificate says. */
const leafFacts: Record<string, Fact> = {
  subject: readFact("certificate-subject", "D4"),
  issuer: readFact("certificate-issuer", "D5"),
  names: readFact("certificate-names", "D4", { list: 8 }),
  "not-before": readFact("certificate-not-before", "D5"),
  "not-after": readFact("certificate-not-after", "D5"),
  key: readFact("certificate-key", "D5"),
  "self-signed": readFact("certificate-self-signed", "D5"),
};

/** Certificates behind the server's own one that are read. */
const CHAIN_MOST = 4;

/** What is declared for {@link serverHelloMessage} and {@link certificateMessage}. */
export const serverFacts = (prefix = ""): Record<string, Fact> =>
  Object.fromEntries(
    Object.entries({
      "alpn-selected": textFact("D5", { bound: 32 }),
      ...serverHelloFacts(),
      ...leafFacts,
      chain: readFact("certificate-summary", "D5", { list: CHAIN_MOST }),
    }).map(([key, fact]) => [`${prefix}${key}`, fact]),
  );

/**
 * The server's own certificate, which is the first of the list, and those that certify it, as far as a stream is kept:
 * RFC 5246 §7.4.2. Later versions encrypt them.
 */
export const certificateMessage = (prefix = ""): Word => [
  u8(11),
  u24(),
  u24("n"),
  inside(
    "n",
    u24("n"),
    Object.keys(leafFacts).reduce<Word>(
      (inner, fact) => capture(`${prefix}${fact}`, inner),
      skip("n"),
    ),
    repeat(0, CHAIN_MOST, u24("n"), capture(`${prefix}chain`, skip("n"))),
  ),
];

/** The other side of {@link startedTls}: the ServerHello, and the certificates where they are not encrypted. */
export const answeredTls: Word = [
  dissect("tls-handshake-here"),
  serverHelloMessage("tls.", [
    u16("legacy", { min: 0x0300, max: 0x0303 }),
    report("carried", "legacy"),
  ]),
  opt(certificateMessage("tls.")),
];

/** What is declared for {@link startedTls} and {@link answeredTls}. */
export const startedTlsFacts: Record<string, Fact> = {
  ...clientHelloFacts("ja3", "ja4-tcp", "tls."),
  ...serverFacts("tls."),
  carried: { ...numberFact("D5"), carries: "tls" },
};
const serverHelloSample = hex("02") + sized(3, hex("0303") + noise(32) + sized(1) + hex("c02f 00"));
/** A ServerHello of TLS 1.2 that takes cipher 49199 (0xc02f). */
export const answeredTlsSample = hex("16 0303") + sized(2, serverHelloSample);
