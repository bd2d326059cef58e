import {
  accept,
  client,
  derive,
  either,
  hex,
  noise,
  not,
  numbered,
  numberFact,
  protocol,
  report,
  room,
  server,
  skip,
  step,
  u16,
  u24,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 6887 §5: IPv4 addresses are mapped into IPv6. */
const mapped = hex("00000000 00000000 0000ffff");
/** §7.1: version 2, operation, reserved, a lifetime, and who asks. ANNOUNCE is 0 and has no lifetime (§14.1), MAP 1 (§11.1), PEER 2 (§12.1). */
const header = (operation: number) => [
  u8(2),
  u8("operation", operation),
  u16(0),
  u32({ max: 0x00ffffff }),
];
/** A nonce; TCP, UDP, another or all; ports; the address wished for. */
const mapping = [skip(12), u8("protocol", { max: 142 }), u24(0), u16(), u16()];
const tell = report("operation");
const request = step(
  room({ min: 24, max: 1100 }),
  either(
    [u8(2), u8("operation", 0), u16(0), u32(0), mapped, skip(4)],
    [header(1), mapped, skip(4), mapping],
    [header(2), mapped, skip(4), mapping],
  ),
  accept,
  tell,
);
/** IPv6: nothing of the addresses is known but that the client has a global one. */
const request6 = step(
  room({ min: 60, max: 1100 }),
  u8(2),
  u8("operation", [1, 2]),
  u16(0),
  u32({ max: 0x00ffffff }),
  not(mapped),
  u8([0x20, 0x24, 0x26, 0x28, 0x2a, 0x2c, 0xfc, 0xfd, 0xfe]),
  skip(15),
  mapping,
  accept,
  tell,
);
/** §7.2: operation with its highest bit, a result, lifetime, epoch, and 96 bits of 0. */
const answered = (
  operation: number | number[],
  lifetime: number | object,
  body: typeof mapping,
) => [
  u8("answer", operation),
  u8(0),
  u8("result", { max: 13 }),
  u32(lifetime),
  u32(),
  hex("00000000 00000000 00000000"),
  body,
];
const answer = step(
  room({ min: 24, max: 1100 }),
  u8(2),
  either(answered(0x80, 0, []), answered([0x81, 0x82], { max: 0x00ffffff }, mapping)),
  accept,
  derive("operation", { from: "answer", plus: -0x80 }),
  tell,
  report("result"),
);

const nonce = noise(12);
const asked =
  hex(`02 01 0000 00000e10 ${"00".repeat(10)} ffff c0000207`) +
  nonce +
  hex(`11 000000 1f90 0000 ${"00".repeat(10)} ffff 00000000`);
const granted =
  hex(`02 81 00 00 00000e10 0003f2a1 ${"00".repeat(12)}`) +
  nonce +
  hex(`11 000000 1f90 1f90 ${"00".repeat(10)} ffff cb007107`);

/** PCP, the successor of NAT-PMP. */
export default protocol({
  name: "pcp",
  title: "Port Control Protocol",
  category: "infrastructure",
  source: "RFC 6887 §5, §7, §11.1, §12.1",
  ports: { udp: [5351] },
  signatures: {
    request: { over: "udp", client: [request] },
    exchange: { over: "udp", client: [request6], server: [answer] },
    answer: { over: "udp", server: [answer] },
  },
  facts: {
    operation: numberFact("D5", { names: numbered("0 ANNOUNCE, 1 MAP, 2 PEER") }),
    result: numberFact("D5"),
  },
  samples: {
    yes: [
      udp(client(asked), server(granted)),
      udp(
        client(
          hex(`02 01 0000 00000e10 20010db8000000000000000000000007`),
          nonce,
          hex(`11 000000 1f90 0000 ${"00".repeat(16)}`),
        ),
        server(granted),
      ),
    ],
    weak: [udp(server(granted))],
    no: [
      udp(client(`\x01${asked.slice(1)}`)),
      udp(client(asked.replace(hex("ffff c0000207"), hex("fffe c0000207")))),
      udp(client(hex("0201 0000 0000"))),
    ],
  },
});
