/** What the tests of the flows room share: descriptors by hand, events read back, invariants. */
import { expect } from "vitest";
import * as abi from "../../src/engine/abi.js";
import type { Engine } from "../../src/engine/engine.js";
import { type EngineMemory, MemoryMap, SLOTS_MIN } from "../../src/engine/memory.js";

/** Makes an engine in a memory of its own. */
export type CreateEngine = (map: MemoryMap) => Promise<Engine>;

/** One descriptor. What is not said is 0, or: TCP, IPv4, second 1, 60 bytes on the wire. */
export interface Segment {
  /** Which of the harness's keys. */
  flow?: number;
  fromB?: boolean;
  network?: number;
  protocol?: number;
  flags?: number;
  marks?: number;
  /** Payload bytes on the wire, and those captured (all, unless said). */
  length?: number;
  captured?: number;
  sec?: number;
  ns?: number;
  wire?: number;
  /** A second descriptor of the packet before. */
  samePacket?: boolean;
}

export interface TrackEvent {
  kind: number;
  row: number;
  descriptor: number;
  aux: number;
}

export const { TCP_SYN: SYN, TCP_ACK: ACK, TCP_FIN: FIN, TCP_RST: RST } = abi;

const letters = ["S", "H", "A", "D", "F", "R"];

export class Harness {
  readonly memory: EngineMemory;
  #packets = 0;

  constructor(readonly engine: Engine) {
    this.memory = engine.memory;
    this.memory.setControl(abi.C_SEED0, 0x243f6a88);
    this.memory.setControl(abi.C_SEED1, 0x85a308d3);
    engine.configure();
  }

  static async create(create: CreateEngine, maxFlows = 64): Promise<Harness> {
    const map = new MemoryMap({
      windowSize: 65536,
      maxFlows,
      maxInspections: 16,
      prefixMemory: 65536,
      prefixLimit: 4096,
      tableSize: 65536,
    });
    return new Harness(await create(map));
  }

