import {
  accept,
  client,
  either,
  hex,
  noise,
  protocol,
  repeat,
  run,
  server,
  step,
  tcp,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** A name of 16 bytes, each written as two letters A … P (RFC 1001 §14.1); then a scope, mostly empty. */
const name = ["\x20", run("A-P", { min: 32, max: 32 })];
const scope = either("\0", [
  repeat(1, 8, u8("label", { min: 1, max: 63 }), run("!-~", { max: 63 })),
  "\0",
]);

/**
 * RFC 1002 §4.2.1: opcodes 0 and 5 … 9 and 15, flags, two reserved bits; then one question or one answer, whose
 * name is the first.
 */
const packet = step(
  u16(),
  u8({
    in: [0, 5, 6, 7, 8, 9, 15].flatMap((opcode) =>
      [0, 0x80].flatMap((response) =>
        Array.from({ length: 8 }, (_, flags) => response | (opcode << 3) | flags),
      ),
    ),
  }),
  u8({ mask: 0x60, bits: 0 }),
  u16({ max: 1 }),
  u16({ max: 1 }),
  u16({ max: 1 }),
  u16({ max: 16 }),
  name,
  accept,
);

/** RFC 1002 §4.4.1: direct (unique, group, broadcast); ids, the sender's address and port; a length, and where this fragment belongs. */
const datagram = step(
  u8({ min: 0x10, max: 0x12 }),
  u8({ max: 15 }),
  u16(),
  u16(),
  u16(),
  u16(),
  u16("length", { min: 70 }),
  u16(),
  name,
  scope,
  name,
  accept,
);

/** RFC 1002 §4.3.2: what a session asks for: two names and nothing else. Then SMB is spoken, which is no part of this. */
const sessionRequest = step(hex("81 00 0044"), name, "\0", name, "\0", accept);
/** §4.3.6, §4.3.7: a message or a keep-alive. It is waited for, because it may be SMB, which `smb` tells. */
const sessionMessage = step(either(hex("00"), hex("8500 0000")), accept);
/** §4.3.3 … §4.3.5: granted, refused with a reason, or somewhere else. */
const sessionAnswer = step(
  either(
    hex("82 00 0000"),
    [hex("83 00 0001"), u8([0x80, 0x81, 0x82, 0x83, 0x8f])],
    hex("84 00 0006"),
  ),
);

const encoded = (text: string, suffix: number) =>
  [...text.padEnd(15), String.fromCharCode(suffix)]
    .map((each) => each.charCodeAt(0))
    .map((code) => String.fromCharCode(65 + (code >> 4), 65 + (code & 15)))
    .join("");
const wire = (text: string, suffix: number) => `\x20${encoded(text, suffix)}\0`;
const query = hex("4e2a 0110 0001 0000 0000 0000") + wire("FILESERVER", 0x20) + hex("0020 0001");

/** NetBIOS over TCP and UDP: its name, datagram and session services. */
export default protocol({
  name: "netbios",
  title: "NetBIOS over TCP/IP",
  category: "infrastructure",
  source: "RFC 1001 §14.1; RFC 1002 §4.2, §4.3, §4.4",
  ports: { tcp: [139], udp: [137, 138] },
  signatures: {
    names: { over: "udp", first: [packet], reply: [packet] },
    datagram: { over: "udp", first: [datagram] },
    session: { over: "tcp", client: [sessionRequest, sessionMessage], server: [sessionAnswer] },
  },
  samples: {
    yes: [
      udp(client(query)),
      udp(
        client(query),
        server(
          hex("4e2a 8500 0000 0001 0000 0000") +
            wire("FILESERVER", 0x20) +
            hex("0020 0001 000493e0 0006 0000 c0000207"),
        ),
      ),
      udp(
        client(
          hex("8123 2910 0001 0000 0000 0001") +
            wire("WORKSTATION", 0) +
            hex("0020 0001 c00c 0020 0001 000493e0 0006 0000 c0000209"),
        ),
      ),
      tcp(
        client(hex("81000044"), wire("FILESERVER", 0x20), wire("WORKSTATION", 0)),
        server(hex("82000000")),
        client(hex("00000010"), noise(16)),
      ),
      tcp(
        client(hex("81000044"), wire("*SMBSERVER", 0x20), wire("WORKSTATION", 0)),
        server(hex("83000001 82")),
      ),
    ],
    no: [
      udp(client(query.replace("\x20E", "\x1fE"))),
      udp(client(query.replace("EGEJEM", "EGQJEM"))),
      udp(client(`${query.slice(0, 3)}\x70${query.slice(4)}`)),
      tcp(client(hex("00000055"), "\xffSMBr", noise(80))),
      tcp(client(hex("81000044"), wire("FILESERVER", 0x20))),
      udp(
        client(
          hex("11 0e 8001 c0000209 008a 00bb 0000") +
            wire("WORKSTATION", 0) +
            wire("WORKGROUP", 0x1d) +
            "\xffSMB\x25" +
            noise(100),
        ),
      ),
    ],
  },
});
