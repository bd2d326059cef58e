import {
  accept,
  client,
  either,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
  udp,
  byte,
  lineEnd,
} from "../../language/vocabulary.js";

/** Talkers: satellites, depth, heading, integrated instruments, weather, AIS; and the sentences they say most. */
const sentence = [
  either(
    [
      "$",
      oneOf(
        "GP",
        "GN",
        "GL",
        "GA",
        "GB",
        "BD",
        "GQ",
        "II",
        "IN",
        "HC",
        "HE",
        "SD",
        "WI",
        "YX",
        "EC",
        "AG",
        "VW",
        "TI",
      ),
      run("A-Z", { min: 3, max: 3 }),
      ",",
      run("0-9A-Za-z,.+-", { min: 0, max: 80 }),
    ],
    [
      "!",
      oneOf("AI", "AB", "BS"),
      oneOf("VDM", "VDO"),
      ",",
      byte("1-9"),
      ",",
      byte("1-9"),
      ",",
      run("0-9A-Za-z,:;<=>?@`[]_'^\\\\-", { min: 4, max: 80 }),
    ],
  ),
  "*",
  byte("0-9A-Fa-f"),
  byte("0-9A-Fa-f"),
  lineEnd,
];
const message = step(sentence, accept);

/** NMEA 0183 sentences over a network. */
export default protocol({
  name: "nmea-0183",
  title: "NMEA 0183",
  category: "iot",
  source: "NMEA 0183 4.11 (sentence structure, talker identifiers); IEC 61162-1; ITU-R M.1371",
  ports: { tcp: [10110], udp: [10110] },
  signatures: { sentence: { over: ["tcp", "udp"], first: [message] } },
  samples: {
    yes: [
      tcp(server("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n")),
      udp(client("!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23\r\n")),
    ],
    no: [tcp(server("$GPGGA,123519,4807.038,N\r\n")), tcp(server("$XXABC,1*47\r\n"))],
  },
});
