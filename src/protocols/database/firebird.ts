import {
  accept,
  byte,
  client,
  hex,
  protocol,
  server,
  step,
  tcp,
  textual,
  times,
  u16,
  u32,
  u8,
} from "../../language/vocabulary.js";

/** op_connect (1) for op_attach, op_create or op_service_attach; CONNECT_VERSION2 or 3; an architecture; a name, padded to four bytes. */
const connect = step(
  hex("00000001"),
  u32([0x13, 0x14, 0x52]),
  u32([2, 3]),
  u32({ min: 1, max: 60 }),
  u32("name", { max: 255 }),
  times("name", 255, byte(textual)),
  accept,
);
/** op_accept, op_accept_data, op_cond_accept: a version (from 11 on with its highest bits), an architecture, a way to work. */
const accepted = step(
  u32([3, 94, 98]),
  hex("ffff80"),
  u8({ min: 0x0b, max: 0x20 }),
  u32({ min: 1, max: 60 }),
  hex("0000"),
  u16({ in: [2, 3, 4, 5, 0x102, 0x103, 0x104, 0x105] }),
);

const word = (value: number) => String.fromCharCode(0, 0, value >> 8, value & 255);

/** Firebird and InterBase. */
export default protocol({
  name: "firebird",
  title: "Firebird",
  category: "database",
  source: "Firebird Wire Protocol (firebirdsql.org documentation), Attachments: connect, accept",
  ports: { tcp: [3050] },
  signatures: {
    connect: { over: "tcp", client: [connect] },
    accepted: { over: "tcp", server: [accepted] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("00000001 00000013 00000003 00000001"), word(8), "/srv/lab", word(1), word(10)),
        server(hex("00000062 ffff800d 00000001 00000005")),
      ),
      tcp(server(hex("0000005e ffff8010 00000001 00000103"))),
    ],
    no: [
      tcp(client(hex("00000001 00000015 00000003 00000001"), word(8), "/srv/lab", word(1))),
      tcp(server(hex("00000003 ffff900d 00000001 00000005"))),
    ],
  },
});
