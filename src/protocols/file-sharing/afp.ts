import {
  accept,
  client,
  derive,
  hex,
  opt,
  protocol,
  remember,
  repeats,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  within,
} from "../../language/vocabulary.js";

/** DSI (Apple Filing Protocol Programming Guide, "DSI packet structure"): request or reply, command, number, error, length, zero. */
const header = (flags: number, command: number | object, length: object) => [
  u8(flags),
  u8(command),
  u16("id"),
  u32(0),
  u32("length", length),
  u32(0),
];

/** DSIOpenSession: options of four bytes each (attention quantum, server quantum, replay cache). */
const quantum = [u8({ max: 2 }), u8(4), skip(4)];
const open = [header(0, 4, { in: [6, 12] }), within("length", quantum, opt(quantum))];
/** DSICommand with FPLogin or FPLoginExt, which begins with the version's name, "AFPVersion 2.1" to "AFP3.4". */
const afpLogin = [
  header(0, 2, { min: 8, max: 2048 }),
  u8([18, 63]),
  opt(u8(0), u16({ max: 1 })),
  u8({ min: 6, max: 16 }),
  "AFP",
];
const login = [step(open), step(afpLogin, accept)];

/** DSIGetStatus has no data; the answer, FPGetSrvrInfo's, leads to the versions that the server knows. */
const askStatus = step(header(0, 3, { max: 0 }), remember("id"), accept);
const status = step(
  header(1, 3, { min: 24, max: 4096 }),
  repeats("id"),
  u16({ min: 12, max: 1024 }),
  u16("versions", { min: 14, max: 1024 }),
  u16({ min: 16, max: 2048 }),
  derive("skipped", { from: "versions", plus: -6 }),
  skip("skipped"),
  u8({ min: 1, max: 16 }),
  u8({ min: 6, max: 16 }),
  "AFP",
  accept,
);

/** In the middle: a request (close, command, write, attention) and the reply of the same number. */
const command = step(
  header(0, { in: [1, 2, 6, 8] }, { min: 2, max: 0x100000 }),
  remember("id"),
  accept,
);
const answer = step(
  [
    u8(1),
    u8({ in: [1, 2, 6, 8] }),
    u16("id"),
    repeats("id"),
    skip(4),
    u32({ max: 0x100000 }),
    u32(0),
  ],
  accept,
);

const opening = hex("00 04 0001 00000000 00000006 00000000 01 04 00004000");
const information =
  hex("0018 0020 0028 0000 8373") +
  sized(1, "files") +
  "\0\0\0\0\0\0\0\0" +
  sized(1, "Netatalk").slice(0, 8) +
  hex("01") +
  sized(1, "AFP3.4") +
  hex("01") +
  sized(1, "DHX2");

/** AFP over TCP, in DSI's frames. */
export default protocol({
  name: "afp",
  title: "Apple Filing Protocol",
  category: "file-sharing",
  source:
    'Apple Filing Protocol Programming Guide, "AFP over TCP"; AFP Reference, FPLogin, FPGetSrvrInfo',
  ports: { tcp: [548] },
  signatures: {
    exchange: { over: "tcp", client: [command], server: [answer] },
    login: { over: "tcp", client: login },
    status: { over: "tcp", client: [askStatus], server: [status] },
  },
  samples: {
    yes: [
      tcp(
        client(
          opening,
          hex("00 02 0002 00000000 00000019 00000000 12"),
          sized(1, "AFP3.4"),
          sized(1, "No User Authent"),
        ),
      ),
      tcp(
        client(hex("00 03 0001 00000000 00000000 00000000")),
        server(hex("01 03 0001 00000000 00000040 00000000"), information),
      ),
    ],
    weak: [
      tcp(
        client(hex("00 02 0a10 00000000 00000004 00000000 11000001")),
        server(hex("01 02 0a10 00000000 00000000 00000000")),
      ),
      tcp(client(hex("00 03 0001 00000000 00000000 00000000"))),
    ],
    no: [
      tcp(client(opening, hex("00 02 0002 00000000 00000019 00000000 12"), sized(1, "SMB3.4"))),
      tcp(client(opening.replace("\x01\x04\0\0\x40", "\x01\x05\0\0\x40"))),
      tcp(
        client(hex("00 03 0001 00000000 00000000 00000000")),
        server(hex("01 03 0002 00000000 00000040 00000000"), information),
      ),
    ],
  },
});
