/** The engines under test, each in a memory of its own. The compiled ones are what the build has left. */
import { readFile } from "node:fs/promises";
import {
  createEngine,
  engineKinds,
  type EngineKind,
  type MemoryMap,
} from "../../src/engine/index.js";

const files = { wasm: "engine-simd.wasm", "wasm-scalar": "engine-scalar.wasm" };

/** Where the build puts them. */
export const readEngine = (kind: keyof typeof files): Promise<Buffer> =>
  readFile(new URL(`../../build/${files[kind]}`, import.meta.url));

export const testEngine = (kind: EngineKind, map: MemoryMap) =>
  createEngine(kind, map, async (wanted) =>
    WebAssembly.compile(Uint8Array.from(await readEngine(wanted))),
  );

export const testEngines = (map: MemoryMap) =>
  Promise.all(engineKinds.map((kind) => testEngine(kind, map)));
