/** Rules for tests: a whole rule around what a test is about. */
import { readRules, RuleError, type Rules } from "../../src/rules/index.js";

const HEAD = ["name: own", "title: Own", "category: test", "source: test"].join("\n");

/** A rule whose one step has these words, written as YAML list items; the first of them is in line 10. */
export const ruleOf = (...words: string[]): string =>
  `${HEAD}
signatures:
  s:
    over: udp
    client:
      - step:
${words.map((word) => `          - ${word}`).join("\n")}
facts: { host: { textFact: D4 }, kind: { numberFact: D5 } }
`;

export const read = (text: string): Rules => readRules({ name: "own.yaml", text });

/** What is wrong, each as `line:column: message`. */
export function problemsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  }
  return [];
}
