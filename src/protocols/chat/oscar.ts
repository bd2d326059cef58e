import {
  accept,
  client,
  derive,
  hex,
  noise,
  protocol,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u32,
  u8,
} from "../../language/vocabulary.js";

/** FLAP: an asterisk, channel 1 to begin with, a sequence number, a length; then its version, 1. */
const begin = step("*", u8(1), skip(2), u16("size", { min: 4, max: 2048 }), u32(1));
/** The client sends a ticket (TLV 6), or a screen name (1) with what describes it. */
const signOn = step(
  "*",
  u8(1),
  skip(2),
  u16("size", { min: 8, max: 2048 }),
  u32(1),
  u16([1, 3, 6, 0x94]),
  u16("n", { min: 1, max: 1024 }),
  skip("n"),
  accept,
);
/** SNACs on channel 2: family, subtype, flags, number. */
const snac = [
  "*",
  u8(2),
  skip(2),
  u16("size", { min: 10, max: 8192 }),
  u16({ min: 1, max: 0x25 }),
  u16({ min: 1, max: 0x40 }),
  u16({ in: [0, 1, 0x8000] }),
  skip(4),
  derive("left", { from: "size", plus: -10 }),
  skip("left"),
];
const snacs = step(
  snac,
  "*",
  u8(2),
  skip(2),
  u16({ min: 10, max: 8192 }),
  u16({ min: 1, max: 0x25 }),
  u16({ min: 1, max: 0x40 }),
  u16({ in: [0, 1, 0x8000] }),
  accept,
);

const flap = (channel: string, number: string, body: string) =>
  hex(`2a ${channel} ${number}`) + sized(2, body);
const service = hex("0001 0003 0000 0000 0000") + hex("0001 0002 0003 0004");

/** OSCAR: AIM and ICQ. */
export default protocol({
  name: "oscar",
  title: "OSCAR (AIM, ICQ)",
  category: "chat",
  source:
    "AOL, OSCAR protocol documentation (2008): FLAP, SNAC, Sign On, as kept at https://wiki.nina.chat/wiki/Protocols/OSCAR/FLAP, …/SNAC, …/Sign_On",
  ports: { tcp: [5190] },
  signatures: {
    "sign-on": { over: "tcp", client: [signOn], server: [begin] },
    snacs: { over: "tcp", first: [snacs] },
  },
  samples: {
    yes: [
      tcp(
        server(flap("01", "1a2b", hex("00000001"))),
        client(flap("01", "0007", hex("00000001 0006 0010") + noise(16))),
      ),
      tcp(server(flap("02", "1a2c", service), flap("02", "1a2d", service))),
    ],
    weak: [tcp(server(flap("01", "1a2b", hex("00000001"))))],
    no: [
      tcp(client(flap("01", "0007", hex("00000002 0006 0010") + noise(16)))),
      tcp(server("* OK ready\r\n")),
    ],
  },
});
