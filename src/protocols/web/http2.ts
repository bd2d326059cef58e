import {
  blank,
  capped,
  capture,
  client,
  headers,
  headersBefore,
  hex,
  line,
  lineEnd,
  nocase,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textual,
  visible,
} from "../../language/vocabulary.js";
import {
  anyRequest,
  anyResponse,
  field,
  frame,
  httpFacts,
  preface,
} from "../formats/http2-headers.js";

const VALUES = {
  Host: capture("http.host", run("0-9A-Za-z._:[]-")),
  "User-Agent": capture("http.user-agent", run(textual)),
};

/**
 * HTTP/1.1 changes to HTTP/2 (RFC 7540 §3.2, which RFC 9113 no longer has): the request of that connection is the facts'.
 * A change that was asked for is no evidence of one that came.
 */
const asked = step(
  capped(
    0,
    capture("http.method", run("A-Z", { min: 3, max: 24 })),
    " ",
    capture("http.target", run(visible, { max: 8192 })),
    " HTTP/1.1",
    lineEnd,
    headersBefore(nocase("Upgrade:"), VALUES),
    nocase("Upgrade:"),
    blank,
    "h2c",
    line(),
    headers(VALUES),
    lineEnd,
  ),
);
const changed = step(
  capped(0, "HTTP/1.1 101", opt(" ", run(textual, { min: 0 })), lineEnd, headers({}), lineEnd),
);

const SETTINGS = frame("04", "00", "00000000", hex("0003 00000064"));
const ACKNOWLEDGED = frame("04", "01", "00000000");

/** HTTP/2 without TLS. */
export default protocol({
  name: "http2",
  title: "HTTP/2",
  category: "web",
  source: "RFC 9113 §3.4, §4.1, §6.2, §6.5, §8.3; fields: RFC 7541",
  ports: { tcp: [80] },
  signatures: {
    preface: { over: "tcp", client: [step(anyRequest)] },
    settings: { over: "tcp", server: [step(anyResponse)] },
    upgraded: {
      over: "tcp",
      client: [asked, step(anyRequest)],
      server: [changed, step(anyResponse)],
      implies: ["http/request", "http/response"],
    },
  },
  facts: httpFacts,
  samples: {
    yes: [
      tcp(client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", hex("000006 04 00 00000000 0003 00000064"))),
      tcp(
        client(
          preface,
          SETTINGS,
          // RFC 7541 §C.4.1 and §C.4.2.
          frame("01", "05", "00000001", hex("828684418cf1e3c2e5f23a6ba0ab90f4ff")),
          frame("01", "05", "00000003", hex("828684be5886a8eb10649cbf")),
        ),
        server(SETTINGS, ACKNOWLEDGED, frame("01", "04", "00000001", hex("88"))),
      ),
      tcp(
        client(preface, SETTINGS, frame("01", "05", "00000001", hex("828684"))),
        server(
          frame("04", "00", "00000000"),
          ACKNOWLEDGED,
          frame("01", "04", "00000001", hex("88")),
        ),
      ),
      tcp(
        client(
          "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade, HTTP2-Settings\r\n",
          "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
        ),
        server(
          "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
          SETTINGS,
          frame("01", "04", "00000001", hex("88")),
        ),
        client(preface, SETTINGS, ACKNOWLEDGED),
      ),
      // Padding, priority and a continuation: §6.2, §6.10.
      tcp(
        client(
          preface,
          SETTINGS,
          frame(
            "01",
            "29",
            "00000001",
            hex("03 00000000 0f 82"),
            field("host", "a.example").slice(0, 8),
            "\0\0\0",
          ),
          frame(
            "09",
            "04",
            "00000001",
            field("host", "a.example").slice(8),
            field("user-agent", "x/1"),
          ),
        ),
      ),
    ],
    weak: [tcp(server(SETTINGS, ACKNOWLEDGED, frame("01", "04", "00000001", hex("88"))))],
    no: [
      tcp(client("PRI * HTTP/2.0\r\n\r\n")),
      tcp(
        client("GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n"),
        server("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
      ),
      tcp(server(hex("000006 04 01 00000000 0003 00000064"))),
    ],
  },
});
