import {
  accept,
  hex,
  noise,
  numberFact,
  protocol,
  report,
  rest,
  server,
  sized,
  step,
  tcp,
  u32,
  within,
} from "../../language/vocabulary.js";

/** WireFormatInfo, which each side sends first: size, type 1, magic, version, a map of its options. */
const info = step(
  u32("size", { min: 20, max: 4096 }),
  within("size", "\x01", "ActiveMQ", u32("version", { min: 1, max: 30 }), rest),
  accept,
  report("version"),
);

/** OpenWire, which ActiveMQ speaks. */
export default protocol({
  name: "openwire",
  title: "ActiveMQ OpenWire",
  category: "messaging",
  source: "Apache ActiveMQ documentation, OpenWire version 2 specification: WireFormatInfo",
  ports: { tcp: [61616] },
  signatures: { info: { over: "tcp", first: [info] } },
  facts: { version: numberFact("D5") },
  samples: {
    yes: [tcp(server(sized(4, "\x01ActiveMQ", hex("0000000c 01 00000102"), noise(40))))],
    no: [
      tcp(server(sized(4, "\x02ActiveMQ", hex("0000000c 01 00000102")))),
      tcp(server(sized(4, "\x01ActiveMQ", hex("0000010c 01 00000102")))),
    ],
  },
});
