import {
  accept,
  client,
  digits,
  either,
  hex,
  noise,
  oneOf,
  opt,
  protocol,
  run,
  server,
  skip,
  step,
  tcp,
  u16,
  u8,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

const address = run("0-9A-Fa-f:.", { min: 2, max: 39 });
const port = run(digits, { max: 5 });

/** The PROXY protocol, §2.1: a line. */
const text = [
  "PROXY ",
  either(
    [oneOf("TCP4 ", "TCP6 "), address, " ", address, " ", port, " ", port],
    ["UNKNOWN", opt(" ", run(" -~", { max: 90 }))],
  ),
  "\r\n",
];
/** §2.2: twelve bytes, version and command, family and transport, length. */
const binary = [
  hex("0d0a0d0a000d0a515549540a"),
  u8([0x20, 0x21]),
  u8([0x00, 0x11, 0x12, 0x21, 0x22, 0x31, 0x32]),
  u16("length", { max: 2048 }),
];

/** Nobody answers the header: the server's own words are whatever is forwarded. */
const answer = step(accept, answeredTls);

/** The PROXY protocol, versions 1 and 2: in front of what a proxy forwards. */
export default protocol({
  name: "haproxy-protocol",
  title: "PROXY protocol",
  category: "infrastructure",
  source: "The PROXY protocol, versions 1 & 2 (haproxy.org, proxy-protocol.txt) §2.1, §2.2",
  signatures: {
    header: { over: "tcp", first: [step(text, accept, startedTls)], reply: [answer] },
    binary: {
      over: "tcp",
      first: [step(binary, accept, skip("length"), startedTls)],
      reply: [answer],
    },
  },
  facts: startedTlsFacts,
  samples: {
    yes: [
      tcp(client("PROXY TCP4 192.0.2.7 198.51.100.2 52176 443\r\n", "GET / HTTP/1.1\r\n")),
      tcp(client("PROXY UNKNOWN\r\n")),
      tcp(client("PROXY UNKNOWN\r\n", noise(8)), server(noise(8))),
      tcp(client(hex("0d0a0d0a000d0a515549540a 20 00 0000"), noise(8)), server(noise(8))),
      tcp(client("PROXY UNKNOWN\r\n", startedTlsSample)),
      tcp(
        client(
          hex("0d0a0d0a000d0a515549540a 21 11 000c c0000207 c6336402 cbd0 01bb"),
          "GET / HTTP/1.1\r\n",
        ),
      ),
    ],
    no: [
      tcp(client("PROXY TCP5 192.0.2.7 198.51.100.2 52176 443\r\n")),
      tcp(client(hex("0d0a0d0a000d0a515549540a 11 11 000c"))),
    ],
  },
});
