import {
  accept,
  client,
  hex,
  noise,
  protocol,
  remains,
  remember,
  repeats,
  server,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
  type Condition,
} from "../../language/vocabulary.js";

/**
 * PRS §4.1.2: service, method, length of what follows it, client, session, protocol version 1, interface version, type,
 * return code.
 */
const header = (types: Condition, code: Condition, ...relation: Parameters<typeof step>) => [
  u8({ min: 1, max: 255 }),
  skip(1),
  u16("method"),
  u32("length", { min: 8, max: 0xffff }),
  remains("length"),
  u16(),
  u16("session"),
  relation,
  u8(1),
  u8({ max: 32 }),
  u8(types),
  u8(code),
];
/** Requests (0), without an answer (1), notifications (2), and the first segments of long ones (§4.2.1.4). */
const asks = step(
  header([0, 1, 2, 0x20, 0x21, 0x22], 0, remember("session"), remember("method")),
  accept,
);
/** Responses and errors: table 4.8, return codes. */
const answers = step(
  header([0x80, 0x81, 0xa0, 0xa1], { max: 0x5e }, repeats("session"), repeats("method")),
  accept,
);

/** SD, PRS §4.1.2.1: the header is the same always; flags, zeros, and the length of entries of 16 bytes each (§5.1.2). */
const discovery = step(
  hex("ffff8100"),
  u32("length", { min: 20, max: 0xffff }),
  remains("length"),
  hex("0000"),
  u16({ min: 1 }),
  hex("01 01 02 00"),
  u8({ mask: 0x1f, bits: 0 }),
  hex("000000"),
  accept,
);

const offer = hex(`
  ffff8100 00000030 0000 0001 01 01 02 00 c0 000000 00000010 01 00 00 10 1234 0001 01 000003 00000000
  0000000c 0009 04 00 c0000207 00 11 7530
`);

/** SOME/IP of cars, and its service discovery. */
export default protocol({
  name: "someip",
  title: "SOME/IP",
  category: "industrial",
  source:
    "AUTOSAR, SOME/IP Protocol Specification (PRS_SOMEIPProtocol) §4.1.2, §4.2.1; SOME/IP Service Discovery (PRS_SOMEIPServiceDiscovery) §4.1.2, §5.1.2",
  ports: { udp: [30490] },
  signatures: {
    exchange: { over: "udp", client: [asks], server: [answers] },
    discovery: { over: "udp", first: [discovery] },
  },
  samples: {
    yes: [
      udp(client(offer)),
      udp(
        client(hex("1234 0421 0000000c 0012 0007 01 03 00 00"), noise(4)),
        server(hex("1234 0421 0000000a 0012 0007 01 03 80 00"), noise(2)),
      ),
    ],
    no: [
      udp(client(offer.slice(0, -1))),
      udp(client(offer.replace("\x81\0", "\x82\0"))),
      udp(
        client(hex("1234 0421 0000000c 0012 0007 01 03 00 00"), noise(4)),
        server(hex("1234 0421 0000000a 0012 0008 01 03 80 00"), noise(2)),
      ),
    ],
  },
});
