import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";

const LETTERS = "SHADFR";

/** Codes of a row's TCP history, in order: letter + 6 × direction. */
function* codesOf(memory: EngineMemory, row: number): Generator<number> {
  const at = memory.address("rows") + row * abi.ROW_SIZE;
  const count = memory.u16[(at + abi.R_HISTORY_COUNT) >>> 1]!;
  for (let i = 0; i < count; i++) {
    const byte = memory.u8[at + abi.R_HISTORY + (i >> 1)]!;
    yield ((i & 1) === 0 ? byte & 15 : byte >> 4) - 1;
  }
}

/** Did a SYN come before a direction's first data? */
export function opensWithSyn(memory: EngineMemory, row: number, direction: 0 | 1): boolean {
  for (const code of codesOf(memory, row)) {
    const letter = code - LETTERS.length * direction;
    if (letter === abi.HISTORY_DATA) return false;
    if (letter === abi.HISTORY_SYN || letter === abi.HISTORY_SYNACK) return true;
  }
  return false;
}

/** A row's TCP history as letters: capitals from the client, small ones from the server. */
export function readHistory(memory: EngineMemory, row: number, clientIsB: boolean): string {
  let text = "";
  for (const code of codesOf(memory, row)) {
    const letter = LETTERS[code % 6]!;
    text += code >= 6 === clientIsB ? letter : letter.toLowerCase();
  }
  return text;
}
