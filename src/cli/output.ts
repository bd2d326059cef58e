/**
 * Where the command's output goes: standard output or a file. Text is collected and written in
 * pieces of at least 64 KiB. A file gets its name only when it is whole: until then it stands beside
 * it under a temporary one.
 */
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { ClairvoieError } from "../record/errors.js";
import { makeVisible } from "../sinks/terminal.js";
import { EXIT_OK, EXIT_UNWRITABLE } from "./exit.js";
import { say, STDOUT, writeWhole } from "./terminal.js";

/** Characters collected before they are written. */
const PIECE = 65536;

/** Characters of a file's name that its temporary one repeats: a name has 255 bytes at most on most disks. */
const REPEATED = 60;

const temporaryName = (path: string): string =>
  join(
    dirname(path),
    `.${basename(path).slice(0, REPEATED)}.${randomBytes(6).toString("hex")}.part`,
  );

/** The reader of our output has gone, as `head` does when it has seen enough. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

export class Output {
  readonly #name: string;
  readonly #descriptor: number;
  /** Where to move the file to when it is whole. */
  readonly #move: { from: string; to: string } | undefined;
  #text = "";
  #isOpen = true;
  /** Called before bytes go out, for whoever has something on the same screen. */
  onWrite: (() => void) | undefined;

  /** @param path of a file; without it, standard output. */
  constructor(path?: string) {
    this.#name = path ?? "standard output";
    if (path === undefined) {
      this.#descriptor = STDOUT;
      return;
    }
    try {
      const existing = statSync(path, { throwIfNoEntry: false });
      if (existing !== undefined && !existing.isFile()) {
        this.#descriptor = openSync(path, "w"); // a device or a named pipe; a folder fails here
        return;
      }
      if (existing !== undefined) accessSync(path, constants.W_OK);
      // A link stays a link: the file it leads to is replaced.
      const to = existing === undefined ? path : realpathSync(path);
      const from = temporaryName(to);
      // Not one that somebody put there: it could be a link to another file.
      this.#descriptor = openSync(from, "wx");
      this.#move = { from, to };
      if (existing !== undefined) chmodSync(from, existing.mode & 0o7777);
    } catch (cause) {
      this.#removeTemporary();
      throw this.#failure(cause);
    }
  }

  readonly write = (text: string): void => {
    this.#text += text;
    if (this.#text.length >= PIECE) this.flush();
  };

  /** Writes what was collected. @throws ReaderGone, or ClairvoieError CANNOT_WRITE */
  flush(): void {
    if (this.#text === "") return;
    const bytes = Buffer.from(this.#text);
    this.#text = "";
    this.onWrite?.();
    try {
      writeWhole(this.#descriptor, bytes);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EPIPE") throw new ReaderGone();
      throw this.#failure(cause);
    }
  }

  /** Writes the rest; a file then gets its name. */
  finish(): void {
    this.flush();
    this.#isOpen = false;
    if (this.#descriptor === STDOUT) return;
    try {
      closeSync(this.#descriptor);
      if (this.#move !== undefined) renameSync(this.#move.from, this.#move.to);
    } catch (cause) {
      this.#removeTemporary();
      throw this.#failure(cause);
    }
  }

  /** Leaves nothing half-written behind; after `finish` it does nothing. */
  discard(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#text = "";
    if (this.#move === undefined) return;
    try {
      closeSync(this.#descriptor);
    } catch {
      // What it says of the bytes is of no interest any more.
    }
    this.#removeTemporary();
  }

  #removeTemporary(): void {
    try {
      if (this.#move !== undefined) unlinkSync(this.#move.from);
    } catch {
      // The disk that could not be written to may not let us tidy up either.
    }
  }

  #failure(cause: unknown): ClairvoieError {
    return new ClairvoieError("CANNOT_WRITE", `${this.#name}: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Does work that writes to a file, or without one (or with `-`) to standard output.
 * @returns the exit code: that of the work, or the one for an output that cannot be written
 */
export async function withOutput(
  path: string | undefined,
  work: (output: Output) => Promise<number>,
): Promise<number> {
  let output: Output | undefined;
  try {
    output = new Output(path === "-" ? undefined : path);
    return await work(output);
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT_OK;
    if (!(error instanceof ClairvoieError) || error.code !== "CANNOT_WRITE") throw error;
    say(`clairvoie: ${makeVisible(error.message)}\n`);
    return EXIT_UNWRITABLE;
  } finally {
    output?.discard();
  }
}

/** Why something could not be written. */
export function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return (code !== undefined && reasons[code]) || `cannot be written (${message})`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file grows too large for its disk",
  ENOENT: "the folder does not exist",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "this is a folder, not a file",
  EACCES: "no permission to write it",
  EPERM: "no permission to write it",
  EROFS: "the disk is read-only",
  EIO: "the disk or device reports an error",
};
