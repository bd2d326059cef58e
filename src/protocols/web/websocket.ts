import {
  hostFact,
  accept,
  blank,
  capture,
  client,
  headers,
  headersBefore,
  line,
  lineEnd,
  nocase,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
  visible,
} from "../../language/vocabulary.js";
import { hostValue } from "../formats/http-fields.js";

const VALUES = {
  Host: hostValue,
  "User-Agent": capture("user-agent", run(textual)),
  "Sec-WebSocket-Protocol": capture("subprotocol", run(textual)),
};

/** Header lines up to the one that asks for the upgrade; the empty line ends them (RFC 9112 §2.1). */
const upgrade = [
  headersBefore(nocase("Upgrade:"), VALUES),
  nocase("Upgrade:"),
  blank,
  nocase("websocket"),
  accept,
];

/** RFC 6455 §4.1: an HTTP/1.1 GET. */
const request = step(
  "GET ",
  run(visible, { max: 8192 }),
  " HTTP/1.1",
  lineEnd,
  upgrade,
  line(),
  headers(VALUES),
);
/** §4.2.2. */
const response = step("HTTP/1.1 101", opt(" ", run(textual, { min: 0 })), lineEnd, upgrade);

/** WebSocket, by the upgrade of an HTTP connection. */
export default protocol({
  name: "websocket",
  title: "WebSocket",
  category: "web",
  source: "RFC 6455 §4.1, §4.2",
  ports: { tcp: [80] },
  signatures: {
    request: { over: "tcp", client: [request], implies: ["http/request", "http/response"] },
    response: { over: "tcp", server: [response], implies: ["http/request", "http/response"] },
  },
  facts: {
    host: hostFact("D4"),
    "user-agent": textFact("D5"),
    subprotocol: textFact("D5"),
  },
  samples: {
    yes: [
      tcp(
        client(
          "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUser-Agent: lattice/1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Version: 13\r\n\r\n",
        ),
        server(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        ),
      ),
      tcp(server("HTTP/1.1 101\r\nconnection: Upgrade\r\nupgrade: WebSocket\r\n\r\n")),
    ],
    no: [
      tcp(client("GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: h2c\r\n\r\n")),
      tcp(client("GET /websocket HTTP/1.1\r\nHost: a\r\n\r\nUpgrade: websocket\r\n")),
    ],
  },
});
