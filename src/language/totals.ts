/** Sums over a step's or a signature's evidence: what it can give at most, and how often a background reaches T. */
import { type Worth, untilAccept } from "./evidence.js";
import { inner, type Pattern, type Sequence } from "./pattern.js";
import { add, type Lanes, larger, ZERO } from "./probability.js";

/** Label characters of the longest name: RFC 1035 §2.3.4 allows 255 bytes with lengths and root label. */
const NAME_CHARACTERS = 250;

/** The most evidence that a step can give. */
export const mostEvidence = (sequence: Sequence, { main, extra }: Worth): Lanes =>
  add(main, mostExtra(untilAccept(sequence), extra));

function mostExtra(sequence: Sequence, extra: Worth["extra"]): Lanes {
  return sequence.map((pattern) => mostOf(pattern, extra)).reduce<Lanes>(add, ZERO);
}

function mostOf(pattern: Pattern, extra: Worth["extra"]): Lanes {
  const own = extra.get(pattern) ?? ZERO;
  const inside = inner(pattern)
    .map((body) => mostExtra(body, extra))
    .reduce<Lanes>(larger, ZERO);
  switch (pattern.kind) {
    case "name":
      return own.map((value) => value * NAME_CHARACTERS);
    case "times":
      return add(own, inside).map((value) => value * pattern.most);
    case "repeat":
      return inside.map((value) => value * pattern.max);
    case "not":
      return ZERO;
    default:
      return add(own, inside);
  }
}
