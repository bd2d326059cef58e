import {
  type Word,
  type Condition,
  accept,
  atEnd,
  client,
  derive,
  equal,
  hex,
  noise,
  protocol,
  remains,
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

/** RFC 5412 §3.1: version 0, a radio, the control bit, no fragment; the payload's length, status. */
const head = [
  u8({ in: [0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c, 0x34, 0x3c] }),
  skip(1),
  u16("length", { min: 8, max: 1500 }),
  derive("left", { from: "length", plus: 2 }),
  remains("left"),
  skip(2),
];
/** §4.2: elements have a type, a length of two bytes. */
const element = [u8({ min: 1 }), u16("size", { max: 1400 }), skip("size")];
/** §4.2.1: message, number, the length of the elements, a session (0 before there is one). */
const control = (kinds: Condition, relation: Word = []) =>
  step(
    head,
    u8(kinds),
    u8("number"),
    relation,
    u16("elements", { max: 1492 }),
    derive("whole", { from: "elements", plus: 8 }),
    equal("length", "whole"),
    u32(),
    element,
    repeat(0, 64, element),
    atEnd,
    accept,
  );

const message = (kind: string, session: string, ...elements: string[]) => {
  const body = elements.join("");
  return hex(`${kind} 01`) + sized(2, body).slice(0, 2) + hex(session) + body;
};
const framed = (...parts: string[]) => {
  const body = parts.join("");
  return hex("04 00") + sized(2, body).slice(0, 2) + hex("0000") + body;
};
const asked = framed(
  message(
    "01",
    "00000000",
    hex("3a 0001 00"),
    hex("04 0010"),
    noise(16),
    hex("03 000c"),
    noise(12),
  ),
);

/** LWAPP, control over UDP: how access points found their controller before CAPWAP. */
export default protocol({
  name: "lwapp",
  title: "Lightweight Access Point Protocol",
  category: "infrastructure",
  source: "RFC 5412 §3.1, §4.2, §4.2.1",
  ports: { udp: [12222, 12223] },
  signatures: {
    control: { over: "udp", first: [control({ min: 1, max: 64 })] },
    // Discovery (1, 2) and join (3, 4); an answer repeats the number.
    exchange: {
      over: "udp",
      client: [control([1, 3], remember("number"))],
      server: [control([2, 4], repeats("number"))],
      both: true,
    },
  },
  samples: {
    yes: [
      udp(
        client(asked),
        server(
          framed(message("02", "00000000", hex("06 000a"), noise(10), hex("1f 0006"), "lab-ac")),
        ),
      ),
    ],
    weak: [udp(client(asked))],
    no: [
      udp(client(`${asked}\0`)),
      udp(client(`\x44${asked.slice(1)}`)),
      udp(client(asked.replace("\x3a\0\x01", "\x3a\0\x02"))),
    ],
  },
});
