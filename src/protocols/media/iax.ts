import {
  accept,
  atEnd,
  client,
  derive,
  hex,
  protocol,
  remember,
  repeat,
  repeats,
  server,
  sized,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** RFC 5456 §8.1.1: full frames: call numbers with their bits, time, sequence numbers, type 6 (§8.2), subclass (§8.4). */
const full = { min: 0x8000 };
const IAX = 6;
const subclass = (values: readonly number[]) => u8(values);
/** §8.6: type, length, value; to the end. */
const element = [u8({ min: 1 }), u8("n"), skip("n")];

/** §6.2.2, §8.6.10: NEW comes from no call of the other side, and begins with the version, 2. */
const begin = step(
  u16("call", { min: 0x8001 }),
  hex("0000"),
  u32({ max: 0xffff }),
  u8(0),
  u8(0),
  u8(IAX),
  subclass([1]),
  hex("0b 02 0002"),
  repeat(0, 32, element),
  atEnd,
  accept,
);

/** Others that open a conversation: REGREQ, REGREL, POKE, and what else may come without a call: §7.1, §7.4. */
const ask = step(
  u16("call", { min: 0x8001 }),
  derive("number", { from: "call", and: 0x7fff }),
  remember("number"),
  u16({ max: 0xffff }),
  u32(),
  u8(),
  u8(),
  u8(IAX),
  subclass([1, 2, 5, 11, 13, 14, 15, 16, 17, 30]),
  repeat(0, 32, element),
  atEnd,
);
const reply = step(
  u16(full),
  u16("called", { min: 1 }),
  derive("number", { from: "called", and: 0x7fff }),
  repeats("number"),
  u32(),
  u8(),
  u8(),
  u8(IAX),
  subclass([3, 4, 5, 6, 7, 8, 9, 11, 14, 15, 16, 18, 29, 31]),
  repeat(0, 32, element),
  atEnd,
);

const elements = hex("0b02 0002 01") + sized(1, "4711") + hex("09 04 00000004");

/** IAX2: the call that begins, or a request and what answers it. */
export default protocol({
  name: "iax",
  title: "Inter-Asterisk eXchange, version 2",
  category: "media",
  source: "RFC 5456 §6, §7, §8.1.1, §8.2, §8.4, §8.6",
  ports: { udp: [4569] },
  signatures: {
    new: { over: "udp", client: [begin] },
    exchange: { over: "udp", client: [ask], server: [reply] },
  },
  samples: {
    yes: [
      udp(client(hex("8001 0000 0000 0003 00 00 06 01") + elements)),
      udp(
        client(
          hex("9a2b 0000 0000 0003 00 00 06 0d") + hex("06") + sized(1, "lab") + hex("13 02 003c"),
        ),
        server(
          hex("b5c7 1a2b 0000 0005 00 01 06 0e") +
            hex("06") +
            sized(1, "lab") +
            hex("0e 02 0003 0f") +
            sized(1, "123456789"),
        ),
      ),
    ],
    weak: [udp(client(hex("9a2b 0000 0000 0003 00 00 06 0d 06 03 616263")))],
    no: [
      udp(client(hex("0001 0000 0000 0003 00 00 06 01") + elements)),
      udp(client(hex("8001 0000 0000 0003 00 00 06 01") + elements + "\x01")),
      udp(
        client(hex("9a2b 0000 0000 0003 00 00 06 0d 06 03 616263")),
        server(hex("b5c7 1a2c 0000 0005 00 01 06 0e 06 03 616263")),
      ),
    ],
  },
});
