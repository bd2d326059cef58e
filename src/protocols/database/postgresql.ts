import {
  accept,
  byte,
  client,
  derive,
  either,
  hex,
  oneOf,
  oneOfNocase,
  opt,
  protocol,
  rest,
  run,
  server,
  skip,
  step,
  tcp,
  textual,
  u16,
  u32,
  within,
  type Word,
} from "../../language/vocabulary.js";
import {
  answeredTls,
  answeredTlsSample,
  startedTls,
  startedTlsFacts,
  startedTlsSample,
} from "../formats/tls-hello.js";

/** A message: its length counts itself (55.2). */
const body = (size: { min: number; max: number }, ...words: Word[]) => [
  u32("size", size),
  derive("left", { from: "size", plus: -4 }),
  within("left", ...words),
];

/** StartupMessage of 3.0 to 3.2: names and values, a zero at the end (55.7). */
const startup = step(
  body(
    { min: 15, max: 10000 },
    u32([0x30000, 0x30001, 0x30002]),
    oneOf(
      "user\0",
      "database\0",
      "application_name\0",
      "client_encoding\0",
      "options\0",
      "replication\0",
      "TimeZone\0",
      "datestyle\0",
      "DateStyle\0",
      "extra_float_digits\0",
      "_pq_.",
    ),
    rest,
  ),
  accept,
);
/** SSLRequest, GSSENCRequest; CancelRequest. */
const request = step(
  either([hex("00000008 04d216"), oneOf("\x2f", "\x30")], hex("00000010 04d2162e")),
  accept,
  // 55.2.10: the server says S, and TLS begins.
  startedTls,
);

/** 55.2.10: one letter; what follows S is TLS. */
const answer = step(accept, "S", answeredTls);

/** AuthenticationMD5Password with its salt, or AuthenticationCleartextPassword: few bytes, and nothing behind them. */
const password = step("R", either([hex("0000000c 00000005"), skip(4)], hex("00000008 00000003")));
/** What follows AuthenticationOk is ParameterStatus; AuthenticationSASL lists mechanisms (55.7). Others are too short. */
const authentication = step(
  "R",
  either(
    [
      hex("00000008 00000000"),
      "S",
      body({ min: 8, max: 255 }, run("A-Za-z_", { min: 4, max: 63 }), "\0", rest),
    ],
    [body({ min: 20, max: 80 }, hex("0000000a"), "SCRAM-SHA-256", rest)],
  ),
  accept,
);
/** ErrorResponse: severity, in whatever language, then severity and code. */
const error = step(
  "E",
  body(
    { min: 20, max: 4000 },
    "S",
    run(textual, { max: 30 }),
    "\0",
    opt("V", oneOf("FATAL\0", "ERROR\0", "PANIC\0")),
    "C",
    run("0-9A-Z", { min: 5, max: 5 }),
    "\0M",
    rest,
  ),
);

const KEYWORDS = [
  "select ",
  "insert ",
  "update ",
  "delete ",
  "set ",
  "show ",
  "begin",
  "commit",
  "rollback",
  "create ",
  "copy ",
  "drop ",
  "with ",
  "start ",
];
/** Query, Parse; what follows Bind and Execute. */
const query = step(
  either(
    ["Q", body({ min: 8, max: 0xffff }, oneOfNocase(...KEYWORDS), rest)],
    [
      "P",
      body(
        { min: 10, max: 0xffff },
        run("!-~", { min: 0, max: 63 }),
        "\0",
        oneOfNocase(...KEYWORDS),
        rest,
      ),
    ],
  ),
);
/** Bind, Describe or Execute of a prepared statement, up to Sync. */
const any = (types: string, max: number) => [byte(types), body({ min: 4, max }, rest)];
const extended = [
  step("B", body({ min: 12, max: 0xffff }, rest)),
  step(either([any("D", 200)], [any("E", 200)])),
  step(either([any("E", 200)], hex("53 00000004"))),
];
/** ParseComplete and BindComplete; or the description of rows. */
const parsed = hex("31 00000004");
const bound = [
  hex("32 00000004"),
  either(
    ["T", body({ min: 6, max: 0xffff }, u16({ max: 1664 }), rest)],
    ["D", body({ min: 6, max: 0xfffff }, u16({ max: 1664 }), rest)],
    ["C", body({ min: 6, max: 80 }, run("A-Z"), rest)],
    hex("6e 00000004"),
  ),
];
const result = step(either([parsed, bound], bound));
/** RowDescription, then DataRow or CommandComplete. */
const rows = [
  step(
    "T",
    body(
      { min: 6, max: 0xffff },
      u16({ min: 1, max: 1664 }),
      run(textual, { max: 63 }),
      "\0",
      u32(),
      u16(),
      u32({ max: 0xffffff }),
      u16(),
      u32(),
      u16([0, 1]),
      rest,
    ),
  ),
  step(
    either(
      ["D", body({ min: 6, max: 0xfffff }, u16({ min: 1, max: 1664 }), rest)],
      ["C", body({ min: 6, max: 80 }, oneOf("SELECT ", "SHOW", "FETCH "), rest)],
    ),
  ),
];
const done = [
  step(
    "C",
    body(
      { min: 8, max: 80 },
      oneOf(
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE ",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SET",
        "COPY ",
        "CREATE ",
      ),
      run("A-Z0-9 ", { min: 0, max: 60 }),
      "\0",
    ),
  ),
  step(hex("5a 00000005"), oneOf("I", "T", "E")),
];

