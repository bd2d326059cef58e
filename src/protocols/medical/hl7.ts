import {
  accept,
  byte,
  capture,
  client,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  until,
} from "../../language/vocabulary.js";

const field = [until("|"), "|"];

/** MLLP begins with a vertical tab (HL7 "Minimal Lower Layer Protocol"); MSH with its separators (HL7 v2.5 §2.15.9.1, §2.15.9.2), sender, receiver, time, security, type. */
const message = step(
  "\x0bMSH|",
  byte("!-~"),
  byte("!-~"),
  byte("!-~"),
  byte("!-~"),
  accept,
  field,
  capture("application", run("!-{}~ ", { max: 64 })),
  "|",
  [1, 2, 3, 4, 5].map(() => field),
  capture("type", run("A-Z0-9^_", { max: 32 })),
);

const example =
  "\x0bMSH|^~\\&|LAB|WARD|ADT|HOSPITAL|20240203040506||ADT^A01|4711|P|2.3\rEVN|A01|20240203\r\x1c\r";

/** HL7 version 2 in MLLP's frames. */
export default protocol({
  name: "hl7",
  title: "HL7 version 2",
  category: "medical",
  source: "HL7 Version 2.5 §2.15.9; HL7 Version 3: Transport Specification, MLLP",
  ports: { tcp: [2575] },
  signatures: { message: { over: "tcp", client: [message], server: [message] } },
  facts: {
    application: textFact("D5", { bound: 64 }),
    type: textFact("D5", { bound: 32, list: 8 }),
  },
  samples: {
    yes: [
      tcp(
        client(example),
        server("\x0bMSH|^~\\&|ADT|HOSPITAL|LAB|WARD|20240203||ACK|1|P|2.3\rMSA|AA|4711\r\x1c\r"),
      ),
      tcp(client(example)),
    ],
    no: [tcp(client(example.slice(1))), tcp(client(example.replace("MSH|", "MSH,")))],
  },
});
