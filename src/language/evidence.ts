/**
 * What a step is worth: how unlikely each background is to match it, in bits.
 *
 * The credits of a step are an *e-value*: on every background the expected value of 2^evidence over
 * all messages, those that do not match counting 0, is at most 1. So evidence may be added over
 * steps, packets and directions, and by Markov's inequality a background reaches `bits` of evidence
 * with a probability of at most 2^-bits, whatever the order in which things were tried.
 *
 * - A byte is charged once. A relation is worth what its field's likeliest value costs, less what
 *   the field's condition was charged already, and a field serves one relation only.
 * - What may be here or elsewhere is paid for: alternatives add their probabilities, an optional part
 *   costs up to one bit, a run costs the number of its likely ends, skipped lines cost log₂ of their number.
 * - What is certain to be there goes into one sum, credited where the step is accepted. What may not
 *   apply (a relation with a message not seen) or happens a variable number of times (records of a DNS
 *   message, characters of a name) is credited in its place.
 */
import type { Place } from "./backgrounds.js";
import type { ByteSet } from "./bytes.js";
import { bothCases, complement } from "./bytes.js";
import { DISSECTORS } from "./dissectors.js";
import { Fault } from "./fault.js";
import { inner, type Pattern, type PatternOf, type Sequence } from "./pattern.js";
import {
  add,
  anyOf,
  behind,
  bits,
  conditionBits,
  lanes,
  type Lanes,
  larger,
  likeliestBits,
  likeliestImageBits,
  setBits,
  setProbability,
  subtract,
  ZERO,
} from "./probability.js";

/** The worth of one step. */
export interface Worth {
  /** Credited when the step is accepted. */
  readonly main: Lanes;
  /** Credited when matching passes these patterns: `name` per label character, `times` per round, relations when they apply. */
  readonly extra: ReadonlyMap<Pattern, Lanes>;
}

/** The set of bytes that DNS label characters are taken from (see docs/machine.md, NAME). */
export const LABEL_BYTES: ByteSet = [
  [0x20, 0x7e],
  [0x80, 0xff],
];

/** Definitions do not change, and each step is asked for several times. */
const worked = new WeakMap<Sequence, Worth>();

export function worth(sequence: Sequence): Worth {
  const found = worked.get(sequence);
  if (found) return found;
  const result = weigh(sequence);
  worked.set(sequence, result);
  return result;
}

/** What each pattern adds to `main`, those inside `within` before it. */
export interface Gain {
  readonly pattern: Pattern;
  readonly bits: Lanes;
}

/** The parts of a step's `main`: together they are it. */
export function gainsOf(sequence: Sequence): readonly Gain[] {
  const gains: Gain[] = [];
  weigh(sequence, gains);
  return gains;
}

function weigh(sequence: Sequence, gains?: Gain[]): Worth {
  const extra = new Map<Pattern, Lanes>();
  const state: State = {
    place: { at: 0, isExact: true },
    fields: new Map(),
    spent: new Set(),
    numbers: new Map(),
    extra,
  };
  const { best } = ofSequence(untilAccept(sequence), state, gains);
  if (best.some((value) => value < -1e-9)) {
    throw new Fault("its evidence is spent before it is there", {
      remedy: () => "let its loops go round a fixed number of times, or put what is certain first",
    });
  }
  return { main: best, extra };
}

/** What is matched for evidence: everything before `accept`. */
export const untilAccept = (sequence: Sequence): Sequence => {
  const end = sequence.findIndex((pattern) => pattern.kind === "accept");
  return end < 0 ? sequence : sequence.slice(0, end);
};

/**
 * `net`: bits of the whole, including what its open ends cost whatever follows. `best`: bits of the
 * most improbable beginning of it, which is a bound too as long as nothing more is credited later.
 */
interface Part {
  readonly net: Lanes;
  readonly best: Lanes;
  /** Some of it is credited in its place. */
  readonly credited: boolean;
}

interface Field {
  /** Bits that a relation on this field adds. */
  readonly extra: Lanes;
  /** Numbers of the bytes it was read from. */
  readonly origins: ReadonlySet<object>;
}

interface State {
  place: Place;
  fields: Map<string, Field>;
  /** Bytes whose relation is used up. */
  spent: Set<object>;
  /** The number pattern that a field was read by, and where. */
  numbers: Map<string, { pattern: PatternOf<"number">; place: Place }>;
  readonly extra: Map<Pattern, Lanes>;
}

