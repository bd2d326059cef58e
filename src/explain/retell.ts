/** Retells a flow: what the witness saw goes through the oracle, which says what each byte was for. */
import { CANDIDATES_MAX } from "../engine/abi.js";
import { valueOf } from "../classifier/facts.js";
import { hexOf, toBytes } from "../language/bytes.js";
import { BACKGROUNDS, type Catalog, type FactEntry, ownerOf } from "../language/catalog.js";
import { type Candidate, type Fall, Listener, type Step, sumOf } from "../language/conversation.js";
import { type Definition, factName, type Transport } from "../language/definition.js";
import { type Gain, gainsOf } from "../language/evidence.js";
import { farthestFalls, sideOf, tellFall } from "../language/falls.js";
import { type Found, type Mark, match, type Match } from "../language/oracle.js";
import type { Pattern, PatternOf } from "../language/pattern.js";
import { meets } from "../language/probability.js";
import { sayPattern } from "../language/words.js";
import type { FlowRecord } from "../record/record.js";
import type {
  BackgroundBits,
  Fallen,
  Said,
  Story,
  StoryEvidence,
  StoryFact,
  StoryMark,
  StoryPart,
  StoryStep,
  Way,
} from "./story.js";
import type { Direction, Heard, Witness } from "./witness.js";

const ZERO = BACKGROUNDS.map(() => 0);
const SATURATED = 0xffff;

interface Retold {
  readonly evidence: StoryEvidence | null;
  readonly said: Said[];
  readonly others: Story["others"];
  readonly fallen: Fallen[];
  readonly fallenCount: number;
  readonly facts: StoryFact[];
  readonly differences: string[];
}

/**
 * @param most bytes of each direction, and candidates that fell, that are shown
 * @param own protocols whose falls come before all others
 */
export function retell(
  witness: Witness,
  record: FlowRecord,
  clientIsB: boolean,
  catalog: Catalog,
  definitions: readonly Definition[],
  most: { readonly bytes: number; readonly candidates: number },
  own: readonly Definition[],
): Retold {
  return new Retelling(witness, record, clientIsB, catalog, definitions).tell(most, own);
}

class Retelling {
  readonly #listener: Listener;
  readonly #definitions: readonly Definition[];

