import {
  client,
  find,
  oneOf,
  opt,
  protocol,
  repeat,
  byte,
  server,
  step,
  udp,
} from "../../language/vocabulary.js";

/** An XML document whose root is a probe or its match, and which has a UUID first. */
const space = repeat(0, 8, byte(" \t\r\n"));
const message = step(
  opt("<?xml ", find(80, "?>")),
  space,
  oneOf("<Probe>", "<ProbeMatch>"),
  space,
  oneOf("<Uuid>", "<Types>inquiry"),
);

/** SADP, by which Hikvision's cameras and recorders are found. */
export default protocol({
  name: "sadp",
  title: "Hikvision SADP",
  category: "iot",
  source:
    '"Analysis of the search protocol of Hikvision devices" (in Chinese): inquiry and answer over UDP port 37020 (https://www.mhzhuji.com/zhuji_info_958/)',
  ports: { udp: [37020] },
  signatures: { message: { over: "udp", first: [message], reply: [message] } },
  samples: {
    yes: [
      udp(
        client(
          '<?xml version="1.0" encoding="utf-8"?>\n<Probe>\n<Uuid>13A888A9-F1B1-4020-AE9F-05607682D23B</Uuid>\n<Types>inquiry</Types>\n</Probe>',
        ),
        server(
          '<?xml version="1.0" encoding="UTF-8"?>\n<ProbeMatch>\n<Uuid>13A888A9-F1B1-4020-AE9F-05607682D23B</Uuid>\n<Types>inquiry</Types>',
        ),
      ),
    ],
    no: [
      udp(client('<?xml version="1.0" encoding="utf-8"?><e:Envelope><Probe><Uuid>')),
      udp(client("<Probe>me</Probe>")),
    ],
  },
});