const plain = (value: Lanes): Part => ({ net: value, best: value, credited: false });
const NOTHING: Part = plain(ZERO);

function ofSequence(sequence: Sequence, state: State, gains?: Gain[]): Part {
  let net = ZERO;
  let best = ZERO;
  let credited = false;
  for (const pattern of sequence) {
    const inside: Gain[] | undefined = gains && [];
    const part = ofPattern(pattern, state, inside);
    const reached = add(net, part.best);
    const before = best;
    best = part.credited ? reached : larger(best, reached);
    credited ||= part.credited;
    net = add(net, part.net);
    if (!gains || !inside) continue;
    const own = inside.reduce((left, gain) => subtract(left, gain.bits), subtract(best, before));
    gains.push(...inside, { pattern, bits: own });
  }
  return { net, best, credited };
}

function ofPattern(pattern: Pattern, state: State, gains?: Gain[]): Part {
  switch (pattern.kind) {
    case "literal":
      return ofLiteral(pattern, state);
    case "byte": {
      const value = setBits(pattern.set, state.place);
      move(state, 1);
      return plain(value);
    }
    case "run":
      return ofRun(pattern.set, pattern.min, pattern.max, state, pattern.field);
    case "until": {
      const stop: ByteSet = [[pattern.byte, pattern.byte]];
      return ofRun(complement(stop), 0, pattern.most - 1, state, undefined);
    }
    case "few": {
      const value = lanes((lane) => bits(fewProbability(pattern, lane, somewhere(state))));
      move(state, pattern.of);
      return plain(value);
    }
    case "line-end": {
      const value = lineEndBits(state.place);
      move(state, 1, true);
      return plain(value);
    }
    case "skip":
      if (typeof pattern.bytes === "number") move(state, pattern.bytes);
      else move(state, 0, true);
      return NOTHING;
    case "number":
      return ofNumber(pattern, state);
    case "derive":
      deriveField(pattern, state);
      return NOTHING;
    case "equal": {
      const part = relation(pattern.left, state);
      const other = state.fields.get(pattern.right);
      for (const origin of other?.origins ?? []) state.spent.add(origin);
      return plain(part);
    }
    case "remains":
      return plain(relation(pattern.field, state));
    case "within": {
      const body = ofSequence(pattern.body, state, gains);
      if (pattern.loose) move(state, 0, true);
      if (pattern.loose || !endsByItself(pattern.body)) return body;
      return chain(body, plain(relation(pattern.field, state)));
    }
    case "either":
      return ofAlternatives(pattern.alternatives, state);
    case "repeat":
      return ofRepeat(pattern, state);
    case "times": {
      const body = inLoop(pattern.body, state);
      if (body.net.some((value) => value < -1e-9)) {
        throw new Fault(`its "times ${pattern.count}" costs more than it is worth`, {
          pattern,
          remedy: () => "end its body with something that is certain, not with an open run",
        });
      }
      creditIn(state, pattern, body.net);
      return { net: ZERO, best: ZERO, credited: true };
    }
    case "after-lines": {
      const body = inLoop(pattern.body, state);
      const cost = lanes(() => Math.log2(pattern.most + 1));
      return { ...body, net: subtract(body.net, cost), best: subtract(body.best, cost) };
    }
    case "name": {
      const first: ByteSet = pattern.pointers ? NAME_STARTS_POINTERS : NAME_STARTS;
      const value = setBits(first, state.place);
      move(state, 1, true);
      creditIn(state, pattern, setBits(LABEL_BYTES, state.place));
      return { net: value, best: value, credited: true };
    }
    case "capture":
      return ofSequence(pattern.body, state);
    case "repeats":
      creditIn(state, pattern, relation(pattern.field, state));
      return { net: ZERO, best: ZERO, credited: true };
    case "advances": {
      const cost = Math.log2(pattern.most);
      const value = relation(pattern.field, state).map((each) => Math.max(0, each - cost));
      creditIn(state, pattern, value);
      return { net: ZERO, best: ZERO, credited: true };
    }
    case "capped": {
      const body = ofSequence(pattern.body, state);
      if (body.credited) {
        throw new Fault("what is capped cannot hold relations or loops", {
          pattern,
          remedy: (say) =>
            `take ${say("dnsName")}, ${say("times")}, ${say("repeats")} and ${say("advances")} out of ${say("capped")}`,
        });
      }
      const cap = (value: Lanes) => value.map((each) => Math.min(each, pattern.bits));
      return { net: cap(body.net), best: cap(body.best), credited: false };
    }
    case "check":
    case "room":
    case "not":
    case "remember":
    case "report":
    case "at-end":
    case "origin":
      return NOTHING;
    case "rest":
      move(state, 0, true);
      return NOTHING;
    case "dissect": {
      const dissector = DISSECTORS[pattern.dissector];
      state.place = { at: 0, isExact: false };
      return plain(lanes(() => dissector.bits));
    }
    case "accept":
      throw new RangeError("accept stands only at the top of a step");
  }
}

