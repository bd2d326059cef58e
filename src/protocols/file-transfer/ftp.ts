import {
  type Word,
  accept,
  afterLines,
  byte,
  capped,
  capture,
  client,
  digits,
  either,
  find,
  lineEnd,
  nocase,
  not,
  oneOf,
  oneOfNocase,
  opt,
  protocol,
  repeat,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
  derive,
  equal,
  numberFact,
  report,
  u24,
  u8,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

const toLineEnd = [run(textual, { min: 0, max: 998 }), lineEnd];

/** SMTP and others greet with the same words: RFC 959 §5.4. */
const welcome = [
  oneOf("220 ", "220-"),
  capture("banner", run(textual, { min: 0, max: 998 })),
  lineEnd,
];
const greeting = step(capped(20, welcome));
const tellingGreeting = step(
  not(oneOf("220 ", "220-"), find(200, nocase("SMTP"))),
  oneOf("220 ", "220-"),
  find(100, nocase("FTP")),
);

/**
 * What a server says until TLS begins (RFC 4217 §4): answers to FEAT (RFC 2389 §3.2), to SYST, to what it does not know, then
 * 234. Where anything else is said the words end: what announces data must be watched.
 */
const greetingOrTls = step(
  capped(20, welcome),
  accept,
  repeat(0, 40, "220", toLineEnd),
  repeat(
    0,
    4,
    either(
      ["211-", toLineEnd, repeat(0, 40, " ", toLineEnd), "211 ", toLineEnd],
      [oneOf("215 ", "50"), toLineEnd],
    ),
  ),
  "234",
  toLineEnd,
  answeredTls,
);

/** What a client may say first; POP3 has USER too, but never greets with 220. RFC 959 §4.1, RFC 4217 §4. */
const command = step(
  either(
    [nocase("USER "), run(textual, { max: 998 })],
    oneOfNocase("AUTH TLS", "AUTH SSL", "AUTH GSSAPI", "FEAT", "SYST"),
    [oneOfNocase("OPTS ", "CLNT ", "HOST "), run(textual, { max: 998 })],
  ),
  lineEnd,
  accept,
  // RFC 4217 §4: then the client speaks TLS.
  repeat(0, 4, oneOfNocase("AUTH TLS", "AUTH SSL", "AUTH GSSAPI", "FEAT", "SYST"), lineEnd),
  startedTls,
);

/** 331 asks for the password, 234 grants security: RFC 959 §4.2.2, RFC 2228 §5. */
const answer = step(afterLines(40, oneOf("331", "234"), byte(" -"), toLineEnd));

/** A reply's three digits as one number, by which a command belongs to it. */
const code = (text: string): number =>
  Array.from(text).reduce((sum, digit) => sum * 256 + digit.charCodeAt(0), 0);
const asks = (reply: string): Word => [
  derive("code", { from: "verb", times: 0, plus: code(reply) }),
  report("asked", "code"),
];
const answers = (reply: string): Word => [
  u24("code", code(reply)),
  " ",
  report("answered", "code"),
];
const spaces = run(" ", { min: 0, max: 8 });

/** Commands that ask where data is expected, and what grants them: RFC 959 §4.1.2, §5.4, RFC 2428 §3. */
const passive = [
  [u8("verb", [0x50, 0x70]), nocase("ASV"), spaces, lineEnd, asks("227")],
  [u8("verb", [0x45, 0x65]), nocase("PSV"), opt(" ", byte("12")), spaces, lineEnd, asks("229")],
];
/** POP3 begins with the same two commands, which must not name anything by themselves, and has none of the third. */
const conversation = [
  step(capped(14, nocase("USER "), toLineEnd)),
  step(capped(14, nocase("PASS "), toLineEnd)),
  step(
    either(...passive, [
      oneOfNocase("SYST", "PWD", "PASV", "EPSV", "FEAT", "TYPE I", "TYPE A", "CWD ", "OPTS "),
      toLineEnd,
    ]),
    accept,
  ),
];

/** What neither POP3, SMTP nor NNTP says: RFC 959 §4.1, RFC 2228 §3, RFC 2428 §2, §3, RFC 3659 §2 … §7. */
const midway = step(
  either(
    [
      oneOfNocase(
        "PASV",
        "EPSV",
        "PWD",
        "XPWD",
        "CDUP",
        "SYST",
        "FEAT",
        "TYPE A",
        "TYPE I",
        "MLSD",
        "NLST",
        "LIST -",
      ),
      opt(" ", toLineEnd),
      lineEnd,
    ],
    [
      oneOfNocase(
        "RETR ",
        "STOR ",
        "APPE ",
        "CWD ",
        "SIZE ",
        "MDTM ",
        "PASS ",
        "PORT ",
        "EPRT |",
        "RNFR ",
        "RNTO ",
        "MKD ",
        "RMD ",
        "REST ",
        "PBSZ ",
        "PROT ",
        "SITE ",
      ),
      toLineEnd,
    ],
  ),
  accept,
);
/** Codes of replies to these: RFC 959 §4.2.2, RFC 2228 §5, RFC 3659 §3, §4. */
const replied = step(
  oneOf(
    "125",
    "150",
    "200",
    "202",
    "211",
    "213",
    "215",
    "226",
    "227",
    "229",
    "230",
    "250",
    "257",
    "350",
    "425",
    "426",
    "450",
    "500",
    "501",
    "502",
    "530",
    "550",
    "553",
  ),
  byte(" -"),
  toLineEnd,
);

const part = run(digits, { max: 3 });
/** RFC 959 §4.1.2: four bytes of an address and two of a port, with commas between. */
const hostPort = [
  capture("data-address", part, ",", part, ",", part, ",", part),
  ",",
  capture("data-port", part, ",", part),
];
const port = capture("data-port", run(digits, { max: 5 }));

/** Commands that say where data is expected, and what grants them: RFC 959 §4.1.2, RFC 2428 §2. */
const commands = [
  ...passive,
  [u8("verb", [0x50, 0x70]), nocase("ORT "), asks("200"), hostPort, spaces, lineEnd],
  [
    u8("verb", [0x45, 0x65]),
    nocase("PRT |"),
    asks("200"),
    byte("12"),
    "|",
    capture("data-address", run("0-9A-Fa-f:.", { max: 45 })),
    "|",
    port,
    "|",
    spaces,
    lineEnd,
  ],
];
/** A reply of several lines ends with one that has its code and a space; what stands between is anything (RFC 959 §4.2). */
const replies = [
  [
    u24("code"),
    "-",
    toLineEnd,
    repeat(0, 64, not(u24("other"), equal("code", "other"), " "), toLineEnd),
  ],
  [answers("200"), toLineEnd],
  [answers("227"), find(100, hostPort), toLineEnd],
  [answers("229"), find(100, "(|||", port, "|)"), toLineEnd],
  [u8("code", [0x34, 0x35]), byte(digits), byte(digits), " ", report("refused", "code"), toLineEnd],
];
const announcement = step(repeat(1, 16, either(...commands, ...replies, toLineEnd)));

/** FTP's control connection: greeting and command; a greeting that says so; or what one side says. */
export default protocol({
  name: "ftp",
  title: "File Transfer Protocol",
  category: "file-transfer",
  source: "RFC 959 §4, §5.4; RFC 2228 §5; RFC 2389 §3; RFC 2428 §2, §3; RFC 4217 §4; RFC 7151 §3",
  ports: { tcp: [21] },
  signatures: {
    session: {
      over: "tcp",
      server: [greetingOrTls],
      client: [command],
      both: true,
      watch: announcement,
    },
    greeting: { over: "tcp", server: [tellingGreeting], watch: announcement },
    server: { over: "tcp", server: [greeting, answer], watch: announcement },
    client: { over: "tcp", client: conversation, watch: announcement },
    midway: {
      over: "tcp",
      client: [midway],
      server: [replied],
      both: true,
      watch: announcement,
    },
  },
  facts: { banner: textFact("D5"), ...startedTlsFacts },
  inspects: {
    asked: numberFact("D5"),
    answered: numberFact("D5"),
    refused: numberFact("D5"),
    "data-address": textFact("D5"),
    "data-port": textFact("D5"),
  },
  exchange: { asked: "asked", answered: "answered", refused: "refused" },
  announces: [{ protocol: "ftp-data", over: "tcp", port: "data-port", address: "data-address" }],
  samples: {
    yes: [
      tcp(
        server("220 files.example.org ready\r\n", "331 Password please\r\n"),
        client("USER anonymous\r\n", "PASS guest\r\n"),
      ),
      tcp(server("220-Welcome.\r\n220-No uploads.\r\n220 \r\n"), client("AUTH TLS\r\n")),
      tcp(
        server("220-Welcome.\r\n220 \r\n"),
        client("FEAT\r\n"),
        server("211-Features:\r\n AUTH TLS\r\n211 End\r\n"),
        client("AUTH TLS\r\n"),
        server("234 Proceed\r\n"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(server("220 ProFTPD Server (Debian) [192.0.2.9]\r\n")),
      tcp(server("220 ready\r\n331 User name okay\r\n")),
      tcp(client("USER me\r\nPASS secret\r\nSYST\r\n")),
      tcp(client("PASV\r\n"), server("227 Entering Passive Mode (192,0,2,9,4,5).\r\n")),
      tcp(client("RETR notes.txt\r\n"), server("150 Opening BINARY mode data connection\r\n")),
      tcp(client("PASS secret\r\n"), server("230 Logged in\r\n")),
    ],
    no: [
      tcp(client("PASS secret\r\n"), server("+OK logged in\r\n")),
      tcp(client("RCPT TO:<a@example.net>\r\n"), server("250 OK\r\n")),
      tcp(server("220 mx.example.org ready\r\n"), client("EHLO client.example.net\r\n")),
      tcp(server("220 ftp.example.org ESMTP Exim 4.96\r\n")),
      tcp(server("+OK POP3 ready\r\n+OK\r\n"), client("USER me\r\nPASS secret\r\nSTAT\r\n")),
      tcp(client("USER me\r\nPASS secret\r\nSTAT\r\n")),
      tcp(client("USER me\r\nPASS secret\r\n")),
      tcp(server("220 ready\r\n")),
    ],
  },
});
