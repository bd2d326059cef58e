import {
  accept,
  afterLines,
  client,
  either,
  find,
  line,
  nocase,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
  visible,
  lineEnd,
} from "../../language/vocabulary.js";

/** Version 1 and 2: a request of HTTP whose agent says NTRIP; a source gives its password and mount point; the caster's table of sources. */
const request = step(
  oneOf("GET /", "POST /"),
  run(visible, { min: 0 }),
  oneOf(" HTTP/1.", " RTSP/1."),
  line(3),
  afterLines(
    16,
    either([nocase("User-Agent:"), find(8, nocase("NTRIP "))], nocase("Ntrip-Version:")),
  ),
  accept,
);
const source = step(
  "SOURCE ",
  run(visible),
  " ",
  run(visible),
  lineEnd,
  nocase("Source-Agent:"),
  find(8, nocase("NTRIP ")),
  accept,
);
const table = step("SOURCETABLE 200 OK", lineEnd, accept);

/** NTRIP, corrections for satellite navigation over the Internet. */
export default protocol({
  name: "ntrip",
  title: "NTRIP",
  category: "iot",
  source: "RTCM 10410.1 (Ntrip 2.0); BKG, Ntrip 1.0 §4",
  ports: { tcp: [2101] },
  signatures: {
    request: { over: "tcp", client: [request], implies: ["http/request"] },
    source: { over: "tcp", client: [source] },
    table: { over: "tcp", server: [table] },
  },
  samples: {
    yes: [
      tcp(
        client(
          "GET /MOUNT1 HTTP/1.0\r\nUser-Agent: NTRIP RTKLIB/2.4.3\r\nAuthorization: Basic bGFiOmxhYg==\r\n\r\n",
        ),
        server("ICY 200 OK\r\n"),
      ),
      tcp(client("SOURCE secret MOUNT1\r\nSource-Agent: NTRIP RTKLIB/2.4.3\r\nSTR: \r\n\r\n")),
      tcp(server("SOURCETABLE 200 OK\r\nServer: NTRIP caster\r\n\r\n")),
    ],
    no: [
      tcp(client("SOURCE secret /MOUNT1\r\nice-name: radio\r\n\r\n")),
      tcp(server("ICY 200 OK\r\n")),
    ],
  },
});
