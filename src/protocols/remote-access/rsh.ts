import {
  accept,
  client,
  digits,
  hex,
  printable,
  protocol,
  run,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

/** A port for errors, which is below 1024; two user names; a command. Each ends in a zero. */
const user = run("0-9A-Za-z._-", { min: 2, max: 32 });
const request = step(
  run(digits, { min: 3, max: 4 }),
  "\0",
  user,
  "\0",
  user,
  "\0",
  run(printable, { min: 2 }),
  "\0",
  accept,
);

/** The remote shell of BSD: what the client says first. */
export default protocol({
  name: "rsh",
  title: "BSD remote shell",
  category: "remote-access",
  source:
    "4.4BSD rshd(8) (Debian: rsh-redone, in.rshd(8)): the protocol, steps 2 to 7; IANA: shell",
  ports: { tcp: [514] },
  signatures: { request: { over: "tcp", client: [request] } },
  samples: {
    yes: [
      tcp(client("1022\0", "alice\0bob\0ls -l /tmp\0"), server("\0", "total 0\n")),
      tcp(client("1023\0", "root\0root\0uname -a\0")),
    ],
    no: [
      tcp(client(hex("00"), "alice\0bob\0xterm/38400")),
      tcp(client("1022\0", "alice\0bob\0\0")),
      tcp(client("123456\0", "alice\0bob\0ls -l\0")),
    ],
  },
});
