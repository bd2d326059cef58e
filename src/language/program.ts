/** One step becomes one program: see docs/machine.md for what its instructions mean. */
import * as abi from "../engine/abi.js";
import { type Assembler, EXEMPT, type Label } from "./assembler.js";
import { BACKGROUNDS } from "./catalog.js";
import type { Fact, Signature } from "./definition.js";
import { DISSECTORS } from "./dissectors.js";
import { type Worth, worth } from "./evidence.js";
import { Fault } from "./fault.js";
import type { Pattern, PatternOf, Sequence, Where } from "./pattern.js";
import { type Lanes, meets } from "./probability.js";

/** What a program needs to know of the signature that it belongs to. */
export interface Surroundings {
  readonly factIds: ReadonlyMap<string, number>;
  readonly facts: Readonly<Record<string, Fact>>;
  /** Saved registers by the name of what they keep; filled as names turn up. */
  readonly saved: Map<string, number>;
  readonly exempt: Signature["exempt"];
}

/** A step's worth, with the lane of an exempt background beyond any threshold. */
export function creditOf(sequence: Sequence, exempt: Signature["exempt"]): Worth {
  const { main, extra } = worth(sequence);
  if (exempt === undefined) return { main, extra };
  const lane = BACKGROUNDS.indexOf(exempt);
  return { main: main.map((value, index) => (index === lane ? EXEMPT : value)), extra };
}

/** Appends a program and returns the index of its first word. A watch program gives no evidence. */
export function compileStep(
  sequence: Sequence,
  assembler: Assembler,
  surroundings: Surroundings,
  { watch = false } = {},
): number {
  const start = assembler.here;
  const credit = watch ? undefined : creditOf(sequence, surroundings.exempt);
  new Program(assembler, surroundings, credit).write(sequence);
  return start;
}

const FULL = [0, 0xff, 0xffff, 0xffffff, 0xffffffff] as const;

class Program {
  readonly #fields = new Map<string, number>();
  readonly #free = Array.from({ length: abi.REGISTERS }, (_, register) => register);
  readonly #assembler: Assembler;
  readonly #surroundings: Surroundings;
  /** Undefined once the step is accepted. */
  #credit: Worth | undefined;

  constructor(assembler: Assembler, surroundings: Surroundings, credit: Worth | undefined) {
    this.#assembler = assembler;
    this.#surroundings = surroundings;
    this.#credit = credit;
  }

  write(sequence: Sequence): void {
    this.#sequence(sequence);
    this.#creditMain();
    this.#assembler.emit(abi.OP_DONE);
  }

