import {
  accept,
  capped,
  capture,
  client,
  find,
  line,
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
  visible,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsInTwo,
  startedTlsSample,
} from "../formats/tls-hello.js";

/**
 * FTP and others greet with the same words: RFC 5321 §3.1. Behind the answer to EHLO (§4.1.1.1) another 220 says that TLS
 * begins: RFC 3207 §4.
 */
const greeting = step(
  capped(20, oneOf("220 ", "220-"), line()),
  accept,
  repeat(0, 16, "220", line()),
  opt(repeat(0, 40, "250-", line()), "250", line()),
  "220",
  line(),
  answeredTls,
);
/** Nobody has to say so, but nearly all do. */
const tellingGreeting = step(
  oneOf("220 ", "220-"),
  capture("server", run("0-9A-Za-z._-")),
  " ",
  find(100, nocase("SMTP")),
);

/** RFC 5321 §4.1.1.1; LMTP's LHLO is another protocol's. */
const hello = [
  oneOfNocase("EHLO ", "HELO "),
  capture("helo", run(visible)),
  run(textual, { min: 0 }),
  lineEnd,
];
/** RFC 3207 §4: then the client speaks TLS. */
const secured = [nocase("STARTTLS"), lineEnd, startedTls];
const next = step(
  oneOfNocase("MAIL FROM:", "STARTTLS", "AUTH "),
  run(textual, { min: 0, max: 998 }),
  lineEnd,
  accept,
  startedTls,
);

/** In the midst of a session: RFC 5321 §4.1.1.2, §4.1.1.3. */
const envelope = step(
  oneOfNocase("MAIL FROM:", "RCPT TO:"),
  opt(" "),
  "<",
  run("!-=?-~", { min: 0, max: 255 }),
  ">",
  run(textual, { min: 0, max: 255 }),
  lineEnd,
);
/** What is told behind EHLO: RFC 5321 §4.1.1.1; IANA "SMTP Service Extensions". */
const extensions = step(
  "250-",
  line(),
  repeat(0, 16, not(oneOf("250 ")), "250-", not(known()), line()),
  oneOf("250-", "250 "),
  known(),
  line(),
  accept,
);
function known() {
  return oneOfNocase(
    "PIPELINING",
    "8BITMIME",
    "ENHANCEDSTATUSCODES",
    "SIZE",
    "STARTTLS",
    "AUTH ",
    "AUTH=",
    "CHUNKING",
    "DSN",
    "SMTPUTF8",
    "ETRN",
    "VRFY",
  );
}

/** SMTP: greeting and hello; a greeting that says so; or what a client says. */
export default protocol({
  name: "smtp",
  title: "Simple Mail Transfer Protocol",
  category: "mail",
  source: "RFC 5321 §3.1, §4.1.1, §4.2; RFC 3207 §4; RFC 4954 §4",
  ports: { tcp: [25, 587, 2525] },
  signatures: {
    session: {
      over: "tcp",
      server: [greeting],
      client: [step(hello, accept, secured)],
      both: true,
    },
    greeting: { over: "tcp", server: [tellingGreeting] },
    client: { over: "tcp", client: [step(capped(25, hello)), next] },
    envelope: { over: "tcp", client: [envelope] },
    extensions: { over: "tcp", server: [extensions] },
  },
  facts: { server: textFact("D4"), helo: textFact("D4"), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(
        server("220 mx.example.org ESMTP Postfix\r\n", "250-mx.example.org\r\n250 8BITMIME\r\n"),
        client("EHLO client.example.net\r\n"),
      ),
      tcp(
        server("220 mx.example.org ESMTP\r\n"),
        client("EHLO client.example.net\r\n"),
        server("250 STARTTLS\r\n"),
        client("STARTTLS\r\n"),
        server("220 Go ahead\r\n"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(client("EHLO client.example.net\r\nSTARTTLS\r\n"), client(startedTlsSample)),
      tcp(client("EHLO client.example.net\r\nSTARTTLS\r\n"), client(startedTlsInTwo)),
      tcp(server("220 mx.example.org ready at Mon\r\n"), client("ehlo [192.0.2.3]\n")),
      tcp(server("220-mail.example.org Hello\r\n220 and go on\r\n"), client("HELO x\r\n")),
      tcp(client("EHLO client.example.net\r\nMAIL FROM:<a@example.net> SIZE=500\r\n")),
      tcp(server("220 mx.example.org Microsoft ESMTP MAIL Service ready\r\n")),
      tcp(client("MAIL FROM:<a@example.net> SIZE=500\r\n"), server("250 OK\r\n")),
      tcp(client("RCPT TO:<b@example.org>\r\n")),
      tcp(server("250-mx.example.org\r\n250-PIPELINING\r\n250 8BITMIME\r\n")),
    ],
    no: [
      tcp(server("220 files.example.org ready\r\n"), client("USER anonymous\r\n")),
      tcp(server("220 files.example.org ready\r\n")),
      tcp(client("LHLO client.example.net\r\nMAIL FROM:<a@example.net>\r\n")),
      tcp(client("HELO me\r\n")),
      tcp(client("MAIL FROM a@example.net\r\n")),
      tcp(server("250-files.example.org\r\n250 done\r\n")),
    ],
  },
});
