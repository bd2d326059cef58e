import {
  type Condition,
  accept,
  client,
  derive,
  hex,
  oneOf,
  protocol,
  remember,
  repeats,
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
  type Word,
} from "../../language/vocabulary.js";

/** Length of the PDU with itself, command, status, sequence (3.4 §3.2, §5.1). */
const pdu = (command: Word, status: Condition, ...body: Word[]) => [
  u32("length", { min: 16, max: 4096 }),
  derive("left", { from: "length", plus: -4 }),
  within("left", command, u32(status), u32("sequence", { min: 1, max: 0x7fffffff }), ...body, rest),
];
const text = (least: number, most: number) => [run("!-~", { min: least, max: most }), "\0"];

/** bind_receiver, bind_transmitter, bind_transceiver: who, a password, what kind; version 3.3, 3.4 or 5.0; numbering (§4.1). */
const bind = step(
  u32("length", { min: 23, max: 128 }),
  derive("left", { from: "length", plus: -4 }),
  within(
    "left",
    u32([1, 2, 9]),
    hex("00000000"),
    u32({ min: 1, max: 0x7fffffff }),
    text(1, 15),
    text(0, 8),
    text(0, 12),
    u8([0x33, 0x34, 0x50]),
    u8({ max: 6 }),
    u8({ max: 18 }),
    run(textual, { min: 0, max: 40 }),
    "\0",
  ),
);
/** submit_sm, deliver_sm: service type, type, plan, address of the source, then of the destination (§4.4, §4.6). */
const address = (least: number) => [
  u8({ max: 6 }),
  u8({ max: 18 }),
  run("0-9A-Za-z+ ._-", { min: least, max: 20 }),
  "\0",
];
const short = step(
  pdu(
    u32([4, 5]),
    0,
    run("0-9A-Za-z", { min: 0, max: 5 }),
    "\0",
    address(0),
    address(3),
    u8(),
    u8({ max: 0x7f }),
    u8({ max: 4 }),
  ),
  accept,
);
/** enquire_link and unbind are headers alone. */
const alive = [
  hex("00000010"),
  u32([0x15, 6]),
  hex("00000000"),
  u32("sequence", { min: 1, max: 0x7fffffff }),
  remember("sequence"),
];
const answer = [
  hex("00000010 800000"),
  oneOf("\x15", "\x06"),
  hex("00000000"),
  u32("sequence"),
  repeats("sequence"),
];
/** Responses: the command with its highest bit; a status as in §5.1.3. */
const response = step(
  "\0\0",
  u16("length", { min: 16, max: 512 }),
  derive("left", { from: "length", plus: -4 }),
  within(
    "left",
    hex("800000"),
    oneOf("\x01", "\x02", "\x04", "\x05", "\x09"),
    u32({ max: 0x4ff }),
    u32({ min: 1, max: 0x7fffffff }),
    rest,
  ),
);

const framed = (...parts: string[]) => {
  const words = parts.join("");
  return String.fromCharCode(0, 0, 0, words.length + 4) + words;
};

/** SMPP, by which short messages are handed to a centre. */
export default protocol({
  name: "smpp",
  title: "Short Message Peer-to-Peer",
  category: "messaging",
  source: "SMPP 3.4 issue 1.2 §3.2, §4.1, §4.4, §4.6, §4.11, §5.1; SMPP 5.0",
  ports: { tcp: [2775] },
  signatures: {
    bind: { over: "tcp", client: [bind] },
    message: { over: "tcp", first: [short] },
    responses: { over: "tcp", server: [response, response] },
    alive: { over: "tcp", first: [step(alive)], reply: [step(answer)] },
  },
  samples: {
    yes: [
      tcp(
        server(
          framed(hex("80000009 00000000 00000001"), "centre\\0"),
          framed(hex("80000004 00000000 00000002"), "7f3a\\0"),
        ),
      ),
      tcp(
        client(framed(hex("00000009 00000000 00000001"), "lab\0secret\0\0", hex("34 00 00 00"))),
        server(framed(hex("80000009 00000000 00000001"), "centre\0")),
      ),
      tcp(
        client(
          framed(
            hex("00000004 00000000 00000002"),
            hex("00 01 01"),
            "100\0",
            hex("01 01"),
            "200\0",
            hex("00 00 00 00 00 00 00 00 00 02"),
            "hi",
          ),
        ),
      ),
      tcp(
        client(hex("00000010 00000015 00000000 00000003")),
        server(hex("00000010 80000015 00000000 00000003")),
      ),
    ],
    no: [
      tcp(client(framed(hex("00000009 00000000 00000001"), "lab\0secret\0\0", hex("35 00 00 00")))),
      tcp(client(framed(hex("00000009 00000001 00000001"), "lab\0secret\0\0", hex("34 00 00 00")))),
      tcp(client(hex("00000010 00000015 00000000 00000003"))),
    ],
  },
});
