import {
  client,
  hex,
  oneOf,
  protocol,
  remains,
  server,
  sized,
  step,
  tcp,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** A kind of device (its highest bit in answers), a command, an error, a sequence, a session; then a length. */
const header = [oneOf("BJNP", "MFNP"), u8({ mask: 0x60, bits: 0 }), u8(), u32(), u16()];
const datagram = step(header, u32("length"), remains("length"));
const stream = step(header, u32({ max: 0xffff }));

const ask = `BJNP${hex("02 01 0000 0001 0000 00000000")}`;

/** BJNP: Canon's printers and scanners. */
export default protocol({
  name: "bjnp",
  title: "Canon BJNP",
  category: "infrastructure",
  source: "IANA Service Names (canon-bjnp1 … canon-bjnp4). Observed: the header",
  ports: { tcp: [8611, 8612, 8613], udp: [8611, 8612, 8613, 8614] },
  signatures: {
    datagram: { over: "udp", first: [datagram], reply: [datagram] },
    stream: { over: "tcp", first: [stream] },
  },
  samples: {
    yes: [
      udp(
        client(ask),
        server(
          `BJNP${hex("82 01 0000 0001 0000")}`,
          sized(4, hex("00010800 06 04 02005e102030 c0000207")),
        ),
      ),
      tcp(client(`BJNP${hex("01 21 0000 0001 0001 00000004 00000000")}`)),
    ],
    no: [
      udp(client(`${ask}\0`)),
      udp(client(ask.replace("BJNP", "BJNQ"))),
      tcp(client("BJNP is a name")),
    ],
  },
});
