import {
  accept,
  blanks,
  byte,
  capped,
  capture,
  client,
  derive,
  digits,
  either,
  not,
  numbered,
  numberFact,
  oneOf,
  opt,
  protocol,
  report,
  run,
  set,
  step,
  tcp,
  textFact,
  textual,
  u8,
  udp,
} from "../../language/vocabulary.js";

const digit = byte(digits);
const two = [digit, digit];
const time = [two, ":", two, ":", two];
const asNumber = { min: 0x30, max: 0x39 };

/** `<PRI>`: facility × 8 + severity, at most 191 (RFC 5424 §6.2.1). */
const priority = [
  "<",
  either(
    [
      u8("hundreds", 0x31),
      u8("tens", asNumber),
      u8("ones", asNumber),
      derive("upper", { from: "tens", times: 10, plus: 100 - 11 * 0x30 }),
      derive("priority", { from: "upper", more: "ones" }),
    ],
    [
      u8("tens", { min: 0x31, max: 0x39 }),
      u8("ones", asNumber),
      derive("upper", { from: "tens", times: 10, plus: -11 * 0x30 }),
      derive("priority", { from: "upper", more: "ones" }),
    ],
    [u8("ones", asNumber), derive("priority", { from: "ones", plus: -0x30 })],
  ),
  ">",
];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** RFC 3164 §4.1.2. Some put a counter, a name or the state of their clock in front, or the year behind the day. */
const date = [
  opt(" "),
  opt(run(digits, { max: 10 }), ":", opt(" ")),
  opt(run("0-9A-Za-z._-", { max: 64 }), ": "),
  opt(byte(" *.")),
  oneOf(...MONTHS),
  " ",
  byte(set(" 0-3")),
  digit,
  " ",
  opt(byte("12"), digit, two, " "),
  time,
];
/** RFC 5424 §6.2.3: a version and a time, or no time; others leave out the version, or the T (RFC 3339 §5.6). */
const stamp = [two, two, "-", two, "-", two, byte("T "), time];
const dated = either([opt("1"), opt(" "), stamp], date);

const header = [
  priority,
  dated,
  accept,
  derive("facility", { from: "priority", shift: 3 }),
  report("facility"),
  derive("severity", { from: "priority", and: 7 }),
  report("severity"),
  opt(run(set("0-9.+:Z-"), { max: 32 })),
  run(blanks),
  capture("host", run("0-9A-Za-z._:-", { max: 255 })),
];
/** RFC 3164 §4.3.3: nothing else is certain. Not enough for a name: without a port it is any text that begins so. */
const undated = step(
  capped(20, priority, not(dated), run(textual, { min: 8 })),
  accept,
  derive("facility", { from: "priority", shift: 3 }),
  report("facility"),
  derive("severity", { from: "priority", and: 7 }),
  report("severity"),
);
/** RFC 6587 §3.4.1: over TCP the length may stand in front. */
const counted = opt(byte("1-9"), run(digits, { min: 0, max: 5 }), " ");

const SEVERITIES = numbered(`
  0 emergency, 1 alert, 2 critical, 3 error, 4 warning, 5 notice, 6 informational, 7 debug
`);

/** Syslog, the old and the new format. A message without a date is no evidence. */
export default protocol({
  name: "syslog",
  title: "Syslog",
  category: "management",
  source: "RFC 3164 §4.1; RFC 5424 §6; RFC 6587 §3.4",
  ports: { tcp: [601, 514], udp: [514] },
  signatures: {
    message: { over: "udp", client: [step(header)] },
    stream: { over: "tcp", client: [step(counted, header)] },
    undated: { over: "udp", client: [undated] },
  },
  facts: {
    facility: numberFact("D5"),
    severity: numberFact("D5", { names: SEVERITIES }),
    host: textFact("D4"),
  },
  samples: {
    yes: [
      udp(client("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8")),
      udp(client("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time")),
      udp(client("<189>103: *Mar  1 18:46:11.235: %SYS-5-CONFIG_I: Configured from console")),
      udp(client("<6>Nov  3 2021 09:01:02 fw01 : %ASA-6-302013: Built outbound TCP connection")),
      tcp(client("61 <13>1 2024-02-03T04:05:06Z host.example.org app - ID47 - hello")),
      tcp(client("<30>Feb  3 04:05:06 host systemd[1]: Started.\n<30>Feb  3 04:05:07 host x: y\n")),
    ],
    weak: [
      udp(client("<34>mymachine su: no date")),
      udp(client('<189>date=2021-12-09 time=16:29:06 devname="fw01" level="notice"')),
      udp(client("<165>1 - host app - - - no time")),
    ],
    no: [
      udp(client("<999>Oct 11 22:14:15 mymachine su: no such priority")),
      tcp(client("<?xml version='1.0'?><stream:stream to='example.org'>")),
    ],
  },
});
