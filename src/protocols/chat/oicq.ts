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

/** Tag 2, the client's version, a command, a number that the answer repeats, the account; the body is encrypted and 3 ends it. */
/** QQ 2000 is 0x062e; later ones count on. */
const version = { min: 0x0600, max: 0x3fff };
const header = [
  u8(2),
  u16("version", version),
  u16("command", { min: 1, max: 0x0fff }),
  u16("number"),
];
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
  source:
    'sunwang, "qq2005 c/s protocol, release 1" (2005) §2: packet, versions, commands (https://e-com-net.com/article/4039399.htm)',
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
