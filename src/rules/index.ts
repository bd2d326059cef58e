/**
 * Protocols of your own, written in YAML in the words of `docs/rules.md`, for a classifier:
 * `createClassifier({ rules: readRules(text) })`. This entry alone needs the package `yaml`.
 */
import { catalog as builtIn } from "../generated/catalog.js";
import type { Catalog } from "../language/catalog.js";
import { link } from "../language/compile.js";
import type { Definition } from "../language/definition.js";
import { DefinitionError, tell } from "../language/fault.js";
import { keepOdds } from "../language/odds.js";
import type { Pattern } from "../language/pattern.js";
import { OptionError } from "../record/errors.js";
import { type Rule, nodeAt, readRule } from "./definition.js";
import { RuleError } from "./problems.js";
import { sayInYaml } from "./words.js";
import { PROBLEMS_MAX, RuleFile } from "./yaml.js";

export { formatProblem, RuleError, type RuleProblem } from "./problems.js";

/** Rules of all files together: each costs some 1.1 KiB of tables, 0.6 ms, and a share of the odds of a false name. */
export const RULES_MAX = 1000;

/** The text of a rule file, and what to call it in messages. */
export interface RuleText {
  readonly name: string;
  readonly text: string;
}

/** A protocol that was read, and where it stands. */
export interface OwnProtocol {
  readonly definition: Definition;
  readonly file: string;
  readonly line: number;
}

export interface Rules {
  /** What is built in, and behind it what was read. */
  readonly catalog: Catalog;
  readonly protocols: readonly OwnProtocol[];
  /** Where something stands: a pattern, or what is called `protocol/signature, client 2`; or what is at `path` of a protocol. */
  readonly locate: (
    where: string | Pattern,
    path?: readonly (string | number)[],
  ) => { file: string; line: number; column: number } | undefined;
}

/**
 * Reads rule files: their text, or several with their names.
 * @throws RuleError with all that is wrong in them, each with file, line, column and a remedy
 * @throws OptionError where there is no text
 * @example
 * ```ts
 * const rules = readRules(readFileSync("acme.yaml", "utf8"));
 * const classifier = await createClassifier({ rules });
 * ```
 */
export function readRules(texts: string | RuleText | readonly RuleText[]): Rules {
  const list = typeof texts === "string" ? [{ name: "rules", text: texts }] : [texts].flat();
  if (list.length === 0 || !list.every(isRuleText))
    throw new OptionError(
      "rules",
      "rules: give the text of a rule file, or a list of { name, text }",
    );
  const files = list.map(({ name, text }) => new RuleFile(name, text));
  const rules = files.flatMap((file) =>
    file.documents.flatMap((node) => readRule(file, node) ?? []),
  );
  const [last] = rules.slice(RULES_MAX);
  if (last) last.file.complain(last.node, `more than ${RULES_MAX} rules; load fewer`);
  const catalog = files.some(({ problems }) => problems.length > 0) ? undefined : linkAll(rules);
  const problems = files.flatMap((file) => file.problems);
  if (!catalog || problems.length > 0) throw new RuleError(problems.slice(0, PROBLEMS_MAX));
  return {
    catalog,
    protocols: rules.map(({ definition, file, node }) => ({
      definition,
      file: file.name,
      line: file.positionOf(node).line,
    })),
    locate: (where, path) => locate(rules, where, path),
  };
}

const isRuleText = (each: RuleText | undefined): boolean =>
  typeof each?.name === "string" && typeof each.text === "string";

/** All rules behind what is built in. Where one cannot be compiled, the others are tried without it. */
function linkAll(rules: readonly Rule[]): Catalog | undefined {
  let left = rules;
  for (let tries = 0; tries < PROBLEMS_MAX; tries++) {
    try {
      const linked = link(
        builtIn,
        left.map(({ definition }) => definition),
      );
      return left === rules ? keepOdds(linked, builtIn.signatures.length) : undefined;
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      const wrong = blame(left, error);
      if (!wrong) throw error;
      complain(wrong, error, left);
      left = left.filter((rule) => rule !== wrong);
    }
  }
  return undefined;
}

/** The rule that an error is about: the last of its name, which is the one too many if there are two. */
function blame(rules: readonly Rule[], { where, problem }: DefinitionError): Rule | undefined {
  // A name that is none can have a slash in it.
  return (
    rules.findLast(({ definition }) => definition.name === where) ??
    rules.findLast(({ definition }) => where.startsWith(`${definition.name}/`)) ??
    (problem.startsWith("together") ? rules.at(-1) : undefined)
  );
}

function complain(rule: Rule, error: DefinitionError, rules: readonly Rule[]): void {
  const { pattern, path } = error.advice;
  const node =
    (pattern && rule.origins.get(pattern)) ?? nodeAt(rule.node, path ?? pathOf(error.where));
  const first = rules.find(({ definition }) => definition.name === rule.definition.name)!;
  const problem =
    first === rule
      ? error.problem
      : `${error.problem}, in ${first.file.name}:${first.file.positionOf(first.node).line}`;
  rule.file.complain(node, `${error.where}: ${tell(problem, error.advice, sayInYaml)}`);
}

/** `acme/report, client 2` as keys of the definition. */
function pathOf(where: string): (string | number)[] {
  const [, signature, role, step] = /^[^/]*\/([^,]*)(?:, (\w+)(?: (\d+))?)?$/.exec(where) ?? [];
  if (signature === undefined) return ["name"];
  const path: (string | number)[] = ["signatures", signature];
  if (role !== undefined) path.push(role);
  if (step !== undefined) path.push(Number(step) - 1);
  return path;
}

function locate(
  rules: readonly Rule[],
  where: string | Pattern,
  path?: readonly (string | number)[],
) {
  const isName = typeof where === "string";
  const rule = isName
    ? rules.find(({ definition }) => definition.name === where.split("/")[0])
    : rules.find(({ origins }) => origins.has(where));
  if (!rule) return undefined;
  const node = isName ? nodeAt(rule.node, path ?? pathOf(where)) : rule.origins.get(where)!;
  return { file: rule.file.name, ...rule.file.positionOf(node) };
}
