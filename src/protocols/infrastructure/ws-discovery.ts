import {
  accept,
  byte,
  capture,
  client,
  either,
  letters,
  not,
  opt,
  protocol,
  repeat,
  run,
  set,
  step,
  textFact,
  udp,
} from "../../language/vocabulary.js";

/** XML is text with line ends; what is behind a namespace may stand in any line. */
const xml = byte(set("\t\n\r -~", [[0x80, 0xff]]));
const upTo = (most: number, word: string) => [repeat(0, most, not(word), xml), word];

/** SOAP over UDP; the namespaces of April 2005 and of OASIS 1.1 (§1.4). */
const message = step(
  opt("\xef\xbb\xbf"),
  "<",
  repeat(0, 1200, not(either("/ws/2005/04/discovery", "/ws-dd/ns/discovery/2009/01")), xml),
  either("/ws/2005/04/discovery", "/ws-dd/ns/discovery/2009/01"),
  accept,
  upTo(1200, "Action"),
  upTo(200, "iscovery/"),
  opt("2009/01/"),
  capture("action", run(letters, { max: 32 })),
);

const probe = (namespace: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" ` +
  `xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsd="${namespace}"><soap:Header>` +
  `<wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To><wsa:Action>${namespace}/Probe</wsa:Action>` +
  `<wsa:MessageID>urn:uuid:7f6a</wsa:MessageID></soap:Header><soap:Body><wsd:Probe/></soap:Body></soap:Envelope>`;

/** WS-Discovery: SOAP in datagrams. */
export default protocol({
  name: "ws-discovery",
  title: "Web Services Dynamic Discovery",
  category: "infrastructure",
  source: "WS-Discovery (April 2005) §1.4, §2; OASIS WS-Discovery 1.1 §1.4; SOAP-over-UDP 1.1",
  ports: { udp: [3702] },
  signatures: { message: { over: "udp", first: [message], reply: [message] } },
  facts: { action: textFact("D5", { list: 4, bound: 32 }) },
  samples: {
    yes: [
      udp(client(probe("http://schemas.xmlsoap.org/ws/2005/04/discovery"))),
      udp(client(probe("http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01")), client("<a/>")),
      udp(client(probe("http://schemas.xmlsoap.org/ws/2005/04/discovery")), {
        from: "server",
        bytes: probe("http://schemas.xmlsoap.org/ws/2005/04/discovery"),
      }),
    ],
    no: [
      udp(client(probe("http://schemas.xmlsoap.org/ws/2005/05/discovery"))),
      udp(client("/ws/2005/04/discovery is no XML")),
    ],
  },
});
