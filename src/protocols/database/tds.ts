import {
  accept,
  byte,
  client,
  type Condition,
  derive,
  either,
  equal,
  hex,
  noise,
  oneOf,
  oneOfNocase,
  protocol,
  rest,
  server,
  sized,
  skip,
  step,
  tcp,
  times,
  u16,
  u16le,
  u32le,
  u8,
  within,
  type Word,
} from "../../language/vocabulary.js";

/** MS-TDS §2.2.3.1: type, status (the last packet, or not), length with this header, process, packet number, 0. */
const packet = (type: number, status: Condition, process: Condition, ...words: Word[]) => [
  u8(type),
  u8(status),
  u16("length", { min: 14, max: 32767 }),
  derive("left", { from: "length", plus: -8 }),
  u16(process),
  u8({ max: 4 }),
  "\0",
  within("left", ...words),
];
/** What a client sends: for a reset of the connection there are two more bits. */
const asks = (type: number, ...words: Word[]) => packet(type, [0, 1, 9, 0x11], 0, ...words);

/** PRELOGIN: options with offset and length, the version first, which is 6 bytes long (§2.2.6.5). */
const options = (...more: Word[]) => [
  hex("00 00"),
  u8({ min: 6, max: 80 }),
  hex("0006"),
  ...more,
  rest,
];
const encryption = either(["\x01\0", u8({ min: 12, max: 86 }), hex("0001")], "\xff");
const prelogin = step(packet(0x12, 1, 0, options(encryption)), accept);
/** TLS inside. */
const tlsRecord = ["\x16\x03", u8({ min: 1, max: 3 }), u16({ min: 40, max: 16384 }), rest];
const serverHello = [
  "\x16\x03",
  u8({ min: 1, max: 3 }),
  u16({ min: 40, max: 16384 }),
  "\x02\0",
  rest,
];
const encrypted = step(packet(0x12, 1, 0, tlsRecord), accept);

/** LOGIN7: its length, then the version, the lowest byte first (§2.2.6.4). */
const login = step(
  packet(
    0x10,
    1,
    0,
    u32le("size", { min: 86, max: 0x1ffff }),
    equal("size", "left"),
    either(
      hex("00000070"),
      hex("00000071"),
      hex("01000071"),
      hex("02000972"),
      hex("03000a73"),
      hex("03000b73"),
      hex("04000074"),
    ),
    u32le({ max: 32767 }),
    rest,
  ),
);

/** ALL_HEADERS with the transaction header, as of TDS 7.2 (§2.2.5.3). */
const allHeaders = [hex("16000000 12000000 0200"), skip(8), u32le({ min: 1, max: 0xffff }), rest];
/** Words in UCS-2. */
const wide = (text: string) => [...text].map((letter) => oneOfNocase(`${letter}\0`));
const statement = [
  either(
    ...[
      "select ",
      "insert ",
      "update ",
      "delete ",
      "exec ",
      "set ",
      "commit ",
      "begin ",
      "if @@",
      "use ",
      "create ",
      "declare ",
    ].map(wide),
  ),
  rest,
];
const batch = step(asks(1, either(allHeaders, statement)), accept);
/** RPC: the name of a procedure, or 0xffff and its number, options; a parameter of no name, its status and type (§2.2.6.6). */
const call = step(
  asks(
    3,
    either(allHeaders, [
      u16le("name", { min: 3, max: 128 }),
      times("name", 128, byte(" -~"), "\0"),
      u16le({ max: 7 }),
      rest,
    ]),
  ),
  accept,
);
const callByNumber = step(
  asks(
    3,
    hex("ffff"),
    u16le({ min: 1, max: 15 }),
    u16le({ max: 7 }),
    "\0",
    u8({ max: 3 }),
    u8([0x26, 0x38, 0x6d, 0xa7, 0xe7]),
    rest,
  ),
  accept,
);

