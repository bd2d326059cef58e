/** The TypeScript engine: the same rooms as `assembly/`, on typed arrays over the same memory map. */
import type { Engine } from "../engine.js";
import { EngineMemory } from "../memory.js";
import { Flows } from "./flows/track.js";
import { Recogniser } from "./recognise/recognise.js";
import { Decoder } from "./wire/decode.js";

export class TypeScriptEngine implements Engine {
  readonly kind = "typescript";
  readonly #decoder: Decoder;
  readonly #flows: Flows;
  readonly #recogniser: Recogniser;

  constructor(readonly memory: EngineMemory) {
    this.#decoder = new Decoder(memory);
    this.#recogniser = new Recogniser(memory);
    this.#flows = new Flows(memory, (row, state, signature) => this.settle(row, state, signature));
  }

  /** A new one, with new memory. */
  another(): TypeScriptEngine {
    const { map } = this.memory;
    return new TypeScriptEngine(new EngineMemory(map, new ArrayBuffer(map.size)));
  }

  configure(): void {
    this.#decoder.configure();
    this.#flows.configure();
    this.#recogniser.configure();
  }

  decode(begin: number, end: number): number {
    return this.#decoder.decode(begin, end);
  }

  track(first: number): number {
    return this.#flows.track(first);
  }

  recognise(count: number): void {
    this.#recogniser.recognise(count);
  }

  finish(row: number): number {
    return this.#recogniser.finish(row);
  }

  read(signature: number, role: number, at: number, length: number): void {
    this.#recogniser.read(signature, role, at, length);
  }

  settle(row: number, state: number, signature: number): void {
    this.#recogniser.settle(row, state, signature);
  }

  release(row: number): void {
    this.#flows.release(row);
  }
}
