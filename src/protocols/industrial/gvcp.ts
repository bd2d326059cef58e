import {
  client,
  either,
  hex,
  protocol,
  remains,
  remember,
  repeats,
  server,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** GigE Vision 2.0 §14: key 42, flags, command (even), length of the payload, request id (never 0). */
const request = (number: string) =>
  step(
    u8(0x42),
    u8({ in: [0, 1, 0x08, 0x10, 0x11, 0x18, 0x19, 0x09] }),
    u16("command", [0x02, 0x04, 0x40, 0x80, 0x82, 0x84, 0x86, 0xc0, 0xc2, 0x100]),
    u16("length", { max: 540 }),
    u16("id", { min: 1 }),
    remember("id", number),
    remains("length"),
  );
/** §15: status, the command's acknowledgement (one more), length, the request's id. */
const acknowledge = (number: string) =>
  step(
    either("\0\0", "\x01\0", [u8([0x80, 0x81, 0x83, 0x8f]), u8({ max: 0x15 })]),
    u16("acknowledge", [0x03, 0x05, 0x81, 0x83, 0x85, 0x87, 0x89, 0xc1, 0xc3, 0x101]),
    u16("length", { max: 548 }),
    u16("id", { min: 1 }),
    repeats("id", number),
    remains("length"),
  );

/** GVCP, the control protocol of GigE Vision cameras. */
export default protocol({
  name: "gvcp",
  title: "GigE Vision Control Protocol",
  category: "industrial",
  source: "AIA GigE Vision 2.0 §14, §15, appendix 1",
  ports: { udp: [3956] },
  signatures: {
    control: {
      over: "udp",
      client: [request("one"), request("two")],
      server: [acknowledge("one"), acknowledge("two")],
    },
  },
  samples: {
    yes: [
      udp(
        client(hex("42 01 0080 0004 0107 00000d00")),
        server(hex("0000 0081 0004 0107 00000000")),
        client(hex("42 01 0084 0008 0108 00000048 00000020")),
        server(hex("0000 0085 0024 0108 00000048"), "Vendor".padEnd(32, "\0")),
      ),
    ],
    weak: [udp(client(hex("42 11 0002 0000 ffff")))],
    no: [
      udp(client(hex("42 01 0080 0005 0107 00000d00"))),
      udp(
        client(hex("42 01 0080 0004 0107 00000d00")),
        server(hex("0000 0081 0004 0108 00000000")),
      ),
    ],
  },
});
