import {
  accept,
  atEnd,
  byte,
  client,
  either,
  except,
  hex,
  lineEnd,
  noise,
  protocol,
  remains,
  remember,
  repeats,
  run,
  scrambled,
  server,
  skip,
  step,
  tcp,
  u16le,
  u32,
  u32le,
  u8,
  udp,
} from "../../language/vocabulary.js";

/** Gnutella 0.4 §2, 0.6 §2.1. */
const connect = step("GNUTELLA CONNECT/0.", byte("46"), either(lineEnd, "\n\n"));
const okay = step("GNUTELLA/0.", byte("6"), " ", run("0-9", { min: 3, max: 3 }), " ");

/** A GUID, hardly ever with a small number where it is compared. */
const part = (name: string) => [u32(name, { min: 0x01000000 })];
const kept = ["a", "b", "c", "d"].map((name) => [part(name), remember(name)]);
const repeated = ["a", "b", "c", "d"].map((name) => [part(name), repeats(name)]);

/** TTL and hops stay small (0.6 §2.2.3); a payload of at most 4 KiB (§2.2.2), as long as what follows. */
const travel = [u8({ max: 15 }), u8({ max: 15 })];
const length = [u32le("length", { max: 4096 }), remains("length")];

/** GGEP (0.6 §2.3): 0xc3, then flags with a reserved 0 and the length of the id, the id, the length 01xxxxxx, the data. */
const ggep = ["\xc3", u8({ mask: 0x10, bits: 0, min: 1 }), run("A-Z", { min: 2, max: 15 })];

/** Ping (0x00), often with GGEP "SCP" over UDP, and pong (0x01): port, address, files, kilobytes. */
const ping = [kept, "\x00", travel, length, either(ggep, atEnd)];
const pong = [repeated, "\x01", travel, u32le("length", { min: 14, max: 2048 }), remains("length")];
/** A 3 in its second byte may be a TLS record's version. */
const anyGuid = [skip(1), byte(except("\x03")), scrambled(14)];
/** What comes alone: a query (0x80), its hits (0x81), vendor messages (0x31, 0x32), push (0x40), the DHT's messages (0x44). */
const lone = step(
  anyGuid,
  either(
    // A ping with extensions, a pong that goes on with them.
    ["\x00", travel, length, ggep],
    ["\x01", travel, length, u16le({ min: 1 }), skip(12), ggep],
    // 0x31: vendor code of four letters, selector, version.
    [
      byte("\x31\x32"),
      travel,
      length,
      run("A-Z", { min: 4, max: 4 }),
      u16le({ max: 64 }),
      u16le({ max: 8 }),
    ],
  ),
  accept,
);

/** Mojito, the DHT: version, length, operation (requests and responses of four kinds), vendor. */
const mojito = step(
  anyGuid,
  "\x44",
  u8({ max: 1 }),
  u8({ max: 15 }),
  length,
  u8({ min: 1, max: 8 }),
  run("A-Z", { min: 4, max: 4 }),
  accept,
);

/** No more than 31, and not what ends lines. */
const PARTS = Array.from({ length: 31 }, (_, index) => index + 1).filter(
  (number) => number !== 10 && number !== 13,
);
/**
 * Gnutella2 over UDP: tag, flags (deflate, acknowledge; what else is in the low nibble must be known),
 * sequence, part, and number of parts, or 0 in an acknowledgement.
 */
const gnutella2 = step(
  either("GND", "GTA"),
  u8({ mask: 0x0c, bits: 0 }),
  skip(2),
  u8({ in: PARTS }),
  u8({ in: [0, ...PARTS] }),
);

const guid = `${noise(8, 5)}\xff${noise(6, 7)}\0`;
const scp = hex("c3 82 53 43 50 41 02");
const descriptor = (type: string, size: string) => guid + hex(`${type} 01 00 ${size}`);

/** Gnutella and Gnutella2. */
export default protocol({
  name: "gnutella",
  title: "Gnutella",
  category: "file-sharing",
  source:
    "Gnutella Protocol Specification v0.4; RFC-Gnutella 0.6 §2; Gnutella Developer Forum, GGEP 0.51; Gnutella2 Developers' Network, UDP Transceiver",
  ports: { tcp: [6346, 6347], udp: [6346, 6347] },
  signatures: {
    connect: { over: "tcp", client: [connect] },
    okay: { over: "tcp", server: [okay] },
    exchange: { over: "udp", first: [step(ping)], reply: [step(pong, accept)] },
    message: { over: "udp", first: [lone] },
    mojito: { over: "udp", first: [mojito] },
    gnutella2: { over: "udp", first: [gnutella2] },
  },
  samples: {
    yes: [
      udp(client("GND", hex("10 1a2b 01 01"), hex("540b") + "QKRP")),
      udp(client("GND", hex("02 1a2b 01 01"), hex("cf 08 50 49"))),

      tcp(
        client("GNUTELLA CONNECT/0.6\r\nUser-Agent: gtk-gnutella/1.1\r\n\r\n"),
        server("GNUTELLA/0.6 200 OK\r\nUser-Agent: LimeWire/4\r\n\r\n"),
      ),
      udp(
        client(descriptor("00", "00000000")),
        server(descriptor("01", "0e000000") + hex("ca18 c0000207 0a000000 00100000")),
      ),
      udp(client(descriptor("00", "07000000") + scp)),
      udp(client(guid + hex("44 00 00 1b000000 05") + "GTKG" + hex("0000") + noise(20))),
    ],
    weak: [udp(client(descriptor("00", "00000000")))],
    no: [
      udp(client(descriptor("00", "08000000") + scp)),
      udp(client("GND", hex("28 1a2b 01 01"), hex("cf 08 50 49"))),
      tcp(client("GNUTELLA CONNECT/1.0\r\n\r\n")),
    ],
  },
});
