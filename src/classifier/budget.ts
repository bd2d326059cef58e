/** Bytes that may be kept of all flows together, so that many small flows cost no more than a few large ones. */
export class Budget {
  #left: number;
  /** What was not kept for lack of them. */
  refused = 0;

  constructor(most: number) {
    this.#left = most;
  }

  /** False if there are not as many left. */
  take(bytes: number): boolean {
    if (bytes > this.#left) {
      this.refused++;
      return false;
    }
    this.#left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}

/** What one flow has of a budget. */
export class Share {
  readonly #budget: Budget;
  #taken = 0;
  /** Something of this flow was not kept. */
  isCut = false;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  take(bytes: number): boolean {
    if (!this.#budget.take(bytes)) {
      this.isCut = true;
      return false;
    }
    this.#taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
    this.#budget.giveBack(bytes);
  }

  /** The flow ends, with all that was kept of it. */
  end(): void {
    this.giveBack(this.#taken);
  }
}
