import {
  accept,
  capture,
  client,
  hex,
  protocol,
  run,
  server,
  sized,
  skip,
  step,
  tcp,
  textFact,
  u16,
  u16le,
  u32,
  u32le,
  u8,
} from "../../language/vocabulary.js";

const title = run(" -~", { min: 16, max: 16 });

/** PS3.8 §9.3.2, §9.3.3: A-ASSOCIATE request or acceptance, version 1, two titles, and the application context. */
const associate = (type: number, ...titles: Parameters<typeof step>) =>
  step(
    u8(type),
    u8(0),
    u32({ min: 68, max: 0x100000 }),
    u16({ mask: 1, bits: 1 }),
    u16({ max: 0 }),
    titles,
    skip(32),
    u8(0x10),
    skip(1),
    u16({ min: 16, max: 64 }),
    "1.2.840.10008.3.1.1.1",
    accept,
  );

/** §9.3.5, PS3.7 §6.3.1: P-DATA with a part of a command, which begins with the length of its group. */
const command = step(
  u8(4),
  u8(0),
  u32({ min: 18, max: 0x100000 }),
  u32({ min: 14, max: 0x100000 }),
  u8({ mask: 1, bits: 1 }),
  u8([1, 3]),
  hex("0000 0000 04000000"),
  u32le({ min: 20, max: 1024 }),
  hex("0000"),
  u16le({ in: [2, 3] }),
  u32le({ max: 64 }),
  "1.2.840.10008.",
  accept,
);

const context = `\x10\0${sized(2, "1.2.840.10008.3.1.1.1")}`;
const request = hex("0001 0000") + "ANY-SCP         ECHOSCU         " + "\0".repeat(32) + context;

/** DICOM's upper layer, from the association on or from a command. */
export default protocol({
  name: "dicom",
  title: "DICOM",
  category: "medical",
  source: "DICOM PS3.8 §9.3; PS3.7 §6.3.1",
  ports: { tcp: [104, 11112, 4242] },
  signatures: {
    request: {
      over: "tcp",
      client: [associate(1, capture("called", title), capture("calling", title))],
    },
    accept: { over: "tcp", server: [associate(2, skip(32))] },
    command: { over: "tcp", first: [command] },
  },
  facts: { called: textFact("D4", { bound: 16 }), calling: textFact("D4", { bound: 16 }) },
  samples: {
    yes: [
      tcp(client(`\x01\0${sized(4, request)}`), server(`\x02\0${sized(4, request)}`)),
      tcp(
        client(
          hex("04 00 0000004a 00000046 01 03 0000 0000 04000000 38000000 0000 0200 12000000"),
          "1.2.840.10008.1.1\0",
        ),
      ),
    ],
    no: [
      tcp(client(`\x01\0${sized(4, request.replace("10008.3", "10009.3"))}`)),
      tcp(client(`\x03\0${sized(4, request)}`)),
      tcp(client(hex("04 00 0000004a 00000046 01 02 0000 0000 04000000 38000000"))),
    ],
  },
});
