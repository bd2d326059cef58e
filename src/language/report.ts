/** What the catalog's signatures are worth, for people: a table, and the odds of a false name. */
import { openersOf, THRESHOLD, byRole } from "./compile.js";
import { BACKGROUNDS, type SignatureEntry } from "./catalog.js";
import type { Definition, Signature } from "./definition.js";
import { creditOf } from "./program.js";
import { add, type Lanes, lanes, ZERO } from "./probability.js";
import { mostEvidence } from "./totals.js";

/** The odds that must not be exceeded, for a flow of any background to get any name. */
export const FALSE_NAMES = 1e-6;

export interface SignatureWorth {
  readonly name: string;
  /** Bits that are certain once all steps matched, and the most there can be. Infinite where exempt. */
  readonly least: Lanes;
  readonly most: Lanes;
  /** Bits that are certain once one of its openers matched, for each. */
  readonly openers: readonly Lanes[];
}

export const worths = (definitions: readonly Definition[]): SignatureWorth[] =>
  definitions.flatMap(({ name, signatures = {} }) =>
    Object.entries(signatures).map(([key, signature]) => worthOf(`${name}/${key}`, signature)),
  );

function worthOf(name: string, signature: Signature): SignatureWorth {
  const { client, server } = byRole(signature);
  const steps = [...client, ...server].map((sequence) => ({
    sequence,
    worth: creditOf(sequence, signature.exempt),
  }));
  return {
    name,
    least: steps.map(({ worth }) => worth.main).reduce<Lanes>(add, ZERO),
    most: steps
      .map(({ sequence, worth }) => mostEvidence(sequence, worth))
      .reduce<Lanes>(add, ZERO),
    openers: openersOf(signature).map(({ sequence }) => creditOf(sequence, signature.exempt).main),
  };
}

/**
 * Per background, the odds that a flow gets a name: 2^-T for each opener of what can reach T at all, or
 * less where the opener's own evidence is already more. Each direction of a flow has a chance.
 */
export const falseNames = (all: readonly SignatureWorth[]): Lanes =>
  lanes((lane) =>
    all.reduce((sum, { least, most, openers }) => {
      const isExempt = least[lane] === Number.POSITIVE_INFINITY;
      if (isExempt || Math.min(...most) < THRESHOLD) return sum;
      const odds = openers.map((opener) => 2 * 2 ** -Math.max(THRESHOLD, opener[lane]!));
      return odds.reduce((total, each) => total + each, sum);
    }, 0),
  );

const column = (value: string, width: number): string => value.padStart(width);

function range(least: number, most: number): string {
  if (least === Number.POSITIVE_INFINITY) return "is it";
  const [low, high] = [least, Math.min(most, 8191)].map((value) => value.toFixed(0));
  return low === high ? low! : `${low}…${high}`;
}

/** The table, one signature a line: least … most bits per background. */
export function reportTable(all: readonly SignatureWorth[]): string {
  const head = ["signature".padEnd(24), ...BACKGROUNDS.map((name) => column(name, 10))].join("");
  const rows = all.map(({ name, least, most }) =>
    [name.padEnd(24), ...least.map((low, lane) => column(range(low, most[lane]!), 10))].join(""),
  );
  return [head, ...rows].join("\n");
}

/** The sums, one line. */
export function reportSums(all: readonly SignatureWorth[]): string {
  const sums = falseNames(all).map((sum, lane) => `${BACKGROUNDS[lane]} ${sum.toExponential(1)}`);
  return `false names per flow at T = ${THRESHOLD} bits: ${sums.join(", ")} (at most ${FALSE_NAMES})`;
}

/** Signatures that are new, or worth something else than before. */
export function changedSince(
  before: readonly SignatureEntry[],
  after: readonly SignatureEntry[],
): ReadonlySet<string> {
  const worthOfEach = ({ name, certain, bits }: SignatureEntry) =>
    JSON.stringify([name, certain, bits]);
  const known = new Set(before.map(worthOfEach));
  return new Set(after.filter((each) => !known.has(worthOfEach(each))).map(({ name }) => name));
}
