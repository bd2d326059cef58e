import {
  accept,
  byte,
  capture,
  client,
  either,
  hex,
  oneOf,
  opt,
  protocol,
  run,
  server,
  step,
  tcp,
  textFact,
  u16le,
  u32le,
  u8,
} from "../../language/vocabulary.js";

/** version(5): size, Tversion (100) or Rversion (101) without a tag, message size, and the version's name. */
const version = (type: number) =>
  step(
    u32le({ min: 19, max: 64 }),
    u8(type),
    u16le(0xffff),
    u32le({ min: 256, max: 0x1ffffff }),
    u16le({ min: 6, max: 32 }),
    capture(
      "version",
      either(
        ["9P", oneOf("2000", "1999"), opt(byte("."), run("A-Za-z0-9", { max: 8 }))],
        "unknown",
      ),
    ),
    accept,
  );

const hello = (type: string) => hex(`15000000 ${type} ffff 00200000 0800`);

/** 9P, the Plan 9 file protocol, in all its dialects. */
export default protocol({
  name: "9p",
  title: "9P",
  category: "file-sharing",
  source: "Plan 9 manual, intro(5), version(5)",
  ports: { tcp: [564] },
  signatures: {
    version: { over: "tcp", client: [version(100)], server: [version(101)] },
  },
  facts: { version: textFact("D5", { bound: 16 }) },
  samples: {
    yes: [
      tcp(client(hello("64"), "9P2000.L"), server(hello("65"), "9P2000.L")),
      tcp(client(hex("13000000 64 ffff 00200000 0600"), "9P2000", hex("00"))),
    ],
    no: [
      tcp(client(hello("66"), "9P2000.L")),
      tcp(client(hello("64"), "8P2000.L")),
      tcp(client(hello("64").replace("\xff\xff", "\x01\0"), "9P2000.L")),
    ],
  },
});
