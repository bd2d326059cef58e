import {
  accept,
  client,
  derive,
  equal,
  hex,
  protocol,
  remember,
  repeats,
  server,
  step,
  tcp,
  u16le,
  u32,
  u32le,
} from "../../language/vocabulary.js";

/** An address: NetId of six bytes, of which the first four are told apart, and a port. */
const address = (name: string) => [u32(name), u16le(), u16le({ min: 1 })];

/** AMS/TCP: 0 and length (of the AMS header's 32 bytes and the data); command 1 … 9, state 4 for requests, 5 for responses. */
const message = (state: number) => [
  u16le({ in: [1, 2, 3, 4, 5, 6, 7, 8, 9] }),
  u16le(state),
  u32le("data", { max: 0xfffff }),
  derive("all", { from: "data", plus: 32 }),
  equal("all", "length"),
];
const front = [u16le(0), u32le("length", { min: 32, max: 0x10001f })];

const request = step(
  front,
  address("server"),
  remember("server"),
  address("client"),
  remember("client"),
  message(4),
  u32le(0),
  u32le("invocation"),
  remember("invocation"),
  accept,
);
/** ADS return codes stay below 0x10000 (but for Windows socket errors). */
const response = step(
  front,
  address("client"),
  repeats("client"),
  address("server"),
  repeats("server"),
  message(5),
  u32le({ max: 0x3fff }),
  u32le("invocation"),
  repeats("invocation"),
  accept,
);

const asked = hex(
  "0000 20000000 050d75600101 1027 c0a801630101 0380 0400 0400 00000000 00000000 05000000",
);
const answered = hex(
  "0000 28000000 c0a801630101 0380 050d75600101 1027 0400 0500 08000000 00000000 05000000 00000000 05000200",
);

/** ADS, Beckhoff's protocol between TwinCAT devices: a request and its response. */
export default protocol({
  name: "ads",
  title: "Automation Device Specification (AMS/TCP)",
  category: "industrial",
  source: "Beckhoff, TwinCAT ADS/AMS specification (TE1000): AMS/TCP packet, AMS header",
  ports: { tcp: [48898] },
  signatures: { exchange: { over: "tcp", client: [request], server: [response] } },
  samples: {
    yes: [tcp(client(asked), server(answered))],
    weak: [tcp(client(asked))],
    no: [
      tcp(client(asked), server(answered.replace("\x05\0\x08", "\x04\0\x08"))),
      tcp(client(asked.replace("\x20", "\x21"))),
    ],
  },
});
