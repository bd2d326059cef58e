import type { Facts } from "./facts.js";
import type { LiveFlows } from "./live.js";

/** The values of one payload. */
interface Found {
  readonly event: number;
  readonly row: number;
  readonly values: (readonly [fact: number, value: string | number])[];
}

/**
 * Values that were found in rounds, until their packet's turn comes: memory is given to facts in packet order, so what
 * gets none does not depend on windows. A window's values at most wait here.
 */
export class FoundFacts {
  readonly #live: LiveFlows;
  readonly #facts: Facts;
  #waiting: Found[] = [];
  #next = 0;

  constructor(live: LiveFlows, facts: Facts) {
    this.#live = live;
    this.#facts = facts;
  }

  /** Begins a payload's values. */
  open(event: number, row: number): Found["values"] {
    const found: Found = { event, row, values: [] };
    this.#waiting.push(found);
    return found.values;
  }

  keep(row: number, fact: number, value: string | number): void {
    const { facts, share } = this.#live.extrasOf(row);
    this.#facts.add(facts, share, fact, value);
  }

  sort(): void {
    this.#waiting.sort((a, b) => a.event - b.event);
  }

  /** Keeps what was found up to an event. */
  apply(upTo: number): void {
    for (; (this.#waiting[this.#next]?.event ?? Infinity) <= upTo; this.#next++) {
      const { row, values } = this.#waiting[this.#next]!;
      for (const [fact, value] of values) this.keep(row, fact, value);
    }
  }

  clear(): void {
    this.#waiting = [];
    this.#next = 0;
  }
}
