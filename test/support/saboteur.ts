/** An engine that fails where a test wants it to: it does what it has to up to that place, and then does not return. */
import * as abi from "../../src/engine/abi.js";
import type { Engine, EngineKind } from "../../src/engine/engine.js";
import { Trap, type EngineCall } from "../../src/engine/guard.js";
import type { EngineMemory } from "../../src/engine/memory.js";

/** What fails: a call at a record, a descriptor, a due entry whose payload holds this; or any call, when it says so. */
export interface Fault {
  call?: EngineCall;
  poison?: Buffer;
  /** Asked at each call; true: this one fails. */
  when?: (call: EngineCall) => boolean;
  /** In place of failing by itself: spoils the descriptor that is at work, so that the engine does. */
  spoil?: (memory: EngineMemory, descriptor: number) => void;
}

export class Saboteur implements Engine {
  readonly kind: EngineKind;
  readonly memory: EngineMemory;
  readonly #engine: Engine;
  readonly #fault: Fault;

  constructor(engine: Engine, fault: Fault) {
    this.kind = engine.kind;
    this.memory = engine.memory;
    this.#engine = engine;
    this.#fault = fault;
  }

  configure(): void {
    this.#engine.configure();
  }

  decode(begin: number, end: number): number {
    const { poison } = this.#fault;
    if (this.#fault.call === "decode" && poison) {
      const at = Buffer.from(this.memory.u8.subarray(begin, end)).indexOf(poison);
      if (at >= 0) {
        // It stops at the record that holds the poison, unless there is something to do in front of it.
        const stop = this.#engine.decode(begin, begin + at);
        if (stop !== abi.STOP_DATA) return stop;
        throw new Trap("decode", "sabotaged");
      }
    }
    return this.#try("decode", () => this.#engine.decode(begin, end));
  }

  track(first: number): number {
    const count = this.memory.control(abi.C_DESCRIPTOR_COUNT);
    if (this.#fault.call === "track") {
      for (let index = first; index < count; index++) {
        if (!this.#isPoisoned(index)) continue;
        this.memory.setControl(abi.C_DESCRIPTOR_COUNT, index + 1);
        // It may stop before it comes there.
        const next = this.#engine.track(first);
        this.memory.setControl(abi.C_DESCRIPTOR_COUNT, count);
        if (next <= index) return next;
        throw new Trap("track", "sabotaged");
      }
    }
    return this.#try("track", () => this.#engine.track(first));
  }

  recognise(count: number): void {
    if (this.#fault.call === "recognise") {
      for (let entry = 0; entry < count; entry++) {
        const descriptor = this.#due(entry);
        if (!this.#isPoisoned(descriptor)) continue;
        if (this.#fault.spoil) {
          this.#fault.spoil(this.memory, this.#descriptor(descriptor));
          break;
        }
        this.#engine.recognise(entry + 1);
        throw new Trap("recognise", "sabotaged");
      }
    }
    this.#try("recognise", () => this.#engine.recognise(count));
  }

  finish(row: number): number {
    return this.#try("finish", () => this.#engine.finish(row));
  }

  read(signature: number, role: number, at: number, length: number): void {
    this.#try("read", () => this.#engine.read(signature, role, at, length));
  }

  settle(row: number, state: number, signature: number): void {
    this.#try("settle", () => this.#engine.settle(row, state, signature));
  }

  release(row: number): void {
    this.#try("release", () => this.#engine.release(row));
  }

  #try<T>(call: EngineCall, work: () => T): T {
    const result = work();
    if (this.#fault.when?.(call)) throw new Trap(call, "sabotaged");
    return result;
  }

  #due(entry: number): number {
    const at = this.memory.address("due") + entry * abi.DUE_SIZE;
    return this.memory.u32[(at + abi.Q_DESCRIPTOR) >>> 2]!;
  }

  #descriptor(index: number): number {
    return this.memory.address("descriptors") + index * abi.DESCRIPTOR_SIZE;
  }

  #isPoisoned(index: number): boolean {
    const { u8, u32 } = this.memory;
    const at = this.#descriptor(index) >>> 2;
    const from = u32[at + (abi.D_PAYLOAD >>> 2)]!;
    const length = u32[at + (abi.D_CAPTURED >>> 2)]!;
    return Buffer.from(u8.slice(from, from + length)).includes(this.#fault.poison!);
  }
}
