/** A case as files: the capture, and beside it in JSON all else that a run needs. */
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClassifierOptions } from "../../src/classifier/options.js";
import { PcapRecords } from "../support/pcap-records.js";
import type { Case } from "./case.js";

interface Beside {
  options: ClassifierOptions;
  pieces: number;
  /** The capture is plain enough that its packets can be pushed as well. */
  isPlain: boolean;
}

/** Returns the path of the capture. */
export function writeCase(fuzzed: Case, name: string): string {
  const path = join(tmpdir(), `${name}.pcap`);
  const { capture, options, pieces, packets } = fuzzed;
  const beside: Beside = { options, pieces, isPlain: packets !== undefined };
  writeFileSync(path, capture);
  writeFileSync(`${path}.json`, JSON.stringify(beside, undefined, 1));
  return path;
}

export function readCase(path: string): Case {
  const capture = new Uint8Array(readFileSync(path));
  const { options, pieces, isPlain } = JSON.parse(readFileSync(`${path}.json`, "utf8")) as Beside;
  if (!isPlain) return { capture, options, pieces };
  const records = new PcapRecords(capture);
  const frames = Array.from(records, ({ seconds, nanoseconds, packet, wireLength }) => ({
    data: packet.slice(),
    sec: seconds,
    ns: nanoseconds,
    wire: wireLength,
  }));
  return { capture, options, pieces, packets: { frames, linkType: records.linkType } };
}