  #sequence(sequence: Sequence): void {
    for (const pattern of sequence) this.#pattern(pattern);
  }

  #pattern(pattern: Pattern): void {
    const { emit, label, place } = this.#words;
    switch (pattern.kind) {
      case "literal": {
        const text = pattern.nocase ? pattern.text.toLowerCase() : pattern.text;
        const op = pattern.nocase ? abi.OP_LITERAL_NOCASE : abi.OP_LITERAL;
        return emit(op, 0, text.length, this.#assembler.literal(text));
      }
      case "byte":
        return emit(abi.OP_SET, 0, this.#assembler.set(pattern.set));
      case "run":
        return this.#withRegister(pattern.field, (length) =>
          emit(abi.OP_RUN, length, this.#assembler.set(pattern.set), pattern.min, pattern.max),
        );
      case "few":
        return this.#few(pattern);
      case "skip":
        return typeof pattern.bytes === "number"
          ? emit(abi.OP_SKIP, 0, 0, pattern.bytes)
          : emit(abi.OP_SKIP_REGISTER, this.#field(pattern.bytes));
      case "until":
        return emit(abi.OP_UNTIL, 0, pattern.byte, pattern.most);
      case "line-end":
        return emit(abi.OP_LINE_END);
      case "number":
        return this.#number(pattern);
      case "check":
        return this.#where(this.#field(pattern.field), pattern.where, 4);
      case "derive":
        return this.#derive(pattern);
      case "equal":
        return emit(abi.OP_EQUAL, this.#field(pattern.left), this.#field(pattern.right));
      case "remains":
        return this.#withRegister(undefined, (remaining) => {
          emit(abi.OP_REMAINING, remaining);
          emit(abi.OP_EQUAL, remaining, this.#field(pattern.field));
        });
      case "room":
        return this.#withRegister(undefined, (remaining) => {
          emit(abi.OP_REMAINING, remaining);
          this.#where(remaining, pattern.where, 4);
        });
      case "within":
        return this.#withRegister(undefined, (outerLimit) => {
          emit(abi.OP_LIMIT, this.#field(pattern.field), outerLimit);
          this.#sequence(pattern.body);
          emit(pattern.loose ? abi.OP_REST : abi.OP_AT_END);
          emit(abi.OP_UNLIMIT, outerLimit);
        });
      case "either":
        return this.#either(pattern.alternatives.map((each) => () => this.#sequence(each)));
      case "not": {
        const [next, found] = [label(), label()];
        emit(abi.OP_CHOICE, 0, 0, next);
        this.#sequence(pattern.body);
        emit(abi.OP_COMMIT, 0, 0, found);
        place(found);
        emit(abi.OP_FAIL);
        return place(next);
      }
      case "repeat":
        return this.#repeat(pattern);
      case "times":
        return this.#times(pattern);
      case "after-lines":
        return this.#afterLines(pattern);
      case "name":
        return this.#withRegister(undefined, (characters) => {
          emit(abi.OP_NAME, characters, pattern.pointers ? 1 : 0);
          this.#creditExtra(pattern, (vector) =>
            emit(abi.OP_CREDIT_TIMES, characters, vector, 255),
          );
        });
      case "origin":
        return emit(abi.OP_ORIGIN);
      case "capture":
        return this.#withRegister(undefined, (start) => {
          const isName = this.#surroundings.facts[pattern.fact]?.type === "name";
          emit(abi.OP_POSITION, start);
          this.#sequence(pattern.body);
          emit(isName ? abi.OP_SPAN_NAME : abi.OP_SPAN, start, this.#fact(pattern.fact));
        });
      case "report":
        return emit(abi.OP_NUMBER, this.#field(pattern.field), this.#fact(pattern.fact));
      case "remember":
        return emit(abi.OP_SAVE, this.#field(pattern.field), this.#saved(pattern.as));
      case "repeats":
      case "advances":
        return this.#relation(pattern);
      case "capped":
        return this.#sequence(pattern.body);
      case "at-end":
        return emit(abi.OP_AT_END);
      case "rest":
        return emit(abi.OP_REST);
      case "dissect":
        return emit(abi.OP_DISSECT, 0, DISSECTORS[pattern.dissector].number);
      case "accept":
        this.#creditMain();
        return emit(abi.OP_ACCEPT);
    }
  }

  get #words() {
    const assembler = this.#assembler;
    return {
      emit: (op: number, a = 0, b = 0, ...words: (number | Label)[]) =>
        assembler.emit(op, a, b, ...words),
      label: () => assembler.label(),
      place: (label: Label) => assembler.place(label),
    };
  }

  #number({ width, little, field, where }: PatternOf<"number">): void {
    const { emit } = this.#words;
    const isFree = where.mask === 0 && coversAll(where, width);
    if (field === undefined && isFree) return emit(abi.OP_SKIP, 0, 0, width);
    if (field === undefined && width === 1) {
      const values = Array.from({ length: 256 }, (_, value) => value);
      const set = values.filter((value) => meets(where, value));
      return emit(abi.OP_SET, 0, this.#assembler.set(set.map((value) => [value, value])));
    }
    const op = little
      ? width === 2
        ? abi.OP_U16LE
        : abi.OP_U32LE
      : [abi.OP_U8, abi.OP_U16, abi.OP_U24, abi.OP_U32][width - 1]!;
    this.#withRegister(field, (register) => {
      emit(op, register);
      this.#where(register, where, width);
    });
  }

  #where(register: number, where: Where, width: number): void {
    const { emit } = this.#words;
    if (!coversAll(where, width)) {
      if (where.ranges.length > 1 && where.ranges.every(([, high]) => high <= 255)) {
        emit(abi.OP_IN, register, this.#assembler.set(where.ranges));
      } else {
        const ranges = where.ranges.map(
          ([low, high]) =>
            () =>
              emit(abi.OP_RANGE, register, 0, low, high),
        );
        this.#either(ranges);
      }
    }
    if (where.mask !== 0) emit(abi.OP_MASK, register, 0, where.mask, where.bits);
  }

  #few({ set, most, of }: PatternOf<"few">): void {
    const { emit, label, place } = this.#words;
    this.#withRegister(undefined, (rounds) =>
      this.#withRegister(undefined, (found) => {
        const [again, other, next] = [label(), label(), label()];
        emit(abi.OP_CONSTANT, rounds, 0, 0);
        emit(abi.OP_CONSTANT, found, 0, 0);
        place(again);
        emit(abi.OP_CHOICE, 0, 0, other);
        emit(abi.OP_SET, 0, this.#assembler.set(set));
        emit(abi.OP_ADD, found, 0, 1);
        emit(abi.OP_COMMIT, 0, 0, next);
        place(other);
        emit(abi.OP_SKIP, 0, 0, 1);
        place(next);
        emit(abi.OP_LOOP, rounds, of, again);
        emit(abi.OP_RANGE, found, 0, 0, most);
      }),
    );
  }

  #derive({ field, source, and, shift, times, plus, more, less }: PatternOf<"derive">): void {
    const { emit } = this.#words;
    const from = this.#field(source);
    const [added, taken] = [more, less].map((name) =>
      name === undefined ? undefined : this.#field(name),
    );
    const to = this.#field(field);
    if (to !== from) emit(abi.OP_MOVE, to, from);
    if (and !== 0xffffffff) emit(abi.OP_AND, to, 0, and);
    if (shift !== 0) emit(abi.OP_SHIFT_RIGHT, to, 0, shift);
    if (times !== 1) emit(abi.OP_MULTIPLY, to, 0, times);
    if (plus !== 0) emit(abi.OP_ADD, to, 0, plus);
    if (added !== undefined) emit(abi.OP_ADD_REGISTER, to, added);
    if (taken !== undefined) emit(abi.OP_SUBTRACT_REGISTER, to, taken);
  }

  #either(alternatives: readonly (() => void)[]): void {
    const { emit, label, place } = this.#words;
    const done = label();
    alternatives.forEach((write, index) => {
      if (index === alternatives.length - 1) return write();
      const next = label();
      emit(abi.OP_CHOICE, 0, 0, next);
      write();
      emit(abi.OP_COMMIT, 0, 0, done);
      place(next);
    });
    place(done);
  }

  #repeat({ body, min, max }: PatternOf<"repeat">): void {
    const { emit, label, place } = this.#words;
    this.#withRegister(undefined, (rounds) => {
      if (min > 0) {
        const again = label();
        emit(abi.OP_CONSTANT, rounds, 0, 0);
        place(again);
        this.#sequence(body);
        emit(abi.OP_LOOP, rounds, min, again);
      }
      if (max === min) return;
      const [again, counted, done] = [label(), label(), label()];
      emit(abi.OP_CONSTANT, rounds, 0, 0);
      emit(abi.OP_CHOICE, 0, 0, done);
      place(again);
      this.#sequence(body);
      emit(abi.OP_PARTIAL_COMMIT, 0, 0, counted);
      place(counted);
      emit(abi.OP_LOOP, rounds, max - min, again);
      emit(abi.OP_COMMIT, 0, 0, done);
      place(done);
    });
  }

  #times(pattern: PatternOf<"times">): void {
    const { emit, label, place } = this.#words;
    this.#withRegister(undefined, (rounds) => {
      const [again, body, done] = [label(), label(), label()];
      emit(abi.OP_CONSTANT, rounds, 0, 0);
      place(again);
      emit(abi.OP_CHOICE, 0, 0, body);
      emit(abi.OP_EQUAL, rounds, this.#field(pattern.count));
      emit(abi.OP_COMMIT, 0, 0, done);
      place(body);
      this.#sequence(pattern.body);
      this.#creditExtra(pattern, (vector) => emit(abi.OP_CREDIT, 0, vector));
      emit(abi.OP_LOOP, rounds, pattern.most + 1, again);
      emit(abi.OP_FAIL);
      place(done);
    });
  }

  #afterLines({ body, most, longest }: PatternOf<"after-lines">): void {
    const { emit, label, place } = this.#words;
    this.#withRegister(undefined, (lines) => {
      const [again, next, done] = [label(), label(), label()];
      emit(abi.OP_CONSTANT, lines, 0, 0);
      place(again);
      emit(abi.OP_CHOICE, 0, 0, next);
      this.#sequence(body);
      emit(abi.OP_COMMIT, 0, 0, done);
      place(next);
      emit(abi.OP_UNTIL, 0, 10, longest);
      emit(abi.OP_SKIP, 0, 0, 1);
      emit(abi.OP_LOOP, lines, most + 1, again);
      emit(abi.OP_FAIL);
      place(done);
    });
  }

  #relation(pattern: PatternOf<"repeats" | "advances">): void {
    const { emit, label, place } = this.#words;
    const unknown = label();
    const [register, saved] = [this.#field(pattern.field), this.#saved(pattern.remembered)];
    if (pattern.kind === "repeats") emit(abi.OP_SAME, register, saved, unknown);
    else emit(abi.OP_AHEAD, register, saved, unknown, pattern.most);
    this.#creditExtra(pattern, (vector) => emit(abi.OP_CREDIT, 0, vector));
    place(unknown);
  }

  #creditMain(): void {
    if (this.#credit) this.#creditVector(this.#credit.main);
    this.#credit = undefined;
  }

  #creditVector(value: Lanes): void {
    const vector = this.#assembler.vector(value);
    const isWorthless = this.#assembler.vectors[vector]!.every((each) => each === 0);
    if (!isWorthless) this.#assembler.emit(abi.OP_CREDIT, 0, vector);
  }

  #creditExtra(pattern: Pattern, write: (vector: number) => void): void {
    const value = this.#credit?.extra.get(pattern);
    if (value?.some((each) => each >= 0.125)) write(this.#assembler.vector(value));
  }

  /** The register of a field, which keeps it to the end of the step. */
  #field(name: string): number {
    const register = this.#fields.get(name) ?? this.#take();
    this.#fields.set(name, register);
    return register;
  }

  /** The register of a field, or one for a while. */
  #withRegister(field: string | undefined, write: (register: number) => void): void {
    if (field !== undefined) return write(this.#field(field));
    const register = this.#take();
    write(register);
    this.#free.push(register);
  }

  #take(): number {
    const register = this.#free.pop();
    if (register === undefined) {
      throw new Fault(`a step needs more than ${abi.REGISTERS} registers`, {
        remedy: () => "give fields that are done with the same name again, or read less",
      });
    }
    return register;
  }

  #saved(name: string): number {
    const { saved } = this.#surroundings;
    const register = saved.get(name) ?? saved.size;
    if (register >= abi.SAVED_REGISTERS) {
      throw new Fault(`more than ${abi.SAVED_REGISTERS} fields are remembered`, {
        remedy: () => "remember only what later messages repeat",
      });
    }
    saved.set(name, register);
    return register;
  }

  #fact(key: string): number {
    return this.#surroundings.factIds.get(key)!;
  }
}

const coversAll = ({ ranges }: Where, width: number): boolean =>
  ranges.length === 1 && ranges[0]![0] === 0 && ranges[0]![1] >= FULL[width]!;
