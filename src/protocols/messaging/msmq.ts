import {
  accept,
  client,
  hex,
  noise,
  protocol,
  step,
  tcp,
  u16le,
  u32le,
} from "../../language/vocabulary.js";

/** BaseHeader (§2.2.19.1): version 0x10, 0, flags, "LIOR", size, time to reach the queue. */
const header = step(hex("10 00"), u16le(), "LIOR", u32le({ min: 16, max: 0x400000 }), accept);

/** Microsoft Message Queuing. */
export default protocol({
  name: "msmq",
  title: "Microsoft Message Queuing",
  category: "messaging",
  source: "MS-MQQB §2.2.19.1 (MS-MQMQ §2.2.19.1 BaseHeader)",
  ports: { tcp: [1801] },
  signatures: { header: { over: "tcp", first: [header] } },
  samples: {
    yes: [tcp(client(hex("10 00 0300"), "LIOR", hex("3c020000 ffffffff"), noise(60)))],
    no: [
      tcp(client(hex("11 00 0300"), "LIOR", hex("3c020000 ffffffff"))),
      tcp(client(hex("10 00 0300"), "LIOR", hex("08000000 ffffffff"))),
    ],
  },
});
