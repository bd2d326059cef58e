import {
  accept,
  client,
  either,
  equal,
  hex,
  numberFact,
  numbered,
  protocol,
  remember,
  repeats,
  report,
  rest,
  run,
  server,
  step,
  tcp,
  textual,
  u16,
  u32,
  u8,
  within,
} from "../../language/vocabulary.js";

/** FCGI_Record (§3.3): version 1, type, request, length of the content, of the padding (to eight bytes), reserved. */
const record = (type: number, id: string) => [
  hex("01"),
  u8(type),
  u16(id, { min: 1 }),
  u16("length", { min: 1 }),
  u8({ max: 7 }),
  hex("00"),
];

/**
 * FCGI_BEGIN_REQUEST (§5.1): eight bytes, the role, one flag, five reserved. FCGI_PARAMS (§5.2): a name and
 * its value, with their lengths in front (§3.4); names are variables of CGI.
 */
const begin = step(
  hex("01 01"),
  u16("id", { min: 1 }),
  hex("0008 00 00"),
  u16("role", [1, 2, 3]),
  u8({ max: 1 }),
  hex("00 00 00 00 00"),
  record(4, "again"),
  equal("again", "id"),
  u8("name", { min: 1, max: 0x7f }),
  either(u8({ max: 0x7f }), u32({ min: 0x80000000 })),
  within("name", run("A-Za-z0-9_", { max: 0x7f })),
  remember("id"),
  accept,
  report("role"),
);

/** FCGI_STDOUT begins with a header line, FCGI_STDERR is text (§5.3). */
const output = step(
  either(
    [
      record(6, "id"),
      repeats("id"),
      within("length", run("A-Za-z-", { min: 3, max: 32 }), ":", rest),
    ],
    [record(7, "id"), repeats("id"), within("length", run(textual, { min: 4 }), rest)],
  ),
  accept,
);

const open = hex("01 01 0001 0008 00 00  0001 00 00 00 00 00 00");
const params =
  hex("01 04 0001 0011 07 00  0e 01") + "CONTENT_LENGTH0" + hex("00 00 00 00 00 00 00");
const answer = hex("01 06 0001 0018 00 00") + "Status: 200 OK\r\n\r\nHallo!";
const warning = hex("01 07 0001 0018 00 00") + "PHP message: PHP Notice:";

/** FastCGI, between a web server and its programs: told by the pair of records that every request begins with. */
export default protocol({
  name: "fastcgi",
  title: "FastCGI",
  category: "web",
  source: "FastCGI Specification 1.0 (Open Market, 1996) §3.3, §3.4, §5.1, §5.2, §5.3",
  ports: { tcp: [9000] }, // customary; IANA has given it to another
  signatures: {
    exchange: { over: "tcp", client: [begin], server: [output] },
  },
  facts: { role: numberFact("D5", { names: numbered("1 responder, 2 authorizer, 3 filter") }) },
  samples: {
    yes: [
      tcp(client(open + params), server(answer)),
      tcp(client(open + params), server(warning)),
      tcp(client(open + params)), // one side was captured
    ],
    weak: [tcp(server(answer))], // the other side was captured
    no: [
      tcp(client(hex("02 01 0001 0008 00 00  0001 00 00 00 00 00 00") + params)), // another version
      tcp(client(hex("01 01 0001 0008 00 00  0004 00 00 00 00 00 00") + params)), // no such role
      tcp(client(hex("01 01 0000 0008 00 00  0001 00 00 00 00 00 00") + params)), // no request
      tcp(client(hex("01 01 0002 0008 00 00  0001 00 00 00 00 00 00") + params)), // of another request
    ],
  },
});
