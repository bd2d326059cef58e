/** What the streams of this process are, and how to write to a person who looks at them. */
import { writeSync } from "node:fs";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { styleText } from "node:util";
import { plain, type Style, type Tone } from "../sinks/style.js";

export const STDOUT = 1;
const STDERR = 2;

/** Cells of a line where output goes to `stream`; undefined where nobody set a limit. */
export function widthOf(stream: NodeJS.WriteStream): number | undefined {
  const asked = Number(process.env["COLUMNS"]);
  if (Number.isInteger(asked) && asked > 0) return asked;
  if (!stream.isTTY) return undefined;
  // Some pseudo-terminals say 0.
  return stream.columns || 80;
}

const looks: Record<Tone, Parameters<typeof styleText>[0]> = {
  faint: "dim",
  strong: "bold",
  proved: "green",
  likely: "yellow",
};

/**
 * Colours on a terminal, unless NO_COLOR (https://no-color.org) or the terminal's kind refuses them;
 * anywhere with FORCE_COLOR (https://force-color.org), as for `| less -R`.
 */
export function styleFor(descriptor: number): Style {
  const isRefused = Boolean(process.env["NO_COLOR"]) || process.env["TERM"] === "dumb";
  const force = process.env["FORCE_COLOR"] ?? "";
  const isForced = force !== "" && force !== "0" && force !== "false";
  if (!isForced && (isRefused || !isatty(descriptor))) return plain;
  return (tone, text) => styleText(looks[tone], text, { validateStream: false });
}

export const isTerminal = (descriptor: number) => isatty(descriptor);

/** Writes to standard error. Nobody may be there to read it; that is no reason to fail. */
export function say(text: string): void {
  try {
    writeWhole(STDERR, Buffer.from(text));
  } catch {
    // See above.
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of it before it returns, however slowly a pipe is read: memory stays bounded, and
 * nothing is lost when the process exits.
 */
export function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (cause) {
      // Someone made the pipe non-blocking, and it is full.
      if ((cause as NodeJS.ErrnoException).code !== "EAGAIN") throw cause;
      Atomics.wait(pause, 0, 0, 2);
    }
  }
}

/** 2 for SIGINT, 15 for SIGTERM. */
export const signalNumber = (signal: NodeJS.Signals) => constants.signals[signal];
