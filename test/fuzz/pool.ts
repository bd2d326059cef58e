/**
 * Engines for case after case on the same memory: memory of their own for each took longer than all cases are worth.
 *
 * What a run leaves in the window and in the tables of one call stays there, as it does between two windows of one
 * capture: nobody may read there what it has not written. All else is zeroed up to the marks that the engine keeps.
 */
import { instantiateSync } from "@assemblyscript/loader";
import * as abi from "../../src/engine/abi.js";
import {
  type Engine,
  type EngineKind,
  EngineMemory,
  MemoryMap,
  type MemoryOptions,
  type RegionName,
} from "../../src/engine/index.js";
import { CANARY_SIZE } from "../../src/engine/memory.js";
import { TypeScriptEngine } from "../../src/engine/typescript/index.js";
import { type Exports, WasmEngine } from "../../src/engine/wasm/index.js";
import { applicationCatalog } from "../../src/generated/applications.js";
import { catalog } from "../../src/generated/catalog.js";
import { readEngine } from "../support/engines.js";

const modules = {
  wasm: await WebAssembly.compile(new Uint8Array(await readEngine("wasm"))),
  "wasm-scalar": await WebAssembly.compile(new Uint8Array(await readEngine("wasm-scalar"))),
};

const PAGE_SIZE = 65536;

/** Of what a map needs, what options say; the rest is the same for all. */
export type Limits = Pick<
  MemoryOptions,
  "maxFlows" | "maxInspections" | "prefixMemory" | "prefixLimit" | "fragmentMemory"
>;

export function mapOf(limits: Limits): MemoryMap {
  const { maxFlows, maxInspections, prefixMemory, prefixLimit, fragmentMemory = 0 } = limits;
  return new MemoryMap({
    maxFlows,
    maxInspections,
    prefixMemory,
    prefixLimit,
    fragmentMemory,
    windowSize: 512 * 1024,
    tableSize: catalog.tables.length,
    hostsSize: applicationCatalog.table.length,
  });
}

/** An engine on memory that nobody has used. */
export function freshEngine(kind: EngineKind, map: MemoryMap): Engine {
  return new Slot(kind, map.size).take(map);
}

/** One memory, and the instance that works on it. */
class Slot {
  readonly #kind: EngineKind;
  readonly #buffer: ArrayBuffer;
  readonly #module: WebAssembly.Module | undefined;
  readonly #exports: Exports | undefined;
  #before: EngineMemory | undefined;

  constructor(kind: EngineKind, size: number) {
    this.#kind = kind;
    if (kind === "typescript") {
      this.#buffer = new ArrayBuffer(size);
      return;
    }
    const pages = size / PAGE_SIZE;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.#buffer = memory.buffer;
    this.#module = modules[kind];
    this.#exports = instantiateSync<Exports>(this.#module, { env: { memory } }).exports;
  }

  take(map: MemoryMap): Engine {
    if (this.#before !== undefined) zero(this.#before);
    const memory = new EngineMemory(map, this.#buffer);
    if (this.#before === undefined) {
      memory.u8.set(catalog.tables, map.at.tables);
      memory.u8.set(applicationCatalog.table, map.at.hosts);
    }
    this.#before = memory;
    return this.#exports === undefined
      ? new TypeScriptEngine(memory)
      : new WasmEngine(this.#kind, memory, this.#module!, this.#exports);
  }
}

/** Zeroes what outlives a call, and the canaries: they stand elsewhere in the next map. */
function zero(memory: EngineMemory): void {
  const { map, u8 } = memory;
  const used = (name: RegionName, bytes: number) => u8.fill(0, map.at[name], map.at[name] + bytes);
  const field = (name: number) => memory.control(name);
  used("inspections", (field(abi.C_INSPECTIONS_HIGH) + 1) * abi.INSPECTION_SIZE);
  used("prefixes", field(abi.C_PREFIX_BLOCKS_HIGH) * field(abi.C_PREFIX_BLOCK));
  used("fragments", field(abi.C_FRAGMENT_HIGH) * abi.FRAGMENT_SIZE);
  used("whole", abi.WHOLE_COUNT * abi.WHOLE_SIZE);
  used("rows", (field(abi.C_ROWS_HIGH) + 1) * abi.ROW_SIZE);
  const table = field(abi.C_SLOT_TABLE) - map.at.slots;
  used("slots", table + field(abi.C_SLOT_CAPACITY) * abi.SLOT_SIZE);
  used("contexts", field(abi.C_CONTEXT_COUNT) * abi.CONTEXT_SIZE);
  for (const [index, { name, address, size }] of map.regions.entries()) {
    if (name === "interfaces" || name === "unhandled" || name === "mask") used(name, size);
    const end = address + size;
    u8.fill(0, end, map.regions[index + 1]?.address ?? end + CANARY_SIZE);
  }
  used("control", abi.CONTROL_SIZE);
}

/** Engines that are used again; `largest` is what the largest map needs. */
export class EnginePool {
  readonly #slots = new Map<EngineKind, Slot>();
  readonly #size: number;

  constructor(largest: Limits) {
    this.#size = mapOf(largest).size;
  }

  /** The engine that was taken before is not to be used any more. */
  take(kind: EngineKind, map: MemoryMap): Engine {
    let slot = this.#slots.get(kind);
    if (slot === undefined) this.#slots.set(kind, (slot = new Slot(kind, this.#size)));
    return slot.take(map);
  }

  /** Are the tables, which nobody may write, as they were? */
  areTablesWhole(kind: EngineKind, map: MemoryMap): boolean {
    const { u8 } = this.take(kind, map).memory;
    const same = (name: RegionName, bytes: Uint8Array) =>
      Buffer.compare(u8.subarray(map.at[name], map.at[name] + bytes.length), bytes) === 0;
    return same("tables", catalog.tables) && same("hosts", applicationCatalog.table);
  }
}
