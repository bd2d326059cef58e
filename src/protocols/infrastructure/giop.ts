import {
  accept,
  client,
  hex,
  oneOf,
  protocol,
  server,
  skip,
  step,
  tcp,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** GIOP 1.0 to 1.3 §15.4.1 (in CORBA 3.4 part 2 §9.4.1): magic, version, flags (byte order, more fragments), type, size; ZIOP is its compressed form. */
const header = [oneOf("GIOP", "ZIOP"), "\x01", u8({ max: 3 }), u8({ max: 3 }), u8({ max: 7 })];
const message = step(header, accept);
/** MIOP 1.0 (CORBA 3.4 part 2 §11.3): magic, version 1.0, flags, size of what follows the header; the first packet begins a GIOP message. */
const packet = step("MIOP", u8(0x10), u8({ max: 0x0f }), skip(2), accept);

const request = hex("01 02 00 00 0000000d 00000001 03000000 00");

/** CORBA's GIOP: IIOP over TCP, MIOP over UDP. */
export default protocol({
  name: "giop",
  title: "CORBA GIOP",
  category: "infrastructure",
  source: "OMG CORBA 3.4 part 2 §9.4.1 (GIOP message header), §11.3 (MIOP)",
  ports: { tcp: [683, 2809], udp: [683] },
  signatures: {
    message: { over: ["tcp", "udp"], first: [message] },
    packet: { over: "udp", first: [packet] },
  },
  samples: {
    yes: [
      tcp(
        client("GIOP", request),
        server("GIOP", hex("01 02 01 01 0d000000 01000000 00000000 00")),
      ),
      udp(
        client(
          "MIOP",
          hex("10 03 e400 00000000 01000000 0c000000 00000000 00000000"),
          "GIOP",
          request,
        ),
      ),
    ],
    no: [
      tcp(client("GIOP", hex("02 02 00 00 0000000d"))),
      tcp(client("GIOP", hex("01 02 00 08 0000000d"))),
    ],
  },
});
