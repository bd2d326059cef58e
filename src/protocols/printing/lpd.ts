import {
  accept,
  byte,
  client,
  digits,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

const digit = byte(digits);

/** RFC 1179 §5.2, §6.2, §6.3: receive a job for a queue, then a control or data file, whose name begins with cfA or dfA and a number. */
const job = step(
  "\x02",
  run("!-~", { max: 128 }),
  "\n",
  byte("\x02\x03"),
  run(digits, { max: 10 }),
  " ",
  oneOf("cf", "df"),
  byte("A-Za-z"),
  digit,
  digit,
  digit,
  run("!-~", { max: 131 }),
  "\n",
  accept,
);

/** §5.1, §5.3, §5.4: print what waits, or tell the queue's state; one line. */
const command = step(
  byte("\x01\x03\x04"),
  run("0-9A-Za-z._-", { max: 64 }),
  run(" 0-9A-Za-z._-", { min: 0, max: 64 }),
  "\n",
);

/** LPD, the line printer daemon's protocol. */
export default protocol({
  name: "lpd",
  title: "Line Printer Daemon",
  category: "printing",
  source: "RFC 1179 §5, §6",
  ports: { tcp: [515] },
  signatures: {
    job: { over: "tcp", client: [job] },
    command: { over: "tcp", client: [command] },
  },
  samples: {
    yes: [tcp(client("\x02lp\n", "\x0285 cfA001host\n", "Hhost\nPlab\n\0"), server("\0\0\0"))],
    weak: [tcp(client("\x03lp\n"), server("lp is ready\n"))],
    no: [
      tcp(client("\x02lp\n", "\x0285 xfA001host\n")),
      tcp(client("\x02lp\n")),
      tcp(client("\x05lp \n")),
    ],
  },
});
