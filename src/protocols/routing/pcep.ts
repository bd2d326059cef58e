import {
  accept,
  client,
  either,
  hex,
  protocol,
  server,
  step,
  tcp,
  u16,
  u8,
} from "../../language/vocabulary.js";

/** RFC 5440 §6.1: version 1 in three bits and no flags, type, length in multiples of 4. §7.2: objects likewise, class and type in front. */
const header = (type: number | number[], length: object | number) => [
  u8(0x20),
  u8(type),
  u16(length),
];
const whole = (least: number) => ({ min: least, mask: 3, bits: 0 });
const object = (kind: number, type: number | number[]) => [u8(kind), u8(type), u16(whole(8))];

/** §7.3: OPEN is the first object of the first message, of version 1 again. */
const open = step(
  header(1, whole(12)),
  object(1, [0x10, 0x12]),
  u8({ mask: 0xe0, bits: 0x20 }),
  accept,
);
/** §7.4 … §7.17: keep-alive; requests (RP), replies; notifications; errors; close; reports and updates (SRP: RFC 8231). */
const next = step(
  either(
    [header(2, 4)],
    [header([3, 4], whole(16)), object(2, [0x10, 0x12])],
    [header(6, whole(12)), object(13, [0x10, 0x12])],
    [header(7, whole(12)), object(15, [0x10, 0x12])],
    [header([10, 11, 12], whole(12)), either(object(33, [0x10, 0x12]), object(32, [0x10, 0x12]))],
  ),
  accept,
);

/** PCEP, between path computation clients and elements. */
export default protocol({
  name: "pcep",
  title: "Path Computation Element Protocol",
  category: "routing",
  source: "RFC 5440 §6, §7; RFC 8231 §6, §7",
  ports: { tcp: [4189] },
  signatures: {
    open: { over: "tcp", first: [open], reply: [open] },
    messages: { over: "tcp", first: [next], reply: [next] },
  },
  samples: {
    yes: [
      tcp(
        client(hex("2001 0014 0110 0010 20 1e 78 01 0010 0004 00000001")),
        server(hex("2001 000c 0110 0008 20 1e 78 02")),
      ),
      tcp(
        client(hex("2003 0024 0210 000c 00000000 00000001 0412 000c 0a000001 0a000002")),
        server(hex("2004 0018 0212 000c 00000000 00000001 0310 0008 00000000")),
      ),
    ],
    weak: [tcp(client(hex("2002 0004")))],
    no: [
      tcp(client(hex("2001 0015 0110 0010 20 1e 78 01"))),
      tcp(client(hex("4001 000c 0110 0008 20 1e 78 01"))),
    ],
  },
});
