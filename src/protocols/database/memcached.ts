import {
  accept,
  capped,
  client,
  digits,
  either,
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
  type Word,
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
const binary = (magic: number, ...second: Word[]) => [
  u8(magic),
  u8("opcode", { max: 0xff }),
  u16("key", { max: 250 }),
  u8("extras", { in: [0, 4, 8, 12, 16, 20, 24] }),
  u8(0),
  ...second,
  u32("body", { max: 0xfffff }),
  u32("opaque"),
];
const request = step(
  binary(0x80, u16({ max: 1023 })),
  remember("opcode"),
  remember("opaque"),
  skip(8),
  within("body", rest),
  accept,
);
/** Status: §3.2. */
const response = step(
  binary(0x81, u16([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x20, 0x21, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86])),
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
      tcp(client("set room 0 60 2\r\n12\r\n"), server("STORED\r\n")),
      tcp(client("get room\r\n"), server("END\r\n")),
      tcp(client("get room\r\n"), server("VALUE room 0 2\r\n12\r\nEND\r\n")),
      tcp(client("stats\r\n"), server("STAT pid 7\r\nSTAT uptime 12\r\nEND\r\n")),
      udp(client(udpFrame, "stats\r\n"), server(udpFrame, "STAT pid 7\r\n")),
      udp(server(udpFrame, "VALUE room 0 2\r\n12\r\nEND\r\n")),
    ],
    weak: [
      tcp(client("get room\r\n")),
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
    ],
    no: [
      tcp(client("set room zero 60 2\r\n12\r\n")),
      tcp(client("get room\r\n"), server("HTTP/1.1 400 Bad Request\r\n\r\n")),
      udp(client(hex("0001 0000 0001 0001"), "stats\r\n")),
      tcp(client(hex("80 00 0004 00 01 0000 00000004 0000abcd 0000000000000000"), "room")),
    ],
  },
});
