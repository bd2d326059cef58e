import {
  client,
  derive,
  either,
  hex,
  noise,
  protocol,
  remains,
  sctp,
  server,
  step,
  u16,
  u32,
  u8,
} from "../../language/vocabulary.js";

/** An open type's length in aligned PER: one byte, or two of which the highest bit is set (X.691 §11.9). */
const length = either(u8("length", { max: 0x7f }), [
  u16("length", { min: 0x8080, max: 0xbfff }),
  derive("length", { from: "length", and: 0x3fff }),
]);

/**
 * Payload protocol identifier 27; a PDU is an initiating message, a successful or an unsuccessful outcome;
 * its procedure, its criticality, its length; then a sequence of information elements, each with a
 * number and a criticality (3GPP TS 36.423 §9).
 */
const message = step(
  u32(27),
  u8([0x00, 0x20, 0x40]),
  u8({ max: 80 }),
  u8([0x00, 0x40, 0x80]),
  length,
  remains("length"),
  u8(0),
  u16({ min: 1, max: 64 }),
  u16({ max: 0x1ff }),
  u8([0x00, 0x40, 0x80]),
);

/** X2AP: between base stations of 4G. */
export default protocol({
  name: "x2ap",
  title: "X2 Application Protocol",
  category: "telephony",
  source: "3GPP TS 36.423 §9; IANA SCTP Payload Protocol Identifiers; X.691 §11.9",
  ports: { sctp: [36422] },
  signatures: { message: { over: "sctp", first: [message], reply: [message] } },
  samples: {
    yes: [
      sctp(
        client(hex("0000001b 00 06 00 1c 00 0004 003b 00"), noise(22)),
        server(hex("0000001b 20 06 00 1b 00 0003 003d 40"), noise(21, 2)),
      ),
      sctp(
        client(hex("0000001b 00 06 40 80a0 00 0003 0000 00"), noise(154)),
        server(hex("0000001b 00 06 40 0c 00 0002 0000 00"), noise(6)),
      ),
    ],
    no: [
      sctp(client(hex("0000001b 00 06 00 1d 00 0004 003b 00"), noise(22))),
      sctp(client(hex("0000001c 00 06 00 1c 00 0004 003b 00"), noise(22))),
      sctp(client(hex("0000001b 60 06 00 1c 00 0004 003b 00"), noise(22))),
    ],
  },
});
