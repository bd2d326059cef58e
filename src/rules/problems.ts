/** What is wrong in a rule file, and where. */
import { ClairvoieError } from "../record/errors.js";

export interface RuleProblem {
  readonly file: string;
  /** Both from 1 on. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

export const formatProblem = ({ file, line, column, message }: RuleProblem): string =>
  `${file}:${line}:${column}: ${message}`;

/**
 * Rule files that cannot be used. Its message has a line for each problem.
 * @example
 * `rules.yaml:7:11: unknown word "litteral"; did you mean "literal"?`
 */
export class RuleError extends ClairvoieError {
  override readonly name = "RuleError";
  constructor(readonly problems: readonly RuleProblem[]) {
    super("INVALID_RULE", problems.map(formatProblem).join("\n"));
  }
}
