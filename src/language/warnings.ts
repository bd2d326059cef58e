/**
 * What compiles but cannot be meant: signatures that can never match, that another one contains, or that
 * are worth too little for a name. A warning says where, why, and what to write instead.
 */
import { ANY, type ByteSet, bothCases } from "./bytes.js";
import type { Catalog } from "./catalog.js";
import { scriptsOf } from "./check.js";
import type { Naming } from "./conversation.js";
import { Namer, type Sample, samplesOf } from "./collisions.js";
import { openersOf, THRESHOLD, transportsOf } from "./compile.js";
import { type Definition, readFacts, type Signature } from "./definition.js";
import { firstBytes, shortest } from "./dispatch.js";
import { type Advice, type Say, sayInTypeScript, tell } from "./fault.js";
import { CORROBORATED_FROM, PREFIX_LIMIT } from "./limits.js";
import { leastOf, powerOf } from "./odds.js";
import { all, inner, type Pattern, type PatternOf, type Sequence, type Where } from "./pattern.js";

export interface Warning {
  /** `ssh/banner`, or `ssh/banner, server 1`. */
  readonly where: string;
  readonly problem: string;
  readonly advice: Advice;
}

export const formatWarning = (
  { where, problem, advice }: Warning,
  say: Say = sayInTypeScript,
): string => `${where}: ${tell(problem, advice, say)}`;

// ── Steps that can never match ───────────────────────────────────────────────────────────────────

/** Most bytes of a datagram's payload: 65,535 less the headers of IPv4 and UDP. */
const DATAGRAM_MAX = 65535 - 20 - 8;

/** What is doubtful about one definition by itself: its steps, and facts that nothing reports. */
export function stepWarnings(definition: Definition): Warning[] {
  const found = Object.entries(definition.signatures ?? {}).flatMap(([key, signature]) => {
    const name = `${definition.name}/${key}`;
    const steps = scriptsOf(signature).flatMap(({ role, script }) =>
      script.map((step, index) => ({ where: `${name}, ${role} ${index + 1}`, step })),
    );
    if (signature.watch) steps.push({ where: `${name}, watch`, step: signature.watch });
    return steps.flatMap(({ where, step }) => new Walk(where, signature).check(step));
  });
  return [...found, ...factWarnings(definition)];
}

function factWarnings(definition: Definition): Warning[] {
  const { name, signatures = {}, inspects = {} } = definition;
  const steps = Object.values(signatures).flatMap((signature) => [
    ...scriptsOf(signature).flatMap(({ script }) => script),
    signature.watch ?? [],
  ]);
  const reported = new Set(
    steps.flatMap((step) => [...all(step)].flatMap((each) => ("fact" in each ? [each.fact] : []))),
  );
  return Object.entries(readFacts(definition))
    .filter(([fact]) => !reported.has(fact))
    .map(([fact, { type }]) => ({
      fact,
      type,
      place: Object.hasOwn(inspects, fact) ? "inspects" : "facts",
    }))
    .map(({ fact, type, place }) => ({
      where: name,
      problem: `its fact "${fact}" is never reported`,
      advice: {
        path: [place, fact],
        remedy: (say) =>
          `${type === "number" ? say("report", fact) : `${say("capture", fact, "…")} around what it is`}, or leave it out of \`${place}\``,
      },
    }));
}

type Range = readonly (readonly [number, number])[];

/** Follows one step, and knows what its fields can be. */
class Walk {
  readonly #found: Warning[] = [];

  constructor(
    readonly where: string,
    readonly signature: Signature,
  ) {}

