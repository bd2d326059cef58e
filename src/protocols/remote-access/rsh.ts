import {
  accept,
  byte,
  capped,
  client,
  digits,
  either,
  hex,
  protocol,
  run,
  server,
  set,
  step,
  tcp,
} from "../../language/vocabulary.js";

const user = run("0-9A-Za-z._-", { max: 32 });

/** rcmd(3): the port for errors or none, two user names, the command. rexec has a password in the second's place. */
const request = step(
  capped(
    28,
    either([byte(digits), run(digits, { min: 0, max: 4 }), "\0"], "\0"),
    user,
    "\0",
    user,
    "\0",
    run(set(" -~"), { max: 255 }),
    "\0",
  ),
  accept,
);

/** rsh: one line from the client, whose form rexec shares, and a zero from the server. */
export default protocol({
  name: "rsh",
  title: "BSD rsh",
  category: "remote-access",
  source: "4.4BSD rshd(8), rcmd(3); RFC 1282 (the family)",
  ports: { tcp: [514] },
  signatures: { command: { over: "tcp", client: [request] } },
  samples: {
    weak: [
      tcp(client("1022\0alice\0bob\0ls -l /tmp\0"), server("\0total 0\n")),
      tcp(client(hex("00"), "alice\0bob\0uname\0")),
    ],
    no: [
      tcp(client(hex("00"), "alice\0alice\0xterm/38400\0")),
      tcp(client("<34>Oct 11 22:14:15 mymachine su: x\0")),
      tcp(client("1022\0alice\0bob\0ls")),
    ],
  },
});
