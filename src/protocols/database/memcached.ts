import {
  type Condition,
  accept,
  capped,
  client,
  derive,
  digits,
  either,
  equal,
  hex,
  line,
  oneOf,
  opt,
  printable,
  protocol,
  remember,
  repeats,
  rest,
  run,
  server,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
  visible,
  within,
} from "../../language/vocabulary.js";

const space = " ";
const number = run(digits, { max: 20 });
const key = run(visible, { max: 250 });
const END = "\r\n";

/** protocol.txt, "Storage commands": key, flags, time, bytes. */
const storage = [
  oneOf("set ", "add ", "replace ", "append ", "prepend ", "cas "),
  key,
  space,
  number,
  space,
  opt("-"),
  number,
  space,
  number,
  opt(space, number),
  opt(" noreply"),
  END,
];
/** Other commands: too short for a name alone. */
const retrieval = [
  either(
    [
      oneOf("get ", "gets ", "delete ", "touch ", "incr ", "decr ", "gat "),
      run(printable, { max: 998 }),
    ],
    [oneOf("stats", "version", "flush_all"), opt(" ", run(printable, { max: 100 }))],
  ),
  END,
];
const retrievalCommand = step(capped(22, retrieval));
const answers = [
  either(
    ["VALUE ", key, space, number, space, number, END],
    ["STAT ", run("A-Za-z0-9_:."), space, run(printable), END],
    ["VERSION ", run("0-9.a-z-"), END],
    oneOf("END\r\n", "STORED\r\n", "NOT_FOUND\r\n", "DELETED\r\n", "TOUCHED\r\n"),
  ),
];
const value = step(
  either(
    ["VALUE ", key, space, number, space, number, END],
    ["STAT ", run("A-Za-z0-9_:."), space, run(printable), END],
  ),
);

/** "UDP protocol": request id, sequence, number of datagrams, 0. */
const frame = [
  u16("id"),
  u16("sequence", { max: 1023 }),
  u16("datagrams", { min: 1, max: 1024 }),
  u16(0),
];
const asking = step(frame, either(storage, retrieval));
const answering = step(
  frame,
  either(answers, [oneOf("ERROR", "CLIENT_ERROR ", "SERVER_ERROR "), line()]),
);

/** protocol_binary.txt §2: magic, opcode, key and extras within the whole body, data type 0. */
const head = (opcodes: Condition, length: Condition, extras: Condition) => [
  u8("opcode", opcodes),
  u16("key", length),
  u8(extras),
  u8(0),
];
/** A virtual bucket, and how long the body is: as long as key and extras, or longer by a value. */
const bucket = u16({ max: 1023 });
const only = (extras: number) => [
  bucket,
  derive("whole", { from: "key", plus: extras }),
  u32("body", { max: 300 }),
  equal("body", "whole"),
];
const withValue = [bucket, u32("body", { min: 1, max: 0xfffff })];
const KEY = { min: 1, max: 250 };
/** §4: what each command has of extras, key and value. The unique number (CAS) is for changes only. */
const NO_CAS = "\0".repeat(8);
const request = step(
  "\x80",
  either(
    // Get, delete; their quiet forms, and those that answer with the key.
    [head([0x00, 0x04, 0x09, 0x0c, 0x0d, 0x10, 0x14], KEY, 0), only(0)],
    // Touch, get and touch: a time.
    [head([0x1c, 0x1d, 0x1e, 0x23, 0x24], KEY, 4), only(4)],
    // Increment and decrement: by how much, from what, a time.
    [head([0x05, 0x06, 0x15, 0x16], KEY, 20), only(20)],
    // Set, add, replace: flags and a time. Append and prepend have none; SASL's mechanism is a key.
    [head([0x01, 0x02, 0x03, 0x11, 0x12, 0x13], KEY, 8), withValue],
    [head([0x0e, 0x0f, 0x19, 0x1a, 0x21, 0x22], KEY, 0), withValue],
    // Quit, no operation, version, statistics, mechanisms of SASL.
    [head([0x07, 0x08, 0x0a, 0x0b, 0x10, 0x17, 0x18, 0x20], 0, 0), only(0)],
    [head([0x08, 0x18], 0, 4), only(4)],
  ),
  u32("opaque"),
  NO_CAS,
  remember("opcode"),
  remember("opaque"),
  within("body", rest),
  accept,
);
/** Status: §3.2. */
const response = step(
  "\x81",
  head({ max: 0x3d }, { max: 250 }, { in: [0, 4, 8, 12, 16, 20, 24] }),
  [
    u16([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x20, 0x21, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86]),
    u32("body", { max: 0xfffff }),
    u32("opaque"),
  ],
  repeats("opcode"),
  repeats("opaque"),
  skip(8),
  within("body", rest),
  accept,
);
const udpFrame = hex("0001 0000 0001 0000");

/** memcached: text, binary, and the frame that UDP puts in front. */
export default protocol({
  name: "memcached",
  title: "memcached",
  category: "database",
  source: "memcached doc/protocol.txt; protocol_binary.txt §2, §3",
  ports: { tcp: [11211], udp: [11211] },
  signatures: {
    storage: { over: "tcp", client: [step(storage)] },
    retrieval: { over: "tcp", client: [retrievalCommand], server: [step(answers)], both: true },
    value: { over: "tcp", server: [value] },
    "udp-request": { over: "udp", client: [asking] },
    "udp-answer": { over: "udp", server: [answering] },
    binary: { over: "tcp", client: [request], server: [response] },
    "binary-two": { over: "tcp", client: [request, request] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("80 00 0004 00 00 0000 00000004 0000abcd 0000000000000000"), "room"),
        server(hex("81 00 0000 04 00 0000 00000006 0000abcd 0000000000000001 00000000"), "12"),
      ),
      tcp(
        client(
          hex("80 01 0004 08 00 0000 0000000e 00000001 0000000000000000 00000000 0000003c"),
          "room12",
          hex("80 00 0004 00 00 0000 00000004 00000002 0000000000000000"),
          "room",
        ),
      ),
      tcp(client("set room 0 60 2\r\n12\r\n"), server("STORED\r\n")),
      tcp(client("get room\r\n"), server("END\r\n")),
      tcp(client("get room\r\n"), server("VALUE room 0 2\r\n12\r\nEND\r\n")),
      tcp(client("stats\r\n"), server("STAT pid 7\r\nSTAT uptime 12\r\nEND\r\n")),
      udp(client(udpFrame, "stats\r\n"), server(udpFrame, "STAT pid 7\r\n")),
      udp(server(udpFrame, "VALUE room 0 2\r\n12\r\nEND\r\n")),
    ],
    weak: [tcp(client("get room\r\n"))],
    no: [
      tcp(client("set room zero 60 2\r\n12\r\n")),
      tcp(client("get room\r\n"), server("HTTP/1.1 400 Bad Request\r\n\r\n")),
      udp(client(hex("0001 0000 0001 0001"), "stats\r\n")),
      tcp(client(hex("80 00 0004 00 01 0000 00000004 0000abcd 0000000000000000"), "room")),
    ],
  },
});
