/** What is wrong with a definition, where, and what to write instead. */
import type { Pattern } from "./pattern.js";

/**
 * How a word is written where a definition stands: `u16("len")` in TypeScript, `u16: len` in a rule file.
 */
export type Say = (word: string, ...args: readonly (string | number)[]) => string;

export const sayInTypeScript: Say = (word, ...args) =>
  args.length === 0 ? word : `${word}(${args.map((each) => JSON.stringify(each)).join(", ")})`;

export interface Advice {
  /** What to write instead. */
  readonly remedy?: (say: Say) => string;
  /** The pattern that is wrong, where it is one. */
  readonly pattern?: Pattern | undefined;
  /** Keys from the definition to what is wrong: `["ports", "tcp", 0]`. */
  readonly path?: readonly (string | number)[];
}

export const tell = (problem: string, { remedy }: Advice, say: Say): string =>
  remedy ? `${problem}: ${remedy(say)}` : problem;

/** Something wrong, thrown where nobody knows yet whose it is. */
export class Fault extends RangeError {
  override readonly name = "Fault";
  constructor(
    readonly problem: string,
    readonly advice: Advice = {},
  ) {
    super(tell(problem, advice, sayInTypeScript));
  }
}

/** A protocol definition that cannot be compiled, and why. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
  constructor(
    /** `ssh`, `ssh/banner`, or `ssh/banner, server 1`. */
    readonly where: string,
    readonly problem: string,
    readonly advice: Advice = {},
  ) {
    super(`${where}: ${tell(problem, advice, sayInTypeScript)}`);
  }
}

/** Runs `work`, and names the place in what it throws. */
export function at<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) throw new DefinitionError(where, error.problem, error.advice);
    if (error instanceof RangeError) throw new DefinitionError(where, error.message);
    throw error;
  }
}

export function demand(holds: boolean, problem: string, advice: Advice = {}): asserts holds {
  if (!holds) throw new Fault(problem, advice);
}
