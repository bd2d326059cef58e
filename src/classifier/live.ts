/** The flows that are open: their rows, what does not fit into a row, and where their keys and packets stand. */
import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import type { Catalog } from "../language/catalog.js";
import type { Budget } from "./budget.js";
import { emptyExtras, type FlowExtras } from "./flow.js";
import type { Timestamp } from "./packet.js";
import { Rows } from "./rows.js";

/** What all that works on flows has in common. */
export class LiveFlows {
  readonly rows: Rows;
  readonly #extras: (FlowExtras | undefined)[] = [];

  constructor(
    readonly memory: EngineMemory,
    readonly catalog: Catalog,
    /** For facts and messages of all flows. */
    readonly factMemory: Budget,
  ) {
    this.rows = new Rows(memory);
  }

  extras(row: number): FlowExtras | undefined {
    return this.#extras[row];
  }

  /** Makes them where the flow has none. */
  extrasOf(row: number): FlowExtras {
    return (this.#extras[row] ??= emptyExtras(this.factMemory));
  }

  drop(row: number): void {
    this.#extras[row]?.share.end();
    this.#extras[row] = undefined;
  }

  wipe(): void {
    this.#extras.length = 0;
  }

  /** Address of a live row's key: its slot. */
  keyOf(row: number): number {
    return this.memory.control(abi.C_SLOT_TABLE) + this.rows.u32(row, abi.R_SLOT) * abi.SLOT_SIZE;
  }

  /** Address of a descriptor, which begins with the key too. */
  descriptor(index: number): number {
    return this.memory.address("descriptors") + index * abi.DESCRIPTOR_SIZE;
  }

  /** Zeroes the spans of the last call: what they say has been taken. */
  dropSpans(): void {
    const { memory } = this;
    const at = memory.address("spans");
    memory.u8.fill(0, at, at + memory.control(abi.C_SPAN_COUNT) * abi.SPAN_SIZE);
  }

  /** What a packet carries, as far as it was captured: true until the next call of the engine. */
  payload(descriptor: number): Uint8Array {
    const { u8, u32 } = this.memory;
    const from = u32[(descriptor + abi.D_PAYLOAD) >>> 2]!;
    return u8.subarray(from, from + u32[(descriptor + abi.D_CAPTURED) >>> 2]!);
  }

  packetTime(descriptor: number): Timestamp {
    const { u32 } = this.memory;
    const packet =
      this.memory.address("packets") + u32[(descriptor + abi.D_PACKET) >>> 2]! * abi.PACKET_SIZE;
    return {
      seconds: u32[(packet + abi.P_SEC) >>> 2]!,
      nanoseconds: u32[(packet + abi.P_NS) >>> 2]!,
    };
  }

  /** When the flow's last packet came. */
  lastTime(row: number): Timestamp {
    return {
      seconds: this.rows.u32(row, abi.R_LAST_SEC),
      nanoseconds: this.rows.u32(row, abi.R_LAST_NS),
    };
  }
}
