/** Collects the words of programs and what they point to: literals, sets, evidence vectors. */
import { bitmap, type ByteSet, toBytes } from "./bytes.js";
import type { Lanes } from "./probability.js";

/** A place in the code that is not known yet. */
export interface Label {
  address: number | undefined;
  readonly uses: number[];
}

/** Evidence is counted in eighths of a bit, rounded down: what is claimed is never more than what is there. */
const EIGHTHS = 8;
/** Saturates an accumulator at once: for a background that a protocol is exempt from. */
export const EXEMPT = Number.POSITIVE_INFINITY;

export class Assembler {
  readonly code: number[] = [];
  readonly literals: number[] = [];
  readonly sets: Uint8Array[] = [];
  readonly vectors: (readonly number[])[] = [];
  readonly #literalAt = new Map<string, number>();
  readonly #setAt = new Map<string, number>();
  readonly #vectorAt = new Map<string, number>();

  get here(): number {
    return this.code.length;
  }

  label(): Label {
    return { address: undefined, uses: [] };
  }

  place(label: Label): void {
    label.address = this.here;
    for (const use of label.uses) this.code[use] = this.here;
  }

  /** One instruction: its code, operands a and b, and the words behind it. */
  emit(op: number, a = 0, b = 0, ...words: (number | Label)[]): void {
    this.code.push((op | (a << 8) | (b << 16)) >>> 0);
    for (const word of words) {
      if (typeof word === "number") this.code.push(word >>> 0);
      else {
        if (word.address === undefined) word.uses.push(this.here);
        this.code.push(word.address ?? 0);
      }
    }
  }

  /** Offset of a literal; equal ones, and those within others, are kept once. */
  literal(text: string): number {
    const known = this.#literalAt.get(text);
    if (known !== undefined) return known;
    const offset = this.literals.length;
    this.literals.push(...toBytes(text));
    this.#literalAt.set(text, offset);
    return offset;
  }

  set(set: ByteSet): number {
    return pooled(this.#setAt, this.sets, JSON.stringify(set), () => bitmap(set));
  }

  vector(value: Lanes): number {
    const vector = toEighths(value);
    return pooled(this.#vectorAt, this.vectors, vector.join(), () => vector);
  }
}

/** A vector as the engine adds it. */
export const toEighths = (value: Lanes): readonly number[] =>
  value.map((each) => Math.max(0, Math.min(0xffff, Math.floor(each * EIGHTHS + 1e-6))));

function pooled<T>(known: Map<string, number>, pool: T[], key: string, make: () => T): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  pool.push(make());
  known.set(key, pool.length - 1);
  return pool.length - 1;
}
