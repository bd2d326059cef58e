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

/** Frames taken of one fixture at most: long ones say the same over and over. */
const FRAMES_MOST = 60;

function load(random: Random): Frame[] {
  const records = new PcapRecords(
    new Uint8Array(readFileSync(new URL(random.pick(files), folder))),
  );
  const frames = Array.from(records, ({ seconds, nanoseconds, packet, wireLength }) => ({
    data: packet.slice(),
    sec: seconds,
    ns: nanoseconds,
    wire: wireLength,
  }));
  const from = frames.length > FRAMES_MOST && random.once(2) ? random.below(frames.length - 10) : 0;
  return frames.slice(from, from + FRAMES_MOST);
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
