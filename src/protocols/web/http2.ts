import { client, hex, protocol, server, step, tcp } from "../../language/vocabulary.js";
import {
  anyRequest,
  anyResponse,
  field,
  frame,
  httpFacts,
  preface,
} from "../formats/http2-headers.js";

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
