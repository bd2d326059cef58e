/**
 * Work counted, not timed: how often V8 enters a basic block of `src/` (precise coverage with counts), so the same
 * input costs the same on any machine and under any load. Counted are the TypeScript engine, which does what the
 * compiled ones do (the same memory after every call), and the host.
 *
 * Only what is compiled from now on is counted by blocks: whoever imports this imports `src/` later, dynamically.
 */
import { Session } from "node:inspector/promises";

export interface Counted {
  /** Entries into basic blocks, of all files together and by file. */
  readonly steps: number;
  readonly files: ReadonlyMap<string, number>;
}

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** What was done since the last call. */
export async function takeSteps(): Promise<Counted> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const files = new Map<string, number>();
  let steps = 0;
  for (const { url, functions } of result) {
    const file = /\/(src\/.*)$/.exec(url)?.[1];
    if (file === undefined) continue;
    let own = 0;
    for (const { ranges } of functions) for (const { count } of ranges) own += count;
    if (own > 0) files.set(file, (files.get(file) ?? 0) + own);
    steps += own;
  }
  return { steps, files };
}