  check(step: Sequence): Warning[] {
    const transports = transportsOf(this.signature);
    const least = shortest(step);
    if (least > DATAGRAM_MAX && transports.every((each) => each === "udp")) {
      this.#warn(
        undefined,
        `it needs ${least} bytes, and a datagram has ${DATAGRAM_MAX} at most`,
        () => "ask for less",
      );
    } else if (least > PREFIX_LIMIT && transports.includes("tcp")) {
      this.#warn(
        undefined,
        `it needs ${least} bytes, and of one side ${PREFIX_LIMIT} are kept, unless a program asks for more with prefixLimit`,
        () => "ask for less",
      );
    }
    const late = transports.includes("tcp") && waitsForEnd(untilAccept(step));
    if (late) {
      this.#warn(
        late,
        "over TCP it waits for the end of the connection, and the name comes that late",
        (say) =>
          `leave it out, or put it into ${say("within")} with the length that the message has`,
      );
    }
    this.#sequence(step, [], new Map());
    return this.#found;
  }

  #warn(pattern: Pattern | undefined, problem: string, remedy: (say: Say) => string): void {
    this.#found.push({ where: this.where, problem, advice: { pattern, remedy } });
  }

  #never(pattern: Pattern, why: string, remedy: (say: Say) => string): void {
    this.#warn(pattern, `it can never match: ${why}`, remedy);
  }

  /** `behind`: what must follow the sequence. */
  #sequence(sequence: Sequence, behind: Sequence, fields: Map<string, Range>): void {
    sequence.forEach((pattern, index) => {
      const rest = [...sequence.slice(index + 1), ...behind];
      this.#pattern(pattern, untilAccept(rest), fields);
    });
  }

  #pattern(pattern: Pattern, rest: Sequence, fields: Map<string, Range>): void {
    switch (pattern.kind) {
      case "number":
        this.#where(pattern, pattern.where, 256 ** pattern.width - 1);
        if (pattern.field !== undefined) {
          fields.set(pattern.field, within(pattern.where.ranges, 256 ** pattern.width - 1));
        }
        break;
      case "run":
        if (pattern.field !== undefined) fields.set(pattern.field, [[pattern.min, pattern.max]]);
        this.#greedy(pattern, rest);
        break;
      case "check": {
        const known = fields.get(pattern.field);
        const both = known && intersection(known, pattern.where.ranges);
        if (both?.length === 0) {
          this.#never(
            pattern,
            `\`${pattern.field}\` is ${show(known!)} and would have to be ${show(pattern.where.ranges)}`,
            () => "make the two conditions agree",
          );
        } else if (both) fields.set(pattern.field, both);
        break;
      }
      case "derive": {
        const from = fields.get(pattern.source);
        const isShift =
          pattern.and === 0xffffffff &&
          pattern.shift === 0 &&
          pattern.times === 1 &&
          pattern.more === undefined &&
          pattern.less === undefined;
        const moved = from?.map(
          ([low, high]) => [low + pattern.plus, high + pattern.plus] as const,
        );
        if (isShift && moved?.every(([low, high]) => low >= 0 && high <= 0xffffffff)) {
          fields.set(pattern.field, moved);
        } else fields.delete(pattern.field);
        break;
      }
      case "equal": {
        const [left, right] = [fields.get(pattern.left), fields.get(pattern.right)];
        if (left && right && intersection(left, right).length === 0) {
          this.#never(
            pattern,
            `\`${pattern.left}\` is ${show(left)} and \`${pattern.right}\` is ${show(right)}`,
            () => "compare fields that can be the same",
          );
        }
        break;
      }
      case "remains":
        this.#room(pattern, fields.get(pattern.field), rest, `\`${pattern.field}\``);
        break;
      case "room":
        this.#room(pattern, pattern.where.ranges, rest, "what remains");
        break;
      case "within": {
        const size = fields.get(pattern.field);
        const least = shortest(pattern.body);
        const most = size?.at(-1)?.[1];
        if (most !== undefined && most < least) {
          this.#never(
            pattern,
            `\`${pattern.field}\` is ${most} at most, and what stands in it takes ${least} bytes at least`,
            () => "let the field be larger, or ask for less in it",
          );
        }
        this.#sequence(pattern.body, pattern.loose ? [] : [{ kind: "at-end" }], fields);
        break;
      }
      case "capture":
      case "capped":
        this.#sequence(pattern.body, rest, fields);
        break;
      case "after-lines":
        this.#loop(pattern.body, fields);
        break;
      case "times": {
        const least = fields.get(pattern.count)?.[0]?.[0];
        if (least !== undefined && least > pattern.most) {
          this.#never(
            pattern,
            `\`${pattern.count}\` is ${least} at least, and it may go round ${pattern.most} times`,
            (say) => `let ${say("times")} go round more often`,
          );
        }
        this.#loop(pattern.body, fields);
        break;
      }
      case "repeat":
        this.#loop(pattern.body, fields);
        break;
      case "not":
        this.#not(pattern, rest);
        this.#loop(pattern.body, fields);
        break;
      case "either":
        this.#either(pattern, rest, fields);
        break;
      case "at-end":
      case "rest": {
        const least = shortest(rest);
        if (least > 0) {
          this.#never(
            pattern,
            `${pattern.kind === "rest" ? "everything" : "the end"} stands before something that takes ${least === 1 ? "a byte" : `${least} bytes`}`,
            (say) => `put ${say(pattern.kind === "rest" ? "rest" : "atEnd")} last`,
          );
        }
        break;
      }
    }
  }

  /** What is gone through several times, or not at all: afterwards nothing is known of its fields. */
  #loop(body: Sequence, fields: Map<string, Range>): void {
    const made = [...all(body)].flatMap((each) =>
      each.kind === "number" || each.kind === "run" || each.kind === "derive" ? [each.field] : [],
    );
    for (const name of made) if (name !== undefined) fields.delete(name);
    this.#sequence(body, [], new Map(fields));
  }

  #either({ alternatives }: PatternOf<"either">, rest: Sequence, fields: Map<string, Range>): void {
    const ends = alternatives.map((each) => {
      const own = new Map(fields);
      this.#sequence(each, rest, own);
      return own;
    });
    for (const name of new Set(ends.flatMap((own) => [...own.keys()]))) {
      const ranges = ends.map((own) => own.get(name));
      if (ranges.every((each) => each !== undefined)) {
        fields.set(name, merged(ranges.flatMap((each) => [...each])));
      } else fields.delete(name);
    }
    const exact = alternatives.map(exactBytes);
    alternatives.forEach((later, index) => {
      const [pattern] = later;
      if (!pattern || pattern.kind === "literal") return; // the checker knows of texts
      const hiding = exact.findIndex(
        (sets, earlier) => earlier < index && sets !== undefined && covers(sets, later),
      );
      if (hiding < 0) return;
      this.#warn(
        pattern,
        `alternative ${index + 1} is never reached: whatever it matches, alternative ${hiding + 1} matches first`,
        () => "put the stricter one first, or leave it out",
      );
    });
  }

  #not(pattern: PatternOf<"not">, rest: Sequence): void {
    if (pattern.body.length > 0 && pattern.body.every(canBeNothing)) {
      this.#never(
        pattern,
        "what must not stand here may be nothing, and nothing always stands here",
        () => "make one of its words take a byte in any case",
      );
      return;
    }
    const sets = exactBytes(pattern.body);
    if (sets && sets.length > 0 && covers(sets, rest)) {
      this.#never(
        pattern,
        "what follows is always what must not stand here",
        () => "leave one of the two out",
      );
    }
  }

  /** A run takes all it can and gives nothing back. */
  #greedy({ set, min, max }: PatternOf<"run">, rest: Sequence): void {
    if (min === max || rest.length === 0 || shortest(rest) === 0) return;
    const [next] = firstBytes(rest);
    if (!next || next.length === 0 || !isSubset(next, set)) return;
    const [pattern] = rest;
    this.#warn(
      pattern,
      `the run before it takes all such bytes and gives none back, so it matches only behind exactly ${max} of them`,
      (say) =>
        `leave what ends the run out of its set: ${say("except")}, ${say("until")}, or a smaller set`,
    );
  }

  #room(pattern: Pattern, size: Range | undefined, rest: Sequence, what: string): void {
    const most = size?.at(-1)?.[1];
    const least = shortest(rest);
    if (most === undefined || most >= least) return;
    this.#never(
      pattern,
      `${what} is ${most} at most, and what follows takes ${least} bytes at least`,
      () => "let it be larger, or ask for less behind it",
    );
  }

  #where(pattern: Pattern, { ranges, mask, bits }: Where, most: number): void {
    if (mask === 0) return;
    const possible = within(ranges, most);
    const count = possible.reduce((sum, [low, high]) => sum + high - low + 1, 0);
    if (count > 0x10000) return;
    for (const [low, high] of possible) {
      for (let value = low; value <= high; value++) {
        if ((value & mask) >>> 0 === bits) return;
      }
    }
    this.#never(
      pattern,
      `no number that is ${show(ranges)} has these bits`,
      () => "make the range and the bits agree",
    );
  }
}