  /** Writes segments as packet rows and descriptors 0 …. */
  write(segments: readonly Segment[]): void {
    this.#packets = 0;
    for (const [index, segment] of segments.entries()) this.#writeOne(index, segment);
    this.memory.setControl(abi.C_DESCRIPTOR_COUNT, segments.length);
    this.memory.setControl(abi.C_PACKET_COUNT, this.#packets);
  }

  /** Tracks segments to their end; none of the stops may come in between. */
  track(...segments: Segment[]): TrackEvent[] {
    this.write(segments);
    expect(this.engine.track(0)).toBe(segments.length);
    expect(this.memory.control(abi.C_STOP_DETAIL)).toBe(abi.TRACK_DONE);
    return this.events();
  }

  events(): TrackEvent[] {
    const { u32 } = this.memory;
    return Array.from({ length: this.memory.control(abi.C_EVENT_COUNT) }, (_, index) => {
      const at = (this.memory.address("events") + index * abi.EVENT_SIZE) >>> 2;
      return {
        kind: u32[at]!,
        row: u32[at + 1]!,
        descriptor: u32[at + 2]!,
        aux: u32[at + 3]!,
      };
    });
  }

  /** A row's fields, decoded. */
  row(row: number) {
    const { u8, u16, u32, f64 } = this.memory;
    const at = this.memory.address("rows") + row * abi.ROW_SIZE;
    const word = (offset: number) => u32[(at + offset) >>> 2]!;
    const double = (offset: number) => f64[(at + offset) >>> 3]!;
    let history = "";
    for (let n = 0; n < u16[(at + abi.R_HISTORY_COUNT) >>> 1]!; n++) {
      const code = (word(abi.R_HISTORY + (n >>> 3) * 4) >>> (4 * (n & 7))) & 15;
      history += code > 6 ? letters[code - 7]!.toLowerCase() : letters[code - 1]!;
    }
    return {
      packets: [double(abi.R_PACKETS_A), double(abi.R_PACKETS_B)],
      bytes: [double(abi.R_BYTES_A), double(abi.R_BYTES_B)],
      first: [word(abi.R_FIRST_SEC), word(abi.R_FIRST_NS)],
      last: [word(abi.R_LAST_SEC), word(abi.R_LAST_NS)],
      seen: word(abi.R_SEEN_SEC),
      state: u8[at + abi.R_STATE]!,
      flags: u8[at + abi.R_FLAGS]!,
      marks: u8[at + abi.R_MARKS]!,
      tcpFlags: u8[at + abi.R_TCP_FLAGS]!,
      /** Upper case from A, lower case from B. */
      history,
      slot: word(abi.R_SLOT),
      id: double(abi.R_ID),
      part: word(abi.R_PART),
    };
  }

  setRowDouble(row: number, offset: number, value: number): void {
    this.memory.f64[(this.memory.address("rows") + row * abi.ROW_SIZE + offset) >>> 3] = value;
  }

  setRowByte(row: number, offset: number, value: number): void {
    this.memory.u8[this.memory.address("rows") + row * abi.ROW_SIZE + offset] = value;
  }

  clock(): [number, number] {
    return [this.memory.control(abi.C_CLOCK_SEC), this.memory.control(abi.C_CLOCK_NS)];
  }

  /** Slots, rows and free list agree with each other, and what is not in use is zero. */
  checkInvariants(): void {
    const { memory } = this;
    const { u32 } = memory;
    const rows = memory.address("rows") >>> 2;
    const wrong: string[] = [];
    const capacity = memory.control(abi.C_SLOT_CAPACITY);
    const table = memory.control(abi.C_SLOT_TABLE) >>> 2;
    const region = memory.map.regions.find(({ name }) => name === "slots")!;
    if (table * 4 !== region.address + (capacity - SLOTS_MIN) * abi.SLOT_SIZE) {
      wrong.push("the table is not in its place");
    }

    const keys = new Set<string>();
    const withSlot = new Set<number>();
    for (let number = 0; number < capacity; number++) {
      const slot = table + number * 16;
      const row = u32[slot + 11]!;
      if (row === 0) {
        if (!isZero(u32, slot, slot + 16)) wrong.push(`empty slot ${number} is not zeroed`);
        continue;
      }
      if (u32[rows + row * 32 + (abi.R_SLOT >>> 2)] !== number) wrong.push(`R_SLOT of row ${row}`);
      if (u32[slot + 9]! >>> 16 !== 0) wrong.push(`flags in the key of slot ${number}`);
      if (!isZero(u32, slot + 13, slot + 16)) wrong.push(`rest of slot ${number} is not zero`);
      const home = u32[slot + 12]! & (capacity - 1);
      for (let at = home; at !== number; at = (at + 1) & (capacity - 1)) {
        if (u32[table + at * 16 + 11] === 0) wrong.push(`slot ${number} is out of reach`);
      }
      keys.add(u32.subarray(slot, slot + 11).join());
      withSlot.add(row);
    }
    if (keys.size !== withSlot.size) wrong.push("a key has two slots");
    if (!isZero(u32, region.address >>> 2, table)) wrong.push("an old table is not zeroed");
    const end = (region.address + region.size) >>> 2;
    if (!isZero(u32, table + capacity * 16, end)) wrong.push("a later table is not zero");

    const free = new Set<number>();
    for (let row = memory.control(abi.C_ROW_FREE); row !== 0;) {
      if (free.has(row)) wrong.push("the free list is a ring");
      if (free.has(row)) break;
      free.add(row);
      const at = rows + row * 32;
      if (!isZero(u32, at, at + 20) || !isZero(u32, at + 21, at + 32)) {
        wrong.push(`free row ${row} is not zeroed`);
      }
      row = u32[at + (abi.R_INSPECTION >>> 2)]!;
    }
    const high = memory.control(abi.C_ROWS_HIGH);
    const live = memory.control(abi.C_ROWS_LIVE);
    if (live + free.size !== high) wrong.push(`${live} live + ${free.size} free of ${high} rows`);
    for (let row = 1; row <= high; row++) {
      if (free.has(row)) continue;
      const hasSlot = u32[rows + row * 32 + (abi.R_SLOT >>> 2)] !== 0xffffffff;
      if (hasSlot !== withSlot.has(row)) wrong.push(`row ${row} and the slots disagree`);
    }
    if (!isZero(u32, rows, rows + 32)) wrong.push("row 0 was written");
    if (live > capacity / 2) wrong.push(`${live} rows in ${capacity} slots`);
    expect(wrong).toEqual([]);
    expect(memory.brokenCanaries()).toEqual([]);
  }

  #writeOne(index: number, segment: Segment): void {
    const { u32, u8 } = this.memory;
    const { flow = 0, network = abi.NETWORK_IPV4, protocol = abi.IP_TCP } = segment;
    const { flags = 0, marks = 0, length = 0, captured = length } = segment;
    const at = this.memory.address("descriptors") + index * abi.DESCRIPTOR_SIZE;
    const d = at >>> 2;
    u32.fill(0, d, d + 16);
    const isWide = network === abi.NETWORK_IPV6;
    for (let end = 0; end < 2; end++) {
      const words = isWide ? [0xb80d0120, 0, flow, end] : [(flow * 256 + 10 + end) >>> 0];
      u32.set(words, d + (end === 0 ? abi.D_ADDRESS_A : abi.D_ADDRESS_B) / 4);
    }
    u32[d + abi.D_PORT_A / 4] = 0x901f_bb01;
    u8[at + abi.D_PROTOCOL] = protocol;
    u8[at + abi.D_NETWORK] = network;
    u8[at + abi.D_FLAGS] = marks | (segment.fromB ? abi.D_FLAG_REVERSED : 0);
    u8[at + abi.D_TCP_FLAGS] = flags;
    u32[d + abi.D_CONTEXT / 4] = flow % 3;
    u32[d + abi.D_PAYLOAD / 4] = this.memory.address("window");
    u32[d + abi.D_CAPTURED / 4] = captured;
    u32[d + abi.D_LENGTH / 4] = length;
    u32[d + abi.D_PACKET / 4] = segment.samePacket ? this.#packets - 1 : this.#packets;
    if (segment.samePacket) return;
    const packet = (this.memory.address("packets") + this.#packets * abi.PACKET_SIZE) >>> 2;
    const { sec = 1, ns = 0, wire = 60 } = segment;
    u32.set([sec, ns, wire, 0], packet);
    this.#packets++;
  }
}

function isZero(words: Uint32Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (words[at] !== 0) return false;
  return true;
}
