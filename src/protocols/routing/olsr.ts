import {
  client,
  derive,
  hex,
  protocol,
  remains,
  remember,
  repeats,
  skip,
  step,
  u16,
  u32,
  u8,
  udp,
} from "../../language/vocabulary.js";

/**
 * RFC 3626 §3.3: length of the packet, its sequence number; then messages: type 1 … 4 (or 201, 202 for link
 * quality in olsrd), validity, size, originator, time to live, hops, sequence number.
 */
const packet = (again: boolean) =>
  step(
    u16("length", { min: 16, max: 1500, mask: 3, bits: 0 }),
    derive("left", { from: "length", plus: -2 }),
    remains("left"),
    u16(),
    u8({ in: [1, 2, 3, 4, 201, 202] }),
    u8({ min: 1 }),
    u16("size", { min: 12, max: 1496, mask: 3, bits: 0 }),
    u32("originator", { min: 0x01000000, max: 0xdfffffff }),
    again ? repeats("originator") : remember("originator"),
    u8({ min: 1 }),
    u8({ max: 64 }),
    skip(2),
    derive("body", { from: "size", plus: -12 }),
    skip("body"),
  );

const hello = (sequence: string) =>
  hex(
    `0020 ${sequence} 01 86 001c c0000201 01 00 ${sequence} 0000 05 03 06 00 000c c0000202 c0000203`,
  );

/** OLSR, for ad-hoc networks: packets of one neighbour. */
export default protocol({
  name: "olsr",
  title: "Optimized Link State Routing",
  category: "routing",
  source: "RFC 3626 §3.3, §6.1",
  ports: { udp: [698] },
  signatures: {
    packets: { over: "udp", first: [packet(false), packet(true), packet(true)] },
  },
  samples: {
    yes: [udp(client(hello("0001")), client(hello("0002")), client(hello("0003")))],
    weak: [udp(client(hello("0001")))],
    no: [
      udp(client(hello("0001").replace(" ", "!")), client(hello("0002").replace(" ", "!"))),
      udp(client(hex("0020 0001 07 86 001c c0000201 01 00 0001"), "\0".repeat(16))),
    ],
  },
});
