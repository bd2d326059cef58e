import {
  atEnd,
  client,
  derive,
  either,
  hex,
  numbered,
  numberFact,
  protocol,
  remember,
  repeats,
  report,
  room,
  server,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 6886 §3.2, §3.3: version 0; what is my address, or map UDP (1) or TCP (2) ports: mine, the one wished for, seconds. */
const address = step(hex("00 00"), atEnd);
const map = step(
  u8(0),
  u8("kind", [1, 2]),
  u16(0),
  u16("port", { min: 1 }),
  u16(),
  u32({ max: 604_800 }),
  atEnd,
  remember("kind"),
  remember("port"),
);
/** §3.5: results 0 … 5. The answer's operation is that of the request with its highest bit. */
const result = [u16("result", { max: 5 }), report("result"), u32()];
const told = step(
  room({ min: 8, max: 12 }),
  hex("00 80"),
  result,
  either([u8({ max: 223 }), skip(3)], []),
  atEnd,
);
const mapped = step(
  u8(0),
  u8("answer", [0x81, 0x82]),
  derive("kind", { from: "answer", plus: -0x80 }),
  repeats("kind"),
  result,
  u16("port"),
  repeats("port"),
  u16(),
  u32({ max: 604_800 }),
  atEnd,
);

const mapping = [
  client(hex("0002 0000 1f90 1f90 00001c20")),
  server(hex("0082 0000 0003f2a1 1f90 1f90 00001c20")),
];

/** NAT-PMP: one exchange is too terse for a name, so its registered port must say so too. */
export default protocol({
  name: "nat-pmp",
  title: "NAT Port Mapping Protocol",
  category: "infrastructure",
  source: "RFC 6886 §3",
  ports: { udp: [5351] },
  signatures: {
    address: { over: "udp", client: [address], server: [told] },
    map: { over: "udp", client: [map, map], server: [mapped, mapped] },
  },
  facts: {
    result: numberFact("D5", {
      names: numbered(
        "0 success, 1 unsupported version, 2 refused, 3 network failure, 4 out of resources, 5 unsupported opcode",
      ),
    }),
  },
  samples: {
    yes: [udp(...mapping, ...mapping)],
    weak: [udp(client(hex("0000")), server(hex("0080 0000 0003f2a1 cb007107"))), udp(...mapping)],
    no: [
      udp(client(hex("0100")), server(hex("0180 0000 0003f2a1 cb007107"))),
      udp(client(hex("0000 00"))),
      udp(client(hex("0002 0001 1f90 1f90 00001c20"))),
    ],
  },
});
