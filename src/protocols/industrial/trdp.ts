import {
  client,
  derive,
  either,
  hex,
  noise,
  oneOf,
  protocol,
  remains,
  server,
  skip,
  step,
  tcp,
  u16,
  u32,
  udp,
} from "../../language/vocabulary.js";

/** IEC 61375-2-3 §A.6.5, A.7.5: sequence, version 1.0, message type, communication id, two topology counters, length. */
const front = [u32(), "\x01\0"];
/** Process data (at most 1,432 bytes): reserved 0, who should answer, checksum. */
const process = [
  skip(12),
  // The data is filled up to four bytes; 16 bytes of header and the checksum stand around it.
  u16(0),
  either(
    [
      u16("length", { max: 1432, mask: 3, bits: 0 }),
      derive("left", { from: "length", plus: 16 }),
      remains("left"),
    ],
    [
      u16("length", { max: 1432 }),
      derive("left", { from: "length", shift: 2, times: 4, plus: 20 }),
      remains("left"),
    ],
  ),
  u32(0),
];
/** Only a request (Pr) says whom to answer. */
const telegram = [oneOf("Pd", "Pp", "Pe"), process, u32(0), u32(0)];
const pull = ["Pr", process];
/** Message data: a reply status (negative ones are errors), a session id, a time-out. */
const dialogue = [
  oneOf("Mn", "Mr", "Mp", "Mq", "Mc", "Me"),
  skip(12),
  u32({ max: 65388 }),
  u32({ in: [0, ...Array.from({ length: 12 }, (_, index) => 0xffffffff - index)] }),
];
const processData = step(front, telegram);
const request = step(front, pull);
const messageData = step(front, dialogue);

/** TRDP, the Train Real-time Data Protocol. */
export default protocol({
  name: "trdp",
  title: "Train Real-time Data Protocol",
  category: "industrial",
  source: "IEC 61375-2-3:2015 annex A (A.6.5, A.7.5)",
  ports: { tcp: [17225], udp: [17224, 17225] },
  signatures: {
    process: { over: "udp", first: [processData] },
    request: { over: "udp", first: [request] },
    message: { over: ["tcp", "udp"], first: [messageData], reply: [messageData] },
  },
  samples: {
    yes: [
      udp(
        client(
          hex(
            "00000001 0100 5064 000003e9 00000000 00000000 00000010 00000000 00000000 00000000 ce487aea",
          ),
          noise(16),
        ),
      ),
      udp(
        client(
          hex(
            "00000007 0100 5072 000003e9 00000000 00000000 00000000 00000000 000003ea c0000205 ce487aea",
          ),
        ),
      ),
      tcp(
        client(
          hex("00000000 0100 4d72 000003e9 00000000 00000000 00000004 00000000"),
          noise(16),
          hex("001e8480"),
          "\0".repeat(72),
        ),
        server(
          hex("00000000 0100 4d70 000003e9 00000000 00000000 00000004 00000000"),
          noise(16),
          "\0".repeat(76),
        ),
      ),
    ],
    no: [
      udp(
        client(hex("00000001 0200 5064 000003e9 00000000 00000000 00000010 00000000"), noise(28)),
      ),
      udp(
        client(hex("00000001 0100 5065 000003e9 00000000 00000000 0f000010 00000000"), noise(28)),
      ),
    ],
  },
});
