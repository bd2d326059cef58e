import {
  accept,
  afterLines,
  capture,
  client,
  lineEnd,
  oneOf,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  textual,
  token,
} from "../../language/vocabulary.js";

/** Each side says what it is; a server may send other lines first. RFC 4253 §4.2. */
const identification = step(
  afterLines(16, "SSH-", oneOf("2.0-", "1.99-", "1.5-", "1.3-")),
  capture("software", token(200)),
  opt(" ", run(textual)),
  lineEnd,
  accept,
);

/** SSH: the secure shell, in its versions 2 and 1. */
export default protocol({
  name: "ssh",
  title: "SSH",
  category: "remote-access",
  source: "RFC 4253 §4.2; version 1.99: §5.1",
  ports: { tcp: [22] },
  signatures: { identification: { over: "tcp", first: [identification], reply: [identification] } },
  facts: { software: textFact("D5", { list: 2 }) },
  samples: {
    yes: [
      tcp(server("SSH-2.0-OpenSSH_9.6\r\n"), client("SSH-2.0-PuTTY_Release_0.80\r\n")),
      tcp(client("SSH-2.0-Go\r\n")),
      tcp(server("SSH-1.99-Cisco-1.25\n"), client("SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.6\r\n")),
      tcp(server("Authorised users only.\r\nAll else is logged.\r\nSSH-2.0-dropbear_2022.83\r\n")),
    ],
    no: [
      tcp(server("SSHD-2.0-OpenSSH_9.6\r\n")),
      tcp(server("SSH-3.0-unheard-of\r\n")),
      tcp(client("GET /SSH-2.0-x HTTP/1.1\r\nHost: SSH-2.0-x\r\n\r\n")),
    ],
  },
});
