import {
  type Condition,
  accept,
  byte,
  capture,
  client,
  hex,
  inside,
  leb128,
  numberFact,
  oneOf,
  protocol,
  report,
  rest,
  server,
  sized,
  step,
  tcp,
  textFact,
  times,
  u16,
  u8,
  within,
} from "../../language/vocabulary.js";

/** Handshake: length, packet 0, protocol number, the server's name as typed, its port, and what comes: status, login, transfer. */
const hello = (intent: Condition) => [
  u8("length", { max: 0x7f }),
  within(
    "length",
    u8(0),
    leb128("protocol"),
    leb128("n"),
    inside("n", capture("host", times("n", 100, byte("0-9A-Za-z._:-")))),
    u16({ min: 1 }),
    u8(intent),
  ),
];
const handshake = step(hello([1, 2, 3]), accept, report("protocol"));
/** And what the client says next: an empty request of the status (packet 0), or its player's name of 3 … 16 characters. */
const asks = step(hello(1), hex("01 00"), accept, report("protocol"));
const enters = step(
  hello([2, 3]),
  u8("size", { min: 5, max: 0x7f }),
  within(
    "size",
    u8(0),
    u8("letters", { min: 3, max: 16 }),
    times("letters", 16, byte("0-9A-Za-z_")),
    rest,
  ),
  accept,
  report("protocol"),
);
/** Status: length, packet 0, the length of a JSON object. */
const status = step(
  leb128("length"),
  u8(0),
  leb128("n"),
  '{"',
  oneOf(
    "version",
    "description",
    "players",
    "favicon",
    "enforcesSecureChat",
    "previewsChat",
    "modinfo",
  ),
  '"',
  accept,
);

const greeting = (host: string, next: string) =>
  sized(1, hex("00 fb05"), sized(1, host), hex("63dd"), hex(next));

/** Minecraft: Java Edition, by its handshake or its status. */
export default protocol({
  name: "minecraft",
  title: "Minecraft: Java Edition",
  category: "gaming",
  source:
    "Minecraft Wiki, Java Edition protocol: Packets, Handshaking (https://minecraft.wiki/w/Java_Edition_protocol/Packets); Server List Ping (https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping)",
  ports: { tcp: [25565] },
  signatures: {
    handshake: { over: "tcp", client: [handshake] },
    "status-request": { over: "tcp", client: [asks], implies: ["minecraft/handshake"] },
    login: { over: "tcp", client: [enters], implies: ["minecraft/handshake"] },
    status: { over: "tcp", server: [status] },
  },
  facts: { host: textFact("D4"), protocol: numberFact("D5") },
  samples: {
    yes: [
      tcp(client(greeting("192.0.2.7", "02"), sized(1, "\0", sized(1, "lab_player")))),
      tcp(
        client(greeting("play.example.org", "01"), hex("01 00")),
        server(hex("e501 00 e201"), '{"version":{"name":"1.20.4","protocol":765}}'),
      ),
    ],
    no: [
      tcp(client(greeting("play.example.org", "07"))),
      tcp(client(greeting("play example org", "01"))),
      tcp(client(greeting("play.example.org", "01").replace("\x05", "\x04\x05"))),
    ],
  },
});
