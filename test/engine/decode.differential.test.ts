/**
 * The three engines leave the same bytes behind, whatever comes: frames of every kind with a few bytes
 * changed, cut, doubled or repeated, in every record format. DECODE_WINDOWS sets how many windows of
 * them are tried, DECODE_SEED where the sequence begins.
 */
import { expect, test } from "vitest";
import * as abi from "../../src/engine/abi.js";
import type { Engine } from "../../src/engine/engine.js";
import {
  bytes,
  cookedV1,
  enhancedBlock,
  nativeRecord,
  obsoleteBlock,
  pcapRecord,
  simpleBlock,
  TYPE_IPV4,
  type Bytes,
  type Frame,
} from "../support/packets.js";
import { testEngines } from "../support/engines.js";
import { frames, refusals } from "./decode.frames.js";
import { linkRefusals, links } from "./decode.links.js";
import { tunnels } from "./decode.tunnels.js";
import { DecodeHarness, map } from "./decode.harness.js";

const WINDOWS = Number(process.env["DECODE_WINDOWS"] ?? 300);
const SEED = Number(process.env["DECODE_SEED"] ?? 1);
const FRAMES_PER_WINDOW = 60;
const INTERFACES = 64;

const compared = [
  "contexts",
  "unhandled",
  "scratch",
  "packets",
  "descriptors",
  "fragments",
  "whole",
];
/** Room for three datagrams in fragments at one time, so that they are evicted too. */
const FRAGMENT_MEMORY = 11 * abi.FRAGMENT_SIZE;
/** What decode writes of the control block. */
const fields = [
  {
    name: "control",
    address: abi.CONTROL + abi.C_CONSUMED,
    size: abi.C_EVENT_COUNT - abi.C_CONSUMED,
  },
  {
    name: "counters",
    address: abi.CONTROL + abi.C_TOTAL_PACKETS,
    size: abi.C_PAYLOADS - abi.C_TOTAL_PACKETS,
  },
  {
    name: "counters of fragments",
    address: abi.CONTROL + abi.C_REASSEMBLED,
    size: abi.C_FRAGMENTS_OVERLAP + 8 - abi.C_REASSEMBLED,
  },
  {
    name: "packets seen twice",
    address: abi.CONTROL + abi.C_TWICE_PACKETS,
    size: abi.CONTROL_SIZE - abi.C_TWICE_PACKETS,
  },
];

