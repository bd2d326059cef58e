import type { Share } from "./budget.js";

/** What waits until its flow's protocol is announced, as far as there is memory for it. */
export class Held<Item> {
  readonly #share: Share;
  readonly #sizeOf: (item: Item) => number;
  readonly #items: Item[] = [];

  constructor(share: Share, sizeOf: (item: Item) => number) {
    this.#share = share;
    this.#sizeOf = sizeOf;
  }

  get length(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    if (this.#share.take(this.#sizeOf(item))) this.#items.push(item);
  }

  /** Takes out those from a place on. */
  splice(from: number): Item[] {
    const items = this.#items.splice(from);
    for (const item of items) this.#share.giveBack(this.#sizeOf(item));
    return items;
  }
}