const untilAccept = (sequence: Sequence): Sequence => {
  const end = sequence.findIndex(({ kind }) => kind === "accept");
  return end < 0 ? sequence : sequence.slice(0, end);
};

/** What asks how many bytes remain, where nothing says how many there are. */
function waitsForEnd(sequence: Sequence): Pattern | undefined {
  for (const pattern of sequence) {
    if (["at-end", "remains", "room"].includes(pattern.kind)) return pattern;
    if (pattern.kind === "within") continue;
    const found = inner(pattern).map(waitsForEnd).find(Boolean);
    if (found) return found;
  }
  return undefined;
}

const show = (ranges: Range): string =>
  ranges
    .slice(0, 4)
    .map(([low, high]) => (low === high ? `${low}` : `${low} … ${high}`))
    .join(", ") + (ranges.length > 4 ? ", …" : "");

const intersection = (a: Range, b: Range): Range =>
  a.flatMap(([low, high]) =>
    b.flatMap(([from, to]) => {
      const both = [Math.max(low, from), Math.min(high, to)] as const;
      return both[0] <= both[1] ? [both] : [];
    }),
  );

const within = (ranges: Range, most: number): Range => intersection(ranges, [[0, most]]);

const merged = (ranges: Range): Range =>
  ranges.length > 64 ? [[0, 0xffffffff]] : [...ranges].sort((a, b) => a[0] - b[0]);

