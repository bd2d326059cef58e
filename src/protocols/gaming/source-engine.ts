import {
  accept,
  atEnd,
  byte,
  capture,
  client,
  either,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  run,
  server,
  skip,
  step,
  textFact,
  textual,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** A message in one packet; Quake's heirs begin so too. */
const SINGLE = hex("ffffffff");
const text = [run(textual, { min: 0 }), "\0"];

/** A2S_INFO; since 2020 a challenge may follow. */
const info = step(SINGLE, "TSource Engine Query\0", either(atEnd, [skip(4), atEnd]), accept);
/** Its answer: protocol; name, map, folder, game; id, counts, kind of server, system, password, VAC, version. */
const answer = step(
  SINGLE,
  "I",
  u8("version", { max: 0x40 }),
  text,
  text,
  capture("folder", run("0-9A-Za-z_.-", { max: 64 })),
  "\0",
  text,
  skip(5),
  byte("dlpDLP"),
  byte("lwmoLWMO"),
  u8({ max: 1 }),
  u8({ max: 1 }),
  accept,
);

/** A2S_PLAYER, A2S_RULES: first without a challenge (-1, or 0), which the server sends then. */
const ask = step(SINGLE, byte("UV"), u32("challenge"), atEnd, remember("challenge"));
const challenge = step(SINGLE, "A", u32("challenge", { min: 0x100 }), atEnd, remember("challenge"));
const askAgain = step(
  SINGLE,
  byte("UV"),
  u32("challenge", { min: 0x100 }),
  atEnd,
  repeats("challenge"),
);

const query = `${SINGLE}TSource Engine Query\0`;

/** Valve's server queries (A2S), which Source, GoldSource and other games answer. */
export default protocol({
  name: "source-engine",
  title: "Source server queries",
  category: "gaming",
  source: "Valve Developer Community: Server queries (A2S_INFO, A2S_PLAYER, A2S_RULES)",
  ports: { udp: [27015] },
  signatures: {
    info: { over: "udp", client: [info] },
    answer: { over: "udp", server: [answer] },
    challenge: { over: "udp", client: [ask, askAgain], server: [challenge] },
  },
  facts: { folder: textFact("D5", { bound: 64 }) },
  samples: {
    yes: [
      udp(client(query), server(SINGLE, "A", noise(4))),
      udp(client(query, noise(4))),
      udp(
        server(
          SINGLE,
          "I\x11lab\0cp_dustbowl\0tf\0Team Fortress\0",
          hex("b801 00 18 00"),
          "dl",
          hex("00 01"),
          "1.0\0",
        ),
      ),
      udp(
        client(SINGLE, "U", hex("ffffffff")),
        server(SINGLE, "A", hex("4ba1e22a")),
        client(SINGLE, "U", hex("4ba1e22a")),
      ),
      udp(client(SINGLE, "U", hex("ffffffff"))),
    ],
    no: [
      udp(client(SINGLE, "TSource Engine Query")),
      udp(client(SINGLE, "getinfo xxx")),
      udp(client(SINGLE, "getstatus\n"), server(SINGLE, "statusResponse\n\\x\\y\n")),
      udp(
        client(SINGLE, "U", hex("ffffffff")),
        server(SINGLE, "A", hex("4ba1e22a")),
        client(SINGLE, "U", hex("4ba1e22b")),
      ),
    ],
  },
});
