/**
 * The fact mask: which facts an instance may emit. The engine obeys it, so a masked fact leaves no
 * value, no digest and no empty place in a result: it looks like a fact that the traffic did not have.
 */
import { OptionError } from "../record/errors.js";
import { suggestion } from "./suggest.js";

/** What an instance is created for. It sets the most that a selection may ask for. */
export type Purpose = "own-capture";

/**
 * How much a fact tells about a person, least first: D3 list id, D4 host name, D5 other layer-7
 * metadata. Payload bytes (D6) are never a fact.
 */
const LEVELS = ["D3", "D4", "D5"] as const;
type Level = (typeof LEVELS)[number];

/** `own-capture`: a person's own device, or a capture they may see. */
const highestLevel: Record<Purpose, Level> = { "own-capture": "D5" };

/** What the mask needs to know of a fact; its id is its place in the list. */
export interface MaskableFact {
  readonly name: string;
  readonly level: Level;
  /** The classifier reads it for itself and tells nobody, so no selection concerns it. */
  readonly inspected?: true;
  /** It has no value, and tells only which protocol comes next: nothing to be masked, or to be asked for. */
  readonly carries?: string;
}

/**
 * `true`: all facts that the purpose allows; `false`: none; or a list of names (`tls.sni`), patterns
 * (`tls.*`, `*.host`) and levels (`D4`: all that tell no more than a host name).
 */
export type FactSelection = boolean | readonly string[];

export interface FactMask {
  /** Bit f (byte f >> 3, bit f & 7) is 1 where the engine may hand out the fact with id f: to be emitted, or inspected. */
  readonly bits: Uint8Array;
  /** Names of those that may be emitted, in order of ids. */
  readonly names: readonly string[];
}

/** Bytes of a mask: the engine has room for 4,096 facts. */
export const MASK_BYTES = 512;

/** @throws OptionError on a name, pattern or level that selects nothing. */
export function maskFacts(
  facts: readonly MaskableFact[],
  selection: FactSelection = true,
  purpose: Purpose = "own-capture",
): FactMask {
  if (facts.length > MASK_BYTES * 8) throw new RangeError("more facts than a mask has bits");
  const isWanted = selects(
    facts.filter(({ inspected, carries }) => !inspected && carries === undefined),
    selection,
  );
  const bits = new Uint8Array(MASK_BYTES);
  const names: string[] = [];
  for (const [id, fact] of facts.entries()) {
    if (fact.inspected || fact.carries !== undefined) {
      bits[id >> 3]! |= 1 << (id & 7);
      continue;
    }
    if (!isWanted(fact) || !isWithin(fact, highestLevel[purpose])) continue;
    bits[id >> 3]! |= 1 << (id & 7);
    names.push(fact.name);
  }
  return { bits, names };
}

const isWithin = (fact: MaskableFact, level: Level) =>
  LEVELS.indexOf(fact.level) <= LEVELS.indexOf(level);

type FactTest = (fact: MaskableFact) => boolean;

function selects(facts: readonly MaskableFact[], selection: FactSelection): FactTest {
  if (typeof selection === "boolean") return () => selection;
  if (!Array.isArray(selection)) {
    throw new OptionError(
      "facts",
      'facts: neither true, false nor a list, such as ["tls.*", "D4"]',
    );
  }
  const tests = selection.map((selector) => parseSelector(facts, selector.trim()));
  return (fact) => tests.some((test) => test(fact));
}

function parseSelector(facts: readonly MaskableFact[], selector: string): FactTest {
  const level = LEVELS.find((name) => name === selector.toUpperCase());
  if (level !== undefined) return (fact) => isWithin(fact, level);
  const test: FactTest = selector.includes("*")
    ? (fact) => matchesPattern(fact.name, selector)
    : (fact) => fact.name === selector;
  if (facts.some(test)) return test;
  throw new OptionError(
    "facts",
    `no fact or level (D3, D4, D5) is called "${selector}"${suggest(facts, selector)}`,
  );
}

/** All of a protocol's facts (`tls.*`), or the nearest name. */
function suggest(facts: readonly MaskableFact[], selector: string): string {
  const protocols = facts.map((fact) => `${fact.name.split(".")[0]}.*`);
  return suggestion(selector, [...new Set(protocols), ...facts.map((fact) => fact.name)]);
}

/** `*` stands for any text. No regular expression: a pattern can be long and must not backtrack. */
function matchesPattern(name: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const last = parts.pop()!;
  const [first = "", ...middle] = parts;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of middle) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length >= at + last.length && name.endsWith(last);
}
