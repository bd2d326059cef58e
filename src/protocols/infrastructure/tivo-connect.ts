import {
  accept,
  afterLines,
  capture,
  client,
  lineEnd,
  nocase,
  oneOfNocase,
  protocol,
  run,
  step,
  textFact,
  textual,
  tcp,
  udp,
  u32,
} from "../../language/vocabulary.js";

const value = run(textual, { max: 200 });
/** §3: lines of attributes, the version first; then how it is sent. */
const beacon = [
  nocase("tivoconnect="),
  run("0-9", { max: 3 }),
  lineEnd,
  afterLines(12, oneOfNocase("method=", "platform=", "identity=", "machine=")),
  accept,
  afterLines(12, nocase("platform="), capture("platform", value)),
];

const text =
  "tivoconnect=1\nmethod=broadcast\nplatform=pc/linux\nmachine=server\nidentity={D936E980-79E3}\nservices=FooService:1234\n";

/** TiVo's discovery beacon, over UDP, and over TCP with its length in front (§4). */
export default protocol({
  name: "tivo-connect",
  title: "TiVo Connect Automatic Machine Discovery",
  category: "infrastructure",
  source: "TiVo Connect Automatic Machine Discovery Protocol Specification 1.5.1 §3, §4",
  ports: { tcp: [2190], udp: [2190] },
  signatures: {
    beacon: { over: "udp", first: [step(beacon)] },
    stream: { over: "tcp", first: [step(u32({ max: 0xffff }), beacon)] },
  },
  facts: { platform: textFact("D5", { bound: 64 }) },
  samples: {
    yes: [
      udp(client(text)),
      udp(client(text.replace("tivoconnect", "TiVoConnect"))),
      tcp(client(`\0\0\0\x70${text}`)),
    ],
    no: [udp(client("tivoconnect is a name\n")), udp(client("tivoconnect=1\nand nothing more"))],
  },
});
