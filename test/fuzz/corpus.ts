/** Cases made of what is known to be right: number → case. */
import type { Frame } from "../support/packets.js";
import { damageFile, drawFile, drawOptions, type Case } from "./case.js";
import { mendChecksums } from "./checksums.js";
import { beginning, carried } from "./frames.js";
import { mutateFrames, relink } from "./mutate.js";
import { Random } from "./random.js";

export function corpusCase(seed: number, number: number): Case {
  const random = new Random(seed, number);
  let { frames, linkType } = beginning(random);
  if (random.once(4)) {
    // Two spliced, each in its own order.
    const { frames: other, linkType: otherType } = beginning(random);
    if (otherType === linkType) frames = merged(random, frames, other);
  }
  // Mutated as they are, and what carries them again.
  if (linkType === 1 && random.once(6)) {
    if (random.once(2)) mutateFrames(random, frames);
    frames = carried(random, frames);
  }
  mutateFrames(random, frames);
  if (linkType === 1) {
    // Those who look at sums believe nothing else.
    if (random.once(2)) mendChecksums(frames);
    if (random.once(8)) ({ frames, linkType } = relink(random, frames));
  }
  const options = drawOptions(random);
  const { capture, isPlain } = drawFile(random, frames, linkType);
  const pieces = random.word();
  if (random.once(6)) return { capture: damageFile(random, capture), options, pieces };
  return { capture, options, pieces, ...(isPlain && { packets: { frames, linkType } }) };
}

function merged(random: Random, one: Frame[], other: Frame[]): Frame[] {
  const all: Frame[] = [];
  while (one.length > 0 || other.length > 0) {
    const from = other.length === 0 || (one.length > 0 && random.once(2)) ? one : other;
    all.push(from.shift()!);
  }
  return all;
}
