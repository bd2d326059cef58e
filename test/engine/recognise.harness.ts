/** What the tests of recognition share: flows made by hand, payloads given, results read back. */
import * as abi from "../../src/engine/abi.js";
import type { Engine } from "../../src/engine/engine.js";
import { type EngineMemory, MemoryMap, type MemoryOptions } from "../../src/engine/memory.js";

export type CreateEngine = (map: MemoryMap) => Promise<Engine>;

export interface FlowOptions {
  protocol?: "tcp" | "udp";
  /** The SYN was seen. */
  opened?: boolean;
  clientIsB?: boolean;
}

export interface Payload {
  bytes: Uint8Array | string;
  fromB?: boolean;
  /** TCP sequence number of the first byte. */
  sequence?: number;
  /** Bytes on the wire, where the capture cut some off. */
  length?: number;
  /** Number of the packet in its flow. */
  packet?: number;
}

export interface Limits {
  gapPackets?: number;
  messageLimit?: number;
}

/** Bytes that stand around every payload: nothing may depend on them. */
const SURROUNDINGS = 0x5a;
const MARGIN = 64;

export class Recognition {
  readonly memory: EngineMemory;
  #protocols = new Map<number, number>();
  surroundings = SURROUNDINGS;

  constructor(
    readonly engine: Engine,
    tables: Uint8Array,
    { gapPackets = 8, messageLimit = 32 }: Limits = {},
  ) {
    this.memory = engine.memory;
    const { memory } = this;
    memory.u8.set(tables, memory.address("tables"));
    const mask = memory.address("mask");
    memory.u8.fill(0xff, mask, mask + 512);
    memory.setControl(abi.C_GAP_PACKETS, gapPackets);
    memory.setControl(abi.C_MESSAGE_LIMIT, messageLimit);
    engine.configure();
  }

  static async create(
    create: CreateEngine,
    tables: Uint8Array,
    options: Limits & Partial<MemoryOptions> = {},
  ): Promise<Recognition> {
    const map = new MemoryMap({
      windowSize: 131072,
      maxFlows: 64,
      maxInspections: 16,
      prefixMemory: 65536,
      prefixLimit: 4096,
      tableSize: tables.length,
      ...options,
    });
    return new Recognition(await create(map), tables, options);
  }

  /** Makes a row as `track` would. */
  open(
    row: number,
    { protocol = "tcp", opened = true, clientIsB = false }: FlowOptions = {},
  ): void {
    const at = this.#row(row);
    this.memory.u8.fill(0, at, at + abi.ROW_SIZE);
    this.memory.u8[at + abi.R_STATE] = abi.STATE_INSPECT;
    this.memory.u8[at + abi.R_FLAGS] =
      (opened ? abi.ROW_OPENED : 0) | (clientIsB ? abi.ROW_CLIENT_B : 0);
    this.#protocols.set(row, protocol === "tcp" ? abi.IP_TCP : abi.IP_UDP);
  }

  /** Gives one payload each to the flows of these rows. Returns their outcomes. */
  giveAll(payloads: readonly (readonly [row: number, payload: Payload])[]): number[] {
    const { memory } = this;
    let at = memory.address("window") + MARGIN;
    memory.u8.fill(
      this.surroundings,
      memory.address("window"),
      memory.address("window") + memory.map.options.windowSize + 64,
    );
    for (const [index, [row, payload]] of payloads.entries()) {
      const { bytes, fromB = false, sequence = 0, packet = index + 1 } = payload;
      const content = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
      memory.u8.set(content, at);
      const descriptor = memory.address("descriptors") + index * abi.DESCRIPTOR_SIZE;
      memory.u8.fill(0, descriptor, descriptor + abi.DESCRIPTOR_SIZE);
      memory.u8[descriptor + abi.D_PROTOCOL] = this.#protocols.get(row)!;
      memory.u8[descriptor + abi.D_FLAGS] = fromB ? abi.D_FLAG_REVERSED : 0;
      memory.u32[(descriptor + abi.D_PAYLOAD) >>> 2] = at;
      memory.u32[(descriptor + abi.D_CAPTURED) >>> 2] = content.length;
      memory.u32[(descriptor + abi.D_LENGTH) >>> 2] = payload.length ?? content.length;
      memory.u32[(descriptor + abi.D_SEQ) >>> 2] = sequence;
      const due = (memory.address("due") + index * abi.DUE_SIZE) >>> 2;
      memory.u32[due + (abi.Q_ROW >>> 2)] = row;
      memory.u32[due + (abi.Q_DESCRIPTOR >>> 2)] = index;
      memory.u32[due + (abi.Q_PACKET >>> 2)] = packet;
      memory.u32[due + (abi.Q_OUTCOME >>> 2)] = 0xdeadbeef;
      at += content.length + MARGIN + (index % 8);
    }
    this.engine.recognise(payloads.length);
    return payloads.map(
      (_, index) =>
        memory.u32[(memory.address("due") + index * abi.DUE_SIZE + abi.Q_OUTCOME) >>> 2]!,
    );
  }

