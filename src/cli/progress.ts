/** One line on standard error that says how far we are. Only where a person can see it. */
import { formatDuration } from "../sinks/summary.js";
import { cutEnd, formatAmount, formatBytes, makeVisible } from "../sinks/terminal.js";
import { say, widthOf } from "./terminal.js";

/** Milliseconds before the line first shows, and between changes: most captures are done sooner. */
const PATIENCE = 500;
const PERIOD = 100;

/** Carriage return, and "erase to the end of the line" (ECMA-48 EL). */
const ERASE = "\r\u001b[K";

export class Progress {
  readonly #begin = performance.now();
  readonly #total: number | undefined;
  #next = PATIENCE;
  #isShown = false;

  /** @param total bytes of all captures, where all sizes are known. */
  constructor(total: number | undefined) {
    this.#total = total;
  }

  /** Cheap: most calls only look at the clock. */
  update(name: string, bytes: number, flows: number): void {
    const elapsed = performance.now() - this.#begin;
    if (elapsed < this.#next) return;
    this.#next = elapsed + PERIOD;
    const line = describe(makeVisible(name), bytes, this.#total, elapsed / 1000, flows);
    const width = widthOf(process.stderr) ?? 80;
    say(`${ERASE}${cutEnd(line, width - 1)}`);
    this.#isShown = true;
  }

  /** Takes the line away. */
  readonly clear = (): void => {
    if (this.#isShown) say(ERASE);
    this.#isShown = false;
  };
}

function describe(
  name: string,
  bytes: number,
  total: number | undefined,
  seconds: number,
  flows: number,
): string {
  const rate = bytes / seconds;
  const parts = [`${formatBytes(rate)}/s`, formatAmount(flows, "flow"), name];
  if (total === undefined || bytes > total) parts.unshift(formatBytes(bytes));
  else {
    const left = (total - bytes) / rate;
    parts.unshift(
      `${Math.floor((bytes / total) * 100)} %`,
      `${formatDuration(Math.ceil(left))} left`,
    );
  }
  return parts.join("  ");
}
