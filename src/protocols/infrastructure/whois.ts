import {
  accept,
  afterLines,
  capped,
  client,
  either,
  lineEnd,
  nocase,
  not,
  oneOf,
  protocol,
  run,
  server,
  set,
  step,
  tcp,
} from "../../language/vocabulary.js";

/** RFC 3912 §2: one line: flags, a name, an address or a number. */
const query = step(
  capped(16, run(set("A-Za-z0-9 ./:_=+*@,~-", [[0x80, 0xff]]), { max: 255 }), lineEnd),
);
/** What registries answer with: RPSL (RFC 2622), ICANN's "Domain Name:" (RA 2013, WHOIS specification §1.4), ARIN, IANA. */
const answer = step(
  not(oneOf("HTTP/", "220", "+OK", "* ", "RTSP/")),
  afterLines(
    60,
    run(" \t", { min: 0, max: 8 }),
    either(
      [nocase("domain name: "), run("!-~")],
      oneOf(
        "% This is the ",
        "% IANA WHOIS server",
        "NetRange:  ",
        "ReferralServer: ",
        "inetnum:   ",
        "inet6num:   ",
      ),
      oneOf(
        "aut-num:   ",
        "ASNumber:  ",
        "Registrar WHOIS Server: ",
        "refer:    ",
        "nserver:   ",
        "Registrant:",
      ),
      ["domain:   ", run(" ", { min: 0 }), run("!-~")],
    ),
  ),
  accept,
);

/** WHOIS: a line that asks, and a text that answers. */
export default protocol({
  name: "whois",
  title: "WHOIS",
  category: "infrastructure",
  source:
    "RFC 3912 §2; RFC 2622 §3 (RPSL); ICANN Registrar Accreditation Agreement 2013, WHOIS specification",
  ports: { tcp: [43] },
  signatures: { session: { over: "tcp", client: [query], server: [answer], both: true } },
  samples: {
    yes: [
      tcp(
        client("example.org\r\n"),
        server("% IANA WHOIS server\n% for more information\n\nrefer:        whois.example\n"),
      ),
      tcp(
        client("domain example.com\r\n"),
        server("\r\n   Domain Name: EXAMPLE.COM\r\n   Registry Domain ID: 1_DOMAIN\r\n"),
      ),
      tcp(
        client("-T inetnum 192.0.2.0\r\n"),
        server(
          "% This is the RIPE Database query service.\n\ninetnum:        192.0.2.0 - 192.0.2.255\n",
        ),
      ),
    ],
    no: [
      tcp(client("example.org\r\n"), server("hello\r\n")),
      tcp(
        client("GET /whois?q=example.org HTTP/1.0\r\n\r\n"),
        server("HTTP/1.0 200 OK\r\n\r\nDomain Name: EXAMPLE.ORG\r\n"),
      ),
      tcp(client("example.org\r\n")),
    ],
  },
});
