/**
 * The engine's stages one after the other, without the host around them: decode; decode and track;
 * decode, track and recognise. Plain JavaScript against `dist/`, because the gate runs it in a Node
 * that nothing else has been loaded into.
 */
import * as abi from "../dist/engine/abi.js";
import { createEngine, MemoryMap } from "../dist/engine/index.js";
import { loadModule } from "../dist/engine/wasm/load-node.js";
import { catalog } from "../dist/generated/catalog.js";
import { Framer } from "../dist/sources/framer.js";

/** Payload packets of a flow, both directions, that recognition gets before it is told to stop. */
const PAYLOADS_MOST = 8;

/** @typedef {import("../dist/engine/index.js").Engine} Engine */
/** @typedef {{ packets: number, flows: number, payloads: number, decode: number, track: number, recognise: number }} StageResult */

/**
 * An engine that is ready to run: tables loaded, no fact allowed, a fixed seed.
 * @param {import("../dist/engine/index.js").EngineKind} kind
 * @param {Uint8Array} [tables] recognition tables other than those of the package
 * @returns {Promise<Engine>}
 */
export async function createStageEngine(kind, tables = catalog.tables) {
  const map = new MemoryMap({
    windowSize: 512 * 1024,
    maxFlows: 262_144,
    maxInspections: 65_536,
    prefixMemory: 64 * 1024 * 1024,
    prefixLimit: 4096,
    tableSize: tables.length,
  });
  const engine = await createEngine(kind, map, loadModule);
  const { memory } = engine;
  memory.setControl(abi.C_SEED0, 1);
  memory.setControl(abi.C_SEED1, 2);
  memory.setControl(abi.C_GAP_PACKETS, 32);
  memory.setControl(abi.C_MESSAGE_LIMIT, 64);
  memory.u8.set(tables, memory.address("tables"));
  engine.configure();
  return engine;
}

/**
 * Takes a capture through the first `depth` stages: 1 decode, 2 track, 3 recognise. All flows are
 * released afterwards. Times are of the engine's calls alone.
 * @param {Engine} engine
 * @param {import("../dist/sources/source.js").ByteSource} source
 * @param {1 | 2 | 3} depth
 * @param {() => number} now
 * @returns {StageResult}
 */
export function runStages(engine, source, depth, now) {
  const { memory } = engine;
  const framer = new Framer(engine, source.name);
  const due = new DueList(engine);
  const result = { packets: 0, flows: 0, payloads: 0, decode: 0, track: 0, recognise: 0 };
  for (;;) {
    const bytes = framer.fill(source);
    let from = now();
    while (framer.next()) {
      result.decode += now() - from;
      result.packets += memory.control(abi.C_PACKET_COUNT);
      const count = depth > 1 ? memory.control(abi.C_DESCRIPTOR_COUNT) : 0;
      for (let first = 0; first < count;) {
        from = now();
        first = engine.track(first);
        result.track += now() - from;
        if (memory.control(abi.C_STOP_DETAIL) === abi.TRACK_ROWS) throw new Error("too many flows");
        if (depth < 3) continue;
        from = now();
        result.payloads += due.run();
        result.recognise += now() - from;
      }
      from = now();
    }
    result.decode += now() - from;
    if (bytes === 0) break;
  }
  framer.end();
  const high = memory.control(abi.C_ROWS_HIGH);
  for (let row = 1; row <= high; row++) {
    if (memory.u8[memory.address("rows") + row * abi.ROW_SIZE + abi.R_STATE] === abi.STATE_FREE)
      continue;
    engine.release(row);
    result.flows++;
  }
  return result;
}

/** Payload events in batches of distinct flows; a flow is settled once it is complete, or has had its share. */
class DueList {
  #engine;
  /** Per row: the batch that it is in. */
  #batchOf;
  #batch = 1;
  #count = 0;

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
    this.#batchOf = new Int32Array(engine.memory.map.options.maxFlows + 1);
  }

  /** Recognises what the last `track` left. Returns the payloads that reached a matcher. */
  run() {
    const { memory } = this.#engine;
    const { u8, u32 } = memory;
    const events = memory.address("events") >>> 2;
    const rows = memory.address("rows");
    const due = memory.address("due") >>> 2;
    const most = memory.control(abi.C_DUE_MAX);
    const count = memory.control(abi.C_EVENT_COUNT);
    let payloads = 0;
    for (let event = 0; event < count; event++) {
      const at = events + event * 4;
      if (u32[at] !== abi.EVENT_PAYLOAD) continue;
      const row = /** @type {number} */ (u32[at + 1]);
      if (this.#batchOf[row] === this.#batch || this.#count === most) this.#flush();
      if (u8[rows + row * abi.ROW_SIZE + abi.R_STATE] !== abi.STATE_INSPECT) continue;
      const entry = due + this.#count * 4;
      u32[entry] = row;
      u32[entry + 1] = /** @type {number} */ (u32[at + 2]);
      u32[entry + 2] = /** @type {number} */ (u32[at + 3]);
      u32[entry + 3] = 0;
      this.#batchOf[row] = this.#batch;
      this.#count++;
      payloads++;
    }
    this.#flush();
    return payloads;
  }

  #flush() {
    const { memory } = this.#engine;
    const { u32 } = memory;
    if (this.#count > 0) this.#engine.recognise(this.#count);
    const due = memory.address("due") >>> 2;
    for (let index = 0; index < this.#count; index++) {
      const entry = due + index * 4;
      const active = (/** @type {number} */ (u32[entry + 3]) & abi.OUTCOME_ACTIVE) !== 0;
      if (active && /** @type {number} */ (u32[entry + 2]) < 2 * PAYLOADS_MOST) continue;
      this.#engine.settle(/** @type {number} */ (u32[entry]), abi.STATE_DONE, 0);
    }
    this.#count = 0;
    this.#batch++;
  }
}
