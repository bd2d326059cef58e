import {
  type Word,
  accept,
  client,
  derive,
  either,
  equal,
  hex,
  noise,
  oneOf,
  protocol,
  rest,
  server,
  sized,
  step,
  tcp,
  u16,
  u8,
  within,
} from "../../language/vocabulary.js";

/** DSS: length, 0xd0, format (chained or not; request, reply, object, communication), correlation; then an object, 6 bytes shorter. */
const dss = (codePoint: Word, ...words: Word[]) => [
  u16("length", { min: 10, max: 0x7fff }),
  "\xd0",
  u8("format", {
    in: [1, 2, 3, 4, 5].flatMap((type) =>
      [0, 0x10, 0x40, 0x50, 0x60, 0x70].map((chained) => chained | type),
    ),
  }),
  u16({ max: 0x0fff }),
  u16("size", { min: 4, max: 0x7ff9 }),
  derive("whole", { from: "size", plus: 6 }),
  equal("length", "whole"),
  derive("left", { from: "size", plus: -4 }),
  codePoint,
  within("left", ...words, rest),
];
/** EXCSAT with EXCSATRD, ACCSEC, ACCSECRD, SECCHK, SECCHKRM, ACCRDB, ACCRDBRM: DRDA volume 3 (DDM). */
const first = step(
  dss(
    oneOf(
      hex("1041"),
      hex("1443"),
      hex("106d"),
      hex("14ac"),
      hex("106e"),
      hex("1219"),
      hex("2001"),
      hex("2201"),
    ),
    // Parameters: a length, a code point of 0x11…, 0x14… or 0x21…; types and their overrides (0x002f, 0x0035).
    u16({ min: 4, max: 1024 }),
    either([u8([0x11, 0x14, 0x21]), u8()], u16([0x002f, 0x0035])),
  ),
  accept,
);
/** Commands, replies and data have numbers of these beginnings. */
const any = step(dss([u8([0x10, 0x11, 0x12, 0x14, 0x18, 0x20, 0x21, 0x22, 0x24, 0x25]), u8()]));

const object = (codePoint: string, ...parts: string[]) => {
  const words = parts.join("");
  return sized(
    2,
    hex("d0 41 0001"),
    sized(2, hex(codePoint), words).replace(/^../s, String.fromCharCode(0, words.length + 4)),
  ).replace(/^../s, String.fromCharCode(0, words.length + 10));
};
const attributes = hex(
  "0009 115e 8482f28183 0018 1404 1403 0007 2407 0007 240f 0007 1440 0007 1474 0005".replace(
    / 0005$/,
    "",
  ),
);

/** DRDA, which DB2 and Derby speak. */
export default protocol({
  name: "drda",
  title: "Distributed Relational Database Architecture",
  category: "database",
  source: "The Open Group, DRDA version 5: volume 3, DDM, DSS layout and code points",
  ports: { tcp: [446, 50000, 1527] },
  signatures: {
    attributes: { over: "tcp", first: [first] },
    objects: { over: "tcp", first: [any, any] },
  },
  samples: {
    yes: [
      tcp(client(object("1041", attributes)), server(object("1443", attributes))),
      tcp(client(object("2014", hex("0044 2113"), noise(64)), object("2005", hex("0004 2141")))),
    ],
    no: [
      tcp(client(object("1041", attributes).replace("\xd0", "\xd1"))),
      tcp(client(object("1041", attributes).replace("\xd0\x41\0\x01\0", "\xd0\x41\0\x01\x01"))),
      tcp(client(object("2014", hex("0044 2113"), noise(64)))),
    ],
  },
});
