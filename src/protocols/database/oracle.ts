import {
  accept,
  client,
  derive,
  either,
  equal,
  hex,
  noise,
  oneOf,
  protocol,
  rest,
  server,
  skip,
  step,
  tcp,
  u16,
  u8,
  within,
} from "../../language/vocabulary.js";

/** NSPF…: SID given, redirected (how), server renegotiates, large unit. */
const flags = u8({ mask: 0xd0, bits: 0 });
/** NSPHD…: length, checksum, type, flags, header checksum; since version 3.15 the length may have four bytes. */
const header = (type: string, length: { min: number; max: number }) => [
  u16("length", length),
  hex("0000"),
  type,
  flags,
  hex("0000"),
  derive("left", { from: "length", plus: -8 }),
];

/** Where the connect data stands: at the end, or it follows in a packet of its own. */
const data = [
  u16("data", { max: 4096 }),
  u16("offset", { min: 0x18, max: 0x60 }),
  derive("end", { from: "offset", more: "data" }),
  either(equal("length", "end"), equal("length", "offset")),
];

/** CONNECT (NSPCN…): version and the oldest that will do, options, unit sizes (512, 255 at least); where the connect data stands. */
const connect = step(
  header("\x01", { min: 58, max: 8192 }),
  within(
    "left",
    u16({ min: 300, max: 323 }),
    u16({ min: 100, max: 323 }),
    skip(2),
    u16({ min: 512 }),
    u16({ min: 255 }),
    skip(4),
    either(hex("0001"), hex("0100")),
    data,
    rest,
  ),
  accept,
);
/** ACCEPT: the version, options, units, and the value of 1. */
const accepted = step(
  header("\x02", { min: 24, max: 512 }),
  within(
    "left",
    u16({ min: 300, max: 323 }),
    skip(6),
    either(hex("0001"), hex("0100")),
    data,
    rest,
  ),
);
/** REFUSE and REDIRECT say why, or where to: parentheses of words. */
const told = step(
  either(
    [
      header("\x04", { min: 12, max: 2048 }),
      within("left", skip(2), u16("size", { max: 2048 }), "(DESCRIPTION=", rest),
    ],
    [
      header("\x05", { min: 12, max: 2048 }),
      within("left", u16("size", { max: 2048 }), oneOf("(ADDRESS=", "(DESCRIPTION="), rest),
    ],
  ),
);
const RESEND = hex("0008 0000 0b 00 0000");
/** DATA: flags; then the negotiation of native services, which begins with its magic number. */
const services = step(
  either([u16({ min: 20, max: 4096 }), hex("0000")], [hex("0000"), u16({ min: 20, max: 4096 })]),
  hex("06"),
  flags,
  hex("0000 0000 deadbeef"),
);

const descriptor = "(DESCRIPTION=(CONNECT_DATA=(SID=lab)))";
const connecting = (version: string) =>
  hex(`0060 0000 01 00 0000 ${version} 012c 0c41 2000 ffff 7f08 0000 0001`) +
  hex("0026 003a 00000800 4141") +
  "\0".repeat(24) +
  descriptor;

/** Oracle's Transparent Network Substrate: how connections are opened, accepted or refused. */
export default protocol({
  name: "oracle",
  title: "Oracle TNS",
  category: "database",
  source:
    "Oracle, node-oracledb thin driver (UPL 1.0, Apache 2.0): lib/thin/sqlnet/constants.js, packet.js, ano.js (https://github.com/oracle/node-oracledb)",
  ports: { tcp: [1521, 2483] },
  signatures: {
    connect: { over: "tcp", client: [connect] },
    resent: {
      over: "tcp",
      server: [step(RESEND), step(either([hex("0008 0000 0b 00 0000")], accepted))],
    },
    accepted: { over: "tcp", server: [accepted] },
    told: { over: "tcp", server: [told] },
    services: { over: "tcp", first: [services] },
  },
  samples: {
    yes: [
      tcp(client(connecting("013b")), server(RESEND)),
      tcp(
        server(
          hex("0020 0000 02 00 0000 013b 0c41 2000 ffff 0100 0000 0020 4141 0000 0000 0000 0000"),
        ),
      ),
      tcp(
        server(
          RESEND,
          hex("0020 0000 02 00 0000 013b 0c41 2000 ffff 0100 0000 0020 4141 0000 0000 0000 0000"),
        ),
      ),
      tcp(
        server(
          hex("0059 0000 04 00 0000 0400 004d"),
          "(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=12505)(ERROR_STACK=(ERROR=(CODE=12505))))".slice(
            0,
            77,
          ),
        ),
      ),
      tcp(client(hex("009a 0000 06 00 0000 0000 deadbeef 0092 00000000 0004 0000"), noise(130))),
    ],
    no: [
      tcp(client(connecting("003b"))),
      tcp(server(RESEND)),
      tcp(client(connecting("013b").replace("\x01\0\0\0\x01", "\x03"))),
    ],
  },
});
