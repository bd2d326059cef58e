import type { EngineMemory } from "../../memory.js";
import type { Pieces } from "./pieces.js";
export class Initials {
  extent = 0;
  constructor(_memory: EngineMemory, _pieces: Pieces) {}
  configure(): void {}
  read(_inspection: number, _block: number, _base: number, _available: number): boolean {
    return false;
  }
}
