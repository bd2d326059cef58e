/** Engines: which there are, and how one is made. */
import type { Engine, EngineKind } from "./engine.js";
import { EngineMemory, type MemoryMap } from "./memory.js";
import { TypeScriptEngine } from "./typescript/index.js";
import { WasmEngine } from "./wasm/index.js";

export type { Engine, EngineKind } from "./engine.js";
export { GuardedEngine, Trap } from "./guard.js";
export { EngineMemory, MemoryMap, type MemoryOptions, type RegionName } from "./memory.js";

export const engineKinds = ["wasm", "wasm-scalar", "typescript"] as const satisfies EngineKind[];

/** Gets the compiled module of a kind: `loadModule` of `wasm/load-node.ts` or `wasm/load-browser.ts`. */
export type ModuleLoader = (kind: "wasm" | "wasm-scalar") => Promise<WebAssembly.Module>;

export interface RenewableEngine extends Engine {
  /** Makes one alike with new memory, for when this one has trapped. */
  another(): RenewableEngine;
}

/**
 * An engine with memory of its own, as the map lays it out. The host then writes its configuration and calls `configure()`.
 */
export async function createEngine(
  kind: EngineKind,
  map: MemoryMap,
  loadModule: ModuleLoader,
): Promise<RenewableEngine> {
  return kind === "typescript"
    ? new TypeScriptEngine(new EngineMemory(map, new ArrayBuffer(map.size)))
    : WasmEngine.create(map, await loadModule(kind), kind);
}
