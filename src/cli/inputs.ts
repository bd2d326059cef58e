/** What a command line reads: captures (files, standard input, pipes), rules; and what is said of those that cannot be read. */
import { createReadStream, fstatSync, openSync, readdirSync, statSync, type Stats } from "node:fs";
import { Socket } from "node:net";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { nearest } from "../policy/suggest.js";
import type { Rules } from "../rules/index.js";
import { CaptureError, type ClairvoieError } from "../record/errors.js";
import { makeVisible } from "../sinks/terminal.js";
import { openCapture } from "../sources/file.js";
import type { ByteSource } from "../sources/source.js";
import { openStdin } from "../sources/stdin.js";
import { openStream } from "../sources/stream.js";
import { UsageError } from "./exit.js";
import { isTerminal, say } from "./terminal.js";

export interface Input {
  file: string;
  /** Where it is not a file: what arrives in its own time. */
  stream: Readable | undefined;
}

export function checkInputs(files: readonly string[]): void {
  const isStdinGiven = files.includes("-");
  if (isStdinGiven && files.indexOf("-") !== files.lastIndexOf("-")) {
    throw new UsageError("standard input (-) can be read only once");
  }
  if (isStdinGiven && isTerminal(0)) {
    throw new UsageError("standard input (-) is this terminal; pipe a capture into it");
  }
}

/** Opening a named pipe waits for its writer. */
export const toInput = (file: string): Input => ({ file, stream: streamOf(file) });

export const openInput = ({ file, stream }: Input): ByteSource =>
  file === "-" ? openStdin() : stream ? openStream(stream, file) : openCapture(file);

/** A pipe, a socket or a device; undefined for files, and for what cannot be read at all. */
function streamOf(file: string): Readable | undefined {
  if (file === "-") return fstatSync(0).isFile() ? undefined : process.stdin;
  const status = statusOf(file);
  if (status === undefined || status.isFile() || status.isDirectory()) return undefined;
  if (!status.isFIFO()) return createReadStream(file);
  try {
    // A file stream's pending read on a silent pipe would keep the process from exiting.
    return new Socket({ fd: openSync(file, "r"), readable: true, writable: false });
  } catch {
    return undefined;
  }
}

/** Undefined where there is no such file, or nobody may know: reading it will say why. */
export function statusOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

export function report(error: ClairvoieError): void {
  say(`clairvoie: ${makeVisible(describe(error))}\n`);
}

function describe(error: ClairvoieError): string {
  if (!(error instanceof CaptureError) || error.code !== "CANNOT_READ" || error.offset > 0) {
    return error.message;
  }
  // Nothing was read of it, so no byte is to blame.
  return `${error.file}: ${error.reason}${suggestFile(error)}`;
}

/** For a file that does not exist, the one in its folder that is called nearly so. */
function suggestFile({ file, cause }: CaptureError): string {
  if ((cause as NodeJS.ErrnoException | undefined)?.code !== "ENOENT") return "";
  try {
    const folder = dirname(file);
    const name = nearest(basename(file), readdirSync(folder));
    return name === undefined
      ? ""
      : `; did you mean "${folder === "." ? name : join(folder, name)}"?`;
  } catch {
    return "";
  }
}

/** The user's own protocols, or null where something in their files is wrong, which is said then. */
export async function loadOwn(
  files: readonly string[],
  { quiet = false }: { quiet?: boolean },
): Promise<Rules | null> {
  const { loadRules } = await import("./rules.js");
  return (await loadRules(files, { quiet })) ?? null;
}
