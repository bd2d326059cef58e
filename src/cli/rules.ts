/** `clairvoie rules check` and `--rules`: a user's own protocols. */
import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { nearest } from "../policy/suggest.js";
import type { RuleProblem, Rules, RuleText } from "../rules/index.js";
import type { ProtocolReport } from "../rules/report.js";
import { json } from "../sinks/jsonl.js";
import { makeVisible } from "../sinks/terminal.js";
import { EXIT_OK, EXIT_UNREADABLE, EXIT_USAGE, UsageError } from "./exit.js";
import { withOutput } from "./output.js";
import { say } from "./terminal.js";

/** Bytes that are read of a rule file; one that has more is refused by whoever parses it. */
const READ_MAX = 1024 * 1024;

/** Reads rule files. What is wrong in them is said on standard error; undefined then. */
export async function loadRules(
  files: readonly string[],
  { quiet }: { quiet: boolean },
): Promise<Rules | undefined> {
  const texts = files.map(readText);
  const { readRules, RuleError } = await importRules();
  let rules: Rules;
  try {
    rules = readRules(texts);
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    for (const problem of error.problems) complain(problem, "");
    return undefined;
  }
  if (!quiet) {
    const { loadWarnings } = await import("../rules/report.js");
    for (const problem of loadWarnings(rules)) complain(problem, "");
  }
  return rules;
}

export interface RulesOptions {
  format: "text" | "json";
}

/** @returns the exit code */
export async function checkRules(
  files: readonly string[],
  { format }: RulesOptions,
): Promise<number> {
  const begin = performance.now();
  const rules = await loadRules(files, { quiet: true });
  if (!rules) return EXIT_USAGE;
  const { formatReports, reportRules } = await import("../rules/report.js");
  const reports = reportRules(rules);
  const warnings = reports.flatMap((report) => report.warnings).length;
  const failures = reports.flatMap((report) => report.failures).length;
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  const done = failures === 0 ? EXIT_OK : EXIT_UNREADABLE;
  const text =
    format === "json"
      ? `${json(reports.map(plainReport), 2)}\n`
      : `${formatReports(reports)}
${[counted(reports.length, "protocol"), counted(warnings, "warning"), counted(failures, "failed sample")].join(", ")} (${Math.round(performance.now() - begin)} ms)
`;
  return withOutput(undefined, async (output) => {
    output.write(text);
    output.finish();
    return done;
  });
}

const plainReport = ({ protocol, lines, ...others }: ProtocolReport) => ({
  name: protocol.definition.name,
  file: protocol.file,
  line: protocol.line,
  description: lines,
  ...others,
});

/** The entry that needs the package `yaml`. */
async function importRules(): Promise<typeof import("../rules/index.js")> {
  try {
    return await import("../rules/index.js");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError('rules need the package "yaml", which is not installed: npm install yaml');
  }
}

const complain = ({ file, line, column, message }: RuleProblem, before: string): void =>
  say(`clairvoie: ${before}${makeVisible(`${file}:${line}:${column}: ${message}`)}\n`);

function readText(file: string): RuleText {
  if (file === "-")
    throw new UsageError("rules are read from files, not from standard input; give a file's name");
  const bytes = Buffer.alloc(READ_MAX);
  let length = 0;
  try {
    const descriptor = openSync(file, "r");
    try {
      for (let read = -1; read !== 0 && length < READ_MAX; length += read) {
        read = readSync(descriptor, bytes, length, READ_MAX - length, null);
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}${suggestFile(file, error)}`);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length));
    return { name: file, text };
  } catch {
    throw new UsageError(`${file}: this is not text in UTF-8, so it is no rule file`);
  }
}

const reasonOf = (error: unknown): string =>
  ({
    ENOENT: "there is no such file",
    EISDIR: "this is a folder, not a file",
    EACCES: "no permission to read it",
  })[(error as NodeJS.ErrnoException).code ?? ""] ?? `cannot be read (${(error as Error).message})`;

/** For a file that does not exist, the one in its folder that is called nearly so. */
function suggestFile(file: string, error: unknown): string {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") return "";
  try {
    const folder = dirname(file);
    const name = nearest(basename(file), readdirSync(folder));
    return name === undefined ? "" : `; did you mean "${join(folder, name)}"?`;
  } catch {
    return "";
  }
}
