/** Standard input. */
import { fstatSync } from "node:fs";
import { describeSystemError, FileSource } from "./file.js";
import type { ByteSource } from "./source.js";
import { streamSource } from "./stream.js";
import { unpacked } from "./unpack.js";

/**
 * The capture on standard input; gzip is unpacked. A pipe is handed on as it comes, so a running
 * capture shows its flows at once; a redirected file is read like a file.
 * @example
 * ```ts
 * const source = openStdin(); // tcpdump -U -w - | node flows.js
 * source.name; // "-"
 * ```
 */
export function openStdin(): ByteSource {
  return unpacked(openDescriptor());
}

const STDIN = 0;

function openDescriptor(): ByteSource {
  let isFile = false;
  try {
    isFile = fstatSync(STDIN).isFile();
  } catch {
    // A closed standard input; Node's stream for it is empty.
  }
  // Never readSync on a pipe: signals would wait for the next packet.
  return isFile
    ? new FileSource("-", STDIN)
    : streamSource(process.stdin, "-", describeSystemError);
}
