import { client, hex, protocol, server, step, tcp, u16 } from "../../language/vocabulary.js";

/** sp-tcp-mapping §3: 0, SP, version 0, what kind of socket it is, 0. */
const header = step(
  "\0SP\0",
  u16([0x10, 0x11, 0x20, 0x21, 0x30, 0x31, 0x50, 0x51, 0x62, 0x63, 0x70]),
  u16(0),
);

/** Scalability protocols of nanomsg, nng and mangos. */
export default protocol({
  name: "nanomsg",
  title: "nanomsg scalability protocols",
  category: "messaging",
  source: "nanomsg RFC sp-tcp-mapping-01 §3",
  signatures: { header: { over: "tcp", first: [header], reply: [header] } },
  samples: {
    yes: [tcp(client(hex("00535000 0030 0000")), server(hex("00535000 0031 0000")))],
    no: [tcp(client(hex("00535001 0030 0000"))), tcp(client(hex("00535000 0033 0000")))],
  },
});
