/** Resident memory over a run, and whether it is flat. */
const MEGABYTE = 2 ** 20;
/** Milliseconds between samples. */
const PERIOD = 250;
/** Megabytes by which the least of the last quarter may be above the least of the second. */
const SWING = 32;

export class FlatMemory {
  readonly #samples: number[] = [];
  #next = 0;

  /** Cheap: most calls only look at the clock. */
  sample(): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + PERIOD;
    this.#samples.push(process.memoryUsage.rss() / MEGABYTE);
  }

  /** Tables fill and code is compiled in the first quarter; after that nothing may grow. */
  isFlat(): boolean {
    const quarter = Math.floor(this.#samples.length / 4);
    if (quarter === 0) return true;
    // The least: between two collections V8 piles garbage up, and a leak is what is left after them.
    const least = (from: number) => Math.min(...this.#samples.slice(from, from + quarter));
    return least(this.#samples.length - quarter) <= least(quarter) + SWING;
  }

  /** Twenty of the samples, and the largest. */
  text(): string {
    const step = Math.max(1, this.#samples.length / 20);
    const shown = Array.from({ length: Math.min(20, this.#samples.length) }, (_, index) =>
      this.#samples[Math.floor(index * step)]!.toFixed(0),
    );
    const most = this.#samples.reduce((one, other) => Math.max(one, other), 0);
    return `${shown.join(" ")}, at most ${most.toFixed(0)}`;
  }
}
