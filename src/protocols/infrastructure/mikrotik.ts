import {
  accept,
  capture,
  client,
  either,
  hex,
  inside,
  noise,
  printable,
  protocol,
  repeat,
  run,
  sized,
  skip,
  step,
  textFact,
  u16,
  udp,
} from "../../language/vocabulary.js";

/** Type, length, value; types 1 … 17. */
const record = [u16({ min: 1, max: 32 }), u16("size", { max: 255 }), skip("size")];
const told = (type: number, fact: string) => [
  u16(type),
  u16("size", { min: 1, max: 255 }),
  inside("size", capture(fact, run(printable))),
];

/** Four bytes with a counter, a hardware address (type 1), an identity (5), a version (7). */
const announcement = step(
  skip(4),
  hex("0001 0006"),
  skip(6),
  u16(5),
  u16("identity", { max: 255 }),
  skip("identity"),
  u16(7),
  u16("version", { min: 1, max: 255 }),
  inside("version", capture("version", run("0-9."))),
  accept,
  repeat(0, 16, either(told(8, "platform"), told(12, "board"), record)),
);

const field = (type: string, text: string) => hex(type) + sized(2, text);
const packet =
  hex("0000 0007 0001 0006 02005e102030") +
  field("0005", "router") +
  field("0007", "7.16 (stable)") +
  field("0008", "MikroTik") +
  hex("000a 0004 047cf37f") +
  field("000c", "RB450G");

/** MNDP: routers of MikroTik announce themselves. What asks for it, zeros, is no evidence. */
export default protocol({
  name: "mikrotik",
  title: "MikroTik Neighbor Discovery Protocol",
  category: "infrastructure",
  source:
    "MikroTik, RouterOS: Neighbor discovery (https://help.mikrotik.com/docs/display/ROS/Neighbor+Discovery); tikoci, mndpTlvType (https://tikoci.github.io/centrs/api/variables/mndpTlvType.html)",
  ports: { udp: [5678] },
  signatures: { announcement: { over: "udp", first: [announcement] } },
  facts: {
    version: textFact("D5", { bound: 32 }),
    platform: textFact("D5", { bound: 32 }),
    board: textFact("D5", { bound: 64 }),
  },
  samples: {
    yes: [udp(client(packet))],
    no: [
      udp(client(packet.replace("\0\x01\0\x06", "\0\x01\0\x07"))),
      udp(client("\0\0\0\0")),
      udp(client(hex("0000 0007 0001 0006"), noise(80))),
    ],
  },
});
