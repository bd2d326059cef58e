import {
  accept,
  client,
  hex,
  numberFact,
  protocol,
  report,
  server,
  step,
  tcp,
  u32,
} from "../../language/vocabulary.js";

/** RFC 5531 §11, which NDMP borrows: one fragment. Then number, time, request or reply, message, number replied to, error. */
const header = (kind: number, code: object) => [
  u32({ min: 0x80000018, max: 0x80ffffff }),
  u32({ max: 0xffff }),
  u32({ min: 0x30000000 }),
  u32(kind),
  u32(code),
  u32({ max: kind === 0 ? 0 : 0xffff }),
  u32({ max: 0x1f }),
];

/** NDMP v4 §3.1.1: the server says that it is there (0x502), why, and its greatest version. */
const connected = step(
  header(0, { in: [0x502] }),
  u32({ max: 3 }),
  u32("version", { min: 1, max: 4 }),
  accept,
  report("version"),
);
/** §3.2: CONNECT_OPEN with the version wanted, and other requests on the connection. */
const open = step(header(0, { in: [0x900] }), u32({ min: 1, max: 4 }), accept);

const number = (count: number) => `0000000${count}`;
const notified = hex(
  `80000024 ${number(1)} 65bdc1a0 ${number(0)} 00000502 ${number(0)} ${number(0)} ${number(0)} 00000004 00000000`,
);
const opened = hex(
  `8000001c ${number(1)} 65bdc1a1 ${number(0)} 00000900 ${number(0)} ${number(0)} 00000004`,
);

/** NDMP, which drives backups of file servers. */
export default protocol({
  name: "ndmp",
  title: "Network Data Management Protocol",
  category: "file-sharing",
  source: "NDMP Version 4 (draft-skardal-ndmp4-04) §2.3, §3.1, §3.2",
  ports: { tcp: [10000] },
  signatures: { connect: { over: "tcp", server: [connected], client: [open] } },
  facts: { version: numberFact("D5") },
  samples: {
    yes: [tcp(server(notified), client(opened)), tcp(server(notified))],
    no: [
      tcp(server(notified.replace("\x05\x02", "\x05\x09"))),
      tcp(client(opened.replace("\x80", "\x81"))),
    ],
  },
});
