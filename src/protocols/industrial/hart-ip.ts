import {
  client,
  derive,
  either,
  hex,
  protocol,
  remember,
  repeats,
  server,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** HCF_SPEC-085 §7: version, message type, message id, status, sequence number, byte count with these 8. */
const start = (type: number, id: number, status: object) => [
  u8({ in: [1, 2] }),
  u8(type),
  u8(id),
  u8(status),
];
const OK = { max: 0 };

/** Session: who is master, and how long without a word it lasts, in milliseconds. */
const session = [u16(13), u8({ max: 1 }), u32({ min: 1000, max: 0xffffff })];
/** Token passing: a HART frame of master or slave, short or long address (HCF_SPEC-081 §5). */
const frame = (delimiters: number[]) => [
  u16("count", { min: 13, max: 300 }),
  u8({ in: delimiters }),
  derive("left", { from: "count", plus: -9 }),
  skip("left"),
];
const STX = [0x02, 0x82];
const ACK = [0x06, 0x86, 0x01, 0x81];

const request = (number: string) =>
  step(
    either(
      [start(0, 0, OK), u16(number), remember(number), session],
      [start(0, 3, OK), u16(number), remember(number), frame(STX)],
      // Close, keep alive: the header alone.
      [start(0, 1, OK), u16(number), remember(number), u16(8)],
      [start(0, 2, OK), u16(number), remember(number), u16(8)],
    ),
  );
const reply = (number: string) =>
  step(
    either(
      [start(1, 0, { max: 32 }), u16(number), repeats(number), session],
      [start(1, 3, OK), u16(number), repeats(number), frame(ACK)],
      [start(1, 1, OK), u16(number), repeats(number), u16(8)],
      [start(1, 2, OK), u16(number), repeats(number), u16(8)],
      // Errors with nothing behind; a burst of its own.
      [start(1, 0, { min: 1 }), u16(number), repeats(number), u16(8)],
      [start(2, 3, OK), u16(), frame(ACK)],
    ),
  );

const asked = (number: string) => hex(`01 00 03 00 ${number} 0011 82 264e0000d2 00 00 38`);
const answered = (number: string) => hex(`01 01 03 00 ${number} 0013 86 264e0000d2 00 02 0000 3e`);

/** HART-IP: small numbers, so it takes two questions and their answers. */
export default protocol({
  name: "hart-ip",
  title: "HART-IP",
  category: "industrial",
  source: "FieldComm Group HCF_SPEC-085 §7, §10; HCF_SPEC-081 §5",
  ports: { tcp: [5094], udp: [5094] },
  signatures: {
    session: {
      over: ["tcp", "udp"],
      client: [request("one"), request("two")],
      server: [reply("one"), reply("two")],
    },
  },
  samples: {
    yes: [
      tcp(
        client(hex("01 00 00 00 0002 000d 01 00007530"), asked("0003")),
        server(hex("01 01 00 00 0002 000d 01 0000ea60"), answered("0003")),
      ),
      udp(
        client(hex("01 00 00 00 0002 000d 01 00007530")),
        server(hex("01 01 00 00 0002 000d 01 0000ea60")),
        client(asked("0003")),
        server(answered("0003")),
      ),
    ],
    weak: [udp(client(hex("01 00 00 00 0002 000d 01 00007530")))],
    no: [
      tcp(
        client(hex("01 00 00 00 0002 000d 01 00007530"), asked("0003")),
        server(hex("01 01 00 00 0004 000d 01 0000ea60"), answered("0005")),
      ),
      udp(client(hex("01 00 00 00 0002 000c 01 00007530"))),
    ],
  },
});
