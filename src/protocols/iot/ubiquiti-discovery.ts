import {
  client,
  either,
  hex,
  protocol,
  remains,
  server,
  skip,
  step,
  u16,
  u8,
  udp,
  room,
} from "../../language/vocabulary.js";

/** Version 1, command 0, length 0: who is there. Version 2: command 8. */
const request = step(room(4), either("\x01\0\0\0", "\x02\x08\0\0"));
/** Version 1 or 2, command, length of the fields: each a type, a length of two bytes, a value. The first ones are known. */
const known = either(
  // Hardware address; with an IPv4 address.
  ["\x01\0\x06", skip(6)],
  ["\x02\0\x0a", skip(10)],
  // Firmware, user, name, model (short and long), network: text.
  [u8([0x03, 0x06, 0x0b, 0x0c, 0x0d, 0x14, 0x15, 0x16]), u16("n", { min: 1, max: 128 }), skip("n")],
  // Uptime, kind of radio, web port.
  [u8([0x0a, 0x0e, 0x10, 0x12, 0x17, 0x18, 0x19, 0x1a]), u16("n", { min: 1, max: 8 }), skip("n")],
);
const reply = step(
  either("\x01\0", "\x02\x06", "\x02\x09", "\x02\x0b"),
  u16("length", { min: 13, max: 1400 }),
  remains("length"),
  either(["\x01\0\x06", skip(6)], ["\x02\0\x0a", skip(10)]),
  known,
);

/** Ubiquiti's device discovery. */
export default protocol({
  name: "ubiquiti-discovery",
  title: "Ubiquiti discovery",
  category: "management",
  source:
    "unifi-cam-proxy (MIT), adoption-flow.md §1, §2 (https://github.com/antoine-lombardo/unifi-cam-proxy): version 1. Observed: version 2, further fields",
  ports: { udp: [10001] },
  signatures: { discovery: { over: "udp", client: [request], server: [reply] } },
  samples: {
    yes: [
      udp(
        client(hex("01 00 0000")),
        server(
          hex("01 00 001d 02 000a 0418d6001122c0000214 01 0006 0418d6001122 0a 0004 00012345"),
        ),
      ),
    ],
    weak: [udp(client(hex("01 00 0000")))],
    no: [
      udp(client(hex("01 00 0001"))),
      udp(
        server(
          hex("01 00 001e 02 000a 0418d6001122c0000214 01 0006 0418d6001122 0a 0004 00012345"),
        ),
      ),
    ],
  },
});