/** Credits a pattern in its place. One that a definition uses several times is worth what it is worth everywhere. */
function creditIn({ extra }: State, pattern: Pattern, value: Lanes): void {
  const known = extra.get(pattern);
  extra.set(pattern, known ? value.map((each, lane) => Math.min(each, known[lane]!)) : value);
}

const NAME_STARTS: ByteSet = [[0, 63]];
const NAME_STARTS_POINTERS: ByteSet = [
  [0, 63],
  [192, 255],
];

function lineEndBits(place: Place): Lanes {
  return lanes((lane) => {
    const either = behind(place, 0, true);
    const lf = setProbability([[10, 10]], lane, either);
    return bits(lf + setProbability([[13, 13]], lane, either) * lf);
  });
}

/** Somewhere from here on. */
const somewhere = (state: State): Place => behind(state.place, 0, true);

/** Goes on by so many bytes, or by at least so many. */
function move(state: State, bytes: number, more = false): void {
  state.place = behind(state.place, bytes, more);
}

/** One after the other. */
function chain(first: Part, second: Part): Part {
  const reached = add(first.net, second.best);
  return {
    net: add(first.net, second.net),
    best: second.credited ? reached : larger(first.best, reached),
    credited: first.credited || second.credited,
  };
}

function ofLiteral(pattern: PatternOf<"literal">, state: State): Part {
  let value = ZERO;
  for (const character of pattern.text) {
    const code = character.charCodeAt(0);
    value = add(value, setBits(pattern.nocase ? bothCases(code) : [[code, code]], state.place));
    move(state, 1);
  }
  return plain(value);
}

/** A run ends at the first byte that is not in the set: Σ p^k over the lengths that it may have. */
function ofRun(
  set: ByteSet,
  min: number,
  max: number,
  state: State,
  field: string | undefined,
): Part {
  let value = ZERO;
  for (let count = 0; count < min; count++) {
    value = add(value, setBits(set, state.place));
    move(state, 1);
  }
  if (max > min) move(state, 0, true);
  if (field !== undefined) defineField(state, field, ZERO, new Set());
  const ends = lanes((lane) =>
    Math.log2(geometric(setProbability(set, lane, state.place), max - min)),
  );
  return { net: subtract(value, ends), best: value, credited: false };
}

/** Binomial: at most `most` of `of` bytes in the set, where a byte is in it at least as often as is certain. */
function fewProbability({ set, most, of }: PatternOf<"few">, lane: number, place: Place): number {
  const p = Math.max(0, 1 - setProbability(complement(set), lane, place));
  let sum = 0;
  let ways = 1; // of choosing `count` among `of`
  for (let count = 0; count <= most; count++) {
    sum += ways * p ** count * (1 - p) ** (of - count);
    ways = (ways * (of - count)) / (count + 1);
  }
  return Math.min(1, sum);
}

/** 1 + p + p² + … + p^n. */
const geometric = (p: number, n: number): number =>
  Math.abs(p - 1) < 1e-9 ? n + 1 : (1 - p ** (n + 1)) / (1 - p);

function ofNumber(pattern: PatternOf<"number">, state: State): Part {
  const value = conditionBits(pattern, state.place);
  if (pattern.field !== undefined) {
    const extra = subtract(likeliestBits(pattern, state.place), value);
    defineField(state, pattern.field, larger(extra, ZERO), new Set([{}]));
    state.numbers.set(pattern.field, { pattern, place: state.place });
  }
  move(state, pattern.width);
  return plain(value);
}

function defineField(state: State, name: string, extra: Lanes, origins: Set<object>): void {
  state.fields.set(name, { extra, origins });
  state.numbers.delete(name);
}

/** What a relation on a field adds, once. */
function relation(name: string, state: State): Lanes {
  const field = state.fields.get(name);
  if (!field || [...field.origins].some((origin) => state.spent.has(origin))) return ZERO;
  for (const origin of field.origins) state.spent.add(origin);
  return field.extra;
}

