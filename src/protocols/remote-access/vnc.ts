import {
  accept,
  byte,
  capture,
  client,
  digits,
  protocol,
  server,
  step,
  tcp,
  textFact,
} from "../../language/vocabulary.js";

/** RFC 6143 §7.1.1: twelve bytes, three digits and three. Apple says 003.889, RealVNC 004 and 005. */
const version = step(
  "RFB 00",
  capture("version", byte("3-5"), ".", byte(digits), byte(digits), byte(digits)),
  "\n",
  accept,
);

/** VNC: RFB, the remote framebuffer protocol. The server speaks first. */
export default protocol({
  name: "vnc",
  title: "VNC (RFB)",
  category: "remote-access",
  source: "RFC 6143 §7.1.1",
  ports: { tcp: [5900, 5901, 5902, 5903] },
  signatures: { version: { over: "tcp", client: [version], server: [version] } },
  facts: { version: textFact("D5", { list: 2 }) },
  samples: {
    yes: [
      tcp(server("RFB 003.008\n", "\x02\x02\x10"), client("RFB 003.008\n", "\x02")),
      tcp(server("RFB 003.889\n")),
      tcp(client("RFB 005.000\n")),
    ],
    no: [tcp(server("RFB 3.8\n")), tcp(server("RFC 003.008\n")), tcp(client("GET /RFB 003.008\n"))],
  },
});
