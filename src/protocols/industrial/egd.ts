import {
  client,
  hex,
  noise,
  protocol,
  remember,
  repeats,
  room,
  skip,
  step,
  u16le,
  u32,
  u32le,
  udp,
} from "../../language/vocabulary.js";

/** GFK-2224 appendix: type 13, version 1, request number, producer, exchange, time, status, signature, a reserved zero word; data. */
const packet = (again: boolean) =>
  step(
    room({ min: 33, max: 1432 }),
    "\x0d\x01",
    u16le(),
    u32("producer", { min: 0x01000000 }),
    again ? repeats("producer") : remember("producer"),
    u32le("exchange", { min: 1, max: 0x3fff }),
    again ? repeats("exchange") : remember("exchange"),
    u32le(),
    u32le({ max: 999_999_999 }),
    skip(4),
    skip(4),
    u32(0),
  );

const sent = (number: string) =>
  hex(`0d01 ${number} c0000201 01000000 00f0f065 00a3e111 00000000 00000100 00000000`) + noise(20);

/** Ethernet Global Data of GE controllers: datagrams of one exchange. */
export default protocol({
  name: "egd",
  title: "Ethernet Global Data",
  category: "industrial",
  source: "GE Fanuc GFK-2224 (TCP/IP Ethernet Communications, Ethernet Global Data)",
  ports: { udp: [18246] },
  signatures: { exchange: { over: "udp", first: [packet(false), packet(true), packet(true)] } },
  samples: {
    yes: [udp(client(sent("0100")), client(sent("0200")), client(sent("0300")))],
    weak: [udp(client(sent("0100")))],
    no: [udp(client(sent("0100").replace("\x0d", "\x0e")))],
  },
});