const canBeNothing = (pattern: Pattern): boolean => {
  switch (pattern.kind) {
    case "run":
    case "repeat":
      return pattern.min === 0;
    case "either":
      return pattern.alternatives.at(-1)?.length === 0;
    case "rest":
    case "remember":
    case "report":
      return true;
    default:
      return false;
  }
};

/** The sets of a sequence that is nothing but one set after the other; else undefined. */
function exactBytes(sequence: Sequence): ByteSet[] | undefined {
  const sets: ByteSet[] = [];
  for (const pattern of sequence) {
    switch (pattern.kind) {
      case "literal":
        for (const each of pattern.text) {
          const code = each.charCodeAt(0);
          sets.push(pattern.nocase ? bothCases(code) : [[code, code]]);
        }
        break;
      case "byte":
        sets.push(pattern.set);
        break;
      case "number": {
        const { ranges, mask } = pattern.where;
        if (mask !== 0 || (pattern.width > 1 && !isFree(pattern))) return undefined;
        if (pattern.width === 1) sets.push(ranges as ByteSet);
        else sets.push(...Array.from({ length: pattern.width }, () => ANY));
        break;
      }
      case "skip":
        if (typeof pattern.bytes === "string" || pattern.bytes > 32) return undefined;
        sets.push(...Array.from({ length: pattern.bytes }, () => ANY));
        break;
      case "capture":
      case "capped": {
        const inside = exactBytes(pattern.body);
        if (!inside) return undefined;
        sets.push(...inside);
        break;
      }
      case "accept":
        return sets;
      case "report":
      case "remember":
        break;
      default:
        return undefined;
    }
    if (sets.length > 32) return undefined;
  }
  return sets;
}

