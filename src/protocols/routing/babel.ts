import {
  atEnd,
  client,
  derive,
  either,
  hex,
  protocol,
  remains,
  server,
  skip,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 8966 §4.6: each TLV has a type and a length; those that a packet begins with say more. */
const left = (least: number) => derive("left", { from: "n", plus: -least });
const tlv = either(
  // Hello: no flags but unicast, sequence number, interval.
  ["\x04", u8("n", { min: 6, max: 32 }), u16({ in: [0, 0x8000] }), skip(4), left(6), skip("left")],
  // I heard you: address encoding 0 … 3, reserved.
  ["\x05", u8("n", { min: 6, max: 48 }), u8({ max: 3 }), "\0", skip(4), left(6), skip("left")],
  // Router id, next hop: reserved or encoding, then eight bytes or an address.
  ["\x06\x0a\0\0", skip(8)],
  ["\x07", u8("n", { in: [6, 10, 18] }), u8({ max: 3 }), "\0", left(2), skip("left")],
  // Update: encoding, flags, prefix length, omitted bytes.
  [
    "\x08",
    u8("n", { min: 10, max: 64 }),
    u8({ max: 4 }),
    skip(1),
    u8({ max: 128 }),
    u8({ max: 16 }),
    left(4),
    skip("left"),
  ],
  // Requests for routes and for sequence numbers.
  ["\x09", u8("n", { min: 2, max: 48 }), u8({ max: 4 }), u8({ max: 128 }), left(2), skip("left")],
  // Acknowledgement: request and answer; padding.
  ["\x02", u8("n", { min: 6, max: 16 }), "\0\0", left(2), skip("left")],
  ["\x03\x02", skip(2)],
);

/** §4.2: magic 42, version 2, length of the body; a trailer may follow it. */
const packet = step(
  "\x2a\x02",
  u16("length", { min: 4, max: 1500 }),
  remains("length"),
  tlv,
  either(atEnd, tlv),
);

/** Babel, a distance-vector routing protocol. */
export default protocol({
  name: "babel",
  title: "Babel",
  category: "routing",
  source: "RFC 8966 §4.2, §4.6",
  ports: { udp: [6696] },
  signatures: { packet: { over: "udp", first: [packet], reply: [packet] } },
  samples: {
    yes: [
      udp(
        client(hex("2a02 0008 0406 0000 1234 0190")),
        server(hex("2a02 0018 0406 0000 0012 0190 050e 0300 0060 04b0 0123456789abcdef")),
      ),
    ],
    no: [
      udp(client(hex("2a02 0009 0406 0000 1234 0190 00 00"))),
      udp(client(hex("2a03 0008 0406 0000 1234 0190"))),
      udp(client(hex("2a02 0008 1406 0000 1234 0190"))),
    ],
  },
});
