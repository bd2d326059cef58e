import {
  accept,
  capture,
  client,
  either,
  hex,
  protocol,
  remember,
  repeats,
  server,
  sized,
  skip,
  step,
  tcp,
  textFact,
  u16le,
  u32le,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** Volume 2, 2-3: command, length, session, status, sender's context, options 0. Status codes: table 2-3.3. */
const header = (command: number | number[], length: object | number) => [
  u16le("command", command),
  remember("command"),
  u16le("length", length),
  u32le("session"),
  u32le({ in: [0, 1, 2, 3, 0x64, 0x65, 0x69, 0x6a] }),
  u32le("context"),
  remember("context"),
  u32le(),
  u32le(0),
];
const answered = (command: number | number[], length: object | number) => [
  u16le("command", command),
  repeats("command"),
  u16le("length", length),
  u32le("session"),
  u32le({ in: [0, 1, 2, 3, 0x64, 0x65, 0x69, 0x6a] }),
  u32le("context"),
  repeats("context"),
  u32le(),
  u32le(0),
];

/** 2-4.7, 2-4.8 and 2-6: interface 0, a time-out, two to four items: null or connected address, then the data. */
const packet = [
  u32le(0),
  u16le(),
  u16le({ in: [2, 3, 4] }),
  either("\0\0\0\0", ["\xa1\0\x04\0", u32le()]),
  u16le({ in: [0xb1, 0xb2] }),
  u16le("n", { min: 2 }),
];
/** Version 1, options 0 (2-4.4). */
const REGISTRATION = "\x01\0\0\0";
const LISTS = [0x04, 0x63, 0x64];
/** Connected data is sent by either side at its own pace. */
const data = [
  u16le([0x6f, 0x70]),
  u16le("length", { min: 16 }),
  u32le(),
  u32le({ in: [0, 1, 2, 3] }),
  skip(8),
  u32le(0),
  packet,
];

/** The client asks for a list, or registers a session. */
const listing = step(header(LISTS, 0), accept);
const registering = step(header([0x65], 4), REGISTRATION, accept);

/** ListIdentity's item (2-4.2.3): type 12, version 1, an address, then vendor, type, code, revision, status, serial, name. */
const identity = [
  u16le({ in: [1] }),
  u16le(0x0c),
  u16le("item", { min: 33 }),
  u16le(1),
  "\0\x02",
  skip(28),
  u8("name"),
  capture("product", skip("name")),
];
/** Other lists: how many items, and the first one's type and length. */
const list = [
  u16le({ max: 16 }),
  u16le({ in: [0x0c, 0x86, 0x100] }),
  u16le("n", { min: 4, max: 512 }),
];
const listed = step(
  either(
    [answered([0x63], { min: 36, max: 1024 }), identity],
    [answered(LISTS, { min: 6, max: 1024 }), list],
  ),
  accept,
);
const registered = step(answered([0x65], 4), REGISTRATION, accept);
const sent = step(data, accept);

const empty = (command: string, length = "0000") =>
  hex(`${command} ${length} 00000000 00000000 a1b2c3d4e5f60708 00000000`);
const rack = (command: string, length: string, items: string) =>
  hex(`${command} ${length} 00010210 00000000 0000000000000000 00000000 00000000 0a00 ${items}`);

/** EtherNet/IP's encapsulation, over TCP and UDP. */
export default protocol({
  name: "enip",
  title: "EtherNet/IP",
  category: "industrial",
  source: "ODVA, The CIP Networks Library, volume 2: EtherNet/IP Adaptation of CIP, chapter 2",
  ports: { tcp: [44818], udp: [44818] },
  signatures: {
    list: { over: ["tcp", "udp"], client: [listing], server: [listed] },
    session: { over: "tcp", client: [registering], server: [registered] },
    data: { over: "tcp", first: [sent], reply: [sent] },
  },
  facts: { product: textFact("D5", { bound: 64 }) },
  samples: {
    yes: [
      tcp(
        client(empty("6500", "0400"), hex("0100 0000")),
        server(empty("6500", "0400"), hex("0100 0000")),
      ),
      udp(
        client(empty("6300")),
        server(
          empty("6300", "3c00"),
          hex("0100 0c00 3600 0100 0002 af12 c0000207 0000000000000000"),
          hex("0100 0e00 3600 1401 3000 01020304"),
          sized(1, "1756-L61/B LOGIX5561"),
          hex("03"),
        ),
      ),
      tcp(
        client(rack("7000", "1c00", "0200 a100 0400 01038b00 b100 0800 71ec 0a02 2002 2401")),
        server(rack("6f00", "1800", "0200 0000 0000 b200 0800 8e00 0000 0100 0200")),
      ),
    ],
    weak: [udp(client(empty("6300")))],
    no: [
      udp(client(empty("6300")), server(empty("6400"))),
      tcp(client(empty("6500", "0500"), hex("0100 0000 00"))),
      tcp(client(rack("7000", "1c00", "0200 a200 0400 01038b00 b100 0800 71ec 0a02 2002 2401"))),
    ],
  },
});
