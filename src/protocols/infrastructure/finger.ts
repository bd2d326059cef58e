import {
  accept,
  afterLines,
  capped,
  client,
  either,
  find,
  lineEnd,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

/** RFC 1288 §2.3: nothing, or a name, maybe another host; `/W` asks for more. */
const query = step(capped(8, opt("/W"), run("A-Za-z0-9._@ -", { min: 0, max: 128 }), lineEnd));
/** How servers answer (§3.2.1 … §3.2.3): a list with this heading, or one user; in the words of BSD, nobody. */
const answer = step(
  afterLines(
    4,
    either(
      ["Login: ", run("!-~"), find(120, "Name: ")],
      ["Login name: ", run("!-~"), find(120, "n real life:")],
      ["Login  ", run(" ", { min: 0 }), "Name  ", find(80, "Idle")],
      "No one logged on",
      ["finger: ", run("!-9;-~"), ": no such user"],
    ),
  ),
  accept,
);

/** Finger: who is logged in. Names of users are never told. */
export default protocol({
  name: "finger",
  title: "Finger",
  category: "infrastructure",
  source: "RFC 1288 §2.3, §2.5.5, §3.2",
  ports: { tcp: [79] },
  signatures: { session: { over: "tcp", client: [query], server: [answer], both: true } },
  samples: {
    yes: [
      tcp(client("\r\n"), server("No one logged on.\r\n")),
      tcp(client("nobody-12\r\n"), server("finger: nobody-12: no such user.\r\n")),
      tcp(
        client("bob\r\n"),
        server(
          "Login: bob            \t\t\tName: Bob\r\nDirectory: /home/bob    \tShell: /bin/bash\r\n",
        ),
      ),
      tcp(
        client("\r\n"),
        server(
          "Login     Name       Tty      Idle  Login Time   Office\r\nbob       Bob        pts/0\r\n",
        ),
      ),
    ],
    no: [
      tcp(client("bob\r\n"), server("no such user\r\n")),
      tcp(client("\x01\x02"), server("Login: bob   Name: Bob\r\n")),
      tcp(client("bob\r\n"), server("Login: \r\nPassword: \r\n")),
    ],
  },
});
