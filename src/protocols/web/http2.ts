import { accept, client, hex, protocol, server, step, tcp } from "../../language/vocabulary.js";

/** RFC 9113 §3.4: what a client sends first, then SETTINGS (§6.5): type 4, no flags, stream 0. */
const preface = step(hex("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a"), accept);

/** HTTP/2 without TLS. */
export default protocol({
  name: "http2",
  title: "HTTP/2",
  category: "web",
  source: "RFC 9113 §3.4, §6.5",
  ports: { tcp: [80] },
  signatures: { preface: { over: "tcp", client: [preface] } },
  samples: {
    yes: [
      tcp(client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", hex("000006 04 00 00000000 0003 00000064"))),
    ],
    no: [
      tcp(client("PRI * HTTP/2.0\r\n\r\n")),
      tcp(
        client("GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n"),
        server("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
      ),
    ],
  },
});