const isFree = ({ where, width }: PatternOf<"number">): boolean =>
  where.ranges.length === 1 && where.ranges[0]![0] === 0 && where.ranges[0]![1] >= 256 ** width - 1;

/** Both are normalised. */
const isSubset = (set: ByteSet, outer: ByteSet): boolean =>
  set.every(([low, high]) => outer.some(([from, to]) => low >= from && high <= to));

/** Whatever `sequence` matches begins with bytes of these sets. */
function covers(sets: readonly ByteSet[], sequence: Sequence): boolean {
  if (shortest(sequence) < sets.length) return false;
  const first = firstBytes(sequence);
  return sets.every((set, at) => isSubset(first[at]!, set));
}

// ── Signatures beside each other ─────────────────────────────────────────────────────────────────

/**
 * Signatures of `own` that match whatever some signature of `all` matches, of another protocol and without
 * `implies`: the two could not be told apart.
 */
export function containmentWarnings(
  own: readonly Definition[],
  others: readonly Definition[],
): Warning[] {
  const plain = entriesOf(others).flatMap((entry) => {
    const [opener, another] = openersOf(entry.signature);
    const scripts = scriptsOf(entry.signature);
    const sets = opener && exactBytes(opener.sequence);
    const isOneStep = !another && scripts.length === 1 && scripts[0]!.script.length === 1;
    return sets && sets.length > 0 && isOneStep ? [{ ...entry, sets, role: opener.role }] : [];
  });
  return entriesOf(own).flatMap(({ name, protocol, signature }) =>
    plain.flatMap((outer): Warning[] => {
      if (outer.protocol === protocol || areRelated(name, signature, outer)) return [];
      const isContained = openersOf(signature).some(
        ({ role, sequence }) =>
          role === outer.role &&
          transportsOf(signature).some((each) => transportsOf(outer.signature).includes(each)) &&
          covers(outer.sets, sequence),
      );
      if (!isContained) return [];
      return [contained(name, outer.name, "whatever it matches")];
    }),
  );
}

const contained = (name: string, outer: string, what: string): Warning => ({
  where: name,
  problem: `${what}, ${outer} matches too, so neither would be named`,
  advice: {
    remedy: () =>
      `if it is the more specific one, add ${outer} to its \`implies\`; else make ${name} stricter`,
  },
});

interface Entry {
  readonly name: string;
  readonly protocol: string;
  readonly signature: Signature;
}

const entriesOf = (definitions: readonly Definition[]): Entry[] =>
  definitions.flatMap(({ name: protocol, signatures = {} }) =>
    Object.entries(signatures).map(([key, signature]) => ({
      name: `${protocol}/${key}`,
      protocol,
      signature,
    })),
  );

const areRelated = (name: string, signature: Signature, other: Entry): boolean =>
  (signature.implies ?? []).includes(other.name) || (other.signature.implies ?? []).includes(name);

/** What one sample was named by. */
export interface Named {
  readonly sample: Sample;
  readonly namings: readonly Naming[];
}

export const nameSamples = (namer: Namer, samples: readonly Sample[]): Named[] =>
  samples.map((sample) => ({ sample, namings: namer.name(sample.conversation) }));

/**
 * Signatures of `own` that never name a sample without a signature of another protocol naming it too.
 * Names of weak and near-miss samples count as well.
 */
