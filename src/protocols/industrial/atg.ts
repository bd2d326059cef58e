import {
  byte,
  client,
  hex,
  protocol,
  run,
  server,
  step,
  tcp,
  digits,
} from "../../language/vocabulary.js";

/** Veeder-Root 576013-635 §5: SOH, I (inquire) or S (set), a function of three characters, a tank's two digits. */
const request = step(
  "\x01",
  byte("IS"),
  run("0-9A-Z", { min: 3, max: 3 }),
  run(digits, { min: 2, max: 2 }),
);
/** The answer repeats the code: in display format after CR LF, in computer format at once (lower-case i, s). */
const answer = step(
  "\x01\r\nI",
  run("0-9A-Z", { min: 3, max: 3 }),
  run(digits, { min: 2, max: 2 }),
  "\r\n",
);

/** Automatic tank gauges (Veeder-Root TLS): a query, or its answer in display format. */
export default protocol({
  name: "atg",
  title: "Automatic tank gauge (Veeder-Root)",
  category: "industrial",
  source: "Veeder-Root 576013-635 (TLS-3XX serial interface manual) §5, §6",
  ports: { tcp: [10001] },
  signatures: { query: { over: "tcp", client: [request], server: [answer] } },
  samples: {
    yes: [
      tcp(
        client("\x01I20100\n"),
        server("\x01\r\nI20100\r\nNOV 24, 2025  8:15 AM\r\n\r\nFUEL STOP\r\n"),
      ),
      tcp(server("\x01\r\nI20100\r\nNOV 24, 2025  8:15 AM\r\n")),
    ],
    no: [
      tcp(client("\x02I20100\n")),
      tcp(client("\x01X20100\n")),
      tcp(client(hex("01 49 32 30 31 41 41 0a"))),
    ],
  },
});
