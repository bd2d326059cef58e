import {
  accept,
  capture,
  client,
  encrypted,
  derive,
  hex,
  noise,
  not,
  protocol,
  remains,
  repeat,
  run,
  sized,
  skip,
  step,
  textFact,
  u16,
  udp,
  visible,
  inside,
  u8,
} from "../../language/vocabulary.js";

/** A part: type, length with these four bytes; a text ends with 0. */
const length = (least: number) => [
  u16("size", { min: least, max: 1452 }),
  derive("body", { from: "size", plus: -4 }),
];
const text = (type: number) => [u16(type), length(6), inside("body", run(" -~"), "\0")];
const part = [u16({ max: 0x1ff }), length(4), skip("body")];
/** Time or interval, in seconds or in 2^-30 of them (types 1, 7, 8, 9): eight bytes. */
const times = [hex("00"), u8([1, 7, 8, 9]), hex("000c"), skip(8)];

const host = [hex("0000"), length(6), inside("body", capture("host", run(visible)), "\0")];
/** Values are told with their host, a time and a plugin (type 2), most often in this order. */
const values = [host, times, repeat(0, 4, not(text(2)), part), text(2)];
/** Type 0x0200: a signature of 36 bytes and a user, then the values. */
const signature = [hex("0200"), length(37), skip("body")];
/** Type 0x0210: all of the datagram; the length of the user's name, an initial vector, what is encrypted. */
const secret = step(
  hex("0210"),
  u16("size", { min: 42, max: 1452 }),
  derive("rest", { from: "size", plus: -4 }),
  remains("rest"),
  u16("user", { min: 1, max: 255 }),
  skip("user"),
  encrypted,
  encrypted,
  accept,
);

const part2 = (type: string, body: string) => hex(type) + sized(2, body + "\0\0\0\0").slice(0, -4);
const word = (type: string, body: string) => part2(type, `${body}\0`);
const plain =
  word("0000", "node.lab.example") +
  part2("0008", hex("18aa874808818df4")) +
  part2("0009", hex("0000000280000000")) +
  word("0002", "cpu") +
  word("0003", "1") +
  word("0004", "cpu") +
  part2("0006", hex("0001 02 0000000000000000"));

/** collectd's binary protocol: plain, signed or encrypted values. */
export default protocol({
  name: "collectd",
  title: "collectd network protocol",
  category: "management",
  source: "collectd wiki, Binary protocol",
  ports: { udp: [25826] },
  signatures: {
    values: { over: "udp", client: [step(values, accept)] },
    signed: { over: "udp", client: [step(signature, values, accept)] },
    encrypted: { over: "udp", client: [secret] },
  },
  facts: { host: textFact("D4", { bound: 128 }) },
  samples: {
    yes: [
      udp(client(plain)),
      udp(client(part2("0200", noise(32) + "lab"), plain)),
      udp(client(part2("0210", hex("0003") + "lab" + noise(200)))),
    ],
    no: [
      udp(client(plain.replace("\0\x02\0\x08cpu", "\0\x03\0\x08cpu"))),
      udp(client(plain.replace("node", "\x01ode"))),
      udp(client(part2("0210", hex("0003") + "lab" + noise(200)), "\0")),
    ],
  },
});
