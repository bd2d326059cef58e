import {
  atEnd,
  capped,
  client,
  either,
  hex,
  noise,
  protocol,
  repeat,
  skip,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 2080 §2.1: request or response, version 1, zero. */
const header = [u8([1, 2]), u8(1), u16(0)];
const metric = u8({ min: 1, max: 16 });
/** §2.1.1: a next hop is a link-local address (or ours) with metric 255. */
const nextHop = either(
  [hex("fe80 000000000000"), skip(8), hex("0000 00 ff")],
  hex("00000000 00000000 00000000 00000000 0000 00 ff"),
);
const leading = either(u8({ min: 0x20, max: 0x3f }), u8([0xfc, 0xfd]));
/** A prefix of at most 128 bits: global or local addresses, or the default route; mostly not longer than 64, so the second half is 0. */
const prefix = either(
  [leading, skip(7), hex("00000000 00000000"), u16(), u8({ min: 3, max: 64 }), metric],
  [leading, skip(15), u16(), u8({ min: 65, max: 128 }), metric],
  [hex("00000000 00000000 00000000 00000000"), u16(), u8(0), metric],
);
const entry = either(nextHop, prefix);
/** §2.4.1: one entry of length 0 and metric 16 asks for all: in RIP version 1, the same bytes do. */
const all = step(
  capped(20, hex("01 01 0000 00000000 00000000 00000000 00000000 0000 00 10")),
  atEnd,
);
const routes = step(header, either(prefix, [nextHop, prefix]), entry, repeat(0, 72, entry), atEnd);
const lone = step(header, either(prefix, [nextHop, prefix]), atEnd);

const one = "20010db8000000000000000000000000 0000 40 01";
const two = "20010db8000100000000000000000000 0000 40 02";

/** RIP for IPv6. */
export default protocol({
  name: "ripng",
  title: "RIPng",
  category: "routing",
  source: "RFC 2080 §2.1, §2.4",
  ports: { udp: [521] },
  signatures: {
    all: { over: "udp", first: [all] },
    routes: { over: "udp", first: [routes] },
    lone: { over: "udp", first: [lone, lone] },
  },
  samples: {
    yes: [
      udp(client(hex(`0201 0000 ${one} ${two}`)), client(hex(`0201 0000 ${one} ${two}`))),
      udp(client(hex(`0201 0000 ${one}`)), client(hex(`0201 0000 ${one}`))),
    ],
    weak: [udp(client(hex("0101 0000 00000000 00000000 00000000 00000000 0000 00 10")))],
    no: [
      udp(client(hex(`0202 0000 ${one} ${two}`))),
      udp(client(hex(`0201 0000 ${one} ${two} 00`))),
      udp(client(hex("0201 0000"), noise(40))),
    ],
  },
});
