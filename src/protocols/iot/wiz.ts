import {
  accept,
  client,
  find,
  oneOf,
  protocol,
  server,
  step,
  udp,
} from "../../language/vocabulary.js";

/** JSON with one of the methods of WiZ lights, which comes first or behind few members. */
const message = step(
  "{",
  find(
    60,
    '"method":"',
    oneOf(
      "getPilot",
      "setPilot",
      "syncPilot",
      "getSystemConfig",
      "getModelConfig",
      "getUserConfig",
      "registration",
      "firstBeat",
    ),
    '"',
  ),
  accept,
);

/** WiZ lights. */
export default protocol({
  name: "wiz",
  title: "WiZ local control",
  category: "iot",
  source: "Signify, WiZ local API (JSON over UDP port 38899)",
  ports: { udp: [38899, 38900] },
  signatures: { message: { over: "udp", client: [message], server: [message] } },
  samples: {
    yes: [
      udp(
        client('{"method":"getPilot","params":{}}'),
        server('{"method":"getPilot","env":"pro","result":{"state":true}}'),
      ),
    ],
    no: [udp(client('{"method":"getStatus","params":{}}')), udp(client("method getPilot"))],
  },
});
