import {
  accept,
  client,
  either,
  hex,
  noise,
  numberFact,
  protocol,
  report,
  server,
  step,
  tcp,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** RFC 4271 §4.1: 16 bytes of ones; length 19 … 4,096 (65,535 by RFC 8654); type. */
const MARKER = "\xff".repeat(16);
/** §4.2: version 4, autonomous system, a hold time of 0 or at least 3 seconds; what is behind is of the rest's length. */
const open = [u16({ min: 29, max: 4096 }), u8(1), u8(4), u16("as")];
/** UPDATE, NOTIFICATION, KEEPALIVE and ROUTE-REFRESH (RFC 2918), each at least so long. */
const other = either(
  [u16(19), u8(4)],
  [u16({ min: 21, max: 4096 }), u8(3), u8({ min: 1, max: 8 })],
  [u16(23), u8(5)],
  [u16({ min: 23 }), u8(2)],
);

const message = step(MARKER, either([open, report("as")], other), accept);

/** BGP-4, by its messages' header. */
export default protocol({
  name: "bgp",
  title: "Border Gateway Protocol",
  category: "routing",
  source: "RFC 4271 §4; RFC 2918 §3; RFC 8654 §4",
  ports: { tcp: [179] },
  signatures: { message: { over: "tcp", first: [message], reply: [message] } },
  facts: { as: numberFact("D5", { list: 2 }) },
  samples: {
    yes: [
      tcp(
        client(MARKER, hex("001d 01 04 fde8 00b4 c0000201 00")),
        server(MARKER, hex("001d 01 04 fde9 00b4 c0000202 00")),
      ),
      tcp(server(MARKER, hex("0013 04"))),
      tcp(client(MARKER, hex("0030 02 0000 0014"), noise(21))),
    ],
    no: [
      tcp(client(MARKER, hex("0012 04"))),
      tcp(client(MARKER.slice(1), hex("fe 0013 04"))),
      tcp(client(MARKER, hex("001d 01 03 fde8 00b4"))),
    ],
  },
});
