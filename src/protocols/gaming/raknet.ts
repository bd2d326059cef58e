import {
  accept,
  client,
  either,
  hex,
  noise,
  protocol,
  server,
  sized,
  skip,
  step,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** What every message outside a connection holds: RakNet's OFFLINE_MESSAGE_DATA_ID. */
const MAGIC = hex("00ffff00 fefefefe fdfdfdfd 12345678");

/**
 * Behind the message's number: requests and replies of a connection; behind a time: unconnected pings;
 * behind a time and an id: pongs. Some games number their messages otherwise.
 */
const message = step(u8(), either(MAGIC, [skip(8), MAGIC], [skip(16), MAGIC]), accept);

/** RakNet, by its messages outside a connection; Minecraft: Bedrock Edition, Roblox and others speak it. */
export default protocol({
  name: "raknet",
  title: "RakNet",
  category: "gaming",
  source:
    "RakNet (BSD licence): RakPeer.cpp, MessageIdentifiers.h; minecraft.wiki: Bedrock Edition protocol, RakNet",
  ports: { udp: [19132, 19133] },
  signatures: { offline: { over: "udp", first: [message] } },
  samples: {
    yes: [
      udp(
        client(hex("05") + MAGIC + hex("0b") + "\0".repeat(1446)),
        server(hex("06") + MAGIC + noise(8) + hex("00 05d4")),
      ),
      udp(client(hex("01 0000000000001a2b") + MAGIC + noise(8))),
      udp(server(hex("1c 0000000000001a2b") + noise(8) + MAGIC + sized(2, "MCPE;lab;800;"))),
    ],
    no: [
      udp(client(hex("05") + MAGIC.slice(1))),
      udp(client(hex("01 0000000000001a") + MAGIC + noise(8))),
      udp(client(hex("c0 0001 00 010000 020000"))),
    ],
  },
});
