import {
  client,
  hex,
  noise,
  oneOf,
  protocol,
  server,
  step,
  u32,
  u8,
  udp,
  either,
  room,
} from "../../language/vocabulary.js";

/** Session commands: FF FF, two letters; invitation, acceptance, refusal and the end have version 2, a token, a source. */
const session = step("\xff\xff", oneOf("IN", "OK", "NO", "BY"), u32(2), u32(), u32());
/** Clock synchronization: source, count 0 … 2, three unused bytes, three times. */
const clock = step(room(36), "\xff\xffCK", u32(), u8({ max: 2 }), "\0\0\0");
const command = step(either(session, clock));

/** AppleMIDI, the session protocol of RTP-MIDI, on the control port and the one above. */
export default protocol({
  name: "apple-midi",
  title: "AppleMIDI (RTP-MIDI session)",
  category: "media",
  source: "Apple, MIDI Network Driver Protocol (Core MIDI, 2012); RFC 6295",
  ports: { udp: [5004, 5005, 5006] },
  signatures: { session: { over: "udp", first: [command], reply: [command] } },
  samples: {
    yes: [
      udp(
        client(hex("ffff 494e 00000002 12345678"), noise(4), "Mac\0"),
        server(hex("ffff 4f4b 00000002 12345678"), noise(4, 2), "Pi\0"),
        client(hex("ffff 434b"), noise(4), hex("00 000000"), noise(24)),
      ),
    ],
    no: [
      udp(client(hex("ffff 494f 00000002 12345678"), noise(4), "Mac\0")),
      udp(client(hex("ffff 494e 00000003 12345678"), noise(4), "Mac\0")),
    ],
  },
});