export function sampleWarnings(
  own: readonly Definition[],
  everything: readonly Definition[],
  named: readonly Named[],
): Warning[] {
  const entries = new Map(entriesOf(everything).map((entry) => [entry.name, entry]));
  const ownNames = new Set(entriesOf(own).map(({ name }) => name));
  const companions = new Map<string, Set<string>>();
  for (const { namings } of named) {
    const names = namings.filter((naming) => naming.named).map(({ signature }) => signature);
    for (const name of names) {
      if (!ownNames.has(name)) continue;
      const before = companions.get(name);
      companions.set(
        name,
        new Set(names.filter((each) => each !== name && (before?.has(each) ?? true))),
      );
    }
  }
  return [...companions].flatMap(([name, others]) => {
    const { protocol, signature } = entries.get(name)!;
    return [...others].flatMap((other): Warning[] => {
      const outer = entries.get(other)!;
      if (outer.protocol === protocol || areRelated(name, signature, outer)) return [];
      return [contained(name, other, "of every sample that it names")];
    });
  });
}

/** Signatures of protocols with samples that no sample matches to the end. */
export function unreachedWarnings(own: readonly Definition[], named: readonly Named[]): Warning[] {
  const complete = new Set(
    named.flatMap(({ namings }) =>
      namings.filter((naming) => naming.complete).map(({ signature }) => signature),
    ),
  );
  return entriesOf(own.filter(({ samples }) => samples?.yes || samples?.weak))
    .filter(({ name }) => !complete.has(name))
    .map(({ name }) => ({
      where: name,
      problem: "no sample matches it to its end",
      advice: { remedy: () => "write one that does" },
    }));
}

/** Signatures that cannot name anything alone, unless a `weak` sample shows that their author knows. */
export function weaknessWarnings(
  own: readonly Definition[],
  catalog: Catalog,
  named: readonly Named[],
): Warning[] {
  const known = new Set(
    named
      .filter(({ sample }) => sample.kind === "weak")
      .flatMap(({ sample, namings }) =>
        namings
          .filter((each) => each.protocol === sample.protocol)
          .map(({ signature }) => signature),
      ),
  );
  const names = new Set(own.map(({ name }) => name));
  return catalog.signatures.flatMap((entry): Warning[] => {
    const protocol = catalog.protocols[entry.protocol]!;
    const power = powerOf(entry, protocol);
    if (!names.has(protocol.name) || power === "alone") return [];
    const bits = Math.floor(leastOf(entry.bits));
    if (entry.weak) {
      return [
        {
          where: entry.name,
          problem: `with its ${bits} bits, all rules together would name foreign flows too often, so it names nothing alone`,
          advice: { remedy: () => "make it stricter, or load fewer rules" },
        },
      ];
    }
    if (known.has(entry.name) && power === "corroborated") return [];
    const problem =
      power === "corroborated"
        ? `it is worth ${bits} bits at most and a name needs ${THRESHOLD}: it names only what is on the protocol's ports`
        : `it is worth ${bits} bits at most and a name needs ${THRESHOLD}: it never names anything`;
    const remedy =
      bits < CORROBORATED_FROM
        ? "match more of what only this protocol says"
        : power === "never"
          ? "match more of what only this protocol says, or give the protocol its `ports`"
          : "match more of what only this protocol says, or show with a `weak` sample that it is meant";
    return [{ where: entry.name, problem, advice: { remedy: () => remedy } }];
  });
}

/** All that is to be said of definitions that were compiled into `catalog`. */
export function warningsOf(definitions: readonly Definition[], catalog: Catalog): Warning[] {
  const named = nameSamples(new Namer(definitions), samplesOf(definitions));
  return [
    ...definitions.flatMap(stepWarnings),
    ...containmentWarnings(definitions, definitions),
    ...definitions.flatMap((definition) => {
      const own = named.filter(({ sample }) => sample.protocol === definition.name);
      return sampleWarnings([definition], definitions, own);
    }),
    ...weaknessWarnings(definitions, catalog, named),
  ];
}
