import {
  accept,
  byte,
  client,
  digits,
  either,
  lineEnd,
  nocase,
  protocol,
  run,
  server,
  step,
  tcp,
  textual,
} from "../../language/vocabulary.js";

/** RFC 4975 §9: a transaction id, then a method or a status; the next line is To-Path. */
const id = run("0-9A-Za-z.+%=-", { min: 4, max: 32 });
const start = step(
  "MSRP ",
  id,
  " ",
  either(run("A-Z", { max: 16 }), [byte("2-5"), byte(digits), byte(digits)]),
  run(textual, { min: 0 }),
  lineEnd,
  nocase("To-Path: msrp"),
  accept,
);

/** MSRP: instant messages within a session that SIP set up. */
export default protocol({
  name: "msrp",
  title: "Message Session Relay Protocol",
  category: "chat",
  source: "RFC 4975 §7.1, §9",
  ports: { tcp: [2855] },
  signatures: { message: { over: "tcp", first: [start] } },
  samples: {
    yes: [
      tcp(
        client(
          "MSRP a786hjs2 SEND\r\nTo-Path: msrp://192.0.2.7:7394/2s93i9ek2a;tcp\r\nFrom-Path: msrp://192.0.2.9:7654/jshA7weztas;tcp\r\n",
        ),
        server("MSRP a786hjs2 200 OK\r\nTo-Path: msrp://192.0.2.9:7654/jshA7weztas;tcp\r\n"),
      ),
    ],
    no: [
      tcp(client("MSRP a786hjs2 SEND\r\nFrom-Path: msrp://192.0.2.7:7394/x;tcp\r\n")),
      tcp(client("MSRP SEND\r\n")),
    ],
  },
});
