/** Runs the built command as its users do: as a process of its own. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, "dist/cli/main.js");
if (!existsSync(main)) throw new Error("the command is not built: npm run build");

export interface Result {
  /** Exit code, or the signal that ended the process. */
  exit: number | NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Starts it in the repository's folder; nobody's COLUMNS, NO_COLOR or FORCE_COLOR has a say. */
export function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcessWithoutNullStreams {
  const { COLUMNS: _columns, NO_COLOR: _noColor, FORCE_COLOR: _force, ...inherited } = process.env;
  return spawn(process.execPath, [main, ...args], { cwd: root, env: { ...inherited, ...env } });
}

export function finished(child: ChildProcessWithoutNullStreams): Promise<Result> {
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("close", (code, signal) => resolve({ exit: code ?? signal, stdout, stderr }));
  });
}

/** Runs it to its end, with `input` on standard input. */
export function run(
  args: readonly string[],
  { input = "", env = {} }: { input?: Uint8Array | string; env?: NodeJS.ProcessEnv } = {},
): Promise<Result> {
  const child = start(args, env);
  child.stdin.on("error", () => {}); // it may end without reading
  child.stdin.end(input);
  return finished(child);
}

/** Waits until `text` has come out on standard output; what came so far. */
export function shown(child: ChildProcessWithoutNullStreams, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = "";
    const listen = (piece: Buffer) => {
      seen += piece.toString("utf8");
      if (!seen.includes(text)) return;
      child.stdout.off("data", listen);
      resolve(seen);
    };
    child.stdout.on("data", listen);
    child.on("close", () => reject(new Error(`ended without "${text}": ${seen}`)));
  });
}

/** A folder for this file's tests, gone after them. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "clairvoie-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const parseLines = (text: string): any[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
