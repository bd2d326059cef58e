import {
  accept,
  capture,
  client,
  derive,
  digits,
  either,
  find,
  headers,
  lineEnd,
  numberFact,
  oneOf,
  opt,
  protocol,
  report,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
  u8,
  visible,
} from "../../language/vocabulary.js";

const port = (fact: string) => capture(fact, run(digits, { max: 5 }));
const ports = (name: string, rtp: string, rtcp: string) => [name, port(rtp), opt("-", port(rtcp))];
/** RFC 2326 §12.39: who asks for a transport says its own ports, who grants it says both. */
const asked = find(200, ports("client_port=", "rtp-port", "rtcp-port"));
const granted = find(
  200,
  either(
    [
      ports("client_port=", "peer-rtp-port", "peer-rtcp-port"),
      find(200, ports("server_port=", "rtp-port", "rtcp-port")),
    ],
    ports("server_port=", "rtp-port", "rtcp-port"),
  ),
);
const watch = step(
  either(
    [
      "SETUP ",
      run(visible, { max: 2048 }),
      oneOf(" RTSP/1.0", " RTSP/2.0"),
      lineEnd,
      headers({ Transport: asked }),
    ],
    [
      oneOf("RTSP/1.0 ", "RTSP/2.0 "),
      "200 ",
      run(textual, { min: 0 }),
      lineEnd,
      headers({ Transport: granted }),
    ],
  ),
);

/** RFC 2326 §10, RFC 7826 §13; the star of OPTIONS names the server. */
const request = step(
  opt(lineEnd),
  capture(
    "method",
    oneOf(
      "OPTIONS",
      "DESCRIBE",
      "ANNOUNCE",
      "SETUP",
      "PLAY",
      "PAUSE",
      "TEARDOWN",
      "GET_PARAMETER",
      "SET_PARAMETER",
      "REDIRECT",
      "RECORD",
      // AirPlay and its kin: the flush of a receiver's buffer, and commands by POST and GET.
      "FLUSH",
      "POST",
      "GET",
    ),
  ),
  " ",
  run(visible, { max: 2048 }),
  oneOf(" RTSP/1.0", " RTSP/2.0"),
  lineEnd,
  accept,
  headers({ "User-Agent": capture("user-agent", run(textual)), Transport: asked }),
);

/** RFC 2326 §7. */
const response = step(
  oneOf("RTSP/1.0 ", "RTSP/2.0 "),
  u8("a", { min: 0x31, max: 0x35 }),
  u8("b", { min: 0x30, max: 0x39 }),
  u8("c", { min: 0x30, max: 0x39 }),
  opt(" ", run(textual, { min: 0 })),
  lineEnd,
  accept,
  derive("ab", { from: "a", times: 10, more: "b" }),
  derive("status", { from: "ab", times: 10, plus: -111 * 0x30, more: "c" }),
  report("status"),
  headers({ Server: capture("server", run(textual)), Transport: granted }),
);

/** RTSP: request line or status line. A client that joins its own stream midway is not told. */
export default protocol({
  name: "rtsp",
  title: "Real-Time Streaming Protocol",
  category: "media",
  source: "RFC 2326 §4 … §7, §10; RFC 7826 §5 … §8, §13",
  ports: { tcp: [554, 8554], udp: [554] },
  signatures: {
    request: { over: ["tcp", "udp"], client: [request], watch },
    response: { over: ["tcp", "udp"], server: [response], watch },
  },
  facts: {
    method: textFact("D5", { bound: 16 }),
    status: numberFact("D5"),
    "user-agent": textFact("D5"),
    server: textFact("D5"),
  },
  inspects: {
    "rtp-port": textFact("D5"),
    "rtcp-port": textFact("D5"),
    "peer-rtp-port": textFact("D5"),
    "peer-rtcp-port": textFact("D5"),
  },
  announces: [
    { protocol: "rtp", over: "udp", port: "rtp-port" },
    { protocol: "rtcp", over: "udp", port: "rtcp-port" },
    { protocol: "rtp", over: "udp", port: "peer-rtp-port", at: "receiver" },
    { protocol: "rtcp", over: "udp", port: "peer-rtcp-port", at: "receiver" },
  ],
  samples: {
    yes: [
      tcp(
        client(
          "OPTIONS rtsp://192.0.2.7:8554/live RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Player 2\r\n\r\n",
        ),
        server("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE, SETUP\r\nServer: Cam\r\n\r\n"),
      ),
      tcp(client("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")),
      tcp(server("RTSP/2.0 404\r\nCSeq: 9\r\n\r\n")),
    ],
    no: [
      tcp(client("OPTIONS rtsp://192.0.2.7/live HTTP/1.1\r\nHost: x\r\n\r\n")),
      tcp(client("PLAY rtsp://192.0.2.7/live RTSP/3.0\r\n\r\n")),
      tcp(server("RTSP/1.0 OK\r\n\r\n")),
    ],
  },
});
