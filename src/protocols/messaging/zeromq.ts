import {
  accept,
  client,
  either,
  hex,
  protocol,
  server,
  step,
  tcp,
  u8,
} from "../../language/vocabulary.js";

/** The signature: 0xff, eight bytes (0 … 0 or 0 … 1, a length of ZMTP 1.0), 0x7f; then the version. */
const signature = ["\xff", hex("00000000000000"), u8({ max: 1 }), "\x7f"];
/** ZMTP 3.x §3.2: major 3, minor, mechanism, role, 31 zeros. */
const version3 = [
  "\x03",
  u8({ max: 1 }),
  either(
    ["NULL", "\0".repeat(16)],
    ["PLAIN", "\0".repeat(15)],
    ["CURVE", "\0".repeat(15)],
    ["GSSAPI", "\0".repeat(14)],
  ),
  u8("server", { max: 1 }),
];
/** ZMTP 2.0 §3: revision 1, type of socket, identity. */
const version2 = ["\x01", u8({ max: 10 }), hex("00"), u8({ max: 64 })];
/** A peer waits here until it knows what the other can. */
const greeting = step(signature, either("\x03", version2), accept);
const whole = step(signature, version3, accept);

/** ZeroMQ's ZMTP, versions 2 and 3. */
export default protocol({
  name: "zeromq",
  title: "ZeroMQ ZMTP",
  category: "messaging",
  source: "RFC ZeroMQ 23/ZMTP 3.0 §greeting; 37/ZMTP 3.1; 15/ZMTP 2.0",
  signatures: {
    greeting: { over: "tcp", first: [greeting], reply: [greeting] },
    mechanism: { over: "tcp", first: [whole], implies: ["zeromq/greeting"] },
  },
  samples: {
    yes: [
      tcp(client(hex("ff 0000000000000001 7f 03")), server(hex("ff 0000000000000001 7f 03"))),
      tcp(client(hex("ff 0000000000000000 7f 03 00"), "NULL", "\0".repeat(48))),
      tcp(
        client(hex("ff 0000000000000001 7f 01 05 00 00")),
        server(hex("ff 0000000000000001 7f 01 06 00 00")),
      ),
    ],
    no: [
      tcp(client(hex("ff 0000000000000001 7e 03"))),
      tcp(client(hex("ff 0000000000000001 7f 05"))),
    ],
  },
});
