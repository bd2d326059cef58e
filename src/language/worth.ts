/** What a signature is worth, in lines for whoever writes it. */
import { BACKGROUNDS, type Catalog } from "./catalog.js";
import { scriptsOf } from "./check.js";
import type { Signature } from "./definition.js";
import { leastOf, powerOf } from "./odds.js";
import { add, type Lanes, ZERO } from "./probability.js";
import { creditOf } from "./program.js";
import { mostEvidence } from "./totals.js";

export const POWERS = {
  alone: "names flows alone, whatever their ports",
  corroborated: "is weak: it names a flow only on the protocol's ports, when the flow has ended",
  never: "names nothing: too little evidence, or no port to corroborate it",
} as const;

const sayRange = (least: number, most: number): string => {
  const [low, high] = [Math.floor(least), Math.floor(most)];
  return low === high ? `${low}` : `${low} … ${high}`;
};

/**
 * Bits per background and against the one that decides, per side where one side may name alone, and what
 * that is enough for.
 */
export function describeWorth(name: string, signature: Signature, catalog: Catalog): string[] {
  const { threshold } = catalog;
  const entry = catalog.signatures.find((each) => each.name === name)!;
  const lanes = BACKGROUNDS.map((background, lane) =>
    lane === entry.exempt
      ? `${background} (exempt)`
      : `${background} ${sayRange(entry.certain[lane]!, entry.bits[lane]!)}`,
  );
  const together = sayRange(leastOf(entry.certain), leastOf(entry.bits));
  return [
    `bits: ${lanes.join(", ")}; the least, ${together}, decides, and a name needs ${threshold}`,
    ...describeSides(signature, threshold),
    `it ${POWERS[powerOf(entry, catalog.protocols[entry.protocol]!)]}`,
  ];
}

/** Without `both`, a side is heard alone until the other speaks. */
function describeSides(signature: Signature, threshold: number): string[] {
  const sides = scriptsOf(signature);
  if (signature.both || sides.length < 2) return [];
  const told = sides.map(({ role, script }) => {
    const steps = script.map((step) => ({ step, credit: creditOf(step, signature.exempt) }));
    const sum = (of: readonly Lanes[]) => leastOf(of.reduce<Lanes>(add, ZERO));
    const least = sum(steps.map(({ credit }) => credit.main));
    const most = sum(steps.map(({ step, credit }) => mostEvidence(step, credit)));
    return `${role} alone ${sayRange(least, most)}${most < threshold ? ", not enough" : ""}`;
  });
  return [`either side may name it: ${told.join("; ")}`];
}
