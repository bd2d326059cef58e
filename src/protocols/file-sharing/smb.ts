import {
  accept,
  client,
  either,
  hex,
  noise,
  numberFact,
  numbered,
  opt,
  protocol,
  report,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  u16,
  u16le,
  u24,
  u32le,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** A NetBIOS name, first-level encoded (RFC 1001 §14.1), in the root scope or another one. */
const netbiosName = [
  u8(32),
  run("A-P", { min: 32, max: 32 }),
  either("\0", [u8("scope", { min: 1, max: 63 }), skip("scope"), "\0"]),
];

/** RFC 1002 §4.3.2, §4.3.3: a session may be asked for and granted first. */
const sessionRequest = ["\x81", u24({ min: 68, max: 255 }), netbiosName, netbiosName];
const sessionGranted = "\x82\0\0\0";

/** Session message (RFC 1002 §4.3.6), Direct TCP (MS-SMB2 §2.1): a zero and the length. */
const frame = (least: number) => [u8(0), u24({ min: least })];

/** MS-CIFS §2.2.2.1: commands in use; 0x72 is NEGOTIATE. */
const commands = {
  in: [
    ...Array.from({ length: 0x36 }, (_, index) => index),
    0x70,
    0x71,
    0x72,
    0x73,
    0x74,
    0x75,
    0x80,
    0x81,
    0x82,
    0x83,
    0x84,
    0xa0,
    0xa1,
    0xa2,
    0xa4,
    0xa5,
    0xc0,
    0xc1,
    0xc2,
    0xc3,
  ],
};

/** MS-CIFS §2.2.3.1, MS-SMB §2.2.3.1. */
const smb1 = (...direction: object[]) => [
  "\xffSMB",
  u8("command", commands),
  skip(4),
  u8(...direction),
  skip(2 + 2 + 8 + 2),
  skip(2 + 2 + 2 + 2),
];
/** The highest bit of the flags marks replies. */
const request = { mask: 0x80, bits: 0 };
const response = { mask: 0x80, bits: 0x80 };

/** MS-SMB2 §2.2.1: 64 bytes, 19 commands, the first flag marks responses; flags §2.2.1.2. */
const smb2 = (...direction: object[]) => [
  "\xfeSMB",
  u16le(64),
  skip(2 + 4),
  u16le("command", { max: 0x12 }),
  skip(2),
  u32le(...direction),
  skip(4 + 8 + 4 + 4 + 8 + 16),
];
const asks2 = { mask: 0xcfffff81, bits: 0 };
const answers2 = { mask: 0xcfffff81, bits: 1 };

/** MS-SMB2 §2.2.4: what was agreed upon, behind 65, the security mode. */
const agreed = [u16le(65), u16le({ max: 3 }), u16le("dialect"), report("dialect")];

/** MS-SMB2 §2.2.41 (encrypted, or with an algorithm), §2.2.42 (algorithms 0 … 4, chained or not). */
const transformed = either(
  ["\xfdSMB", skip(16 + 16), u32le({ min: 64, max: 0x1ffffff }), u16(0), u16le({ in: [1, 2] })],
  ["\xfcSMB", u32le({ min: 64, max: 0x1ffffff }), u16le({ max: 5 }), u16le({ max: 1 })],
);

/** Mailslot messages of browsers and logon, in a datagram to one or all (RFC 1002 §4.4.2); command 0x25. */
const datagram = step(
  u8({ in: [0x10, 0x11, 0x12] }),
  u8({ max: 0x0f }),
  skip(2 + 4 + 2 + 2),
  u16(0),
  netbiosName,
  netbiosName,
  "\xffSMB",
  u8(0x25),
  accept,
);

const DIALECTS = numbered(`
  514 2.0.2, 528 2.1, 767 2.x, 768 3.0, 770 3.0.2, 785 3.1.1
`);

const negotiate1 = hex(
  "ff534d42 72 00000000 18 53c8 0000 0000000000000000 0000 ffff fffe 0000 0000 00 0c00 02",
);
const dialect1 = "NT LM 0.12\0";
const header2 = (command: string, flags: string) =>
  hex(
    `fe534d42 4000 0000 00000000 ${command} 0100 ${flags} 00000000 0100000000000000 fffe0000 00000000 0000000000000000 ${"00".repeat(16)}`,
  );
const framed = (...parts: string[]) => `\0${sized(3, ...parts)}`;
const name = (letter: string) => `\x20${letter.repeat(30)}CA\0`;
const mailslot = (body: string) =>
  hex("11 0a 1bd3 c0000207 008a 00bb 0000") +
  name("E") +
  name("F") +
  hex(`${body} 00000000 00 0000 0000 0000000000000000 0000 0000 0000 0000 0000 11 0000 2100`);

/** SMB in all its versions: CIFS (1), 2 and 3, whole, encrypted or compressed. */
export default protocol({
  name: "smb",
  title: "Server Message Block",
  category: "file-sharing",
  source: "MS-CIFS §2.2.3.1; MS-SMB2 §2.1, §2.2.1, §2.2.4, §2.2.41, §2.2.42; RFC 1002 §4.3, §4.4",
  ports: { tcp: [445, 139] },
  signatures: {
    request: {
      over: "tcp",
      client: [step(opt(sessionRequest), frame(32), either(smb1(request), smb2(asks2)))],
      implies: ["netbios/session"],
    },
    response: {
      over: "tcp",
      server: [
        step(
          opt(sessionGranted),
          frame(32),
          either(smb1(response), smb2(answers2)),
          accept,
          agreed,
        ),
      ],
      implies: ["netbios/session"],
    },
    transformed: { over: "tcp", first: [step(frame(16), transformed)] },
    datagram: { over: "udp", first: [datagram], implies: ["netbios/datagram"] },
  },
  facts: { dialect: numberFact("D5", { names: DIALECTS }) },
  samples: {
    yes: [
      tcp(client(framed(negotiate1, dialect1))),
      tcp(
        client(framed(header2("0000", "00000000"), hex("2400 0500 0100"))),
        server(framed(header2("0000", "01000000"), hex("4100 0100 1103 0000"), noise(16))),
      ),
      tcp(
        client(hex("81 000044"), name("E"), name("F"), framed(negotiate1, dialect1)),
        server(hex("82 000000"), framed(negotiate1.replace("\x18", "\x98"), hex("ffff 0000"))),
      ),
      tcp(
        client(hex("81 000044"), name("E"), name("F")),
        server(hex("82 000000")),
        client(framed(negotiate1, dialect1)),
        server(framed(negotiate1.replace("\x18", "\x98"), hex("ffff 0000"))),
      ),
      tcp(client(framed(hex("fd534d42"), noise(32), hex("68000000 0000 0100"), noise(120)))),
      tcp(server(framed(hex("fc534d42 00100000 0300 0000 10000000"), noise(100)))),
      udp(client(mailslot("ff534d42 25"))),
    ],
    no: [
      tcp(client(framed(negotiate1.replace("SMB", "SMC"), dialect1))),
      tcp(client(framed(header2("0013", "00000000")))),
      tcp(client(framed(header2("0000", "00000000").replace("\x40", "\x41")))),
      tcp(client(`\x85${sized(3, negotiate1, dialect1)}`)),
      udp(client(mailslot("ff534d42 72"))),
      udp(client(mailslot("fe534d42 25"))),
    ],
  },
});
