import {
  accept,
  byte,
  capped,
  capture,
  client,
  either,
  find,
  lineEnd,
  oneOf,
  oneOfNocase,
  protocol,
  repeat,
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

const toLineEnd = [run(textual, { min: 0, max: 510 }), lineEnd];

/** RFC 3977 §5.1.1: posting allowed, or not. Other protocols begin with a number too. */
const greeting = ["20", byte("01"), " ", capture("greeting", run(textual, { max: 510 })), lineEnd];
const tellingGreeting = step(
  "20",
  byte("01"),
  " ",
  capture(
    "greeting",
    find(
      150,
      oneOfNocase("NNTP", "NNRP", "InterNetNews", "INN ", "Usenet", "news server", "newsgroup"),
    ),
  ),
  toLineEnd,
);

/** RFC 3977 §5, §6, RFC 4642 §2, RFC 4643 §2, RFC 4644 §2: commands that no other protocol has. */
const OWN = [
  "MODE READER",
  "MODE STREAM",
  "CAPABILITIES",
  "AUTHINFO ",
  "GROUP ",
  "LISTGROUP ",
  "NEWGROUPS ",
  "NEWNEWS ",
  "ARTICLE ",
  "IHAVE ",
  "TAKETHIS ",
  "CHECK <",
  "LIST ACTIVE",
  "LIST NEWSGROUPS",
  "LIST OVERVIEW",
  "XOVER ",
  "XHDR ",
];
const own = [oneOfNocase(...OWN), toLineEnd];
const command = step(
  either(own, [oneOfNocase("LIST", "HELP", "DATE", "QUIT", "POST", "STARTTLS"), lineEnd]),
  accept,
  // RFC 4642 §2.2: behind STARTTLS the client speaks TLS.
  repeat(0, 4, oneOfNocase("CAPABILITIES", "MODE READER", "STARTTLS"), lineEnd),
  startedTls,
);
/** What a server says until then: capabilities (RFC 3977 §5.2) up to a dot, that the mode is changed (§5.3), then 382. */
const greetingOrTls = step(
  capped(22, greeting),
  accept,
  repeat(
    0,
    4,
    either(
      ["101", toLineEnd, repeat(0, 40, byte("A-Za-z"), toLineEnd), ".", lineEnd],
      [oneOf("200", "201"), toLineEnd],
    ),
  ),
  "382",
  toLineEnd,
  answeredTls,
);
/** One in capitals, or two in any case. */
const commands = step(either([oneOf(...OWN), toLineEnd], [own, own]), accept);

/** NNTP, Usenet news: greeting and command; a greeting that says so; or what a client says. */
export default protocol({
  name: "nntp",
  title: "Network News Transfer Protocol",
  category: "messaging",
  source: "RFC 3977 §3, §5.1, §5.3, §6, §7; RFC 4642 §2; RFC 4643 §2; RFC 4644 §2",
  ports: { tcp: [119, 433] },
  signatures: {
    session: { over: "tcp", server: [greetingOrTls], client: [command], both: true },
    greeting: { over: "tcp", server: [tellingGreeting] },
    client: { over: "tcp", client: [commands] },
  },
  facts: { greeting: textFact("D5"), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(server("200 news.example.org ready\r\n"), client("LIST\r\n")),
      tcp(server("201 news.example.org InterNetNews NNRP server INN 2.6 ready\r\n")),
      tcp(
        server("200 news.example.org ready\r\n"),
        client("CAPABILITIES\r\n"),
        server("101 Capability list:\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n"),
        client("STARTTLS\r\n"),
        server("382 Continue with TLS negotiation\r\n"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(client("mode reader\r\ngroup misc.test\r\n")),
      tcp(client("AUTHINFO USER bob\r\n"), server("381 Enter password\r\n")),
    ],
    no: [
      tcp(server("200 ready\r\n")),
      tcp(server("220 news.example.org FTP server ready\r\n"), client("LIST\r\n")),
      tcp(client("QUIT\r\n")),
      tcp(server("200 OK\r\n"), client("GET /news HTTP/1.0\r\n\r\n")),
    ],
  },
});