/** Replies are streams of tokens (§2.2.7): one that ends with DONE (its last 12 bytes), a login's, columns, errors. */
const reply = (...words: Word[]) => step(packet(4, [0, 1], {}, ...words), accept);
const tokens = either(
  /** ENVCHANGE of database, language, character set, packet size, collation, transaction. */
  ["\xe3", u16le({ min: 3, max: 1024 }), u8({ min: 1, max: 20 }), rest],
  /** LOGINACK; ERROR and INFO with number, state and class. */
  [
    "\xad",
    u16le({ min: 10, max: 300 }),
    u8({ max: 1 }),
    u8([0x07, 0x70, 0x71, 0x72, 0x73, 0x74]),
    rest,
  ],
  [
    oneOf("\xaa", "\xab"),
    u16le({ min: 14, max: 4096 }),
    skip(4),
    u8(),
    u8({ max: 25 }),
    u16le({ min: 1, max: 1000 }),
    rest,
  ],
  /** DONE, DONEPROC, DONEINPROC: status of defined bits, command, rows. */
  [
    oneOf("\xfd", "\xfe", "\xff"),
    u16le({ max: 0x13ff, mask: 0xfe88, bits: 0 }),
    u16le({ max: 0x1ff }),
    u32le({ max: 0xffffff }),
    rest,
  ],
  /** COLMETADATA: number of columns, user type, flags. */
  [
    "\x81",
    u16le({ min: 1, max: 1024 }),
    u32le({ max: 0xff }),
    u16le({ max: 0xfff }),
    u8({ min: 0x1f }),
    rest,
  ],
  /** RETURNSTATUS, then DONEPROC. */
  ["\x79", u32le(), "\xfe", u16le({ max: 0x1ff }), rest],
);

const frame = (type: number, ...parts: string[]) => {
  const words = parts.join("");
  const length = words.length + 8;
  return String.fromCharCode(type, 1, length >> 8, length & 255, 0, 0, 1, 0) + words;
};
const headers = hex("16000000 12000000 0200 0000000000000000 01000000");
const ucs2 = (text: string) => [...text].map((letter) => `${letter}\0`).join("");
const versionOnly = hex(
  "00 001a 0006 01 0020 0001 02 0021 0001 03 0022 0004 04 0026 0001 ff 11000000 0000 00 00 00000000 00",
);

/** TDS 7 and 8, which Microsoft's SQL Server speaks. */
export default protocol({
  name: "tds",
  title: "Tabular Data Stream",
  category: "database",
  source: "MS-TDS §2.2.3.1, §2.2.5.3, §2.2.6.4 to §2.2.6.7, §2.2.7",
  ports: { tcp: [1433] },
  signatures: {
    prelogin: { over: "tcp", client: [prelogin] },
    login: { over: "tcp", client: [login] },
    batch: { over: "tcp", client: [batch] },
    call: { over: "tcp", client: [call] },
    encrypted: { over: "tcp", client: [encrypted] },
    "call-by-number": { over: "tcp", client: [callByNumber] },
    version: {
      over: "tcp",
      server: [
        step(packet(4, 1, {}, options("\x01\0", u8({ min: 12, max: 86 }), hex("0001"))), accept),
      ],
    },
    "encrypted-reply": { over: "tcp", server: [step(packet(4, [0, 1], {}, serverHello), accept)] },
    replies: { over: "tcp", server: [reply(tokens), reply(tokens)] },
  },
  samples: {
    yes: [
      tcp(client(frame(0x12, versionOnly)), server(frame(4, versionOnly))),
      tcp(client(frame(0x12, "\x16\x03\x01", sized(2, noise(120))))),
      tcp(client(frame(0x10, hex("5a000000 04000074 00100000 00000007"), noise(74)))),
      tcp(client(frame(1, headers, ucs2("select 1")))),
      tcp(client(frame(3, ucs2("\x0dsp_executesql"), hex("0000")))),
      tcp(client(frame(3, ucs2("\x0bGetCustomer"), hex("0000")))),
      tcp(client(frame(3, hex("ffff 0d00 0000 0001 26 04 04 00000000")))),
      tcp(server(frame(4, versionOnly))),
      tcp(
        server(
          frame(4, hex("e3 0f00 01 06"), ucs2("master"), hex("00")),
          frame(4, hex("fd 1000 c100 0100000000000000")),
        ),
      ),
      tcp(server(frame(4, "\x16\x03\x03", sized(2, hex("020000"), noise(90))))),
    ],
    no: [
      tcp(client(frame(0x12, versionOnly.replace("\0\x06\x01", "\0\x07\x01")))),
      tcp(client(frame(0x13, versionOnly))),
      tcp(client(frame(1, headers.slice(1), ucs2("nothing 1")))),
      tcp(server(frame(4, noise(40)))),
    ],
  },
});