  constructor(
    readonly witness: Witness,
    readonly record: FlowRecord,
    readonly clientIsB: boolean,
    readonly catalog: Catalog,
    definitions: readonly Definition[],
  ) {
    const order = new Map(catalog.protocols.map(({ name }, index) => [name, index]));
    this.#definitions = [...definitions].sort((a, b) => order.get(a.name)! - order.get(b.name)!);
    this.#listener = new Listener(this.#definitions, {
      transport: record.transport as Transport,
      opened: witness.isOpened,
      most: CANDIDATES_MAX,
      trace: true,
    });
    for (const heard of witness.heard) {
      if (heard.isWatched) continue;
      const { direction, more, packet, length } = heard;
      const about = heard.datagram ? { packet, length } : { packet, more };
      this.#listener.hear(this.#wayOf(direction), this.#bytesOf(heard), about);
    }
  }

  tell(
    most: { readonly bytes: number; readonly candidates: number },
    own: readonly Definition[],
  ): Retold {
    const told = this.#leading();
    const leader = told[0];
    const others = this.#listener.candidates.filter((each) => each !== leader);
    const falls = farthestFalls(this.#listener);
    const isOwn = ({ candidate }: Fall) => own.some(({ name }) => name === candidate.protocol);
    const shown = [...falls.filter(isOwn), ...falls.filter((fall) => !isOwn(fall))];
    return {
      evidence: leader ? this.#evidence(leader) : null,
      said: this.#said(told, most.bytes),
      others: others.map(({ name, protocol, evidence }) => ({
        signature: name,
        protocol,
        bits: Math.floor(Math.min(...evidence) / 8),
      })),
      fallen: shown.slice(0, most.candidates).map((fall) => this.#fallen(fall)),
      fallenCount: falls.length,
      facts: this.record.protocol === null ? [] : this.#facts(told),
      differences: this.#differences(leader),
    };
  }

  /** The candidate that named the flow, else the one with most evidence; behind it those of its protocol. */
  #leading(): Candidate[] {
    const { signature } = this.record.evidence;
    const fallen = this.#listener.fallen.map(({ candidate }) => candidate);
    const all = [...this.#listener.candidates, ...fallen]
      .filter(({ matched }) => matched.length > 0)
      .sort((a, b) => Math.min(...b.evidence) - Math.min(...a.evidence));
    const leader = all.find(({ name }) => name === signature) ?? (signature ? undefined : all[0]);
    if (!leader) return [];
    return [leader, ...all.filter((each) => each !== leader && each.protocol === leader.protocol)];
  }

  // ── Evidence ───────────────────────────────────────────────────────────────────────────────────

  #evidence(leader: Candidate): StoryEvidence {
    const sum = this.#sumOf(leader);
    const lane = sum.indexOf(Math.min(...sum));
    return {
      signature: leader.name,
      protocol: leader.protocol,
      bits: this.#bits(sum),
      decidedBy: BACKGROUNDS[lane]!,
      threshold: this.catalog.threshold,
      steps: leader.matched.map((step) => this.#step(leader, step)),
    };
  }

  /** In eighths: all that was there when the name was given. */
  #sumOf(candidate: Candidate): readonly number[] {
    return candidate.matched
      .filter((step) => !this.#isLater(candidate, step))
      .map((step) => step.match.evidence)
      .reduce(sumOf, ZERO);
  }

  #isLater(candidate: Candidate, step: Step): boolean {
    const { signature, packet } = this.record.evidence;
    return candidate.name === signature && step.packet > packet;
  }

  #bits = (eighths: readonly number[]): BackgroundBits =>
    laned((lane) => (eighths[lane]! >= SATURATED ? null : eighths[lane]! / 8));

  #step(candidate: Candidate, step: Step): StoryStep {
    const { match: matched, sequence, start } = step;
    return {
      direction: this.#nameOf(step.way),
      side: sideOf(candidate, step),
      step: step.index + 1,
      steps: candidate.scripts[step.role]!.length,
      packet: step.packet,
      start,
      end: start + matched.end,
      bits: this.#bits(matched.evidence),
      isLater: this.#isLater(candidate, step),
      parts: [
        ...partsOf(gainsOf(sequence), matched.marks, candidate.signature.exempt),
        ...creditsOf(matched.marks),
      ].map((part) => ({ ...part, start: start + part.start, end: start + part.end })),
      relations: matched.marks.filter(({ isBehind }) => !isBehind).flatMap(sayRelation),
    };
  }

  // ── What was said ──────────────────────────────────────────────────────────────────────────────

  #said(told: readonly Candidate[], bytesMost: number): Said[] {
    const left = [bytesMost, bytesMost];
    const streams = new Set<Direction>();
    return this.witness.heard.flatMap((heard): Said[] => {
      const { direction, packet, datagram } = heard;
      if (!datagram && streams.has(direction)) return [];
      streams.add(direction);
      const bytes = datagram ?? this.witness.streams[direction];
      const shown = bytes.subarray(0, left[direction]);
      if (shown.length === 0) return [];
      left[direction]! -= shown.length;
      return [
        {
          direction: this.#nameOf(this.#wayOf(direction)),
          packet,
          isStream: !datagram,
          length: bytes.length,
          bytes: hexOf(shown),
          marks: heard.isWatched
            ? this.#watchedMarks(told[0], heard)
            : this.#marks(told, this.#wayOf(direction), datagram ? packet : undefined),
        },
      ];
    });
  }

  /** Marks of the first signature that has something to say of these words. */
  #marks(told: readonly Candidate[], way: number, packet: number | undefined): StoryMark[] {
    for (const candidate of told) {
      const steps = candidate.matched.filter(
        (step) => step.way === way && (packet === undefined || step.packet === packet),
      );
      const marks = steps.flatMap((step) =>
        marksOf(this.#told(step.match.marks, candidate.protocol), candidate.protocol).map(
          (mark) => ({
            ...mark,
            start: step.start + mark.start,
            end: step.start + mark.end,
          }),
        ),
      );
      if (marks.length > 0) return marks;
    }
    return [];
  }

  #watchedMarks(leader: Candidate | undefined, heard: Heard): StoryMark[] {
    const marks = leader
      ? marksOf(this.#told(this.#watch(leader, heard).marks, leader.protocol), leader.protocol)
      : [];
    return marks
      .filter(({ fact }) => fact !== null)
      .map((mark) => ({ ...mark, isEvidence: false }));
  }

  /** What is inspected is nobody's affair: without the marks of that. */
  #told(marks: readonly Mark[], protocol: string): readonly Mark[] {
    return marks.filter(
      ({ pattern }) =>
        !("fact" in pattern) || !this.#entry(protocol, factName(protocol, pattern.fact)).inspected,
    );
  }

  #entry(protocol: string, name: string): FactEntry {
    return this.catalog.facts.find((each) => each.name === name && ownerOf(each) === protocol)!;
  }

  /** What came after the name was given, as it is read for facts. */
  #watch({ signature }: Candidate, heard: Heard): Match {
    const { length } = heard;
    return match(signature.watch!, this.#bytesOf(heard), { isDatagram: true, length, trace: true });
  }

  #facts(told: readonly Candidate[]): StoryFact[] {
    const facts = told.flatMap((candidate) =>
      candidate.matched.flatMap((step) =>
        step.match.facts.flatMap((found) =>
          this.#fact(candidate.protocol, step, found, step.match.marks),
        ),
      ),
    );
    for (const heard of this.witness.heard) {
      if (heard.isWatched && told[0]) facts.push(...this.#watched(told[0], heard));
    }
    // As the record has them: a fact's values are told once each.
    const seen = new Set<string>();
    return facts
      .filter(({ name, value }) => {
        const kept = [this.record.facts[name] ?? []].flat();
        const key = JSON.stringify([name, value]);
        const isKept = kept.includes(value) && !seen.has(key);
        seen.add(key);
        return isKept;
      })
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.packet - b.packet));
  }

  #watched(leader: Candidate, heard: Heard): StoryFact[] {
    const found = this.#watch(leader, heard);
    const place = { way: this.#wayOf(heard.direction), packet: heard.packet, start: 0 };
    return found.facts.flatMap((each) => this.#fact(leader.protocol, place, each, found.marks));
  }

  /** One, or as many as a reader makes of the bytes; none where it could not read them. */
  #fact(
    protocol: string,
    { way, packet, start }: Pick<Step, "way" | "packet" | "start">,
    found: Found,
    marks: readonly Mark[],
  ): StoryFact[] {
    const name = factName(protocol, found.fact);
    const entry = this.#entry(protocol, name);
    const { dissector } = found;
    const value = valueOf(
      entry,
      typeof found.value === "string" ? toBytes(found.value) : found.value,
    );
    if (value === undefined) return [];
    const isInPlace = dissector === undefined;
    const place =
      (isInPlace && typeof found.value === "number" && placeOfReport(found, marks)) || found;
    return [value].flat().map((each) => ({
      name,
      value: each,
      level: entry.level,
      direction: this.#nameOf(way),
      packet,
      start: (isInPlace ? start : 0) + place.start,
      end: (isInPlace ? start : 0) + place.end,
      dissector: dissector ?? null,
    }));
  }

  // ── What fell ──────────────────────────────────────────────────────────────────────────────────

  #fallen(fall: Fall): Fallen {
    const { candidate, step } = fall;
    const offset = step.start + (step.match.failure?.start ?? 0);
    const own = this.witness.heard.filter(({ direction }) => this.#wayOf(direction) === step.way);
    const last = own.find(({ packet }) => packet === step.packet);
    // A stream's bytes may have come before the packet that made them too few.
    const bytes = last?.datagram ? last : (own.find(({ length }) => length > offset) ?? last);
    return {
      signature: candidate.name,
      protocol: candidate.protocol,
      direction: this.#nameOf(step.way),
      side: sideOf(candidate, step),
      step: step.index + 1,
      packet: bytes?.packet ?? step.packet,
      ...tellFall(fall, bytes ? this.#bytesOf(bytes) : new Uint8Array(0)),
      bits: Math.floor(Math.min(...candidate.evidence) / 8),
    };
  }

  // ── Does it agree? ─────────────────────────────────────────────────────────────────────────────

  #differences(leader: Candidate | undefined): string[] {
    const { signature, bits } = this.record.evidence;
    const differences: string[] = [];
    const told = leader ? Math.floor(Math.min(...this.#sumOf(leader)) / 8) : 0;
    if (signature !== null && leader?.name !== signature) {
      differences.push(`the record names ${signature}, which the retelling does not match`);
    } else if (signature !== null && told !== bits) {
      differences.push(`${signature} has ${bits} bits in the record and ${told} in the retelling`);
    }
    const line = (name: string, evidence: readonly number[]) =>
      `${name} (${evidence.map((eighths) => eighths / 8).join(", ")} bits)`;
    const inEngine = this.witness.candidates.map((each) =>
      line(this.catalog.signatures[each.signature]!.name, each.evidence),
    );
    const here = this.#listener.candidates.map((each) => line(each.name, each.evidence));
    for (const each of inEngine) {
      if (!here.includes(each)) differences.push(`only the engine has the candidate ${each}`);
    }
    for (const each of here) {
      if (!inEngine.includes(each))
        differences.push(`only the retelling has the candidate ${each}`);
    }
    return differences;
  }

  // ── Directions ─────────────────────────────────────────────────────────────────────────────────

  /** The oracle's way 0 is the client's where the roles are known. */
  #wayOf(direction: Direction): number {
    return this.witness.isOpened && this.witness.isClientB ? 1 - direction : direction;
  }

  #nameOf(way: number): Way {
    const direction = this.witness.isOpened && this.witness.isClientB ? 1 - way : way;
    return (direction === 1) === this.clientIsB ? "toServer" : "toClient";
  }

  #bytesOf({ datagram, direction, length }: Heard): Uint8Array {
    return datagram ?? this.witness.streams[direction].subarray(0, length);
  }
}

