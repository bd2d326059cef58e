/** The WebAssembly engine: the modules that `assembly/` compiles to, behind the engine interface. */
import { instantiate, instantiateSync } from "@assemblyscript/loader";
import type { Engine, EngineKind } from "../engine.js";
import { EngineMemory, type MemoryMap } from "../memory.js";

const PAGE_SIZE = 65536;

/** What `assembly/index.ts` exports. Results are i32 to JavaScript, so those that are u32 are made so here. */
export interface Exports extends Record<string, unknown> {
  configure(): void;
  decode(begin: number, end: number): number;
  track(first: number): number;
  recognise(count: number): void;
  finish(row: number): number;
  read(signature: number, role: number, at: number, length: number): void;
  settle(row: number, state: number, signature: number): void;
  release(row: number): void;
}

export class WasmEngine implements Engine {
  readonly kind: EngineKind;
  readonly memory: EngineMemory;
  readonly #module: WebAssembly.Module;
  readonly #exports: Exports;

  /** `exports` are those of an instance of `module` that was given `memory.buffer`. */
  constructor(
    kind: EngineKind,
    memory: EngineMemory,
    module: WebAssembly.Module,
    exports: Exports,
  ) {
    this.kind = kind;
    this.memory = memory;
    this.#module = module;
    this.#exports = exports;
  }

  /** `kind` says which build `module` is. */
  static async create(
    map: MemoryMap,
    module: WebAssembly.Module,
    kind: "wasm" | "wasm-scalar",
  ): Promise<WasmEngine> {
    const memory = reserve(map);
    const { exports } = await instantiate<Exports>(module, { env: { memory } });
    return new WasmEngine(kind, new EngineMemory(map, memory.buffer), module, exports);
  }

  /** A new instance of the same module, with new memory. At once: browsers let a page wait for modules of some size only, and this is below it. */
  another(): WasmEngine {
    const { map } = this.memory;
    const memory = reserve(map);
    const { exports } = instantiateSync<Exports>(this.#module, { env: { memory } });
    return new WasmEngine(this.kind, new EngineMemory(map, memory.buffer), this.#module, exports);
  }

  configure(): void {
    this.#exports.configure();
  }

  decode(begin: number, end: number): number {
    return this.#exports.decode(begin, end);
  }

  track(first: number): number {
    return this.#exports.track(first);
  }

  recognise(count: number): void {
    this.#exports.recognise(count);
  }

  finish(row: number): number {
    return this.#exports.finish(row);
  }

  read(signature: number, role: number, at: number, length: number): void {
    this.#exports.read(signature, role, at, length);
  }

  settle(row: number, state: number, signature: number): void {
    this.#exports.settle(row, state, signature);
  }

  release(row: number): void {
    this.#exports.release(row);
  }
}

/** It never grows, so no view of it can detach. */
function reserve(map: MemoryMap): WebAssembly.Memory {
  const pages = map.size / PAGE_SIZE;
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}
