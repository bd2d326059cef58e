/**
 * The oracle: what a definition means, worked out the slow and obvious way from the definition itself.
 * The compiler and the engines are tested against it; it shares nothing with them but the worth of
 * patterns. Asked for a trace it also says which pattern took which bytes: `explain` tells that.
 */
import { contains, fromBytes, lowerCase, toBytes } from "./bytes.js";
import type { Dissection } from "./dissect.js";
import type { Worth } from "./evidence.js";
import { LABEL_BYTES } from "./evidence.js";
import { all, type Dissector, type Pattern, type PatternOf, type Sequence } from "./pattern.js";
import { meets, ZERO } from "./probability.js";
import { toEighths } from "./assembler.js";

/** What a fact's patterns found, at which offsets. A name is in wire form, without pointers. */
export interface Found {
  readonly fact: string;
  readonly value: string | number;
  readonly start: number;
  readonly end: number;
  /** The offsets are in what this made of the bytes. */
  readonly dissector?: Dissector;
}

/** A pattern that held: the bytes it took, and the numbers it went by. */
export interface Mark {
  readonly pattern: Pattern;
  /** 0 for the step's own patterns, more for those inside them; those inside come first. */
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  /** The field that it read, compared or kept; bytes that remained. */
  readonly value?: number | undefined;
  /** What the field was compared with, if that was a field or remembered. */
  readonly other?: number | undefined;
  /** Evidence given in its place, in eighths of a bit per background. */
  readonly credit?: readonly number[];
  /** It was read for facts, behind what counts. */
  readonly isBehind: boolean;
}

/** The pattern that a step failed at. */
export interface Failure {
  readonly pattern: Pattern;
  readonly start: number;
  /** How far it came. */
  readonly reached: number;
  readonly value?: number | undefined;
  readonly other?: number | undefined;
}

export interface Match {
  /**
   * `starved`: all that was there matched, but a stream (or a cut datagram) ended too early.
   * `waiting`: all that is there matches, and the answer needs bytes that may still come.
   */
  readonly outcome: "matched" | "failed" | "starved" | "waiting";
  /** What has to hold holds, although facts may wait for more. */
  readonly accepted: boolean;
  /** In eighths of a bit, per background. */
  readonly evidence: readonly number[];
  readonly facts: readonly Found[];
  /** Offset behind what matched; beyond the bytes that are there where a length says so. */
  readonly end: number;
  /** Where the next step begins is known: the step did not end in a failure behind `accept`, or in `rest`. */
  readonly goesOn: boolean;
  /** With a trace: what held, and what did not. */
  readonly marks: readonly Mark[];
  readonly failure: Failure | undefined;
}

interface Context {
  readonly isDatagram: boolean;
  /** Bytes that a datagram had on the wire; by default those that are there. */
  readonly length?: number | undefined;
  /** More bytes of a stream may come. */
  readonly more?: boolean | undefined;
  /** Remembered fields; changed when the step matches. */
  readonly saved?: Map<string, number>;
  readonly credit?: Worth;
  /** What dissectors keep of this side. Without it nothing can be dissected. */
  readonly dissection?: Dissection | undefined;
  readonly trace?: boolean | undefined;
}

/** Matches one step with the bytes of one direction, from where the step begins to the end. */
export function match(sequence: Sequence, bytes: Uint8Array, context: Context): Match {
  const isWhole = context.isDatagram && (context.length ?? 0) <= bytes.length;
  const first = new Attempt(bytes, context, !isWhole).run(sequence);
  if (first.outcome !== "waiting" || context.more) return first;
  const last = new Attempt(bytes, context, false).run(sequence);
  return last.outcome === "failed" ? { ...last, outcome: "starved" } : last;
}

/** Thrown where the outcome depends on bytes that are not there yet. */
const MORE = Symbol("more");

const UNLIMITED = 2 ** 31;
const POINTERS_MAX = 16;
const FACTS_MAX = 32;

