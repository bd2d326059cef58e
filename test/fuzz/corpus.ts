/** Cases made of fixtures: number → case, the same for ever with the same seed and fixtures. */
import { readFileSync } from "node:fs";
import { readManifest } from "../../lab/fixtures.js";
import type { Frame } from "../support/packets.js";
import { PcapRecords } from "../support/pcap-records.js";
import { damageFile, drawFile, drawOptions, type Case } from "./case.js";
import { mutateFrames, relink } from "./mutate.js";
import { Random } from "./random.js";

const folder = new URL("../../fixtures/", import.meta.url);
const files = readManifest()
  .filter(({ linkType, format }) => linkType === "EN10MB" && format.startsWith("pcap-"))
  .map(({ file }) => file)
  .filter((file) => file.endsWith(".pcap"));

/** Frames taken of one fixture at most: flows are decided by their first packets, and a short case is a cheap one. */
const FRAMES_MOST = [2, 4, 6, 6, 8, 8, 12, 12, 16, 60];

const loaded = new Map<string, readonly Frame[]>();

function framesOf(file: string): readonly Frame[] {
  let frames = loaded.get(file);
  if (frames === undefined) {
    const records = new PcapRecords(new Uint8Array(readFileSync(new URL(file, folder))));
    frames = Array.from(records, ({ seconds, nanoseconds, packet, wireLength }) => ({
      data: packet.slice(),
      sec: seconds,
      ns: nanoseconds,
      wire: wireLength,
    }));
    loaded.set(file, frames);
  }
  return frames;
}

/** Some frames of a fixture, which may be written to. */
function load(random: Random): Frame[] {
  const frames = framesOf(random.pick(files));
  const most = random.pick(FRAMES_MOST);
  const from = frames.length > most && random.once(2) ? random.below(frames.length - 1) : 0;
  return frames.slice(from, from + most).map((frame) => ({ ...frame, data: frame.data.slice() }));
}

export function corpusCase(seed: number, number: number): Case {
  const random = new Random(seed, number);
  let frames = load(random);
  if (random.once(3)) {
    // Two captures spliced, each in its own order.
    const other = load(random);
    const merged: Frame[] = [];
    while (frames.length > 0 || other.length > 0) {
      const from = other.length === 0 || (frames.length > 0 && random.once(2)) ? frames : other;
      merged.push(from.shift()!);
    }
    frames = merged;
  }
  mutateFrames(random, frames);
  let linkType = 1;
  if (random.once(8)) ({ frames, linkType } = relink(random, frames));
  const options = drawOptions(random);
  const { capture, isPlain } = drawFile(random, frames, linkType);
  const pieces = random.word();
  if (random.once(6)) return { capture: damageFile(random, capture), options, pieces };
  return { capture, options, pieces, ...(isPlain && { packets: { frames, linkType } }) };
}