function deriveField(pattern: PatternOf<"derive">, state: State): void {
  const source = state.fields.get(pattern.source);
  const number = state.numbers.get(pattern.source);
  const others = [pattern.more, pattern.less].flatMap((name) => {
    const field = name === undefined ? undefined : state.fields.get(name);
    return field ? [field] : [];
  });
  const keepsAll = pattern.and === 0xffffffff && pattern.shift === 0 && pattern.times !== 0;
  let extra = ZERO;
  if (source && keepsAll) extra = source.extra;
  else if (number && number.pattern.width <= 2) {
    const make = (value: number) =>
      (((value & pattern.and) >>> pattern.shift) * pattern.times + pattern.plus) >>> 0;
    const likeliest = likeliestImageBits(number.pattern, make, number.place);
    extra = larger(ZERO, subtract(likeliest, conditionBits(number.pattern, number.place)));
  }
  const origins = new Set([source, ...others].flatMap((field) => [...(field?.origins ?? [])]));
  for (const other of others) extra = larger(extra, other.extra);
  defineField(state, pattern.field, extra, origins);
}

function ofAlternatives(alternatives: readonly Sequence[], state: State): Part {
  const before = { ...state };
  const branches = alternatives.map((sequence) => {
    const branch: State = {
      ...before,
      fields: new Map(before.fields),
      spent: new Set(before.spent),
      numbers: new Map(before.numbers),
    };
    return { branch, part: ofSequence(sequence, branch) };
  });
  const nets = branches.map(({ part }) => part.net);
  const net = anyOf(nets);
  const [first] = branches;
  const places = branches.map(({ branch }) => branch.place);
  state.place = {
    at: Math.min(...places.map(({ at }) => at)),
    isExact: places.every(({ at, isExact }) => isExact && at === places[0]?.at),
  };
  state.spent = new Set(branches.flatMap(({ branch }) => [...branch.spent]));
  state.numbers = new Map();
  state.fields = new Map();
  for (const [name, field] of first?.branch.fields ?? []) {
    const all = branches.map(({ branch }) => branch.fields.get(name));
    if (all.every((each) => each === field)) {
      state.fields.set(name, field);
      const number = before.numbers.get(name);
      if (number) state.numbers.set(name, number);
    } else if (all.every((each) => each !== undefined)) {
      const related = anyOf(all.map((each, index) => add(nets[index]!, each.extra)));
      state.fields.set(name, {
        extra: larger(ZERO, subtract(related, net)),
        origins: new Set(all.flatMap((each) => [...each.origins])),
      });
    }
  }
  return {
    net,
    best: anyOf(branches.map(({ part }) => part.best)),
    credited: branches.some(({ part }) => part.credited),
  };
}

/** A body that is matched more than once: no relation on a field from outside counts within it. */
function inLoop(body: Sequence, state: State): Part {
  move(state, 0, true);
  const inside: State = {
    place: state.place,
    fields: new Map(),
    spent: new Set(),
    numbers: new Map(),
    extra: state.extra,
  };
  const part = ofSequence(body, inside);
  for (const name of inside.fields.keys()) defineField(state, name, ZERO, new Set());
  return part;
}

function ofRepeat(repeat: PatternOf<"repeat">, state: State): Part {
  const { body, min, max } = repeat;
  const part = inLoop(body, state);
  if (part.credited && max > min) {
    throw new Fault("an open repeat cannot hold relations or counted loops", {
      pattern: repeat,
      remedy: (say) =>
        `say how often: the same min and max, or ${say("times")} with the field that counts them`,
    });
  }
  if (min === 0 && max === 0) return NOTHING;
  const certain = part.net.map((value) => value * min);
  const ends = part.net.map((value) => Math.log2(geometric(2 ** -Math.max(value, -64), max - min)));
  const best =
    min === 0
      ? ZERO
      : add(
          part.net.map((value) => value * (min - 1)),
          part.best,
        );
  return {
    net: subtract(certain, ends),
    best: larger(best, subtract(certain, ends)),
    credited: part.credited,
  };
}

/** Whether a sequence takes a number of bytes that does not depend on where it is made to end. */
function endsByItself(sequence: Sequence): boolean {
  const last = sequence.at(-1);
  if (
    sequence.some(
      ({ kind }) => kind === "rest" || kind === "remains" || kind === "room" || kind === "at-end",
    )
  ) {
    return false;
  }
  if (!last) return true;
  if (last.kind === "run" || last.kind === "repeat") return last.min === last.max;
  return inner(last).every(endsByItself);
}
