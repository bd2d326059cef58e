import {
  accept,
  byte,
  capped,
  capture,
  client,
  digits,
  either,
  find,
  lineEnd,
  nocase,
  oneOf,
  oneOfNocase,
  opt,
  repeat,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

const toLineEnd = [run(textual, { min: 0, max: 998 }), lineEnd];

/** RFC 1939 §3, §4: text behind +OK is the server's choice. Redis says +OK too, with nothing behind it. */
const greeting = ["+OK", opt(" ", capture("greeting", run(textual, { max: 510 }))), lineEnd];
const tellingGreeting = step(
  "+OK ",
  capture("greeting", find(120, either(nocase("POP3"), nocase("POP server"), nocase("QPOP")))),
  toLineEnd,
);
/** RFC 1939 §7: an APOP server's greeting ends in a time stamp, <process.clock@host>. */
const apopGreeting = step(
  "+OK ",
  run("!-;=?-~ ", { min: 0, max: 255 }),
  "<",
  run(digits, { max: 20 }),
  ".",
  run(digits, { max: 20 }),
  byte("@."),
  run("0-9A-Za-z.@_-", { max: 255 }),
  ">",
  lineEnd,
);

/** RFC 1939 §5 … §7, RFC 2449 §5, RFC 2595 §4, RFC 5034 §4: what may come first. */
const command = step(
  either(
    [oneOfNocase("CAPA", "STLS", "QUIT", "AUTH"), lineEnd],
    [oneOfNocase("USER ", "APOP ", "AUTH "), toLineEnd],
  ),
  accept,
  // RFC 2595 §4: behind STLS the client speaks TLS.
  repeat(0, 4, oneOfNocase("CAPA", "AUTH", "STLS"), lineEnd),
  startedTls,
);

/** What only POP3 says behind user and password. */
const conversation = [
  step(opt(nocase("CAPA"), lineEnd), capped(14, nocase("USER "), toLineEnd)),
  step(capped(14, nocase("PASS "), toLineEnd)),
  step(
    either(
      [oneOfNocase("STAT", "UIDL", "CAPA", "LIST"), lineEnd],
      [
        oneOfNocase("RETR ", "DELE ", "TOP ", "UIDL ", "LIST "),
        run(digits, { max: 10 }),
        toLineEnd,
      ],
    ),
    accept,
  ),
];
/** Greeting, and the answer to the first command. */
const answers = [
  step(capped(24, "+OK ", toLineEnd)),
  step(either(["+OK", either([" ", toLineEnd], lineEnd)], [oneOf("-ERR"), toLineEnd]), accept),
];

/**
 * What a server says until TLS begins: RFC 2595 §4. CAPA has answers of many lines (RFC 2449 §5), and a dot at the end.
 */
const greetingOrTls = step(
  capped(24, greeting),
  accept,
  repeat(0, 4, "+OK", toLineEnd, repeat(0, 40, byte("A-Za-z"), toLineEnd), ".", lineEnd),
  "+OK",
  toLineEnd,
  answeredTls,
);

/** POP3: greeting and command; a greeting that says so; or what one side says. */
export default protocol({
  name: "pop3",
  title: "Post Office Protocol, version 3",
  category: "mail",
  source: "RFC 1939 §3 … §7; RFC 2449 §5; RFC 2595 §4; RFC 5034 §4",
  ports: { tcp: [110] },
  signatures: {
    session: { over: "tcp", server: [greetingOrTls], client: [command], both: true },
    greeting: { over: "tcp", server: [tellingGreeting] },
    apop: { over: "tcp", server: [apopGreeting] },
    server: { over: "tcp", server: answers },
    client: { over: "tcp", client: conversation },
  },
  facts: { greeting: textFact("D5"), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(server("+OK ready\r\n", "+OK\r\n"), client("CAPA\r\n", "USER bob\r\n")),
      tcp(
        server("+OK ready\r\n"),
        client("CAPA\r\n"),
        server("+OK\r\nUSER\r\nSTLS\r\n.\r\n"),
        client("STLS\r\n"),
        server("+OK Begin TLS\r\n"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(server("+OK Microsoft Exchange POP3 server ready\r\n")),
      tcp(server("+OK <1896.697170952@dbc.mtview.ca.us>\r\n")),
      tcp(server("+OK mail.example.org ready\r\n+OK bob is welcome here\r\n")),
      tcp(client("USER bob\r\nPASS secret\r\nSTAT\r\n")),
      tcp(server("+OK hello\r\n"), client("AUTH PLAIN\r\n")),
      tcp(server("+OK\r\n"), client("USER bob\r\n")),
    ],
    no: [
      tcp(client("PING\r\n"), server("+OK\r\n")),
      tcp(server("+OK\r\n+OK\r\n+OK\r\n")),
      tcp(client("USER bob\r\nPASS secret\r\nSYST\r\n")),
      tcp(server("+OK hello\r\n")),
      tcp(server("* OK IMAP4 ready\r\n"), client("a CAPABILITY\r\n")),
    ],
  },
});
