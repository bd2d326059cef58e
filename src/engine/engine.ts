import type { EngineMemory } from "./memory.js";

/** Which engine: Wasm with SIMD, Wasm without, or the TypeScript one. */
export type EngineKind = "wasm" | "wasm-scalar" | "typescript";

/**
 * What an engine does. Arguments and results are plain numbers; everything else lies in
 * {@link EngineMemory} as `abi.ts` describes it. Calls are synchronous and never throw on input.
 */
export interface Engine {
  readonly kind: EngineKind;
  readonly memory: EngineMemory;
  /** Reads the control block once; the host calls it after writing the configuration and the tables. */
  configure(): void;
  /** Decodes the capture records at `begin … end` (addresses in the window) into packet rows and descriptors. Returns STOP_*. */
  decode(begin: number, end: number): number;
  /** Looks up and counts descriptors `first …`, writes events. Returns the index of the first one not processed. */
  track(first: number): number;
  /** Runs the first `count` due entries, each of another flow, through the matchers; writes outcomes and spans. */
  recognise(count: number): void;
  /** Nothing more will come for this flow: runs what still waits. Returns OUTCOME_*; spans carry due index 0xffffffff. */
  finish(row: number): number;
  /**
   * Runs the first step of a signature's script (of the client; 1: of the server) over a whole message that lies at an
   * address in memory, for its spans: of no row, and with due index 0xffffffff. The step must not dissect.
   */
  read(signature: number, role: number, at: number, length: number): void;
  /** Ends inspection: frees and zeroes the flow's inspection and prefixes, sets R_STATE (and R_SIGNATURE for STATE_WATCH). */
  settle(row: number, state: number, signature: number): void;
  /** Frees a row, with all that belongs to it, zeroed; removes its slot unless it was superseded. */
  release(row: number): void;
}
