/** What signatures of a catalog may name, and the odds of a false name by all of them together. */
import type { Catalog, ProtocolEntry, SignatureEntry } from "./catalog.js";
import { THRESHOLD } from "./compile.js";
import { CORROBORATED_FROM } from "./limits.js";
import { type Lanes, lanes } from "./probability.js";
import { FALSE_NAMES } from "./report.js";

/** Evidence is counted up to here; only against a background that a protocol is exempt from is there more. */
const SATURATED = 8191;

const isExempt = (bits: number): boolean => bits >= SATURATED;

/** The bits against the background that explains it best. */
export const leastOf = (bits: readonly number[]): number => Math.min(...bits);

/** Per background, the odds that a flow gets this name. See `report.ts`. */
export function oddsOf({ bits, certain, either, steps, weak }: SignatureEntry): Lanes {
  const openers = either ? 1 : (steps.client > 0 ? 1 : 0) + (steps.server > 0 ? 1 : 0);
  const canName = leastOf(bits) >= THRESHOLD && weak !== true;
  return lanes((lane) =>
    !canName || isExempt(certain[lane]!)
      ? 0
      : 2 * openers * 2 ** -Math.max(THRESHOLD, certain[lane]!),
  );
}

/**
 * The catalog in which signatures from `first` on are weak where all of them together would name
 * foreign flows too often. The stricter ones are kept.
 */
export function keepOdds(catalog: Catalog, first: number): Catalog {
  const sums = lanes(() => 0).slice();
  const spend = (odds: Lanes) => odds.forEach((each, lane) => (sums[lane]! += each));
  for (const entry of catalog.signatures.slice(0, first)) spend(oddsOf(entry));
  const weak = new Set<SignatureEntry>();
  const worst = (entry: SignatureEntry) => Math.max(...oddsOf(entry));
  for (const entry of catalog.signatures.slice(first).sort((a, b) => worst(a) - worst(b))) {
    const odds = oddsOf(entry);
    if (odds.every((each, lane) => sums[lane]! + each <= FALSE_NAMES)) spend(odds);
    else weak.add(entry);
  }
  if (weak.size === 0) return catalog;
  const signatures = catalog.signatures.map((entry) =>
    weak.has(entry) ? { ...entry, weak: true as const } : entry,
  );
  return { ...catalog, signatures };
}

/**
 * - `alone`: it names flows whatever their ports.
 * - `corroborated`: only on the protocol's ports, when a flow has ended.
 * - `never`: there is too little evidence, or no port to corroborate it.
 */
export type Power = "alone" | "corroborated" | "never";

export function powerOf(entry: SignatureEntry, { ports }: ProtocolEntry): Power {
  const least = leastOf(entry.bits);
  if (least >= THRESHOLD && entry.weak !== true) return "alone";
  const hasPorts = Object.values(ports).some((each) => each.length > 0);
  return least >= CORROBORATED_FROM && hasPorts ? "corroborated" : "never";
}
