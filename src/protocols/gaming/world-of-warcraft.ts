import {
  accept,
  client,
  hex,
  noise,
  oneOf,
  opt,
  protocol,
  server,
  skip,
  step,
  tcp,
  u16le,
  u8,
} from "../../language/vocabulary.js";

/** Log-on challenge: command 0, a revision, the length of what follows, the game; version and build, then platform, system, language backwards. */
const logon = step(
  u8([0, 2]),
  u8({ max: 8 }),
  u16le("size", { min: 30, max: 255 }),
  "WoW\0",
  skip(5),
  oneOf("68x\0", "CPP\0", "46x\0", "x64\0", "x86\0"),
  accept,
);
/** Since version 4 a connection begins with a sentence of each side. */
const greeting = step(
  opt(skip(2)),
  "WORLD OF WARCRAFT CONNECTION - ",
  oneOf("SERVER TO CLIENT", "CLIENT TO SERVER"),
  accept,
);

const challenge = hex("00 08 2400") + "WoW\0" + hex("03 03 05 3430") + "68x\0niW\0SUne" + noise(8);

/** World of Warcraft: log-on, and the beginning of a connection to a realm. */
export default protocol({
  name: "world-of-warcraft",
  title: "World of Warcraft",
  category: "gaming",
  source:
    "wow_messages (MIT): CMD_AUTH_LOGON_CHALLENGE_Client, CMD_AUTH_RECONNECT_CHALLENGE_Client (https://docs.rs/wow_login_messages/latest/wow_login_messages/all/). Observed: the sentences",
  ports: { tcp: [3724, 8085] },
  signatures: {
    logon: { over: "tcp", client: [logon] },
    greeting: { over: "tcp", first: [greeting] },
  },
  samples: {
    yes: [
      tcp(client(challenge)),
      tcp(
        server(hex("3000"), "WORLD OF WARCRAFT CONNECTION - SERVER TO CLIENT\0"),
        client(hex("3000"), "WORLD OF WARCRAFT CONNECTION - CLIENT TO SERVER\0"),
      ),
    ],
    no: [
      tcp(client(challenge.replace("WoW", "WoX"))),
      tcp(server(hex("3000"), "WORLD OF WARSHIPS CONNECTION - SERVER TO CLIENT\0")),
    ],
  },
});
