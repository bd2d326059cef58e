import {
  accept,
  afterLines,
  client,
  either,
  lineEnd,
  oneOf,
  protocol,
  repeat,
  run,
  server,
  step,
  tcp,
  textual,
} from "../../language/vocabulary.js";

/** A header line, of whatever name. */
const header = [run("A-Za-z-"), ":", run(textual, { min: 0 }), lineEnd];
/** STOMP 1.0 to 1.2: CONNECT or STOMP, CONNECTED; headers follow on lines of their own. */
const connect = step(
  oneOf("CONNECT", "STOMP"),
  lineEnd,
  afterLines(12, oneOf("accept-version:", "host:", "login:", "passcode:", "heart-beat:")),
  accept,
);
const connected = step("CONNECTED", lineEnd, header, accept);
/** From the middle; a line end between frames is a heart-beat. */
const frame = step(
  repeat(0, 4, lineEnd),
  either(
    [
      oneOf("SEND", "SUBSCRIBE", "MESSAGE"),
      lineEnd,
      afterLines(20, oneOf("destination:", "subscription:")),
    ],
    [oneOf("RECEIPT"), lineEnd, "receipt-id:"],
    ["ERROR", lineEnd, afterLines(6, oneOf("message:", "content-type:"))],
  ),
  accept,
);

/** STOMP over TCP. */
export default protocol({
  name: "stomp",
  title: "STOMP",
  category: "messaging",
  source: "STOMP 1.2 specification: Connecting, Client frames, Server frames",
  ports: { tcp: [61613] },
  signatures: {
    connect: { over: "tcp", client: [connect] },
    connected: { over: "tcp", server: [connected] },
    frame: { over: "tcp", first: [frame] },
  },
  samples: {
    yes: [
      tcp(
        client("CONNECT\naccept-version:1.2\nhost:broker.example.org\n\n\0"),
        server("CONNECTED\nversion:1.2\n\n\0"),
      ),
      tcp(client("STOMP\r\nhost:/\r\n\r\n\0")),
      tcp(server("CONNECTED\nversion:1.1\n\n\0")),
      tcp(client("SEND\ndestination:/queue/a\n\nhello\0")),
    ],
    no: [
      tcp(client("CONNECT broker.example.org:80 HTTP/1.1\r\nhost:x\r\n\r\n")),
      tcp(server("CONNECTED\n\n\0")),
      tcp(client("SEND\nnothing:/queue/a\n\nhello\0")),
    ],
  },
});
