/**
 * Gzip or not: the first two bytes decide, never the name. Two more small reads a capture; what
 * is not compressed is then read as if this were not here.
 */
import { GunzipSource } from "./gzip.js";
import { proceed, type ByteSource } from "./source.js";

/** Gives the first bytes back before the rest of a source. */
class RewoundSource implements ByteSource {
  readonly name: string;
  readonly #rest: ByteSource;
  #head: Uint8Array;

  constructor(head: Uint8Array, rest: ByteSource) {
    this.name = rest.name;
    this.#rest = rest;
    this.#head = head;
  }

  get size(): number | undefined {
    return this.#rest.size;
  }

  get position(): number | undefined {
    return this.#rest.position;
  }

  read(into: Uint8Array): number | Promise<number> {
    if (this.#head.length === 0) return this.#rest.read(into);
    const count = Math.min(into.length, this.#head.length);
    into.set(this.#head.subarray(0, count));
    this.#head = this.#head.subarray(count);
    return count;
  }

  close(): void | Promise<void> {
    return this.#rest.close();
  }
}

class UnpackingSource implements ByteSource {
  readonly name: string;
  readonly #stored: ByteSource;
  readonly #head = new Uint8Array(2);
  #headLength = 0;
  #body: ByteSource | undefined;

  constructor(stored: ByteSource) {
    this.name = stored.name;
    this.#stored = stored;
  }

  get size(): number | undefined {
    return this.#stored.size;
  }

  get position(): number | undefined {
    return this.#stored.position;
  }

  read(into: Uint8Array): number | Promise<number> {
    if (this.#body) return this.#body.read(into);
    return proceed(this.#stored.read(this.#head.subarray(this.#headLength)), (count) => {
      this.#headLength += count;
      if (count === 0 || this.#headLength === 2) this.#decide();
      return this.read(into);
    });
  }

  close(): void | Promise<void> {
    return this.#stored.close();
  }

  #decide(): void {
    const head = this.#head.subarray(0, this.#headLength);
    const rewound = new RewoundSource(head, this.#stored);
    const isGzip = head.length === 2 && head[0] === 0x1f && head[1] === 0x8b;
    this.#body = isGzip ? new GunzipSource(rewound) : rewound;
  }
}

/** The source itself, or what is packed in it, as its first bytes say. */
export function unpacked(stored: ByteSource): ByteSource {
  return new UnpackingSource(stored);
}
