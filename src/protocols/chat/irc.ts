import {
  accept,
  byte,
  capture,
  client,
  digits,
  either,
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
  set,
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
/** RFC 2812 §2.3.1: letters, digits and some signs. */
const nick = run(set("A-Za-z0-9_`|^{}-", "[", "]", "\\\\"), { max: 32 });
const nickLine = [oneOfNocase("NICK "), opt(":"), nick, lineEnd];
const userLine = [
  oneOfNocase("USER "),
  run("!-~", { max: 64 }),
  " ",
  run("!-~", { max: 255 }),
  " ",
  run("!-~", { max: 255 }),
  " ",
  toLineEnd,
];

/** RFC 2812 §3.1: PASS, NICK and USER in either order; IRCv3 begins with CAP. */
const register = step(
  opt(oneOfNocase("PASS "), toLineEnd),
  opt(oneOfNocase("AUTHENTICATE ", "WEBIRC "), toLineEnd),
  either(
    [nickLine, userLine],
    [userLine, nickLine],
    [oneOfNocase("CAP LS", "CAP REQ :", "CAP END"), toLineEnd],
  ),
  accept,
  // IRCv3, tls Extension: behind STARTTLS the client speaks TLS.
  repeat(0, 4, oneOfNocase("CAP ", "NICK ", "USER ", "PASS "), toLineEnd),
  nocase("STARTTLS"),
  lineEnd,
  startedTls,
);
/** The same as the first word. */
const secure = step(nocase("STARTTLS"), lineEnd, accept, startedTls);

/** The server's name stands in front of what it says: RFC 2812 §2.3.1. */
const host = capture("server", run("0-9A-Za-z.:_*-", { max: 64 }));
/** Whom it tells: a nick, or a star before there is one; then what it says behind a colon. */
const target = run("!-9;-~", { max: 32 });
/** IRCv3, tls Extension: 670 says that TLS begins. */
const secures = [":", host, " 670 ", target, " :"];
/** Messages before and in the registration: NOTICE, numeric replies (§5), CAP. */
const welcome = step(
  either(
    [":", host, " ", oneOf("NOTICE", "020", "439", "001"), " ", target, " :", toLineEnd],
    [oneOf("NOTICE AUTH :", "NOTICE * :"), toLineEnd],
    [":", host, oneOf(" CAP * LS", " CAP * ACK"), toLineEnd],
    ["ERROR :Closing Link: ", toLineEnd],
  ),
  accept,
  repeat(0, 8, not(secures), oneOf(":", "NOTICE "), toLineEnd),
  secures,
  toLineEnd,
  answeredTls,
);
/** Where nothing was said before. */
const secured = step(secures, toLineEnd, accept, answeredTls);

/** In the midst of a session: messages with a full prefix, and numeric replies with the receiver's name. */
const prefix = [":", nick, "!", run("!-?A-~", { max: 64 }), "@", run("!-~", { max: 255 }), " "];
const said = step(
  opt("PING :", toLineEnd),
  either(
    [
      prefix,
      oneOf("PRIVMSG ", "NOTICE ", "JOIN ", "PART ", "QUIT ", "NICK ", "MODE ", "KICK ", "TOPIC "),
      toLineEnd,
    ],
    [
      ":",
      host,
      " ",
      byte("0-5"),
      byte(digits),
      byte(digits),
      " ",
      nick,
      " ",
      toLineEnd,
      ":",
      run("0-9A-Za-z.:_*-", { max: 64 }),
      " ",
      byte("0-5"),
      byte(digits),
      byte(digits),
      " ",
      nick,
      " ",
      toLineEnd,
    ],
  ),
  accept,
);
const talks = step(
  repeat(0, 4, oneOf("PING ", "PONG "), toLineEnd),
  either(
    [oneOf("PRIVMSG ", "NOTICE "), run("!-~", { max: 64 }), " :", toLineEnd],
    [oneOf("JOIN ", "PART ", "MODE "), byte("#&"), toLineEnd],
  ),
  accept,
);

/** IRC: how a client registers, how a server greets, and what is said later. */
export default protocol({
  name: "irc",
  title: "Internet Relay Chat",
  category: "chat",
  source:
    "RFC 1459 §2.3, §4; RFC 2812 §2.3, §3.1, §3.3, §5; IRCv3 Capability Negotiation; IRCv3 tls Extension",
  ports: { tcp: [194, 6667] },
  signatures: {
    register: { over: "tcp", client: [register] },
    secure: { over: "tcp", client: [secure], server: [secured] },
    welcome: { over: "tcp", server: [welcome] },
    said: { over: "tcp", server: [said] },
    talks: { over: "tcp", client: [talks] },
  },
  facts: { server: textFact("D4"), ...startedTlsFacts },
  samples: {
    yes: [
      tcp(server("NOTICE AUTH :*** Looking up your hostname...\r\n")),
      tcp(server(":irc.example.org 001 wiz :Welcome to the Internet Relay Network\r\n")),
      tcp(
        client("CAP LS 302\r\nNICK wiz\r\nUSER guest 0 * :Ronnie\r\n"),
        server(":irc.example.org NOTICE * :*** Looking up your hostname\r\n"),
      ),
      tcp(
        client("CAP LS\r\nSTARTTLS\r\n"),
        server(
          ":irc.example.org CAP * LS :tls\r\n:irc.example.org 670 wiz :STARTTLS successful\r\n",
        ),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(
        client("STARTTLS\r\n"),
        server(":irc.example.org 670 * :STARTTLS successful, proceed with TLS handshake\r\n"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(client("NICK wiz\r\nUSER guest tolmoon tolsun :Ronnie Reagan\r\n")),
      tcp(client("PASS secret\r\nUSER a b c d\nNICK [bot]\n")),
      tcp(server(":Angel!wings@irc.example.org PRIVMSG #lab :hello\r\n")),
      tcp(
        server(
          ":irc.example.org 353 wiz = #lab :@wiz\r\n:irc.example.org 366 wiz #lab :End of NAMES\r\n",
        ),
      ),
      tcp(client("PRIVMSG #lab :hello\r\n")),
    ],
    no: [
      tcp(client("NICK wiz\r\nHELLO\r\n")),
      tcp(client("USER bob\r\nPASS secret\r\n")),
      tcp(server(":irc.example.org\r\n")),
      tcp(server("220 irc.example.org NOTICE\r\n")),
    ],
  },
});
