import {
  accept,
  capped,
  capture,
  client,
  derive,
  either,
  hostFact,
  lineEnd,
  not,
  numberFact,
  oneOf,
  opt,
  protocol,
  repeat,
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
import { absoluteForm, hostValue, httpFields } from "../formats/http-fields.js";

/** RFC 9112 §2.2 (an empty line may come first), §3. Methods of any name: WebDAV's, UPnP's, RPC over HTTP's. */
const request = step(
  opt(lineEnd),
  capture("method", run("A-Z_-", { min: 3, max: 24 })),
  " ",
  capture(
    "target",
    either([absoluteForm, run(visible, { min: 0, max: 8192 })], run(visible, { max: 8192 })),
    repeat(0, 16, not(oneOf(" HTTP/1.0", " HTTP/1.1")), " ", run(visible, { min: 0, max: 2048 })),
  ),
  " ",
  oneOf("HTTP/1.1", "HTTP/1.0"),
  lineEnd,
  accept,
  httpFields({
    Host: hostValue,
    "User-Agent": capture("user-agent", run(textual)),
  }),
);

/** RFC 9112 §4. The blank behind the status is missing at times, with the reason. */
const response = step(
  oneOf("HTTP/1.1", "HTTP/1.0"),
  " ",
  u8("a", { min: 0x31, max: 0x35 }),
  u8("b", { min: 0x30, max: 0x39 }),
  u8("c", { min: 0x30, max: 0x39 }),
  opt(" ", run(textual, { min: 0 })),
  lineEnd,
  accept,
  derive("ab", { from: "a", times: 10, more: "b" }),
  derive("status", { from: "ab", times: 10, plus: -111 * 0x30, more: "c" }),
  report("status"),
  httpFields({
    Server: capture("server", run(textual)),
    "Content-Type": capture("content-type", run(textual)),
  }),
);

/** A request line that the capture cuts before its end (RFC 9110 §9.3, RFC 4918 §9): too little for a name. */
const begun = step(
  capped(
    18,
    oneOf("GET ", "POST ", "HEAD ", "PUT ", "DELETE ", "OPTIONS ", "PROPFIND "),
    oneOf("/", "http://"),
    run(visible, { min: 8 }),
  ),
);

/** HTTP/1.1 and 1.0. Each side tells it alone: request line, status line. */
export default protocol({
  name: "http",
  title: "HTTP",
  category: "web",
  source: "RFC 9112 §2.2, §3, §4; fields: RFC 9110",
  ports: { tcp: [80, 8080] },
  signatures: {
    request: { over: "tcp", client: [request] },
    response: { over: "tcp", server: [response] },
    begun: { over: "tcp", client: [begun] },
  },
  facts: {
    host: hostFact("D4"),
    method: textFact("D5", { bound: 24 }),
    target: textFact("D5", { bound: 1024 }),
    "user-agent": textFact("D5"),
    status: numberFact("D5"),
    server: textFact("D5"),
    "content-type": textFact("D5"),
  },
  transaction: { framing: "http/1" },
  samples: {
    yes: [
      tcp(
        client(
          "GET / HTTP/1.1\r\nHost: example.org\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n",
        ),
        server("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\n\r\n<html>"),
      ),
      tcp(client("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n")),
      tcp(client("GET http://example.org/a b.html HTTP/1.0\r\n\r\n")),
      tcp(client("\r\nPROPFIND /dav/ HTTP/1.1\nhost: dav.example.org\ndepth: 0\n\n")),
      tcp(server("HTTP/1.0 404\r\ncontent-type:text/plain\r\n\r\n")),
      tcp(client("RPC_IN_DATA /rpc/rpcproxy.dll?mail:6001 HTTP/1.1\r\nHost: mail\r\n\r\n")),
    ],
    weak: [tcp(client("GET /a/long/path/that/a/capture/cuts")), tcp(client("GET /index.html\r\n"))],
    no: [
      tcp(
        client("OPTIONS rtsp://192.0.2.7/live RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
        server("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE\r\n\r\n"),
      ),
      tcp(
        client("INVITE sip:a@example.org SIP/2.0\r\nVia: SIP/2.0/TCP h\r\n\r\n"),
        server("SIP/2.0 100 Trying\r\n\r\n"),
      ),
      tcp(server("ICY 200 OK\r\nicy-name: radio\r\n\r\n")),
      tcp(client("get / http/1.1\r\n\r\n")),
    ],
  },
});
