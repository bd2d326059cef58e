/** Stub until the room is written. */
import type { EngineMemory } from "../../memory.js";

export class Recogniser {
  constructor(_memory: EngineMemory) {}
  configure(): void {}
  recognise(_count: number): void {}
  finish(_row: number): number {
    return 0;
  }
  settle(_row: number, _state: number, _signature: number): void {}
}
