/** One case: a capture, and how it is to be read. */
import type { ClassifierOptions } from "../../src/classifier/options.js";
import * as abi from "../../src/engine/abi.js";
import * as build from "../support/packets.js";
import type { Bytes, Frame } from "../support/packets.js";
import type { Random } from "./random.js";

export interface Case {
  /** What the reader gets: a capture file, whole or not. */
  capture: Uint8Array;
  /** The same packets for `push`; undefined where the file is damaged, or says more than a push can. */
  packets?: { frames: readonly Frame[]; linkType: number };
  options: ClassifierOptions;
  /** Seeds how the capture is cut into reads. */
  pieces: number;
}

/** What the options of any case need at most. */
export const LARGEST = {
  maxFlows: 2048,
  maxInspections: 2048,
  prefixLimit: 4096,
  prefixMemory: 1 << 20,
  fragmentMemory: 20 * abi.FRAGMENT_SIZE,
};

/** Options with bounds so low that they are reached. */
export function drawOptions(random: Random): ClassifierOptions {
  const options: ClassifierOptions = {
    seed: random.word(),
    facts: random.pick([true, true, false]),
    maxFlows: random.pick([1, 2, 5, 64, 64, 512, LARGEST.maxFlows]),
    prefixLimit: random.pick([256, 300, 1024, LARGEST.prefixLimit]),
    prefixMemory: random.pick([65536, LARGEST.prefixMemory]),
    fragmentMemory: random.pick([0, 10 * abi.FRAGMENT_SIZE, LARGEST.fragmentMemory]),
    gapPackets: random.pick([0, 1, 3, 32]),
    messageLimit: random.pick([1, 2, 8, 64]),
    idleTimeout: random.pick([1, 10, 120]),
    activeTimeout: random.pick([1, 5, 60, 1800]),
    lingerTimeout: random.pick([1, 5]),
    maxExpectations: random.pick([0, 1, 3, 4096]),
    maxNames: random.pick([0, 1, 3, 8192]),
  };
  if (random.once(3)) options.maxInspections = random.between(1, Math.min(4, options.maxFlows!));
  return options;
}

/** Writes frames as one of the formats that are read. Returns whether `push` can say the same. */
export function drawFile(
  random: Random,
  frames: readonly Frame[],
  linkType: number,
): { capture: Bytes; isPlain: boolean } {
  const bigEndian = random.once(2);
  if (random.once(2)) {
    const nanoseconds = random.once(2);
    const capture = build.pcapFile(frames, { bigEndian, nanoseconds, linkType });
    const isPlain = frames.every(
      ({ data, ns = 0, wire = data.length }) =>
        ns < 1e9 && (nanoseconds || ns % 1000 === 0) && wire >= data.length,
    );
    return { capture, isPlain };
  }
  return { capture: drawPcapng(random, frames, linkType, bigEndian), isPlain: false };
}

/** Blocks of all kinds in between, interfaces with clocks of all kinds, sections that begin anew. */
function drawPcapng(
  random: Random,
  frames: readonly Frame[],
  linkType: number,
  firstBigEndian: boolean,
): Bytes {
  const parts: Bytes[] = [];
  let bigEndian = firstBigEndian;
  let interfaces = 0;
  const addInterface = () => {
    const resolution = random.pick([6, 9, 3, 0, 12, 0x8a, 0xa0, 0xff]);
    const snapLength = random.pick([0, 0, 0, 96, 262144]);
    const offset = random.once(4) ? BigInt(random.word()) : undefined;
    const clock = random.once(2) ? {} : { resolution, ...(offset !== undefined && { offset }) };
    parts.push(build.interfaceBlock({ bigEndian, linkType, snapLength, ...clock }));
    interfaces++;
  };
  const addSection = () => {
    bigEndian = random.once(4) ? !bigEndian : bigEndian;
    parts.push(build.sectionHeader({ bigEndian }));
    interfaces = 0;
    addInterface();
  };
  addSection();
  for (const frame of frames) {
    if (random.once(20)) addSection();
    if (random.once(10)) addInterface();
    if (random.once(8)) {
      const type = random.pick([4, 5, 10, 0x0bad, 0x80000001]);
      parts.push(build.block(type, random.bytes(random.below(64)), { bigEndian }));
    }
    const placed = {
      ...frame,
      interfaceId: random.once(30) ? interfaces : random.below(interfaces),
    };
    const write = random.pick([
      build.enhancedBlock,
      build.enhancedBlock,
      build.enhancedBlock,
      build.obsoleteBlock,
      build.simpleBlock,
    ]);
    parts.push(write(placed, { bigEndian }));
  }
  return concatenate(parts);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** A word of a pcapng block that means something: its type, its lengths at both ends, what its body begins with. */
function damageBlock(random: Random, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 12 || view.getUint32(0) !== 0x0a0d0d0a) return;
  const isLittle = view.getUint32(8, true) === 0x1a2b3c4d;
  const blocks: { at: number; length: number }[] = [];
  for (let at = 0; at + 12 <= bytes.length;) {
    const length = view.getUint32(at + 4, isLittle);
    if (length < 12 || (length & 3) !== 0 || at + length > bytes.length) break;
    blocks.push({ at, length });
    at += length;
  }
  if (blocks.length === 0) return;
  const { at, length } = random.pick(blocks);
  const lengths = [0, 8, 12, 16, length - 4, length + 1, length + 4, 0x40000, 0xffffffff];
  switch (random.below(4)) {
    case 0:
      view.setUint32(at, random.pick([1, 2, 3, 4, 5, 6, 0x0a0d0d0a, 0x0bad]), isLittle);
      break;
    case 1: {
      const value = random.pick(lengths);
      view.setUint32(at + 4, value, isLittle);
      if (random.once(2) && value >= 12 && at + value <= bytes.length) {
        view.setUint32(at + value - 4, value, isLittle);
      }
      break;
    }
    case 2:
      view.setUint32(at + length - 4, random.pick(lengths), isLittle);
      break;
    default: {
      // Interface, times, captured and wire length; options begin somewhere behind.
      const field = 8 + 4 * random.below(Math.min(8, Math.max(1, (length - 12) / 4)));
      const values = [0, 1, length - 32, length - 31, 0x3ffff, 0x40000, 0x7fffffff, 0xffffffff];
      if (at + field + 4 <= bytes.length) view.setUint32(at + field, random.pick(values), isLittle);
    }
  }
}

/** Damages a file: bits, lengths, cuts, repeats. */
export function damageFile(random: Random, capture: Uint8Array): Uint8Array {
  const bytes = capture.slice();
  const at = random.below(bytes.length);
  switch (random.below(8)) {
    case 0:
      bytes[at]! ^= 1 << random.below(8);
      return bytes;
    case 1:
      bytes[at] = random.pick([0, 1, 0x7f, 0x80, 0xff]);
      return bytes;
    case 2: {
      // A number where one may well stand: a length, a time, a block type.
      const aligned = at & ~3;
      const value = random.pick([0, 1, 12, 15, 0x40000, 0x40001, 0x7fffffff, 0xffffffff]);
      if (aligned + 4 <= bytes.length) {
        new DataView(bytes.buffer).setUint32(aligned, value, random.once(2));
      }
      return bytes;
    }
    case 3:
      return bytes.subarray(0, at);
    case 4:
      return concatenate([
        bytes.subarray(0, at),
        random.bytes(random.between(1, 40)),
        bytes.subarray(at),
      ]);
    case 5:
    case 6: {
      damageBlock(random, bytes);
      return bytes;
    }
    default:
      return concatenate([bytes, bytes.subarray(at)]);
  }
}