class Attempt {
  #at = 0;
  #limit: number;
  #origin = 0;
  #evidence: number[] = [...ZERO];
  #facts: Found[] = [];
  #endless = false;
  #accepted = false;
  readonly #fields = new Map<string, number>();
  readonly #saved: Map<string, number>;
  #bytes: Uint8Array;
  #more: boolean;
  #dissector: Dissector | undefined;
  /** Remembered fields that were compared, and that were changed. */
  readonly #compared = new Set<string>();
  readonly #changed = new Set<string>();
  // The trace.
  readonly #marks: Mark[] = [];
  #depth = -1;
  #failure: Failure | undefined;

  constructor(
    bytes: Uint8Array,
    readonly context: Context,
    more: boolean,
  ) {
    this.#bytes = bytes;
    this.#more = more;
    this.#limit = context.isDatagram ? Math.max(context.length ?? 0, bytes.length) : UNLIMITED;
    this.#saved = new Map(context.saved);
  }

  run(sequence: Sequence): Match {
    let evidence = this.#evidence;
    let outcome: Match["outcome"] = "matched";
    const accept = () => {
      this.#credit(this.context.credit?.main);
      evidence = this.#evidence;
      this.#accepted = true;
    };
    try {
      for (const pattern of sequence) {
        if (pattern.kind === "accept") accept();
        else if (!this.#pattern(pattern)) {
          outcome = "failed";
          break;
        }
      }
      if (outcome === "matched" && !this.#accepted) accept();
    } catch (thrown) {
      if (thrown !== MORE) throw thrown;
      outcome = "waiting";
    }
    const goesOn = outcome === "matched" && !this.#endless;
    // What failed behind `accept` has matched; what is to be run again for its facts must be able to.
    if (outcome === "failed" && this.#accepted) outcome = "matched";
    const isRepeatable = [...this.#changed].every((name) => !this.#compared.has(name));
    const accepted = this.#accepted && (outcome !== "waiting" || isRepeatable);
    if (accepted) for (const [name, value] of this.#saved) this.context.saved?.set(name, value);
    return {
      outcome,
      accepted,
      evidence: accepted ? evidence : [...ZERO],
      facts: outcome === "matched" ? this.#facts.slice(0, FACTS_MAX) : [],
      end: this.#at,
      goesOn,
      marks: this.#marks,
      failure: goesOn || accepted ? undefined : this.#failure,
    };
  }

  #credit(value: readonly number[] | undefined, times = 1): void {
    if (!value || this.#accepted) return;
    const vector = toEighths(value);
    this.#evidence = this.#evidence.map((sum, lane) =>
      Math.min(0xffff, sum + vector[lane]! * times),
    );
  }

  #creditFor(pattern: Pattern, times = 1): void {
    const value = this.context.credit?.extra.get(pattern);
    if (!value?.some((each) => each >= 0.125)) return;
    this.#credit(value, times);
    if (!this.context.trace || this.#accepted) return;
    const credit = toEighths(value).map((each) => each * times);
    const [start, depth] = [this.#at, this.#depth];
    this.#marks.push({ pattern, depth, start, end: start, credit, isBehind: false });
  }

  #sequence(sequence: Sequence): boolean {
    return sequence.every((pattern) => this.#pattern(pattern));
  }

  /** Tries a sequence; without success all is as it was before (but for fields). */
  #try(sequence: Sequence): boolean {
    const undo = this.#checkpoint();
    if (this.#sequence(sequence)) return true;
    undo();
    return false;
  }

  #checkpoint(): () => void {
    const [at, limit, evidence, facts] = [this.#at, this.#limit, this.#evidence, this.#facts];
    const marks = this.#marks.length;
    return () => {
      [this.#at, this.#limit, this.#evidence, this.#facts] = [at, limit, evidence, facts];
      this.#marks.length = marks;
    };
  }

  /** True where so many bytes can be read. */
  #has(count: number): boolean {
    if (this.#at + count > this.#limit) return false;
    if (this.#at + count <= this.#bytes.length) return true;
    if (this.#more) throw MORE;
    return false;
  }

  #field = (name: string): number => this.#fields.get(name)!;

  #pattern(pattern: Pattern): boolean {
    const isTraced = this.context.trace && this.#dissector === undefined;
    return isTraced ? this.#traced(pattern) : this.#holds(pattern);
  }

  /** Matches a pattern and marks it, or says why not: of several alternatives, by the one that came farthest. */
  #traced(pattern: Pattern): boolean {
    const start = this.#at;
    const earlier = this.#failure;
    this.#failure = undefined;
    this.#depth++;
    const holds = this.#holds(pattern);
    const depth = this.#depth--;
    const numbers = { value: this.#valueOf(pattern, start), other: this.#otherOf(pattern) };
    if (holds) {
      this.#failure = earlier;
      const end = Math.max(start, this.#at);
      this.#marks.push({ pattern, depth, start, end, ...numbers, isBehind: this.#accepted });
      return true;
    }
    const inside: Failure | undefined = this.#failure;
    const own =
      inside === undefined || standsFor(pattern, inside)
        ? { pattern, start, reached: this.#at, ...numbers }
        : inside;
    this.#failure = earlier && earlier.reached > own.reached ? earlier : own;
    return false;
  }

  #valueOf(pattern: Pattern, start: number): number | undefined {
    switch (pattern.kind) {
      case "number":
        return this.#at >= start + pattern.width ? this.#numberAt(pattern, start) : undefined;
      case "room":
        return this.#limit === UNLIMITED ? this.#bytes.length - this.#at : this.#limit - this.#at;
      case "equal":
        return this.#field(pattern.left);
      case "times":
        return this.#field(pattern.count);
      case "skip":
        return typeof pattern.bytes === "string" ? this.#field(pattern.bytes) : undefined;
      default:
        return "field" in pattern && pattern.field !== undefined
          ? this.#field(pattern.field)
          : undefined;
    }
  }

  #otherOf(pattern: Pattern): number | undefined {
    if (pattern.kind === "equal") return this.#field(pattern.right);
    return "remembered" in pattern ? this.#saved.get(pattern.remembered) : undefined;
  }

  #numberAt({ width, little }: PatternOf<"number">, start: number): number {
    const own = this.#bytes.subarray(start, start + width);
    return (little ? own.toReversed() : own).reduce((value, byte) => value * 256 + byte, 0);
  }

  #holds(pattern: Pattern): boolean {
    switch (pattern.kind) {
      case "literal":
        return this.#literal(pattern.text, pattern.nocase);
      case "byte":
        return this.#has(1) && contains(pattern.set, this.#bytes[this.#at++]!);
      case "run": {
        let length = 0;
        while (length < pattern.max && this.#at < this.#limit) {
          if (!this.#has(1) || !contains(pattern.set, this.#bytes[this.#at]!)) break;
          this.#at++;
          length++;
        }
        if (pattern.field !== undefined) this.#fields.set(pattern.field, length);
        return length >= pattern.min;
      }
      case "few": {
        if (!this.#has(pattern.of)) return false;
        const bytes = this.#bytes.subarray(this.#at, (this.#at += pattern.of));
        return bytes.filter((each) => contains(pattern.set, each)).length <= pattern.most;
      }
      case "skip": {
        const count =
          typeof pattern.bytes === "number" ? pattern.bytes : this.#field(pattern.bytes);
        if (!this.#has(count)) return false;
        this.#at += count;
        return true;
      }
      case "until":
        for (let passed = 0; passed < pattern.most; passed++) {
          if (!this.#has(1)) return false;
          if (this.#bytes[this.#at] === pattern.byte) return true;
          this.#at++;
        }
        return false;
      case "line-end":
        if (!this.#has(1)) return false;
        if (this.#bytes[this.#at] === 13) {
          this.#at++;
          if (!this.#has(1)) return false;
        }
        return this.#bytes[this.#at++] === 10;
      case "number": {
        if (!this.#has(pattern.width)) return false;
        const value = this.#numberAt(pattern, this.#at);
        this.#at += pattern.width;
        if (pattern.field !== undefined) this.#fields.set(pattern.field, value);
        return meets(pattern.where, value);
      }
      case "check":
        return meets(pattern.where, this.#field(pattern.field));
      case "derive": {
        let value = (this.#field(pattern.source) & pattern.and) >>> 0;
        value = pattern.shift >= 32 ? 0 : value >>> pattern.shift;
        value = Math.imul(value, pattern.times) + pattern.plus;
        if (pattern.more !== undefined) value += this.#field(pattern.more);
        if (pattern.less !== undefined) value -= this.#field(pattern.less);
        this.#fields.set(pattern.field, value >>> 0);
        return true;
      }
      case "equal":
        return this.#field(pattern.left) === this.#field(pattern.right);
      case "remains":
        return this.#remaining() === this.#field(pattern.field);
      case "room":
        return meets(pattern.where, this.#remaining());
      case "within": {
        const outer = this.#limit;
        const end = this.#at + this.#field(pattern.field);
        if (end > outer) return false;
        this.#limit = end;
        if (!this.#sequence(pattern.body)) return false;
        if (!pattern.loose && this.#at !== end) return false;
        this.#at = end;
        this.#limit = outer;
        return true;
      }
      case "either":
        return pattern.alternatives.some((each, index) =>
          index < pattern.alternatives.length - 1 ? this.#try(each) : this.#sequence(each),
        );
      case "not": {
        const undo = this.#checkpoint();
        const found = this.#sequence(pattern.body);
        undo();
        return !found;
      }
      case "repeat": {
        for (let round = 0; round < pattern.min; round++) {
          if (!this.#sequence(pattern.body)) return false;
        }
        let more = pattern.max - pattern.min;
        while (more > 0 && this.#try(pattern.body)) more--;
        return true;
      }
      case "times": {
        const count = this.#field(pattern.count);
        if (count > pattern.most) return this.#tooMany(pattern.most, pattern.body);
        for (let round = 0; round < count; round++) {
          if (!this.#sequence(pattern.body)) return false;
          this.#creditFor(pattern);
        }
        return true;
      }
      case "after-lines":
        for (let skipped = 0; ; skipped++) {
          if (this.#try(pattern.body)) return true;
          if (!this.#pattern({ kind: "until", byte: 10, most: pattern.longest })) return false;
          this.#at++;
          if (skipped === pattern.most) return false;
        }
      case "name": {
        const characters = this.#name(pattern.pointers);
        if (characters === undefined) return false;
        this.#creditFor(pattern, Math.min(characters, 255));
        return true;
      }
      case "origin":
        this.#origin = this.#at;
        return true;
      case "capture": {
        const start = this.#at;
        if (!this.#sequence(pattern.body)) return false;
        return this.#capture(pattern.fact, pattern.body, start);
      }
      case "report":
        this.#find(pattern.fact, this.#field(pattern.field), this.#at);
        return true;
      case "remember":
        if (this.#accepted) return true;
        this.#saved.set(pattern.as, this.#field(pattern.field));
        this.#changed.add(pattern.as);
        return true;
      case "repeats": {
        const saved = this.#recall(pattern.remembered);
        if (saved === undefined) return true;
        if (saved !== this.#field(pattern.field)) return false;
        this.#creditFor(pattern);
        return true;
      }
      case "advances": {
        const saved = this.#recall(pattern.remembered);
        if (saved === undefined) return true;
        const ahead = (this.#field(pattern.field) - saved) & 0xffff;
        if (ahead < 1 || ahead > pattern.most) return false;
        this.#creditFor(pattern);
        return true;
      }
      case "capped":
        return this.#sequence(pattern.body);
      case "at-end":
        return this.#remaining() === 0;
      case "rest":
        if (this.#limit === UNLIMITED) {
          this.#endless = true;
          this.#at = this.#bytes.length;
        } else this.#at = this.#limit;
        return true;
      case "dissect":
        return this.#dissect(pattern.dissector);
      case "accept":
        throw new RangeError("accept stands only at the top of a step");
    }
  }

  #dissect(dissector: Dissector): boolean {
    const made = this.context.dissection?.run(dissector, this.#bytes, this.#at, this.#more);
    if (!made) return false;
    [this.#bytes, this.#more, this.#dissector] = [made.bytes, made.more, dissector];
    [this.#at, this.#origin, this.#limit, this.#endless] = [0, 0, UNLIMITED, true];
    return true;
  }

  /** The engine sees that a count is too high only when it gets there; whether bytes are missing comes first. */
  #tooMany(most: number, body: Sequence): boolean {
    for (let round = 0; round <= most; round++) if (!this.#sequence(body)) return false;
    return false;
  }

  #remaining(): number {
    if (this.#limit !== UNLIMITED) return this.#limit - this.#at;
    if (this.#more) throw MORE;
    return this.#bytes.length - this.#at;
  }

  #literal(text: string, nocase: boolean): boolean {
    const wanted = toBytes(nocase ? text.toLowerCase() : text);
    for (const byte of wanted) {
      if (!this.#has(1)) return false;
      const found = this.#bytes[this.#at++]!;
      if ((nocase ? lowerCase(found) : found) !== byte) return false;
    }
    return true;
  }

  /** Number of label bytes of a name, or undefined where there is none. */
  #name(pointers: boolean): number | undefined {
    const start = this.#at;
    let characters = 0;
    for (;;) {
      if (!this.#has(1)) return undefined;
      const length = this.#bytes[this.#at]!;
      if (length >= 0xc0 && pointers) {
        if (!this.#has(2)) return undefined;
        const target = ((length & 0x3f) << 8) | this.#bytes[this.#at + 1]!;
        if (this.#origin + target >= this.#at) return undefined;
        this.#at += 2;
        return characters;
      }
      if (length > 63 || this.#at + 1 + length - start > 255) return undefined;
      this.#at++;
      if (length === 0) return characters;
      for (let index = 0; index < length; index++) {
        if (!this.#has(1) || !contains(LABEL_BYTES, this.#bytes[this.#at++]!)) return undefined;
      }
      characters += length;
    }
  }

  #capture(fact: string, body: Sequence, start: number): boolean {
    if (this.#at > this.#bytes.length && this.#more) throw MORE;
    const end = Math.min(this.#at, this.#bytes.length);
    const isName = body.length === 1 && body[0]!.kind === "name";
    const value = isName ? this.#resolve(start) : fromBytes(this.#bytes.subarray(start, end));
    if (value !== undefined) this.#find(fact, value, start);
    return true;
  }

  #find(fact: string, value: string | number, start: number): void {
    const end = Math.min(this.#at, this.#bytes.length);
    const dissector = this.#dissector;
    this.#facts = [...this.#facts, { fact, value, start, end, ...(dissector && { dissector }) }];
  }

  #recall(name: string): number | undefined {
    const saved = this.#saved.get(name);
    if (saved !== undefined) this.#compared.add(name);
    return saved;
  }

  /** A name with its pointers followed, in wire form. */
  #resolve(start: number): string | undefined {
    let [at, value, jumps] = [start, "", 0];
    while (at < this.#bytes.length) {
      const length = this.#bytes[at]!;
      if (length >= 0xc0) {
        const target = this.#origin + (((length & 0x3f) << 8) | this.#bytes[at + 1]!);
        if (++jumps > POINTERS_MAX || target >= at) return undefined;
        at = target;
      } else {
        value += fromBytes(this.#bytes.subarray(at, at + 1 + length));
        if (length === 0) return value;
        if (length > 63 || value.length > 254) return undefined;
        at += 1 + length;
      }
    }
    return undefined;
  }
}

/**
 * Does a pattern say more than the failure inside it? Where no alternative came beyond its first
 * pattern, the choice as a whole failed; a text that no line began with is looked for on many.
 */
function standsFor(pattern: Pattern, inside: Failure): boolean {
  if (pattern.kind === "either") {
    return pattern.alternatives.some(([first]) => first === inside.pattern);
  }
  return (
    pattern.kind === "after-lines" &&
    ![...all(pattern.body.slice(1))].some((each) => each === inside.pattern)
  );
}
