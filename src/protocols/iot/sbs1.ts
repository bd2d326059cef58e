import {
  accept,
  byte,
  client,
  digits,
  either,
  protocol,
  run,
  server,
  step,
  tcp,
} from "../../language/vocabulary.js";

/** MSG and its kind 1 … 8, session, aircraft, its address of 24 bits in hexadecimal, flight, date and time. */
const message = step(
  "MSG,",
  byte("1-8"),
  ",",
  run(digits, { min: 0, max: 6 }),
  ",",
  run(digits, { min: 0, max: 6 }),
  ",",
  run("0-9A-Fa-f~", { min: 6, max: 7 }),
  ",",
  run(digits, { min: 0, max: 6 }),
  ",",
  either([run("0-9/", { min: 10, max: 10 }), ","], ","),
  accept,
);

/** BaseStation lines, which receivers of aircraft positions give out. */
export default protocol({
  name: "sbs1",
  title: "BaseStation (SBS-1)",
  category: "iot",
  source: "Kinetic Avionics, SBS-1 BaseStation socket data; dump1090 manual",
  ports: { tcp: [30003] },
  signatures: { line: { over: "tcp", first: [message] } },
  samples: {
    yes: [
      tcp(
        server(
          "MSG,3,1,1,4CA767,1,2025/11/24,08:15:00.000,2025/11/24,08:15:00.010,,37000,,,51.45,-1.02,,,0,0,0,0\r\n",
        ),
      ),
    ],
    no: [tcp(server("MSG,9,1,1,4CA767,1,2025/11/24,\r\n")), tcp(client("MSG hello\r\n"))],
  },
});
