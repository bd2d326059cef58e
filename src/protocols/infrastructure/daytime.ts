import {
  atEnd,
  byte,
  client,
  digits,
  either,
  lineEnd,
  oneOf,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  udp,
} from "../../language/vocabulary.js";

const digit = byte(digits);
const two = [digit, digit];
const time = [two, ":", two, ":", two];
const day = [byte(" 0-3"), digit];
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * RFC 867 leaves the form open. Usual are those of ctime, of its own example, "22 SEP 2001 10:30:12 UTC", and
 * NIST's: "60638 24-11-24 08:51:05 00 0 0 123.4 UTC(NIST) *".
 */
const date = either(
  [
    oneOf(...WEEKDAYS),
    " ",
    oneOf(...MONTHS),
    " ",
    day,
    " ",
    time,
    " ",
    opt(run("A-Z", { max: 5 }), " "),
    two,
    two,
  ],
  [
    day,
    " ",
    oneOf(...MONTHS, ...MONTHS.map((month) => month.toUpperCase())),
    " ",
    two,
    two,
    " ",
    time,
    " ",
    run("A-Z"),
  ],
  [
    lineEnd,
    run(digits, { min: 5, max: 5 }),
    " ",
    two,
    "-",
    two,
    "-",
    two,
    " ",
    time,
    " ",
    two,
    " ",
    digit,
  ],
);

/** Daytime: the server tells the date, and that is all. */
export default protocol({
  name: "daytime",
  title: "Daytime",
  category: "infrastructure",
  source: "RFC 867; NIST Internet Time Service",
  ports: { tcp: [13], udp: [13] },
  signatures: {
    stream: {
      over: "tcp",
      server: [step(date, run("A-Z0-9.()* -", { min: 0, max: 60 }), lineEnd)],
    },
    datagram: {
      over: "udp",
      server: [step(date, run("A-Z0-9.()* -", { min: 0, max: 60 }), opt(lineEnd), atEnd)],
    },
  },
  samples: {
    yes: [
      tcp(server("Tue Nov 24 08:51:05 2026\r\n")),
      tcp(server("\n60638 24-11-24 08:51:05 00 0 0 123.4 UTC(NIST) * \n")),
      udp(client("\n"), server("24 NOV 2026 08:51:05 UTC\r\n")),
    ],
    no: [
      tcp(server("Tue Nov 24 2026\r\n")),
      tcp(server("Tue Nov 24 08:51:05 2026 host su: hello\r\n")),
      udp(server("Tue Xov 24 08:51:05 2026\r\n")),
    ],
  },
});
