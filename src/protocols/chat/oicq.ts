import {
  client,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  server,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** Tag 2, the client's version, a command, a number, the account; the body is encrypted and 3 ends it. */
const COMMANDS = [
  1, 2, 4, 5, 6, 9, 10, 11, 13, 18, 21, 22, 23, 28, 29, 34, 38, 39, 48, 49, 60, 61, 62, 72, 88, 92,
  94, 98, 101, 103, 128, 129,
];
/** Versions of 2000 … 2013. */
const version = { min: 0x0600, max: 0x3fff };
const header = [u8(2), u16("version", version), u16("command", { in: COMMANDS }), u16("number")];
const request = step(
  header,
  u32("account", { min: 10000, max: 0xfffffff0 }),
  remember("number"),
  remember("command"),
  remember("account"),
);
const answer = step(
  header,
  repeats("number"),
  repeats("command"),
  u32("account", { min: 10000, max: 0xfffffff0 }),
  repeats("account"),
);

/** QQ's old protocol over UDP. A request without its answer is no name. */
export default protocol({
  name: "oicq",
  title: "QQ (OICQ)",
  category: "chat",
  source: "sunwang, QQ 2005 client-server protocol (2005): packet format, versions, commands",
  ports: { udp: [8000] },
  signatures: { exchange: { over: "udp", client: [request], server: [answer] } },
  samples: {
    yes: [
      udp(
        client(hex("02 0f15 0062 1a2b 0012d687 00"), noise(24), hex("03")),
        server(hex("02 0f15 0062 1a2b 0012d687 00"), noise(24, 2), hex("03")),
      ),
    ],
    weak: [udp(client(hex("02 0f15 0062 1a2b 0012d687 00"), noise(24), hex("03")))],
    no: [
      udp(
        client(hex("02 0f15 0062 1a2b 0012d687 00"), noise(24), hex("03")),
        server(hex("02 0f15 0062 1a2c 0012d687 00"), noise(24), hex("03")),
      ),
      udp(client(hex("03 0f15 0062 1a2b 0012d687 00"), noise(24), hex("03"))),
    ],
  },
});