const laned = (value: (lane: number) => number | null) =>
  Object.fromEntries(
    BACKGROUNDS.map((name, lane) => [name, value(lane)]),
  ) as unknown as BackgroundBits;

/** What each part of a step is worth; those that are worth nothing are left out. */
function partsOf(
  gains: readonly Gain[],
  marks: readonly Mark[],
  exempt: string | undefined,
): StoryPart[] {
  let at = 0;
  return gains.flatMap(({ pattern, bits }): StoryPart[] => {
    const found = marks.findIndex(
      (mark, index) => index >= at && mark.pattern === pattern && !mark.credit,
    );
    if (found >= 0) at = found + 1;
    if (found < 0 || bits.every((each) => Math.abs(each) < 0.05)) return [];
    const { start, end } = placeOf(marks[found]!, marks);
    const own = laned((lane) => (BACKGROUNDS[lane] === exempt ? null : round(bits[lane]!)));
    return [{ pattern: sayPattern(pattern), start, end, bits: own }];
  });
}

/** The number that a fact was reported from. */
function placeOfReport({ fact, end }: Found, marks: readonly Mark[]): Place | undefined {
  const report = marks.find(
    (mark) => mark.pattern.kind === "report" && mark.pattern.fact === fact && mark.start === end,
  );
  return report && placeOfField((report.pattern as PatternOf<"report">).field, marks, report);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The bytes that a field was read from, before a mark. */
function placeOfField(field: string, marks: readonly Mark[], before: Mark): Place | undefined {
  const sources = sourcesOf(field, marks, before);
  return sources.length === 0 ? undefined : around(sources);
}

/** What a field was read from, itself or what it was derived from. */
function sourcesOf(field: string, marks: readonly Mark[], before: Mark): readonly Mark[] {
  for (let index = marks.indexOf(before) - 1; index >= 0; index--) {
    const mark = marks[index]!;
    const { pattern } = mark;
    if (!("field" in pattern) || pattern.field !== field) continue;
    if (pattern.kind === "number" || pattern.kind === "run") return [mark];
    if (pattern.kind !== "derive") continue;
    return [pattern.source, pattern.more, pattern.less].flatMap((name) =>
      name === undefined ? [] : sourcesOf(name, marks, mark),
    );
  }
  return [];
}

const around = (places: readonly Place[]): Place => ({
  start: Math.min(...places.map(({ start }) => start)),
  end: Math.max(...places.map(({ end }) => end)),
});

/** Where a pattern stands: its bytes, or those of the field that it is about. */
function placeOf(mark: Mark, marks: readonly Mark[]): Place {
  const { pattern } = mark;
  if (mark.end > mark.start) return mark;
  const field =
    pattern.kind === "equal" ? pattern.left : "field" in pattern ? pattern.field : undefined;
  return (field !== undefined && placeOfField(field, marks, mark)) || mark;
}

/** What was credited in its place: characters of names, rounds of a loop, relations with other messages. */
function creditsOf(marks: readonly Mark[]): StoryPart[] {
  const sums = new Map<Pattern, readonly number[]>();
  for (const { pattern, credit } of marks) {
    if (credit) sums.set(pattern, sumOf(sums.get(pattern) ?? ZERO, credit));
  }
  return [...sums].flatMap(([pattern, sum]): StoryPart[] => {
    if (sum.every((eighths) => eighths === 0)) return [];
    const own = marks.filter((mark) => mark.pattern === pattern && !mark.credit);
    return [
      {
        pattern: pattern.kind === "name" ? "characters of DNS names" : sayPattern(pattern),
        ...around(own.map((mark) => placeOf(mark, marks))),
        bits: laned((lane) => sum[lane]! / 8),
      },
    ];
  });
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Patterns whose bytes are worth showing: they had to be so. */
const SHOWN = new Set<Pattern["kind"]>([
  "literal",
  "byte",
  "run",
  "few",
  "until",
  "line-end",
  "number",
  "name",
]);

/** A number that may be any, and that nothing else asks for. */
const isFree = (pattern: Pattern) =>
  pattern.kind === "number" &&
  pattern.field === undefined &&
  pattern.where.mask === 0 &&
  pattern.where.ranges.length === 1 &&
  meets(pattern.where, 0) &&
  meets(pattern.where, 256 ** pattern.width - 1);

/** Marks for people: a fact in one piece, neighbours of one kind joined, what anything matches left out. */
function marksOf(marks: readonly Mark[], protocol: string): StoryMark[] {
  const facts = marks.filter(
    ({ pattern, start, end }) => pattern.kind === "capture" && end > start,
  );
  const reported = new Map<Mark, string>();
  for (const mark of marks) {
    const { pattern } = mark;
    if (pattern.kind !== "report") continue;
    for (const source of sourcesOf(pattern.field, marks, mark))
      reported.set(source, factName(protocol, pattern.fact));
  }
  const shown: { mark: Mark; fact: string | null }[] = [];
  for (const mark of marks) {
    const { pattern, start, end, isBehind } = mark;
    if (end <= start || mark.credit) continue;
    if (pattern.kind === "capture") shown.push({ mark, fact: factName(protocol, pattern.fact) });
    if (!SHOWN.has(pattern.kind) || isFree(pattern)) continue;
    if (facts.some((fact) => fact.start <= start && end <= fact.end)) continue;
    const fact = reported.get(mark) ?? null;
    if (isBehind && fact === null) continue;
    const last = shown.at(-1);
    if (last?.mark.pattern === pattern && last.mark.end === start && pattern.kind === "byte") {
      last.mark = { ...last.mark, end };
    } else shown.push({ mark, fact });
  }
  return shown
    .sort((a, b) => a.mark.start - b.mark.start)
    .map(({ mark, fact }) => ({
      start: mark.start,
      end: mark.end,
      pattern: sayPattern(mark.pattern),
      value: mark.pattern.kind === "number" ? (mark.value ?? null) : null,
      fact,
      isEvidence: !mark.isBehind,
    }));
}

/** A relation that held, with its numbers. */
function sayRelation({ pattern, value, other, credit }: Mark): string[] {
  if (credit || value === undefined) return [];
  const own = sayValue(value);
  switch (pattern.kind) {
    case "within":
      return pattern.loose
        ? []
        : [`${pattern.field} = ${own}, and what follows fills just as many bytes`];
    case "remains":
      return [`${pattern.field} = ${own}, and as many bytes remain`];
    case "equal":
      return [`${sayPattern(pattern)}: ${own} and ${sayValue(other!)}`];
    case "check":
      return [`${sayPattern(pattern)}: it is ${own}`];
    case "times":
      return value === 0 ? [] : [`${pattern.count} = ${own}, and as many follow`];
    case "repeats":
    case "advances":
      return other === undefined
        ? [`${pattern.field} = ${own}, and nothing is remembered yet to compare it with`]
        : [`${sayPattern(pattern)}: ${own}, and ${sayValue(other!)} before`];
    default:
      return [];
  }
}

const sayValue = (value: number) => (value > 0xffff ? `0x${value.toString(16)}` : `${value}`);
