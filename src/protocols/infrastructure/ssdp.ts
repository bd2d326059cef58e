import {
  accept,
  capture,
  client,
  headers,
  headersBefore,
  line,
  lineEnd,
  nocase,
  oneOf,
  oneOfNocase,
  protocol,
  run,
  server,
  step,
  textFact,
  textual,
  udp,
} from "../../language/vocabulary.js";

const value = run(textual, { max: 200 });
const FIELDS = {
  st: capture("target", value),
  nt: capture("target", value),
  "user-agent": capture("software", value),
  server: capture("software", value),
  location: capture("location", value),
};
const told = headers(FIELDS);

/** UDA 2.0 §1.3.2, §1.2.2: `M-SEARCH * HTTP/1.1`, `NOTIFY * HTTP/1.1`. */
const request = step(oneOf("M-SEARCH * HTTP/1.", "NOTIFY * HTTP/1."), line(8), accept, told);

/** §1.3.3: an HTTP response that says what was searched for (ST) or who answers (USN). */
const response = step(
  oneOf("HTTP/1.1 200 ", "HTTP/1.0 200 "),
  nocase("OK"),
  lineEnd,
  headersBefore(oneOfNocase("ST:", "USN:"), FIELDS),
  oneOfNocase("ST:", "USN:"),
  accept,
  line(),
  told,
);

const search =
  'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n';
const answer =
  "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: http://192.0.2.7:49152/d.xml\r\n" +
  "SERVER: Linux/6.1 UPnP/1.1 gupnp/1.6\r\nST: upnp:rootdevice\r\nUSN: uuid:1::upnp:rootdevice\r\n\r\n";

/** SSDP: HTTP's lines in datagrams, to search for devices and to tell of them. */
export default protocol({
  name: "ssdp",
  title: "Simple Service Discovery Protocol",
  category: "infrastructure",
  source: "UPnP Device Architecture 2.0 §1.2, §1.3; draft-cai-ssdp-v1-03",
  ports: { udp: [1900] },
  signatures: {
    request: { over: "udp", client: [request] },
    response: { over: "udp", server: [response] },
  },
  facts: {
    target: textFact("D5", { bound: 128 }),
    software: textFact("D5", { bound: 128 }),
    location: textFact("D5"),
  },
  samples: {
    yes: [
      udp(client(search)),
      udp(client(search), server(answer)),
      udp(server(answer)),
      udp(
        client(
          "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: upnp:rootdevice\r\nNTS: ssdp:alive\r\n\r\n",
        ),
      ),
    ],
    no: [
      udp(client("GET / HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n\r\n")),
      udp(server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
      udp(client("NOTIFY sip:me@example.org SIP/2.0\r\nVia: x\r\n\r\n")),
    ],
  },
});
