import {
  accept,
  atEnd,
  client,
  derive,
  either,
  hex,
  noise,
  numberFact,
  numbered,
  protocol,
  remains,
  repeat,
  report,
  server,
  sized,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/**
 * RFC 5415 §4.3: header length in words (2 … 8), radio, binding (0 … 3), and whether the payload is a frame of the
 * binding's kind.
 */
const lengths = (
  words: readonly number[],
  bindings: readonly number[],
  native: readonly number[],
  radios = 31,
) =>
  u16("sizes", {
    in: words.flatMap((size) =>
      range(0, radios).flatMap((radio) =>
        bindings.flatMap((binding) =>
          native.map((bit) => (size << 11) | (radio << 6) | (binding << 1) | bit),
        ),
      ),
    ),
  });

/** §4.1: preamble 0. A whole message: a fragment's number, but neither an offset nor reserved bits. */
const unfragmented = [u16(), u16(0)];
/** Flags: without, or with the radio's address, whose length (6, 8) stands in front; padded to words. */
const header = either(
  ["\0", lengths([2], range(0, 3), [0]), "\0", unfragmented],
  ["\0", lengths([4, 5], range(0, 3), [0]), "\x10", unfragmented, u8([6, 8]), skip(7)],
);

/** §4.6 and RFC 5416 §6: elements are 1 … 53 and 1024 … 1048, each with a length. */
const element = [
  either(u16({ min: 1, max: 53 }), u16({ min: 1024, max: 1048 })),
  u16("size", { max: 1400 }),
  skip("size"),
];
/** §4.5.1.1: 26 messages; a number; the length of what follows that (§4.5.1.3), flags 0. */
const control = step(
  header,
  u32("message", { min: 1, max: 26 }),
  skip(1),
  u16("length", { min: 3 }),
  derive("left", { from: "length", plus: -2 }),
  remains("left"),
  "\0",
  either(atEnd, [element, repeat(0, 64, element), atEnd]),
  accept,
  report("message"),
);
/** The same with an element of known length, and another: what tells it from other zeros. */
const known = either(
  // Discovery type (§4.6.21), location, name, session (§4.6.37), decryption, frame tunnel and MAC modes (§4.6.43, §4.6.44).
  [u16(20), u16(1), u8({ max: 4 })],
  [u16(35), u16(16), skip(16)],
  [u16(33), u16(4), skip(4)],
  [u16(41), u16(1), skip(1)],
  [u16(44), u16(1), skip(1)],
  // AC descriptor (§4.6.1), AC name, its IPv4 address (§4.6.9), the WTP's board data and descriptor (§4.6.40, §4.6.41).
  [u16([1, 4, 28, 38, 39, 45]), u16("size", { min: 1, max: 512 }), skip("size")],
  [u16(10), u16(6), skip(6)],
  // IEEE 802.11: radio information (RFC 5416 §6.25).
  [u16(1048), u16(5), skip(5)],
);
const told = step(
  header,
  u32("message", { min: 1, max: 26 }),
  skip(1),
  u16("length", { min: 3 }),
  derive("left", { from: "length", plus: -2 }),
  remains("left"),
  "\0",
  known,
  element,
  repeat(0, 64, element),
  atEnd,
  accept,
  report("message"),
);

/** §4.2: preamble 1 and three zeros, then DTLS (RFC 4347 §4.1): type, version, epoch, number, length. */
const record = [
  hex("01000000"),
  u8({ min: 20, max: 23 }),
  u16([0xfeff, 0xfefd]),
  u16({ max: 7 }),
  u16(0),
  u32(),
  u16("size", { min: 1, max: 16384 + 2048 }),
];
const sealed = step(
  record,
  either(remains("size"), [skip("size"), u8({ min: 20, max: 23 }), u16([0xfeff, 0xfefd])]),
  accept,
);

/** §4.4.1: keep-alive of the data channel: its flag, a length, the session's number (35). */
const keepAlive = step(
  "\0",
  lengths([2], range(0, 3), [0, 1]),
  "\x08",
  unfragmented,
  u16("length", { min: 22 }),
  derive("left", { from: "length", plus: -2 }),
  remains("left"),
  hex("0023 0010"),
  accept,
);
/**
 * §4.3, RFC 5416 §4: frames of IEEE 802.11 (binding 1) with what the radio says, four bytes behind their length (a level
 * below 0 dBm, a ratio, a rate), or which networks are meant; earlier devices put the binding in front.
 */
const frame = step(
  "\0",
  lengths([4], [1], [0, 1], 7),
  "\x20",
  unfragmented,
  either(
    ["\x01\x04", skip(6)],
    ["\x04", u8({ min: 0x80 }), u8({ max: 100 }), u16({ max: 0x3fff }), hex("000000")],
    ["\x04", skip(2), hex("0000 000000")],
  ),
  accept,
);

const MESSAGES = numbered(`
  1 Discovery Request, 2 Discovery Response, 3 Join Request, 4 Join Response, 5 Configuration Status Request,
  6 Configuration Status Response, 7 Configuration Update Request, 8 Configuration Update Response,
  9 WTP Event Request, 10 WTP Event Response, 11 Change State Event Request, 12 Change State Event Response,
  13 Echo Request, 14 Echo Response, 15 Image Data Request, 16 Image Data Response, 17 Reset Request,
  18 Reset Response, 19 Primary Discovery Request, 20 Primary Discovery Response, 21 Data Transfer Request,
  22 Data Transfer Response, 23 Clear Configuration Request, 24 Clear Configuration Response,
  25 Station Configuration Request, 26 Station Configuration Response
`);

const words = (type: string, body: string) => hex(type) + sized(2, body);
const message = (type: string, ...elements: string[]) => {
  const body = `\0${elements.join("")}`;
  return hex(`0000000${type} 07`) + sized(2, `${body}\0\0`).slice(0, -2);
};
const discovery = message(
  "1",
  words("0014", "\x01"),
  words("0026", hex("00001234 0000 0004") + "AP-1" + hex("0001 0004") + "S123"),
  words("0029", "\x04"),
  words("002c", "\0"),
);
const address = hex("06 02005e005301 00");

/** CAPWAP: access points and their controller; control in the clear and in DTLS, and the frames of radios. */
export default protocol({
  name: "capwap",
  title: "CAPWAP",
  category: "infrastructure",
  source: "RFC 5415 §4.1 … §4.6; RFC 5416 §4, §6; RFC 4347 §4.1",
  ports: { udp: [5246, 5247] },
  signatures: {
    control: { over: "udp", first: [control], reply: [control], both: true },
    told: { over: "udp", first: [told], implies: ["capwap/control"] },
    sealed: { over: "udp", first: [sealed] },
    "keep-alive": { over: "udp", first: [keepAlive] },
    frame: { over: "udp", first: [frame] },
  },
  facts: { message: numberFact("D5", { names: MESSAGES }) },
  samples: {
    yes: [
      udp(client(hex("00 2002 10 0000 0000"), address, discovery)),
      udp(
        client(hex("00 1002 00 0000 0000"), discovery),
        server(
          hex("00 1002 00 0000 0000"),
          message(
            "2",
            words("0001", hex("0005 0100 0000 0002 05 02 00 00") + noise(12)),
            words("0004", "lab-ac"),
            words("000a", hex("c0000201 0000")),
          ),
        ),
      ),
      udp(client(hex("01000000 16 feff 0000 0000 00000000 0040"), noise(64))),
      udp(client(hex("00 1000 08 0000 0000 0016 0023 0010"), noise(16))),
      udp(client(hex("00 2003 20 0001 0000 01 04 c8 30 006c 0000"), noise(60))),
    ],
    weak: [udp(client(hex("00 1002 00 0000 0000"), message("d")))],
    no: [
      udp(client(hex("00 2002 10 0000 0000"), address, `${discovery}\0`)),
      udp(client(hex("10 2002 10 0000 0000"), address, discovery)),
      udp(client(hex("01000000 16 0303 0000 0000 00000000 0040"), noise(64))),
      udp(client(hex("00 1000 08 0000 0000 0016 0024 0010"), noise(16))),
    ],
  },
});
