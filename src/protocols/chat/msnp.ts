import {
  accept,
  client,
  digits,
  either,
  lineEnd,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
  textual,
  visible,
} from "../../language/vocabulary.js";

/** Every connection to a notification server begins with the versions; to a switchboard with an answer or an invitation. */
const number = run(digits, { max: 10 });
const versions = step(
  "VER ",
  number,
  " MSNP",
  run(digits, { max: 2 }),
  run(textual, { min: 0 }),
  lineEnd,
  accept,
);
const switchboard = step(
  oneOf("ANS ", "USR "),
  number,
  " ",
  run("!-?A-~", { max: 64 }),
  "@",
  run(visible, { max: 255 }),
  " ",
  run("0-9.;{}A-Fa-f-", { max: 80 }),
  run(textual, { min: 0 }),
  lineEnd,
  accept,
);
const serverSays = step(
  either(
    [oneOf("XFR ", "USR "), number, oneOf(" NS ", " SB ", " OK ", " TWN S ", " SSO S ")],
    [oneOf("IRO ", "ANS "), number, " ", oneOf("OK", "1 1 ", "1 2 ")],
  ),
  run(textual, { min: 0 }),
  lineEnd,
  accept,
);

/** MSNP, the protocol of MSN Messenger and Windows Live Messenger. */
export default protocol({
  name: "msnp",
  title: "Microsoft Notification Protocol",
  category: "chat",
  source:
    "draft-movva-msn-messenger-protocol-00 §7; hypothetic.org, MSN Messenger Protocol: Notification server, Switchboard (http://www.hypothetic.org/docs/msn/)",
  ports: { tcp: [1863] },
  signatures: {
    versions: { over: "tcp", first: [versions] },
    switchboard: { over: "tcp", client: [switchboard] },
    server: { over: "tcp", server: [serverSays] },
  },
  samples: {
    yes: [
      tcp(client("VER 1 MSNP15 MSNP14 CVR0\r\n"), server("VER 1 MSNP15\r\n")),
      tcp(client("ANS 1 bob@example.org 849102291.520491113 11752013\r\n")),
      tcp(server("XFR 3 NS 192.0.2.7:1863 0 192.0.2.8:1863\r\n")),
    ],
    no: [
      tcp(client("VER 1\r\n")),
      tcp(client("ANS 1 bob 8491\r\n")),
      tcp(client("VERSION 1 MSNP15 CVR0\r\n")),
    ],
  },
});
