/**
 * What dispatch may know about a step before its program runs: which bytes are possible at the first
 * positions, and how short a message may be. Both err on the side of letting through.
 */
import { POSITIONS } from "../engine/abi.js";
import { ANY, bothCases, type ByteSet, complement, contains, isAny, union } from "./bytes.js";
import type { Pattern, PatternOf, Sequence } from "./pattern.js";

/** The bytes possible at each of the next {@link POSITIONS} positions. */
type Ahead = readonly ByteSet[];

const ANYTHING: Ahead = Array.from({ length: POSITIONS }, () => ANY);

/**
 * Sequences looked at for one step at most. Repeats in repeats ask for each body thousands of times;
 * beyond this, anything is let through.
 */
const LOOKS_MAX = 20_000;
let looks = 0;

/** The bytes that may stand at each of the first positions of what a step matches. */
export function firstBytes(sequence: Sequence): readonly ByteSet[] {
  looks = 0;
  const ahead = before(sequence, ANYTHING);
  return looks > LOOKS_MAX ? ANYTHING : ahead;
}

/** Whether bytes may be the beginning of what has these first bytes. */
export function canBegin(sets: readonly ByteSet[], bytes: Uint8Array): boolean {
  const length = Math.min(sets.length, bytes.length);
  for (let at = 0; at < length; at++) if (!contains(sets[at]!, bytes[at]!)) return false;
  return true;
}

/** What is possible where a sequence begins, given what is possible behind it. */
function before(sequence: Sequence, behind: Ahead): Ahead {
  if (++looks > LOOKS_MAX) return ANYTHING;
  const end = sequence.findIndex(({ kind }) => kind === "accept");
  const matched = end < 0 ? sequence : sequence.slice(0, end);
  return matched.reduceRight<Ahead>(
    (ahead, pattern) => beforePattern(pattern, ahead),
    end < 0 ? behind : ANYTHING,
  );
}

function beforePattern(pattern: Pattern, behind: Ahead): Ahead {
  switch (pattern.kind) {
    case "literal":
      return inFront(
        [...pattern.text].map((character): ByteSet => {
          const code = character.charCodeAt(0);
          return pattern.nocase ? bothCases(code) : [[code, code]];
        }),
        behind,
      );
    case "byte":
      return inFront([pattern.set], behind);
    case "run":
      return beforeRun(pattern.set, pattern.min, pattern.max, behind);
    case "until":
      return beforeRun(complement([[pattern.byte, pattern.byte]]), 0, pattern.most, behind);
    case "line-end":
      return joined(inFront([[[13, 13]], [[10, 10]]], behind), inFront([[[10, 10]]], behind));
    case "few":
      return inFront(anyBytes(pattern.of), behind);
    case "skip":
      return typeof pattern.bytes === "number"
        ? inFront(anyBytes(pattern.bytes), behind)
        : ANYTHING;
    case "number":
      return inFront(bytesOfNumber(pattern), behind);
    case "within":
      return before(pattern.body, pattern.loose ? ANYTHING : behind);
    case "capture":
    case "capped":
      return before(pattern.body, behind);
    case "either":
      return pattern.alternatives.map((each) => before(each, behind)).reduce(joined);
    case "repeat":
      return beforeRepeat(pattern, behind);
    case "times":
      return joined(before(pattern.body, ANYTHING), behind);
    case "after-lines":
      return pattern.most === 0 ? before(pattern.body, behind) : ANYTHING;
    case "name":
      return inFront(
        [
          pattern.pointers
            ? [
                [0, 63],
                [192, 255],
              ]
            : [[0, 63]],
        ],
        ANYTHING,
      );
    case "at-end":
    case "rest":
    case "dissect":
    case "accept":
      return ANYTHING;
    default:
      return behind;
  }
}

const anyBytes = (count: number): ByteSet[] =>
  Array.from({ length: Math.min(count, POSITIONS) }, () => ANY);

const inFront = (sets: readonly ByteSet[], behind: Ahead): Ahead =>
  [...sets, ...behind].slice(0, POSITIONS);

const joined = (a: Ahead, b: Ahead): Ahead =>
  a === b ? a : a.map((set, at) => (isAny(set) ? set : union(set, b[at]!)));

function beforeRun(set: ByteSet, min: number, max: number, behind: Ahead): Ahead {
  const longest = Math.min(max, POSITIONS);
  let ahead: Ahead | undefined;
  for (let length = Math.min(min, longest); length <= longest; length++) {
    const possible = inFront(
      Array.from({ length }, () => set),
      behind,
    );
    ahead = ahead ? joined(ahead, possible) : possible;
  }
  return ahead ?? behind;
}

function beforeRepeat({ body, min, max }: PatternOf<"repeat">, behind: Ahead): Ahead {
  let ahead = behind;
  const rounds = Math.min(max - min, POSITIONS);
  for (let round = 0; round < rounds; round++) ahead = joined(behind, before(body, ahead));
  if (max - min > rounds) ahead = joined(ahead, before(body, ANYTHING));
  for (let round = 0; round < Math.min(min, POSITIONS); round++) ahead = before(body, ahead);
  return ahead;
}

/** The possible values of each byte of a number. Bounds narrow the highest byte; exact values all of them. */
function bytesOfNumber({ width, little, where }: PatternOf<"number">): ByteSet[] {
  const sets = Array.from({ length: width }, (_, rank): ByteSet => {
    const unit = 256 ** (width - 1 - rank);
    const possible = union(
      ...where.ranges.map(([low, high]): ByteSet => {
        if (Math.floor(high / unit) - Math.floor(low / unit) >= 255) return ANY;
        const first = Math.floor(low / unit) & 255;
        const last = Math.floor(high / unit) & 255;
        return first <= last
          ? [[first, last]]
          : [
              [0, last],
              [first, 255],
            ];
      }),
    );
    const mask = Math.floor(where.mask / unit) & 255;
    const bits = Math.floor(where.bits / unit) & 255;
    if (mask === 0) return possible;
    return union(
      possible.flatMap(([low, high]) =>
        Array.from({ length: high - low + 1 }, (_unused, index) => low + index)
          .filter((value) => (value & mask) === bits)
          .map((value) => [value, value] as const),
      ),
    );
  });
  return little ? sets.toReversed() : sets;
}

/** The fewest bytes that a step can match. */
export function shortest(sequence: Sequence): number {
  let total = 0;
  for (const pattern of sequence) {
    if (pattern.kind === "accept" || pattern.kind === "dissect") break;
    total += shortestOf(pattern);
  }
  return total;
}

function shortestOf(pattern: Pattern): number {
  switch (pattern.kind) {
    case "literal":
      return pattern.text.length;
    case "byte":
    case "line-end":
    case "name":
      return 1;
    case "run":
      return pattern.min;
    case "few":
      return pattern.of;
    case "skip":
      return typeof pattern.bytes === "number" ? pattern.bytes : 0;
    case "number":
      return pattern.width;
    case "within":
    case "capture":
    case "capped":
    case "after-lines":
      return shortest(pattern.body);
    case "either":
      return Math.min(...pattern.alternatives.map(shortest));
    case "repeat":
      return pattern.min * shortest(pattern.body);
    default:
      return 0;
  }
}
