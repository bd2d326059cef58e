import {
  accept,
  ber,
  client,
  hex,
  opt,
  protocol,
  server,
  skip,
  step,
  tcp,
  u8,
} from "../../language/vocabulary.js";

/** InitializeRequest [20] and InitializeResponse [21] (3.2.1.1): reference [2], version [3], options [4], sizes [5] and [6]. */
const initialize = (tag: number) =>
  step(
    ber(tag, "length"),
    opt([u8(0x82), u8("reference", { max: 127 }), skip("reference")]),
    u8(0x83),
    u8("version", { min: 2, max: 3 }),
    u8({ max: 7 }),
    u8({ min: 0x20 }),
    opt(hex("00")),
    u8(0x84),
    u8("options", { min: 2, max: 5 }),
    skip("options"),
    u8(0x85),
    u8("preferred", { min: 1, max: 5 }),
    skip("preferred"),
    u8(0x86),
    u8("largest", { min: 1, max: 5 }),
    skip("largest"),
    accept,
  );

const asked = hex("b4 14 8302 05e0 8403 00e9a2 8503 100000 8603 100000");

/** Z39.50, by which libraries are searched: how a session begins. */
export default protocol({
  name: "z39-50",
  title: "Z39.50",
  category: "infrastructure",
  source: "ANSI/NISO Z39.50-2003 §3.2.1.1, §4.1 (APDU); X.690 §8.1, §8.6; IANA: z39-50",
  ports: { tcp: [210] },
  signatures: {
    asks: { over: "tcp", client: [initialize(0xb4)] },
    answers: { over: "tcp", server: [initialize(0xb5)] },
  },
  samples: {
    yes: [
      tcp(client(asked)),
      tcp(client(hex("b4 17 8201 31 8302 05e0 8403 00e9a2 8503 100000 8603 100000"))),
      tcp(
        client(asked),
        server(hex("b5 17 8302 05e0 8403 00e9a2 8503 100000 8603 100000 8c01 ff")),
      ),
    ],
    no: [
      tcp(client(asked.replace("\x83\x02", "\x83\x09"))),
      tcp(client(asked.replace("\x85\x03", "\x87\x03"))),
      tcp(client(asked.slice(1))),
    ],
  },
});
