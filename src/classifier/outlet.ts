import type { ClassifierEvent, TrapEvent, VerdictEvent } from "../record/events.js";
import type { FlowRecord } from "../record/record.js";
import type { ClassifierOptions } from "./options.js";

/** What leaves the classifier: by its callbacks and, for verdicts, as what `push` returns. */
export class Outlet {
  readonly #options: ClassifierOptions;
  /** The last verdict since somebody set it back. */
  pushed: VerdictEvent | undefined;

  constructor(options: ClassifierOptions) {
    this.#options = options;
  }

  /** Does anybody listen to events? */
  get isHeard(): boolean {
    return this.#options.onEvent !== undefined;
  }

  verdict(verdict: VerdictEvent): void {
    this.pushed = verdict;
    this.#options.onEvent?.(verdict);
  }

  event(event: ClassifierEvent): void {
    this.#options.onEvent?.(event);
  }

  trap(trap: TrapEvent): void {
    this.#options.onTrap?.(trap);
    this.#options.onEvent?.(trap);
  }

  record(record: FlowRecord): void {
    this.#options.onRecord?.(record);
    this.#options.onEvent?.({ type: "end", record });
  }
}
