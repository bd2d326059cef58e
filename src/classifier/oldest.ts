/**
 * Takes out of a map what was put in first. `map.keys().next()` passes over what was deleted since the table was last made
 * anew, thousands of entries each time in a full one; an iterator that is kept has passed them, and gives what comes later.
 */
export class Oldest<Key> {
  readonly #map: Map<Key, unknown>;
  #keys: Iterator<Key>;

  constructor(map: Map<Key, unknown>) {
    this.#map = map;
    this.#keys = map.keys();
  }

  /** Removes it. Undefined where the map is empty. */
  remove(): Key | undefined {
    let next = this.#keys.next();
    if (next.done) {
      // One that came to the end stays there.
      this.#keys = this.#map.keys();
      next = this.#keys.next();
    }
    if (next.done) return undefined;
    this.#map.delete(next.value);
    return next.value;
  }
}
