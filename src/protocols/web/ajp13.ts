import {
  accept,
  byte,
  client,
  hex,
  protocol,
  rest,
  server,
  sized,
  step,
  tcp,
  textual,
  times,
  u16,
  u8,
  within,
} from "../../language/vocabulary.js";

/** A request: 2, the method's code, "HTTP/1.1", the path. */
const forward = step(
  hex("1234"),
  u16("size", { min: 20, max: 8188 }),
  hex("02"),
  u8({ min: 1, max: 28 }),
  u16({ min: 5, max: 12 }),
  "HTTP/",
  accept,
);
const ping = hex("1234 0001 0a");
const pong = hex("4142 0001 09");
/** CPing and CPong are asked before a request. */
const asked = step(ping);
/** Send Headers (4): status, its text, number of headers. */
const headers = step(
  "AB",
  u16("size", { min: 8, max: 8188 }),
  within(
    "size",
    "\x04",
    u16({ min: 100, max: 599 }),
    u16("text", { max: 100 }),
    times("text", 100, byte(textual)),
    "\0",
    u16({ max: 200 }),
    rest,
  ),
  accept,
);

/** AJP 1.3, between a web server and Tomcat. */
export default protocol({
  name: "ajp13",
  title: "Apache JServ Protocol",
  category: "web",
  source:
    "Apache Tomcat Connectors, AJPv1.3: Packet Headers, Request and Response Packet Structure",
  ports: { tcp: [8009] },
  signatures: {
    forward: { over: "tcp", client: [forward] },
    ping: { over: "tcp", client: [asked], server: [step(pong)], both: true },
    headers: { over: "tcp", server: [headers] },
  },
  samples: {
    yes: [
      tcp(
        client(
          hex("1234"),
          sized(2, hex("02 02"), sized(2, "HTTP/1.1"), "\0", sized(2, "/rooms/12"), "\0"),
        ),
      ),
      tcp(client(ping), server(pong)),
      tcp(server("AB", sized(2, hex("04 00c8"), sized(2, "OK"), hex("00 0000")))),
    ],
    no: [
      tcp(client(ping), server(hex("4142 0001 08"))),
      tcp(client(hex("1234 0020 02 02 0008"), "HTTQ/1.1")),
      tcp(server("AB", hex("0020 04 0000"))),
    ],
  },
});
