import {
  client,
  hex,
  protocol,
  remember,
  repeats,
  room,
  server,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** A ping without encryption: zero, and an identifier that comes back. */
const ping = step(
  room(12),
  u32(0),
  u32("high"),
  remember("high"),
  u32("low", { min: 0x01000000 }),
  remember("low"),
);
/** Version 1.2 and later, the identifier; users, the most of them, bandwidth. */
const pong = step(
  room(24),
  u16(1),
  u8({ min: 2, max: 9 }),
  u8(),
  u32("high"),
  repeats("high"),
  u32("low", { min: 0x01000000 }),
  repeats("low"),
  u32({ max: 10000 }),
  u32({ max: 10000 }),
  u32({ min: 8000, max: 0xfffff }),
);

/** Mumble, by the answered ping of its server list. Its control channel is TLS, its voice encrypted. */
export default protocol({
  name: "mumble",
  title: "Mumble",
  category: "media",
  source:
    "Mumble wiki, Protocol: UDP Ping packet (https://wiki.mumble.info/wiki/Protocol#UDP_Ping_packet); crate mumble-protocol (MIT), ping (https://docs.rs/mumble-protocol/0.4.1/mumble_protocol/ping/)",
  ports: { udp: [64738] },
  signatures: { ping: { over: "udp", client: [ping], server: [pong] } },
  samples: {
    yes: [
      udp(
        client(hex("00000000 0000018b2f3c1a5b")),
        server(hex("00010500 0000018b2f3c1a5b 00000003 00000064 00011940")),
      ),
    ],
    weak: [udp(client(hex("00000000 0000018b2f3c1a5b")))],
    no: [
      udp(
        client(hex("00000000 0000018b2f3c1a5b")),
        server(hex("00010500 0000018b2f3c1a5c 00000003 00000064 00011940")),
      ),
      udp(client(hex("00000001 0000018b2f3c1a5b"))),
    ],
  },
});
