import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";

const LETTERS = "SHADFR";

/** A row's TCP history as letters: capitals from the client, small ones from the server. */
export function readHistory(memory: EngineMemory, row: number, clientIsB: boolean): string {
  const at = memory.address("rows") + row * abi.ROW_SIZE;
  const count = memory.u16[(at + abi.R_HISTORY_COUNT) >>> 1]!;
  let text = "";
  for (let i = 0; i < count; i++) {
    const byte = memory.u8[at + abi.R_HISTORY + (i >> 1)]!;
    const code = ((i & 1) === 0 ? byte & 15 : byte >> 4) - 1;
    const letter = LETTERS[code % 6]!;
    text += code >= 6 === clientIsB ? letter : letter.toLowerCase();
  }
  return text;
}
