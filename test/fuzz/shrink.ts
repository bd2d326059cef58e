/** Makes a case that differs smaller while it still does: fewer packets, then fewer bytes. */
import { pcapFile, type Frame } from "../support/packets.js";
import { concatenate, type Case } from "./case.js";

type Differs = (fuzzed: Case) => Promise<boolean>;

/** Drops runs of parts, long runs first, as long as what is left `still` differs. */
async function fewer<T>(
  parts: readonly T[],
  still: (parts: readonly T[]) => Promise<boolean>,
  isOver: () => boolean,
): Promise<readonly T[]> {
  let left = parts;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < left.length && !isOver();) {
      const without = [...left.slice(0, at), ...left.slice(at + size)];
      if (without.length > 0 && (await still(without))) left = without;
      else at += size;
    }
  }
  return left;
}

const withFrames = (fuzzed: Case, frames: readonly Frame[], linkType: number): Case => ({
  ...fuzzed,
  capture: pcapFile(frames, { linkType, nanoseconds: true }),
  packets: { frames, linkType },
});

/** `milliseconds` of work at most; gives what it has by then. */
export async function shrink(fuzzed: Case, differs: Differs, milliseconds: number): Promise<Case> {
  const end = Date.now() + milliseconds;
  const isOver = () => Date.now() > end;
  const { frames, linkType } = fuzzed.packets ?? { frames: [], linkType: 1 };
  const plain = withFrames(fuzzed, frames, linkType);
  if (frames.length > 0 && (await differs(plain))) {
    let best = plain;
    const tried = async (candidate: readonly Frame[]): Promise<boolean> => {
      const smaller = withFrames(fuzzed, candidate, linkType);
      const does = await differs(smaller);
      if (does) best = smaller;
      return does;
    };
    const left = [...(await fewer(frames, tried, isOver))];
    for (let index = left.length - 1; index >= 0 && !isOver(); index--) {
      const frame = left[index]!;
      await fewer(
        Array.from(frame.data),
        (bytes) => {
          left[index] = { ...frame, data: Uint8Array.from(bytes), wire: bytes.length };
          return tried([...left]);
        },
        isOver,
      );
      left[index] = best.packets!.frames[index]!;
    }
    return best;
  }
  // A damaged file, or one that says more than packets: blocks of bytes as they stand.
  let best = { ...fuzzed };
  delete best.packets;
  if (!(await differs(best))) return fuzzed;
  const size = Math.max(1, Math.min(16, Math.ceil(fuzzed.capture.length / 2000)));
  const parts = Array.from({ length: Math.ceil(fuzzed.capture.length / size) }, (_, index) =>
    fuzzed.capture.subarray(index * size, (index + 1) * size),
  );
  await fewer(
    parts,
    async (left) => {
      const smaller = { ...best, capture: concatenate(left) };
      const does = await differs(smaller);
      if (does) best = smaller;
      return does;
    },
    isOver,
  );
  return best;
}
