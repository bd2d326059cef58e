/**
 * `npm run fuzz:captures -- FOLDER…`: every file of these folders through all engines, as it is and in pieces, with one pair
 * of options that follows from its name.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { findDifference, type Work } from "./differ.js";
import { Random } from "./random.js";

/** Paths of the files in a folder and those below it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .toSorted();
}

/** What differs between engines, or is wrong in one; undefined if nothing is. */
export async function judgeCapture(path: string, work?: Work): Promise<string | undefined> {
  const random = new Random(path.length, 0);
  const options = { seed: random.word(), lingerTimeout: 5 };
  try {
    const difference = await findDifference(
      { capture: new Uint8Array(readFileSync(path)), options, pieces: random.word() & 0xffff },
      { ...(work && { work }), thorough: true },
    );
    return difference && `${difference.between}: ${difference.what}`;
  } catch (error) {
    return (error as Error).stack ?? String(error);
  }
}

if (process.argv[1] === import.meta.filename) {
  const work: Work = { packets: 0, payloads: 0, programs: 0, steps: 0, runs: 0 };
  const paths = process.argv.slice(2).flatMap(filesIn);
  let differ = 0;
  for (const path of paths) {
    const what = await judgeCapture(path, work);
    if (what === undefined) continue;
    differ++;
    console.log(`${path}: ${what.slice(0, 2000)}`);
  }
  const packets = work.packets.toLocaleString("en");
  console.log(`${paths.length} files, ${packets} packets; ${differ} differ`);
  process.exitCode = differ === 0 && paths.length > 0 ? 0 : 1;
}
