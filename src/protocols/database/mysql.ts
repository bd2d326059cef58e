import {
  type Word,
  accept,
  byte,
  capture,
  client,
  derive,
  digits,
  hex,
  noise,
  oneOf,
  oneOfNocase,
  opt,
  protocol,
  rest,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  textFact,
  textual,
  u16le,
  u32le,
  u8,
  within,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

/** A packet: three bytes of length, the lowest first, and a sequence number: "Protocol Basics, MySQL Packets". */
const packet = (sequence: number, { min, max }: { min: number; max: number }, ...words: Word[]) => [
  u32le("size", { min: sequence * 2 ** 24 + min, max: sequence * 2 ** 24 + max }),
  derive("size", { from: "size", and: 0xffffff }),
  within("size", ...words),
];

/** Protocol::HandshakeV10. MariaDB takes the last four of the ten zeros for more capabilities. */
const greeting = step(
  packet(
    0,
    { min: 40, max: 400 },
    "\x0a",
    capture("server", byte(digits), opt(byte(digits)), ".", run("!-~", { max: 60 })),
    "\0",
    skip(12),
    "\0",
    skip(5),
    skip(2),
    u8([0, 8, 9, 0x15]),
    hex("000000000000"),
    rest,
  ),
  accept,
  // Behind the client's SSLRequest.
  answeredTls,
);
/** Protocol::ERR_Packet in place of a greeting: too many connections, blocked, not allowed (errors 1040, 1129, 1130, 1203). */
const refused = step(
  packet(
    0,
    { min: 10, max: 600 },
    "\xff",
    u16le([1040, 1129, 1130, 1203]),
    opt("#", run("0-9A-Z", { min: 5, max: 5 })),
    oneOf("Host '", "Too many connections", "User "),
    rest,
  ),
);

/**
 * Protocol::HandshakeResponse41: CLIENT_PROTOCOL_41 and CLIENT_SECURE_CONNECTION, CLIENT_SSL only where TLS follows, and
 * 23 zeros, of which MariaDB uses four.
 */
const capabilities = (encrypts: number) => u32le({ mask: 0x8a00, bits: 0x8200 | encrypts });
const login = [
  capabilities(0),
  u32le({ max: 0x40000000 }),
  u8({ min: 1 }),
  "\0".repeat(19),
  skip(4),
];
const response = step(
  packet(1, { min: 33, max: 4096 }, login, run(textual, { min: 0, max: 96 }), "\0", rest),
);
/** Protocol::SSLRequest: the same without a name, then TLS. */
const encrypted = step(
  hex("20 0000 01"),
  capabilities(0x0800),
  u32le({ max: 0x40000000 }),
  u8({ min: 1 }),
  "\0".repeat(19),
  skip(4),
  accept,
  startedTls,
);

/** COM_QUERY and COM_STMT_PREPARE from the middle of a connection; with attributes (COM_QUERY, CLIENT_QUERY_ATTRIBUTES) two numbers stand before the text. */
const query = step(
  packet(
    0,
    { min: 5, max: 0xffff },
    oneOf("\x03", "\x16"),
    opt(hex("0001")),
    oneOfNocase(
      "select ",
      "insert ",
      "update ",
      "delete ",
      "set ",
      "show ",
      "begin",
      "commit",
      "rollback",
      "create ",
      "call ",
      "use ",
      "/* ",
      "/*!4",
    ),
    rest,
  ),
);

const sizedLe = (sequence: number, ...parts: string[]) => {
  const body = parts.join("");
  return String.fromCharCode(body.length & 255, body.length >> 8, 0, sequence) + body;
};
const hello = sizedLe(
  0,
  "\x0a8.0.36\0",
  hex("0b000000"),
  noise(8),
  hex("00 ffff ff 0200 ffdf 15 00000000000000000000"),
  noise(12, 2),
  "\0caching_sha2_password\0",
);
const zeros = "\0".repeat(23);

/** MySQL and MariaDB. */
export default protocol({
  name: "mysql",
  title: "MySQL",
  category: "database",
  source:
    "MySQL Internals / Source documentation: Client-Server Protocol (HandshakeV10, HandshakeResponse41, SSLRequest, ERR_Packet, COM_QUERY); MariaDB Knowledge Base, Connection",
  ports: { tcp: [3306] },
  signatures: {
    greeting: { over: "tcp", server: [greeting] },
    refused: { over: "tcp", server: [refused] },
    login: { over: "tcp", client: [response] },
    encrypted: { over: "tcp", client: [encrypted] },
    query: { over: "tcp", client: [query] },
  },
  facts: { server: textFact("D5", { bound: 64 }), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(
        server(hello),
        client(hex("20 0000 01 85aeff01 00000001 ff"), zeros, startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(
        client(
          sizedLe(
            1,
            hex("85a6ff01 00000001 ff"),
            zeros,
            "root\0",
            sized(1, noise(20)),
            "mysql_native_password\0",
          ),
        ),
      ),

      tcp(
        server(hello),
        client(
          sizedLe(
            1,
            hex("85a6ff01 00000001 ff"),
            zeros,
            "root\0",
            sized(1, noise(20)),
            "caching_sha2_password\0",
          ),
        ),
      ),
      tcp(
        server(
          sizedLe(
            0,
            hex("ff 6a04"),
            "Host '192.0.2.1' is not allowed to connect to this MySQL server",
          ),
        ),
      ),
      tcp(client(hex("20000001 85aeff01 00000001 ff"), zeros)),
      tcp(client(sizedLe(0, "\x03select @@version_comment limit 1"))),
    ],
    no: [
      tcp(server(hello.replace("\x0a8", "\x098"))),
      tcp(server(hello.replace("\0caching", "\x01caching").slice(1))),
      tcp(client(hex("21000001 85aeff01 00000001 ff"), zeros)),
      tcp(client(sizedLe(0, "\x04select @@version_comment limit 1"))),
    ],
  },
});
