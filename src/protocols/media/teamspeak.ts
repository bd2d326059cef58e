import {
  accept,
  client,
  hex,
  noise,
  protocol,
  server,
  step,
  u16,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** §1.1, §2.1: init packets have a fixed code, number 101, and type 8, not encrypted (0x88); from clients an id of 0. */
const INIT = "TS3INIT1";
const clientInit = step(INIT, u16(101), u16(0), u8(0x88), accept);
const serverInit = step(INIT, u16(101), u8(0x88), accept);

/** TeamSpeak 3, by how a connection begins. */
export default protocol({
  name: "teamspeak",
  title: "TeamSpeak 3",
  category: "media",
  source: "ReSpeak, tsdeclarations: ts3protocol.md §1.1, §2.1",
  ports: { udp: [9987] },
  signatures: {
    init: { over: "udp", client: [clientInit] },
    answer: { over: "udp", server: [serverInit] },
  },
  samples: {
    yes: [
      udp(
        client(INIT, hex("0065 0000 88 0d d0576600 00 5f5916e0"), noise(4), "\0".repeat(8)),
        server(INIT, hex("0065 88 01"), noise(16), noise(4)),
      ),
      udp(server(INIT, hex("0065 88 03"), noise(60))),
    ],
    no: [
      udp(client("TS3INIT2", hex("0065 0000 88"), noise(20))),
      udp(client(INIT, hex("0066 0000 88"), noise(20))),
      udp(client(INIT)),
    ],
  },
});
