import {
  accept,
  client,
  derive,
  hex,
  noise,
  protocol,
  run,
  server,
  skip,
  step,
  tcp,
  u32le,
  within,
} from "../../language/vocabulary.js";

/** Length of what follows the version, version (reserved: 0; later phones say their own), message; the lowest byte first. */
const version = u32le({ in: [0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22] });
const size = (least: number) => u32le("size", { min: least, max: 2048 });

/** Register (1): a name in 16 bytes, ended by zeros; a user and an instance; address, device type, streams. */
const register = step(
  u32le("size", { min: 36, max: 2048 }),
  derive("name", { from: "size", and: 0, plus: 16 }),
  version,
  hex("01 00 00 00"),
  within("name", run("0-9A-Za-z_.-", { min: 5, max: 15 }), run("\0", { min: 1, max: 11 })),
  u32le({ max: 16 }),
  u32le({ max: 16 }),
  skip(4),
  u32le({ min: 1, max: 0xfffff }),
  u32le({ max: 64 }),
  accept,
);

const KNOWN = [
  0x81, 0x82, 0x83, 0x85, 0x86, 0x88, 0x8a, 0x8b, 0x8f, 0x91, 0x92, 0x93, 0x94, 0x97, 0x9b, 0x9d,
  0x9f, 0x100, 0x105, 0x106, 0x108, 0x109, 0x110, 0x111, 0x112, 0x113, 0x116, 0x118, 0x11d, 0x11f,
  0x120, 0x12f,
];
/** What the server says: messages one behind the other. */
const message = [
  size(4),
  version,
  u32le({ in: KNOWN }),
  derive("left", { from: "size", plus: -4 }),
  skip("left"),
];
const answers = step(message, message, message, message, accept);

const sep =
  hex("34 00 00 00 00 00 00 00 01 00 00 00") +
  "SEP001122334455" +
  "\0" +
  hex("00000000 01000000 c0000207 07000000 05000000") +
  noise(12);
const ack = hex("14 00 00 00 00 00 00 00 81 00 00 00") + "\x1e\0\0\0M/D/Y\0\0\0" + hex("1e000000");
const capabilities = hex("04 00 00 00 00 00 00 00 9b 00 00 00");

/** Skinny (SCCP): how a phone registers, and what the call manager answers. */
export default protocol({
  name: "skinny",
  title: "Skinny Client Control Protocol",
  category: "media",
  source:
    "FreeSWITCH mod_skinny, skinny_protocol.h (MPL 1.1): skinny_message, register_message, types (https://github.com/signalwire/freeswitch/tree/master/src/mod/endpoints/mod_skinny). Observed: versions",
  ports: { tcp: [2000] },
  signatures: {
    register: { over: "tcp", client: [register] },
    server: { over: "tcp", server: [answers] },
  },
  samples: {
    yes: [
      tcp(client(sep), server(ack + capabilities)),
      tcp(client(sep.replace("SEP001122334455\0", "CONFERENCE_1\0\0\0\0"))),
      tcp(server(ack + capabilities + capabilities + ack)),
    ],
    no: [tcp(client(sep.replace("SEP", "SE\0"))), tcp(server(ack)), tcp(client(capabilities))],
  },
});
