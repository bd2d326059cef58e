import * as abi from "../engine/abi.js";
import {
  createEngine,
  GuardedEngine,
  MemoryMap,
  type Engine,
  type EngineKind,
  type ModuleLoader,
  type RenewableEngine,
} from "../engine/index.js";
import type { ApplicationCatalog } from "../language/applications/catalog.js";
import type { Catalog } from "../language/catalog.js";
import { maskFacts } from "../policy/mask.js";
import { ClairvoieError, OptionError } from "../record/errors.js";
import { Classifier } from "./classifier.js";
import type { Learner } from "./knowledge.js";
import { settle, type ClassifierOptions, type Settings } from "./options.js";
import { perCatalog } from "./per-catalog.js";
import { Refinements } from "./refinements.js";
import { serviceNames } from "./services.js";

/** Bytes of the window that captures are read into: the largest packet fits twice; larger ones measured slower. */
const WINDOW_SIZE = 512 * 1024;

/** Addresses are 32-bit; the last page stays free, so that no end of a region is 2^32. */
const ADDRESS_SPACE = 2 ** 32 - 65536;

/** What differs between hosts, and what is made at build time. */
export interface Parts {
  catalog: Catalog;
  /** Without them no application is named. */
  applications?: ApplicationCatalog;
  loadModule: ModuleLoader;
  /** Stands between the host and the engine, and passes all calls on. Called once more for each engine that takes the place of one that trapped. */
  observe?: (engine: Engine) => Engine;
  /** Who else learns what flows teach. */
  learners?: readonly Learner[];
}

/** Makes a classifier from its parts; `createClassifier` of the package's entry knows them. */
export async function assemble(parts: Parts, options: ClassifierOptions): Promise<Classifier> {
  const settings = settle(options);
  const catalog = options.rules?.catalog ?? parts.catalog;
  const map = new MemoryMap({
    windowSize: WINDOW_SIZE,
    maxFlows: settings.maxFlows,
    maxInspections: settings.maxInspections,
    prefixMemory: settings.prefixMemory,
    prefixLimit: settings.prefixLimit,
    fragmentMemory: settings.fragmentMemory,
    tableSize: catalog.tables.length,
    hostsSize: parts.applications?.table.length ?? 0,
  });
  if (map.size > ADDRESS_SPACE) {
    const gibibytes = Math.ceil(map.size / 2 ** 30);
    throw new OptionError(
      "maxFlows",
      `these limits need ${gibibytes} GiB, and an engine has 4 GiB`,
    );
  }
  const first = await start(options.engine, map, parts.loadModule);
  let isFirst = true;
  const makeEngine = (): Engine => {
    const bare = isFirst ? first : another(first);
    isFirst = false;
    bare.memory.u8.set(catalog.tables, bare.memory.address("tables"));
    if (parts.applications) {
      bare.memory.u8.set(parts.applications.table, bare.memory.address("hosts"));
    }
    const guarded = new GuardedEngine(bare);
    return parts.observe?.(guarded) ?? guarded;
  };
  return classifierOn(makeEngine, parts, options);
}

/** A classifier on engines whose memory holds the tables already, and nothing else. */
export function classifierOn(
  makeEngine: () => Engine,
  parts: Pick<Parts, "catalog" | "applications" | "learners">,
  options: ClassifierOptions,
): Classifier {
  const settings = settle(options);
  const catalog = options.rules?.catalog ?? parts.catalog;
  const mask = maskFacts(catalog.facts, options.facts ?? true);
  const isTold = (fact: number) => (mask.bits[fact >>> 3]! & (1 << (fact & 7))) !== 0;
  const hidden = new Set(new Refinements(catalog).facts.filter((fact) => !isTold(fact)));
  for (const fact of hidden) mask.bits[fact >>> 3]! |= 1 << (fact & 7);
  const prepare = (nextId: number): Engine => {
    const engine = makeEngine();
    const { memory } = engine;
    const [seed0, seed1] = seedsOf(settings);
    memory.setControl(abi.C_SEED0, seed0);
    memory.setControl(abi.C_SEED1, seed1);
    memory.setControl(abi.C_GAP_PACKETS, settings.gapPackets);
    memory.setControl(abi.C_MESSAGE_LIMIT, settings.messageLimit);
    memory.f64[(abi.CONTROL + abi.C_NEXT_ID) >>> 3] = nextId;
    memory.u8.set(mask.bits, memory.address("mask"));
    if (parts.applications) {
      memory.u8.set(hostFacts(catalog), memory.address("mask") + abi.HOST_FACTS);
    }
    try {
      engine.configure();
    } catch (cause) {
      throw cannotMake(engine.kind, memory.map, cause);
    }
    return engine;
  };
  const setting = {
    catalog,
    services: serviceNames(catalog),
    settings,
    wantsFacts: mask.names.length > 0,
    applications: parts.applications,
    learners: parts.learners ?? [],
    hidden,
  };
  return new Classifier(prepare, setting, options);
}

/** Random ones are new ones for each engine. */
function seedsOf({ seed }: Settings): [number, number] {
  if (seed !== undefined) return [seed >>> 0, Math.floor(seed / 2 ** 32)];
  const [seed0, seed1] = crypto.getRandomValues(new Uint32Array(2));
  return [seed0!, seed1!];
}

/** An engine in place of one that trapped. */
function another(engine: RenewableEngine): Engine {
  try {
    return engine.another();
  } catch (cause) {
    throw cannotMake(engine.kind, engine.memory.map, cause);
  }
}

/** The facts that are hosts, as a bitset. Applications are told by them whether they may be emitted or not. */
const hostFacts = perCatalog(({ facts }): Uint8Array => {
  const bits = new Uint8Array(Math.ceil(facts.length / 8));
  facts.forEach(({ host }, id) => {
    if (host) bits[id >>> 3]! |= 1 << (id & 7);
  });
  return bits;
});

/** The engine asked for, or the best that this host can run. */
async function start(kind: EngineKind | undefined, map: MemoryMap, load: ModuleLoader) {
  if (kind !== undefined) {
    if (!["wasm", "wasm-scalar", "typescript"].includes(kind)) {
      throw new OptionError("engine", `engine: "${kind}" is none of wasm, wasm-scalar, typescript`);
    }
    return make(kind, map, load);
  }
  for (const candidate of ["wasm", "wasm-scalar"] as const) {
    try {
      return await createEngine(candidate, map, load);
    } catch {
      // No SIMD, or WebAssembly forbidden: the next one.
    }
  }
  return make("typescript", map, load);
}

async function make(kind: EngineKind, map: MemoryMap, load: ModuleLoader) {
  try {
    return await createEngine(kind, map, load);
  } catch (cause) {
    throw cannotMake(kind, map, cause);
  }
}

function cannotMake(kind: EngineKind, map: MemoryMap, cause: unknown): ClairvoieError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const mebibytes = Math.ceil(map.size / 2 ** 20);
  return new ClairvoieError(
    "ENGINE",
    `the ${kind} engine cannot be made here, with ${mebibytes} MiB of memory: ${reason}`,
    { cause },
  );
}
