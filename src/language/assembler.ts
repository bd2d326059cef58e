/** Collects the words of programs and what they point to: literals, sets, evidence vectors. */
import { bitmap, type ByteSet, fromBytes, toBytes } from "./bytes.js";
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

/** What was assembled before: {@link Assembler} goes on behind it. */
export interface Pools {
  readonly code: readonly number[];
  /** One character per byte. */
  readonly literals: string;
  readonly sets: readonly Uint8Array[];
  readonly vectors: readonly (readonly number[])[];
}

const NOTHING: Pools = { code: [], literals: "", sets: [], vectors: [] };

export class Assembler implements Pools {
  readonly code: number[];
  literals: string;
  readonly sets: Uint8Array[];
  readonly vectors: (readonly number[])[];
  readonly #setAt: Map<string, number>;
  readonly #vectorAt: Map<string, number>;

  constructor({ code, literals, sets, vectors } = NOTHING) {
    this.code = [...code];
    this.literals = literals;
    this.sets = [...sets];
    this.vectors = [...vectors];
    this.#setAt = new Map(sets.map((bits, index) => [fromBytes(bits), index]));
    this.#vectorAt = new Map(vectors.map((vector, index) => [vector.join(), index]));
  }

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
    toBytes(text); // throws where a character is not one byte
    const known = this.literals.indexOf(text);
    if (known >= 0) return known;
    this.literals += text;
    return this.literals.length - text.length;
  }

  set(set: ByteSet): number {
    const bits = bitmap(set);
    return pooled(this.#setAt, this.sets, fromBytes(bits), () => bits);
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