const message = (letter: string, ...parts: string[]) => {
  const words = parts.join("");
  const size = words.length + 4;
  return letter + String.fromCharCode(0, 0, size >> 8, size & 255) + words;
};

/** PostgreSQL, protocol 3. */
export default protocol({
  name: "postgresql",
  title: "PostgreSQL",
  category: "database",
  source: "PostgreSQL 17 documentation, 55.2 Message Flow and 55.7 Message Formats",
  ports: { tcp: [5432] },
  signatures: {
    startup: { over: "tcp", client: [startup] },
    request: { over: "tcp", first: [request], reply: [answer] },
    authentication: { over: "tcp", server: [authentication] },
    password: { over: "tcp", server: [password] },
    error: { over: "tcp", server: [error] },
    query: { over: "tcp", client: [query] },
    extended: { over: "tcp", client: extended },
    result: { over: "tcp", server: [result] },
    rows: { over: "tcp", server: rows },
    done: { over: "tcp", server: done },
  },
  facts: startedTlsFacts,
  samples: {
    yes: [
      tcp(
        client(message("", hex("00030000"), "user\0lab\0database\0postgres\0\0")),
        server(message("R", hex("00000000")), message("S", "server_version\x0015.14\0")),
      ),
      tcp(
        client(hex("00000008 04d2162f")),
        server("S"),
        client(startedTlsSample),
        server(answeredTlsSample),
      ),
      tcp(client(hex("00000010 04d2162e 00000400 1a2b3c4d"))),
      tcp(server(message("R", hex("0000000a"), "SCRAM-SHA-256\0\0"))),
      tcp(server(message("E", "SFATAL\0VFATAL\0C28000\0Mno entry\0\0"))),
      tcp(client(message("Q", "select 1 as one\0"))),
      tcp(client(message("P", "\0SELECT $1\0", hex("0000")))),
      tcp(
        client(
          message("B", hex("00 00 0000 0001 00000001 31 0000")),
          message("D", "P\0"),
          message("E", hex("00 00000000")),
          message("S"),
        ),
      ),
      tcp(
        server(
          message("1"),
          message("2"),
          message("T", hex("0001"), "one\0", hex("00000000 0000 00000017 0004 ffffffff 0000")),
        ),
      ),
      tcp(
        server(
          message("T", hex("0001"), "one\0", hex("00000000 0000 00000017 0004 ffffffff 0000")),
          message("D", hex("0001 00000001 31")),
        ),
      ),
      tcp(server(message("C", "INSERT 0 1\0"), message("Z", "I"))),
    ],
    weak: [
      tcp(server(message("R", hex("00000005"), "salt"))),
      tcp(server(message("R", hex("00000003")))),
    ],
    no: [
      tcp(client(message("", hex("00040000"), "user\0lab\0\0"))),
      tcp(client(hex("00000008 04d21630").replace("\x30", "\x31"))),
      tcp(client(message("Q", "nothing\0"))),
      tcp(server(message("R", hex("00000001")))),
    ],
  },
});
