import {
  accept,
  client,
  digits,
  hex,
  protocol,
  run,
  server,
  step,
  tcp,
  visible,
} from "../../language/vocabulary.js";

/** RFC 1282, "Connection Establishment": a zero, two user names, terminal and speed. */
const request = step(
  "\0",
  run(visible, { max: 64 }),
  "\0",
  run(visible, { max: 64 }),
  "\0",
  run("0-9A-Za-z._+-", { min: 2, max: 32 }),
  "/",
  run(digits, { min: 3, max: 6 }),
  "\0",
  accept,
);

/** rlogin: what the client says first. */
export default protocol({
  name: "rlogin",
  title: "BSD rlogin",
  category: "remote-access",
  source: "RFC 1282",
  ports: { tcp: [513] },
  signatures: { request: { over: "tcp", client: [request] } },
  samples: {
    yes: [
      tcp(client(hex("00"), "alice\0alice\0xterm/38400\0"), server("\0", "Password: ")),
      tcp(client(hex("00"), "bob\0root\0vt100/9600\0")),
    ],
    no: [tcp(client("1022\0alice\0alice\0ls\0")), tcp(client(hex("00"), "alice\0alice\0xterm\0"))],
  },
});
