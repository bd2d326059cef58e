import {
  accept,
  byte,
  client,
  hex,
  noise,
  protocol,
  server,
  sized,
  step,
  tcp,
  times,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** Java RMI §10.2.2: version 1 or 2; stream, single operation or multiplex. */
const header = step("JRMI\0", u8([1, 2]), u8({ min: 0x4b, max: 0x4d }), accept);
/** ProtocolAck with the client's host and port (§10.2.3). */
const acknowledged = step(
  "\x4e",
  u16("host", { min: 4, max: 255 }),
  times("host", 255, byte("0-9A-Za-z.:%_-")),
  "\0\0",
  u16(),
  accept,
);
/** A return (0x51) of serialised data (Object Serialization §6.4.2). */
const returned = step(hex("51 aced0005 770f 01"), accept);
/** A call from the middle. */
const called = step(hex("50 aced0005 77"), u8({ min: 34 }), accept);

/** Java Remote Method Invocation (JRMP). */
export default protocol({
  name: "jrmi",
  title: "Java RMI",
  category: "infrastructure",
  source:
    "Java Remote Method Invocation Specification §10.2; Java Object Serialization Specification §6.4.2",
  ports: { tcp: [1099, 1098] },
  signatures: {
    header: { over: "tcp", client: [header] },
    acknowledged: { over: "tcp", server: [acknowledged] },
    returned: { over: "tcp", server: [returned] },
    call: { over: "tcp", client: [called] },
  },
  samples: {
    yes: [
      tcp(client("JRMI", hex("0002 4b")), server("\x4e", sized(2, "192.0.2.1"), hex("00008692"))),
      tcp(server(hex("51 aced0005 770f 01"), noise(14))),
      tcp(client(hex("50 aced0005 7722"), noise(34))),
    ],
    no: [tcp(client("JRMI", hex("0003 4b"))), tcp(client(hex("50 aced0006 7722")))],
  },
});
