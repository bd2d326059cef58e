import {
  client,
  derive,
  either,
  equal,
  hex,
  protocol,
  server,
  skip,
  step,
  tcp,
  u16,
  u24,
  u8,
} from "../../language/vocabulary.js";

/** RFC 3618 §12.2.1: active sources, 8 bytes and 12 for each: 3 zeros, prefix 32 (a host), group, source. A packet may follow. */
const source = [u24(0), u8(32), skip(8)];
const active = [
  u8(1),
  u16("length", { min: 20, max: 9192 }),
  u8("count", { min: 1 }),
  skip(4),
  source,
  derive("left", { from: "length", plus: -20 }),
  skip("left"),
];
/** An answer that holds no more than the list. */
const listed = [
  u8([1, 3]),
  u16("length", { min: 8, max: 3068 }),
  u8("count"),
  derive("all", { from: "count", times: 12, plus: 8 }),
  equal("all", "length"),
  derive("left", { from: "length", plus: -4 }),
  skip("left"),
];
/** §12.2.4: a keep-alive has three bytes. §12.2.2: a request 8. */
const alive = [u8(4), u16(3)];
const request = [u8(2), u16(8), u8(0), skip(4)];
const message = step(either(alive, request, active, listed));

/** MSDP, between rendezvous points of PIM: two messages of one peer. */
export default protocol({
  name: "msdp",
  title: "Multicast Source Discovery Protocol",
  category: "routing",
  source: "RFC 3618 §12",
  ports: { tcp: [639] },
  signatures: {
    messages: {
      over: "tcp",
      first: [message, message, message],
      reply: [message, message, message],
    },
  },
  samples: {
    yes: [
      tcp(
        client(hex("01 0014 01 c0000201 000000 20 e0010203 c6336401 04 0003 04 0003")),
        server(hex("04 0003 04 0003 04 0003")),
      ),
    ],
    weak: [tcp(client(hex("04 0003")))],
    no: [
      tcp(client(hex("04 0004 04 0004 04 0004"))),
      tcp(client(hex("01 0015 01 c0000201 000000 21").repeat(3))),
    ],
  },
});
