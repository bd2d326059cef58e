/**
 * Stands between the host and an engine, and tells what the engine throws from what anything else
 * does: a call that does not return is a trap. Nothing of that engine is to be called again.
 */
import type { Engine, EngineKind } from "./engine.js";
import type { EngineMemory } from "./memory.js";

/** What of an engine the host calls. */
export type EngineCall = Exclude<keyof Engine, "kind" | "memory">;

/** An engine has failed: a bug of its own. WebAssembly traps, TypeScript throws. */
export class Trap extends Error {
  override readonly name = "Trap";

  constructor(
    /** The call that did not return; `canary`: it returned, and had written where nobody may. */
    readonly call: EngineCall | "canary",
    /** In the engine's words. */
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(`${call}: ${reason}`, options);
  }
}

/** Each call by itself, not a closure a call: some come for every flow. */
export class GuardedEngine implements Engine {
  readonly kind: EngineKind;
  readonly memory: EngineMemory;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.kind = engine.kind;
    this.memory = engine.memory;
    this.#engine = engine;
  }

  configure(): void {
    try {
      this.#engine.configure();
    } catch (cause) {
      throw trapOf("configure", cause);
    }
  }

  decode(begin: number, end: number): number {
    try {
      return this.#engine.decode(begin, end);
    } catch (cause) {
      throw trapOf("decode", cause);
    }
  }

  track(first: number): number {
    try {
      return this.#engine.track(first);
    } catch (cause) {
      throw trapOf("track", cause);
    }
  }

  recognise(count: number): void {
    try {
      this.#engine.recognise(count);
    } catch (cause) {
      throw trapOf("recognise", cause);
    }
  }

  finish(row: number): number {
    try {
      return this.#engine.finish(row);
    } catch (cause) {
      throw trapOf("finish", cause);
    }
  }

  read(signature: number, role: number, at: number, length: number): void {
    try {
      this.#engine.read(signature, role, at, length);
    } catch (cause) {
      throw trapOf("read", cause);
    }
  }

  settle(row: number, state: number, signature: number): void {
    try {
      this.#engine.settle(row, state, signature);
    } catch (cause) {
      throw trapOf("settle", cause);
    }
  }

  release(row: number): void {
    try {
      this.#engine.release(row);
    } catch (cause) {
      throw trapOf("release", cause);
    }
  }
}

function trapOf(call: EngineCall, cause: unknown): Trap {
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new Trap(call, reason, { cause });
}
