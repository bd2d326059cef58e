import {
  accept,
  client,
  hex,
  protocol,
  remember,
  repeats,
  server,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** Specification for the Rx RPC Facility, "The Rx packet header": a time, a connection and its channel, and a call. */
const ids = [
  u32("epoch", { min: 0x01000000 }),
  u32("connection", { min: 4 }),
  u32("call", { max: 0xffffff }),
];
/** Sequence and serial numbers, type (data … version), flags with the side that began the connection, status, security, checksum, service. */
const numbers = (flags: readonly number[]) => [
  u32({ max: 0xffff }),
  u32({ max: 0xffffff }),
  u8({ in: [1, 2, 3, 4, 5, 6, 7, 8, 13] }),
  u8({ in: flags }),
  u8({ max: 1 }),
  u8({ in: [0, 1, 2, 3, 4] }),
  u16(),
  u16({ min: 1, max: 0x7ff }),
];
const even = [0, 2, 4, 6, 8, 10, 12, 14, 0x20, 0x22, 0x24, 0x26, 0x28, 0x2a];

const asked = step(
  ids,
  remember("epoch"),
  remember("connection"),
  numbers(even.map((flags) => flags + 1)),
  accept,
);
const answered = step(ids, repeats("epoch"), repeats("connection"), numbers(even), accept);

const question = hex(
  "570fb560 5c3fc988 00000001 00000001 00000001 01 05 00 00 0000 0049 000001f8 00000001",
);
const answer = hex(
  "570fb560 5c3fc988 00000001 00000001 00000001 01 04 00 00 0000 0049 00000001 00002711",
);

/** Rx, the remote procedure calls of AFS. Both sides are needed. */
export default protocol({
  name: "rx",
  title: "Rx (AFS)",
  category: "file-sharing",
  source: "AFS-3 Programmer's Reference: Specification for the Rx Remote Procedure Call Facility",
  ports: { udp: [7000, 7001, 7002, 7003, 7004, 7005] },
  signatures: {
    asked: { over: "udp", client: [asked], server: [answered] },
  },
  samples: {
    yes: [udp(client(question), server(answer))],
    weak: [udp(client(question))],
    no: [
      udp(client(question), server(answer.replace("\x57", "\x58"))),
      udp(client(question.slice(4)), server(answer.slice(4))),
    ],
  },
});