  /** Gives one payload to a flow, and returns its outcome. */
  give(row: number, payload: Payload | string): number {
    return this.giveAll([[row, typeof payload === "string" ? { bytes: payload } : payload]])[0]!;
  }

  finish(row: number): number {
    return this.engine.finish(row);
  }

  settle(row: number, state: number = abi.STATE_DONE, signature = 0): void {
    this.engine.settle(row, state, signature);
  }

  /** The flow's candidates, in their order. */
  candidates(row: number) {
    const inspection = this.inspection(row);
    if (inspection === 0) return [];
    const { u8, u16, u32 } = this.memory;
    return Array.from({ length: u8[inspection + abi.K_CANDIDATES]! }, (_, index) => {
      const at = inspection + abi.K_CANDIDATE + index * abi.CANDIDATE_SIZE;
      const words = (offset: number, count: number) =>
        Array.from(u32.subarray((at + offset) >>> 2, ((at + offset) >>> 2) + count));
      return {
        signature: u16[(at + abi.Y_SIGNATURE) >>> 1]!,
        flags: u16[(at + abi.Y_FLAGS) >>> 1]!,
        client: u8[at + abi.Y_STEPS_CLIENT]!,
        server: u8[at + abi.Y_STEPS_SERVER]!,
        evidence: Array.from(
          u16.subarray((at + abi.Y_EVIDENCE) >>> 1, ((at + abi.Y_EVIDENCE) >>> 1) + 4),
        ),
        cursor: words(abi.Y_CURSOR, 2),
        saved: words(abi.Y_SAVED, 4),
        savedSet: u8[at + abi.Y_SAVED_SET]!,
        need: [u16[(at + abi.Y_NEED) >>> 1]!, u16[((at + abi.Y_NEED) >>> 1) + 1]!],
        packet: u32[(at + abi.Y_PACKET) >>> 2]!,
      };
    });
  }

  /** A direction's fields. */
  way(row: number, direction: number) {
    const { u16, u32 } = this.memory;
    const at = this.inspection(row) + abi.K_DIRECTION + direction * abi.DIRECTION_SIZE;
    const word = (offset: number) => u32[(at + offset) >>> 2]!;
    const ranges = Array.from({ length: abi.RANGES_MAX }, (_, index) => {
      const range = ((at + abi.W_RANGES) >>> 1) + 2 * index;
      return [u16[range]!, u16[range + 1]!];
    });
    return {
      prefix: word(abi.W_PREFIX),
      length: word(abi.W_LENGTH),
      flags: word(abi.W_FLAGS),
      messages: word(abi.W_MESSAGES),
      waiting: word(abi.W_WAITING),
      ranges: ranges.filter(([, end]) => end !== 0),
    };
  }

  /** The contiguous bytes kept of a direction. */
  kept(row: number, direction: number): string {
    const { prefix, length } = this.way(row, direction);
    return prefix === 0 ? "" : this.#text(prefix, length);
  }

  /** The facts that the latest call gave. */
  spans() {
    const { memory } = this;
    return Array.from({ length: memory.control(abi.C_SPAN_COUNT) }, (_, index) => {
      const at = memory.address("spans") + index * abi.SPAN_SIZE;
      const word = (offset: number) => memory.u32[(at + offset) >>> 2]!;
      const kind = word(abi.Z_KIND);
      return {
        row: word(abi.Z_ROW),
        signature: memory.u16[(at + abi.Z_SIGNATURE) >>> 1]!,
        fact: memory.u16[(at + abi.Z_FACT) >>> 1]!,
        value:
          kind === abi.SPAN_NUMBER
            ? word(abi.Z_ADDRESS)
            : this.#text(word(abi.Z_ADDRESS), word(abi.Z_LENGTH)),
        due: word(abi.Z_DUE),
      };
    });
  }

  /** Address of a flow's inspection, 0 without one. */
  inspection(row: number): number {
    const number = this.memory.u32[(this.#row(row) + abi.R_INSPECTION) >>> 2]!;
    return number === 0 ? 0 : this.memory.address("inspections") + number * abi.INSPECTION_SIZE;
  }

  #row(row: number): number {
    return this.memory.address("rows") + row * abi.ROW_SIZE;
  }

  #text(address: number, length: number): string {
    return Buffer.from(this.memory.u8.buffer, address, length).toString("latin1");
  }
}