/** Numbers below `below`, the same in every run: mulberry32. */
class Random {
  constructor(private state: number) {}

  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let word = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

const seeds: readonly { frame: Frame; linkType?: number }[] = [
  ...frames,
  ...links,
  ...refusals,
  ...linkRefusals,
  ...tunnels,
];
const linkTypes = [...new Set(seeds.map(({ linkType = 1 }) => linkType))];
/** Values that headers decide by. */
const telling = [
  0, 1, 4, 5, 6, 8, 17, 20, 40, 44, 58, 59, 0x45, 0x60, 0x7f, 0x80, 0x81, 0xaa, 0xff,
];

/** A frame of the tables with up to four mutations, on an interface that has its link type. */
function mutant(random: Random, second?: number): Frame {
  const { frame, linkType = 1 } = random.oneOf(seeds);
  let data: Bytes = Uint8Array.from(frame.data);
  for (let mutations = random.below(5); mutations > 0 && data.length > 0; mutations--) {
    const at = random.below(Math.min(data.length, 200));
    switch (random.below(6)) {
      case 0:
        data[at]! ^= 1 << random.below(8);
        break;
      case 1:
        data[at] = random.oneOf(telling);
        break;
      case 2:
        data[at] = random.below(256);
        break;
      case 3:
        data = data.slice(0, random.below(data.length + 1));
        break;
      case 4: // a header twice, or one left out
        data = bytes(data.slice(0, at), data.slice(Math.max(0, at - 8 + random.below(17))));
        break;
      default:
        data = bytes(data, random.oneOf(seeds).frame.data.slice(0, random.below(60)));
    }
  }
  const wires = [data.length, data.length, data.length + random.below(100), random.below(2 ** 32)];
  return {
    data,
    wire: random.oneOf(wires),
    sec: second === undefined ? random.below(2 ** 32) : second + random.below(40),
    ns: random.below(2 ** 32),
    interfaceId: random.below(8) === 0 ? random.below(INTERFACES) : linkTypes.indexOf(linkType),
  };
}

type Writer = (frame: Frame, random: Random) => Bytes;

const block =
  (bigEndian: boolean): Writer =>
  (frame, random) => {
    const ticks = (BigInt(random.below(2 ** 32)) << 32n) | BigInt(random.below(2 ** 32));
    const options = { bigEndian, ticks };
    return random.oneOf([enhancedBlock, enhancedBlock, obsoleteBlock, simpleBlock])(frame, options);
  };

const formats: readonly [number, Writer][] = [
  [abi.FORMAT_NATIVE, nativeRecord],
  [abi.FORMAT_PCAP_LE_USEC, (frame) => pcapRecord(frame)],
  [abi.FORMAT_PCAP_LE_NSEC, (frame) => pcapRecord(frame, { nanoseconds: true })],
  [abi.FORMAT_PCAP_BE_USEC, (frame) => pcapRecord(frame, { bigEndian: true })],
  [abi.FORMAT_PCAP_BE_NSEC, (frame) => pcapRecord(frame, { bigEndian: true, nanoseconds: true })],
  [abi.FORMAT_PCAPNG_LE, block(false)],
  [abi.FORMAT_PCAPNG_BE, block(true)],
];

/** One interface for each link type, then random ones; resolutions and offsets of all kinds. */
function randomInterfaces(random: Random) {
  return Array.from({ length: INTERFACES }, (_, index) => ({
    linkType: linkTypes[index] ?? random.below(300),
    binary: random.below(3) === 0,
    exponent: random.below(4) === 0 ? random.below(128) : random.below(20),
    offset: random.below(3) === 0 ? BigInt(random.below(2 ** 32)) - 2n ** 31n : 0n,
    snapLength: random.below(3) === 0 ? random.below(100) : 0,
  }));
}

function differences([first, ...others]: readonly Engine[]): string[] {
  const view = ({ memory }: Engine, address: number, size: number) =>
    Buffer.from(memory.buffer, address, size);
  const regions = first!.memory.map.regions.filter(({ name }) => compared.includes(name));
  return [...fields, ...regions].flatMap(({ name, address, size }) =>
    others.flatMap((other) => {
      const wanted = view(first!, address, size);
      const found = view(other, address, size);
      if (wanted.equals(found)) return [];
      return [`${other.kind}: ${name} + ${wanted.findIndex((byte, at) => byte !== found[at])}`];
    }),
  );
}

test(`${WINDOWS} windows of mutants`, { timeout: 60_000 + WINDOWS * 1000 }, async () => {
  const harnesses = (await testEngines(map(FRAGMENT_MEMORY))).map(
    (engine) => new DecodeHarness(engine),
  );
  const engines = harnesses.map(({ engine }) => engine);
  let packets = 0;
  for (let window = 0; window < WINDOWS; window++) {
    const random = new Random(SEED * 1_000_003 + window);
    const [format, write] = random.oneOf(formats);
    const rows = randomInterfaces(random);
    const interfaceId = random.below(linkTypes.length);
    // In half the windows time hardly goes on, so that fragments find each other.
    const second = random.below(2) === 0 ? 1_700_000_000 : undefined;
    const records = Array.from({ length: FRAMES_PER_WINDOW }, () =>
      write(mutant(random, second), random),
    );
    const content = bytes(...records);
    // One window in four has a wrong bit somewhere, most often in a packet.
    if (random.below(4) === 0) content[random.below(content.length)]! ^= 1 << random.below(8);
    for (const { memory } of harnesses) {
      memory.u8.set(content, memory.address("window"));
      memory.setControl(abi.C_FORMAT, format);
      memory.setControl(abi.C_INTERFACE, interfaceId);
    }
    for (const harness of harnesses) harness.setInterfaces(...rows);
    const begin = engines[0]!.memory.address("window");
    const end = begin + content.length;
    for (let at = begin; ;) {
      const stops = engines.map((engine) => engine.decode(at, end));
      const where = `window ${window}, format ${format}, offset ${at - begin}`;
      expect(stops, where).toEqual(stops.map(() => stops[0]));
      expect(differences(engines), where).toEqual([]);
      const { memory } = engines[0]!;
      packets += memory.control(abi.C_PACKET_COUNT);
      // A wrong record is passed over, to see what stands behind it.
      const isWrong = stops[0] === abi.STOP_BLOCK || stops[0] === abi.STOP_CORRUPT;
      const next = memory.control(abi.C_CONSUMED) + (isWrong ? 4 : 0);
      if (next >= end || stops[0] === abi.STOP_DATA) break;
      at = next;
    }
  }
  for (const { memory } of engines) expect(memory.brokenCanaries()).toEqual([]);
  expect(packets).toBeGreaterThan(WINDOWS * FRAMES_PER_WINDOW * 0.8);
});

test("the fast path gives what the headers' own files give", async () => {
  const ETHERNET_SIZE = 14;
  const quick = seeds.filter(
    ({ linkType = 1, frame }) =>
      linkType === 1 && frame.data[12] === 8 && [6, 17].includes(frame.data[23] ?? 0),
  );
  for (const engine of await testEngines(map())) {
    const harness = new DecodeHarness(engine);
    harness.setInterfaces({}, { linkType: 113 });
    const random = new Random(SEED);
    for (let i = 0; i < 2000; i++) {
      const data = random.oneOf(quick).frame.data.slice();
      const place = ETHERNET_SIZE + random.below(34);
      if (place < data.length) data[place] = random.oneOf(telling);
      const cut = data.slice(0, Math.max(ETHERNET_SIZE, data.length - random.below(60)));
      const packet = cut.slice(ETHERNET_SIZE);
      const wire = cut.length + random.oneOf([0, 0, 1, 60]);
      const cooked = cookedV1(TYPE_IPV4, packet);
      const tell = (frame: Frame) =>
        harness.decode(nativeRecord(frame)).descriptors.map((row) => ({ ...row, interfaceId: 0 }));
      const fast = tell({ data: cut, wire });
      const slow = tell({ data: cooked, wire: wire + cooked.length - cut.length, interfaceId: 1 });
      expect(fast, `${engine.kind}, frame ${i}: ${Buffer.from(cut).toString("hex")}`).toEqual(slow);
    }
  }
});
