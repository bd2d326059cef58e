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
  u32,
  u8,
} from "../../language/vocabulary.js";

/** OpenFlow 1.0 … 1.5 are the versions 1 … 6; a message has a type, a length with these eight bytes, and a transaction. */
const version = u8({ min: 1, max: 6 });
/** §7.5.1 of 1.5.1: hello, alone or with the bitmap of versions (element 1, eight bytes). */
const hello = step(
  version,
  "\0",
  either([u16(8), u32()], [u16(16), u32(), "\0\x01\0\x08", u32({ min: 2, max: 0xff })]),
);
/** A controller asks for features (5) first; the switch answers (6) with 32 bytes, in version 1.0 with ports behind. */
const features = step(
  version,
  either([u8(5), u16(8)], [u8(6), u16({ min: 32, max: 8192, mask: 7, bits: 0 })]),
  u32(),
  accept,
);

/** OpenFlow: hellos, then the controller asks for features. */
export default protocol({
  name: "openflow",
  title: "OpenFlow",
  category: "management",
  source: "OpenFlow Switch Specification 1.0.0 §5.1, §5.3; 1.5.1 §7.1, §7.3.1, §7.5.1",
  ports: { tcp: [6653, 6633] },
  signatures: { session: { over: "tcp", first: [hello, features], reply: [hello, features] } },
  samples: {
    yes: [
      tcp(
        server(hex("04 00 0008 00000007")),
        client(hex("06 00 0010 00000001 0001 0008 00000072")),
        server(hex("04 05 0008 00000008")),
        client(hex("04 06 0020 00000008 0000000000000001 00000100 fe 00 0000 0000004f 00000000")),
      ),
    ],
    weak: [tcp(client(hex("04 00 0008 00000001")))],
    no: [
      tcp(client(hex("06 00 0011 00000001 0001 0008 00000072 00"))),
      tcp(client(hex("07 00 0008 00000001")), server(hex("07 00 0008 00000001"))),
    ],
  },
});
