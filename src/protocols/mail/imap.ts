import {
  accept,
  capped,
  capture,
  client,
  digits,
  either,
  find,
  line,
  lineEnd,
  nocase,
  not,
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

/** RFC 3501 §7.1: OK, PREAUTH or BYE, with a code or a text. */
const status = oneOfNocase("* OK", "* PREAUTH", "* BYE");
const greeting = step(capped(24, status, " ", toLineEnd));
/** Most servers tell their capabilities (§7.1) or what they speak. */
const tellingGreeting = step(
  status,
  " ",
  not(find(60, nocase("SMTP"))),
  capture("greeting", find(120, nocase("IMAP")), run(textual, { min: 0, max: 998 })),
  lineEnd,
);

/** A tag is anything but what means something elsewhere (§9); then a command of §6 or RFC 2971, 4978, 9051. */
const tag = run("0-9A-Za-z.:_-", { max: 32 });
const command = [
  tag,
  " ",
  either(
    [oneOfNocase("CAPABILITY", "STARTTLS", "NOOP", "LOGOUT", "IDLE", "NAMESPACE"), lineEnd],
    [nocase("ID "), oneOfNocase("NIL", "("), toLineEnd],
    [
      oneOfNocase("AUTHENTICATE ", "LOGIN ", "SELECT ", "EXAMINE ", "UID FETCH ", "UID SEARCH "),
      toLineEnd,
    ],
  ),
];
/** What is known of no other protocol behind a tag: one command in capitals, or two in any case. */
const telling = (word: (text: string) => string | ReturnType<typeof nocase>) => [
  run("0-9A-Za-z.", { max: 16 }),
  " ",
  either(
    [
      word("UID "),
      either(
        ...["FETCH ", "SEARCH ", "STORE ", "COPY ", "MOVE ", "EXPUNGE "].map((text) => word(text)),
      ),
      toLineEnd,
    ],
    [word("AUTHENTICATE "), toLineEnd],
    [word("CAPABILITY"), lineEnd],
    [word("LOGIN "), run("!-~"), " ", toLineEnd],
    // RFC 2971 §3.3: a list of strings.
    [word('ID ("'), toLineEnd],
    [word("ID NIL"), lineEnd],
  ),
];
const commands = step(
  either(
    telling((text) => text),
    [telling(nocase), telling(nocase)],
  ),
  accept,
);

/** §7.2, §7.3, §7.4: what a server says in the midst of a session. */
const untagged = [
  "* ",
  either(
    [
      oneOfNocase("CAPABILITY IMAP4", "FLAGS (", "LIST (", "LSUB (", "STATUS ", "SEARCH"),
      toLineEnd,
    ],
    [run(digits, { max: 10 }), " ", oneOfNocase("EXISTS", "RECENT", "EXPUNGE"), lineEnd],
    [run(digits, { max: 10 }), " ", nocase("FETCH ("), line()],
  ),
];

/** RFC 3501 §6.2.1: behind STARTTLS the client speaks TLS. */
const commandOrTls = step(
  command,
  accept,
  repeat(
    0,
    4,
    tag,
    " ",
    either([oneOfNocase("STARTTLS", "CAPABILITY", "NOOP"), lineEnd], [nocase("ID "), toLineEnd]),
  ),
  startedTls,
);

/** What a server says until TLS begins: answers to at most as many commands, each ended by the tag's line. */
const greetingOrTls = step(
  greeting,
  accept,
  repeat(1, 4, repeat(0, 8, "* ", toLineEnd), tag, nocase(" OK"), toLineEnd),
  answeredTls,
);

/** IMAP: greeting and command; a greeting that says so; or what one side says. */
export default protocol({
  name: "imap",
  title: "Internet Message Access Protocol",
  category: "mail",
  source: "RFC 3501 §2.2, §6, §7, §9; RFC 9051; RFC 2971 §3",
  ports: { tcp: [143] },
  signatures: {
    session: { over: "tcp", server: [greetingOrTls], client: [commandOrTls], both: true },
    greeting: { over: "tcp", server: [tellingGreeting] },
    server: { over: "tcp", server: [step(opt("* OK ", toLineEnd), untagged, accept)] },
    client: { over: "tcp", client: [commands] },
  },
  facts: { greeting: textFact("D5"), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(client("a login bob x\r\nb id nil\r\n")),
      tcp(client("A142 UID FETCH 1:* (FLAGS)\r\n")),
      tcp(
        server("* OK Server ready.\r\n", "a001 OK done\r\n"),
        client("a001 LOGIN bob secret\r\na002 SELECT INBOX\r\n"),
      ),
      tcp(
        server("* OK Server ready.\r\n"),
        client("a capability\r\n"),
        server("* CAPABILITY IMAP4rev1 STARTTLS\r\na OK done\r\n"),
        client("b STARTTLS\r\n"),
        server("b OK Begin TLS\r\n"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(server("* OK [CAPABILITY IMAP4rev1 LITERAL+ IDLE] Dovecot ready.\r\n")),
      tcp(server("* OK Gimap ready\r\n"), client('1.1 ID ("name" "x")\r\n')),
      tcp(server("* 23 EXISTS\r\n* 0 RECENT\r\n")),
      tcp(server("* 12 FETCH (FLAGS (\\Seen))\r\n")),
      tcp(server("* PREAUTH hello\r\n", "* CAPABILITY IMAP4rev1\r\n"), client("x1 capability\r\n")),
    ],
    no: [
      tcp(server("* OK ready\r\n")),
      tcp(server("+OK Dovecot ready.\r\n"), client("CAPA\r\n")),
      tcp(server("* NO IMAP here\r\n")),
      tcp(client("A142 FETCHED mail\r\n")),
    ],
  },
});
