import {
  client,
  derive,
  either,
  hex,
  noise,
  remains,
  sctp,
  server,
  step,
  u16,
  u32,
  u8,
  type Definition,
} from "../../language/vocabulary.js";

/** An open type's length in aligned PER: one byte, or two of which the highest bit is set (X.691 §11.9). */
const length = either(u8("length", { max: 0x7f }), [
  u16("length", { min: 0x8080, max: 0xbfff }),
  derive("length", { from: "length", and: 0x3fff }),
]);

/**
 * What 3GPP's application parts have in common: the payload protocol identifier; an initiating message, a
 * successful or an unsuccessful outcome; its procedure, its criticality, its length; then a
 * sequence of information elements, each with a number and a criticality.
 */
export function applicationPart(
  identifier: number,
  { procedures, sample }: { procedures: number; sample: number },
): Pick<Definition, "signatures" | "samples"> {
  const message = step(
    u32(identifier),
    u8([0x00, 0x20, 0x40]),
    u8({ max: procedures }),
    u8([0x00, 0x40, 0x80]),
    length,
    remains("length"),
    u8(0),
    u16({ min: 1, max: 64 }),
    u16({ max: 0x1ff }),
    u8([0x00, 0x40, 0x80]),
  );
  const said = (kind: string, rest: string, bytes: number, of = identifier) =>
    hex(of.toString(16).padStart(8, "0") + kind + sample.toString(16).padStart(2, "0") + rest) +
    noise(bytes);
  return {
    signatures: { message: { over: "sctp", first: [message], reply: [message] } },
    samples: {
      yes: [
        sctp(
          client(said("00", "00 1c 00 0004 003b 00", 22)),
          server(said("20", "00 1b 00 0003 003d 40", 21)),
        ),
        sctp(
          client(said("00", "40 80a0 00 0003 0000 00", 154)),
          server(said("00", "40 0c 00 0002 0000 00", 6)),
        ),
      ],
      no: [
        sctp(client(said("00", "00 1d 00 0004 003b 00", 22))),
        sctp(client(said("00", "00 1c 00 0004 003b 00", 22, identifier + 1))),
        sctp(client(said("60", "00 1c 00 0004 003b 00", 22))),
      ],
    },
  };
}
