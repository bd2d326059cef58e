import {
  accept,
  client,
  either,
  hex,
  protocol,
  remains,
  server,
  step,
  tcp,
  u16,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** RFC 5036 §3.1: version 1, length of the rest, LSR id, label space. */
const identifier = [u32({ min: 1 }), u16()];
/** §3.4.2: common hello parameters, of four bytes: hold time, targeted bits, reserved. */
const hello = step(
  u16(1),
  u16("length", { min: 20, max: 4096 }),
  remains("length"),
  identifier,
  u16(0x0100),
  u16({ min: 16, max: 4096 }),
  u32(),
  "\x04\0\0\x04",
  u16(),
  u16({ in: [0, 0x4000, 0x8000, 0xc000, 0x2000, 0xe000] }),
);

/** §3.5: initialization with its common session parameters; keep-alive; addresses; labels; notification of a status. */
const message = either(
  [u16(0x0200), u16({ min: 18, max: 4096 }), u32(), u16({ in: [0x0500] }), u16(14), u16(1)],
  [u16(0x0201), u16(4)],
  [either("\x03\0", "\x03\x01"), u16({ min: 10, max: 4096 }), u32(), "\x01\x01"],
  [
    either("\x04\0", "\x04\x01", "\x04\x02", "\x04\x03", "\x04\x04"),
    u16({ min: 8, max: 4096 }),
    u32(),
    "\x01\0",
  ],
  [u16(0x0001), u16({ min: 18, max: 4096 }), u32(), u16({ in: [0x0300, 0x8300] }), u16(10)],
);
const pdu = step(u16(1), u16({ min: 14, max: 4096 }), identifier, message, accept);

/** LDP, the Label Distribution Protocol of MPLS: hellos over UDP, sessions over TCP. */
export default protocol({
  name: "ldp",
  title: "Label Distribution Protocol",
  category: "routing",
  source: "RFC 5036 §3.1, §3.4, §3.5",
  ports: { tcp: [646], udp: [646] },
  signatures: {
    hello: { over: "udp", first: [hello], reply: [hello] },
    session: { over: "tcp", first: [pdu], reply: [pdu] },
  },
  samples: {
    yes: [
      udp(
        client(
          hex("0001 001e 0a000101 0000 0100 0014 00000000 0400 0004 000f 0000 0401 0004 0a000101"),
        ),
        server(
          hex("0001 001e 0a000102 0000 0100 0014 00000000 0400 0004 000f 0000 0401 0004 0a000102"),
        ),
      ),
      tcp(
        client(
          hex(
            "0001 0020 0a000101 0000 0200 0016 00000205 0500 000e 0001 00b4 0000 0000 0a000006 0000",
          ),
        ),
        server(
          hex(
            "0001 0020 0a000006 0000 0200 0016 00000105 0500 000e 0001 00b4 0000 0000 0a000101 0000",
          ),
        ),
      ),
    ],
    no: [
      udp(
        client(
          hex("0001 001f 0a000101 0000 0100 0014 00000000 0400 0004 000f 0000 0401 0004 0a000101"),
        ),
      ),
      tcp(client(hex("0002 0020 0a000101 0000 0200 0016 00000205 0500 000e 0001"))),
    ],
  },
});
