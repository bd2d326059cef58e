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
  source:
    "pywizlight (MIT), README: Bulb methods (UDP native) (https://github.com/sbidy/pywizlight); firstBeat: https://pkg.go.dev/github.com/cB-Sigma/wiz (Apache-2.0). Signify publishes none",
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
