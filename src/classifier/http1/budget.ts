/** Bytes that may be kept of all flows together, so that many small streams cost no more than a few large ones. */
export class Budget {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  /** False if there are not as many left. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}
