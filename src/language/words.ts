/** Patterns in words, for people: what `explain`, `protocols` and the documentation say of them. */
import { ANY, type ByteSet } from "./bytes.js";
import type { Pattern, PatternOf, Sequence, Where } from "./pattern.js";
import { blanks, digits, letters, printable, textual, visible } from "./vocabulary.js";

/** Alternatives, and values of a number, that are listed one by one. */
const LISTED = 6;

/**
 * One pattern, on one line.
 * @example
 * sayPattern(u16("size", { min: 17 })) // "size (16 bits): 17 or more"
 */
export function sayPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case "literal":
      return sayText(pattern.text) + (pattern.nocase ? " in either case" : "");
    case "byte":
      return `one of ${saySet(pattern.set)}`;
    case "run":
      return named(pattern.field, `${sayRange(pattern.min, pattern.max)} ${sayBytes(pattern.set)}`);
    case "few":
      return `${pattern.of} bytes, at most ${pattern.most} of them of ${saySet(pattern.set)}`;
    case "skip":
      return typeof pattern.bytes === "number"
        ? `${pattern.bytes} bytes of any kind`
        : `as many bytes as ${pattern.bytes} says`;
    case "until":
      return `everything up to ${sayByte(pattern.byte)}, within ${pattern.most} bytes`;
    case "line-end":
      return "the end of a line";
    case "number":
      return sayNumber(pattern);
    case "check":
      return `${pattern.field} is ${sayWhere(pattern.where) || "any number"}`;
    case "derive":
      return `${pattern.field} = ${sayDerived(pattern)}`;
    case "equal":
      return `${pattern.left} equals ${pattern.right}`;
    case "remains":
      return `${pattern.field} says how many bytes remain`;
    case "room":
      return `${sayWhere(pattern.where)} bytes remain`;
    case "within":
      return pattern.loose
        ? `in the ${pattern.field} bytes that follow: ${saySequence(pattern.body)}`
        : `filling exactly ${pattern.field} bytes: ${saySequence(pattern.body)}`;
    case "either":
      return sayEither(pattern);
    case "not":
      return `not ${grouped(pattern.body)}`;
    case "repeat":
      return `${sayRange(pattern.min, pattern.max)} times ${grouped(pattern.body)}`;
    case "times":
      return `as often as ${pattern.count} says, at most ${pattern.most} times: ${grouped(pattern.body)}`;
    case "after-lines":
      return `${saySequence(pattern.body)}, beginning one of the first ${pattern.most + 1} lines`;
    case "name":
      return "a DNS name";
    case "capture":
      return `${saySequence(pattern.body)} → ${pattern.fact}`;
    case "report":
      return pattern.field === pattern.fact
        ? `→ ${pattern.fact}`
        : `${pattern.field} → ${pattern.fact}`;
    case "remember":
      return `${pattern.as} is remembered`;
    case "repeats":
      return `${pattern.field} repeats ${sayRemembered(pattern)}`;
    case "advances":
      return `${pattern.field} is 1 to ${pattern.most} ahead of ${sayRemembered(pattern)}`;
    case "capped":
      return `${grouped(pattern.body)}, worth ${pattern.bits} bits at most`;
    case "origin":
      return "names' pointers count from here";
    case "at-end":
      return "nothing more";
    case "rest":
      return "whatever follows";
    case "dissect":
      return `what ${pattern.dissector} makes of it:`;
    case "accept":
      return "(what follows is read for its facts only)";
  }
}

/** What a sequence that failed at its very beginning wanted there: of a choice, how each begins. */
export function sayBeginning(pattern: Pattern): string {
  switch (pattern.kind) {
    case "either": {
      const firsts = pattern.alternatives.flatMap(([first]) =>
        first ? [sayBeginning(first)] : [],
      );
      const texts = [...new Set(firsts)];
      return listed(texts).join(" or ");
    }
    case "after-lines":
      return `${sayBeginning(pattern.body[0]!)} at the beginning of one of the first ${pattern.most + 1} lines`;
    case "within":
    case "repeat":
    case "times":
    case "capture":
    case "capped":
      return sayBeginning(pattern.body[0]!);
    default:
      return sayPattern(pattern);
  }
}

/** The first few of many. */
const listed = (texts: readonly string[], what = "others"): readonly string[] =>
  texts.length > LISTED + 1
    ? [...texts.slice(0, LISTED), `${texts.length - LISTED} ${what}`]
    : texts;

/** Patterns one after the other, on one line. */
export const saySequence = (sequence: Sequence): string =>
  sequence.length === 0 ? "nothing" : sequence.map(sayPattern).join(", ");

/** A step as lines: a pattern a line, those that hold much with what they hold indented below. */
export function outline(sequence: Sequence, width = 96, indent = ""): string[] {
  return sequence.flatMap((pattern, place) => {
    if (isReportOf(pattern, sequence[place - 1])) return [];
    const isReported = isReportOf(sequence[place + 1], pattern);
    const line = [pattern, ...(isReported ? [sequence[place + 1]!] : [])].map(sayPattern).join(" ");
    const parts = line.length + indent.length > width ? opened(pattern) : undefined;
    if (!parts) return [indent + line];
    return [
      `${indent}${parts.head}`,
      ...parts.bodies.flatMap((body, index) => [
        ...(index > 0 ? [`${indent}or`] : []),
        ...outline(body, width, `${indent}  `),
      ]),
    ];
  });
}

/** A field that is a fact as soon as it is there needs no line of its own. */
const isReportOf = (pattern: Pattern | undefined, before: Pattern | undefined): boolean =>
  pattern?.kind === "report" &&
  (before?.kind === "number" || before?.kind === "derive" || before?.kind === "check") &&
  before.field === pattern.field;

function opened(pattern: Pattern): { head: string; bodies: readonly Sequence[] } | undefined {
  switch (pattern.kind) {
    case "within":
      return {
        head: pattern.loose
          ? `in the ${pattern.field} bytes that follow:`
          : `filling exactly ${pattern.field} bytes:`,
        bodies: [pattern.body],
      };
    case "either": {
      const { alternatives } = pattern;
      if (alternatives.every(isText)) return undefined;
      const isOptional = alternatives.at(-1)!.length === 0;
      const bodies = isOptional ? alternatives.slice(0, -1) : alternatives;
      return { head: isOptional ? "perhaps:" : "either:", bodies };
    }
    case "repeat":
      return { head: `${sayRange(pattern.min, pattern.max)} times:`, bodies: [pattern.body] };
    case "times":
      return {
        head: `as often as ${pattern.count} says, at most ${pattern.most} times:`,
        bodies: [pattern.body],
      };
    case "after-lines":
      return {
        head: `beginning one of the first ${pattern.most + 1} lines:`,
        bodies: [pattern.body],
      };
    case "capture":
      return { head: `${pattern.fact} ←`, bodies: [pattern.body] };
    case "capped":
      return { head: `worth ${pattern.bits} bits at most:`, bodies: [pattern.body] };
    case "not":
      return { head: "not:", bodies: [pattern.body] };
    default:
      return undefined;
  }
}

const named = (field: string | undefined, text: string) =>
  field === undefined ? text : `${field}: ${text}`;

const grouped = (body: Sequence) =>
  body.length === 1 ? sayPattern(body[0]!) : `(${saySequence(body)})`;

const isText = (sequence: Sequence) => sequence.length === 1 && sequence[0]!.kind === "literal";

function sayEither({ alternatives }: PatternOf<"either">): string {
  const isOptional = alternatives.length > 1 && alternatives.at(-1)!.length === 0;
  const choices = isOptional ? alternatives.slice(0, -1) : alternatives;
  return `${isOptional ? "perhaps " : ""}${listed(choices.map(grouped)).join(" or ")}`;
}

function sayNumber({ field, width, little, where }: PatternOf<"number">): string {
  const condition = sayWhere(where, 256 ** width - 1);
  const size = `${width * 8} bits${little ? ", little-endian" : ""}`;
  const what = field === undefined ? `a number of ${size}` : `${field} (${size})`;
  return condition === "" ? what : `${what}: ${condition}`;
}

/** "" where every number will do. */
function sayWhere({ ranges, mask, bits }: Where, largest = 0xffffffff): string {
  const isAll = ranges.length === 1 && ranges[0]![0] === 0 && ranges[0]![1] >= largest;
  const texts = ranges.map(([low, high]) => {
    if (low === high) return readable(low);
    if (high >= largest) return `${readable(low)} or more`;
    return low === 0 ? `${readable(high)} or less` : `${readable(low)} to ${readable(high)}`;
  });
  const masked = mask === 0 ? [] : [`bits ${hexadecimal(mask)} are ${sayBits(bits, mask)}`];
  return [...(isAll ? [] : [listed(texts).join(", ")]), ...masked].join("; ");
}

const sayBits = (bits: number, mask: number): string =>
  bits === 0 ? "all 0" : bits === mask ? "all 1" : hexadecimal(bits);

function sayDerived({ source, and, shift, times, plus, more, less }: PatternOf<"derive">): string {
  let text = source;
  if (and !== 0xffffffff) text = `(${text} & ${hexadecimal(and)})`;
  if (shift > 0) text += ` >> ${shift}`;
  if (times !== 1) text += ` × ${times}`;
  if (plus !== 0) text += plus < 0 ? ` − ${-plus}` : ` + ${plus}`;
  if (more !== undefined) text += ` + ${more}`;
  if (less !== undefined) text += ` − ${less}`;
  return text;
}

const sayRemembered = ({ field, remembered }: { field: string; remembered: string }) =>
  field === remembered ? "the one remembered" : `the remembered ${remembered}`;

const sayRange = (min: number, max: number) => (min === max ? `${min}` : `${min} to ${max}`);

const readable = (value: number) => (value > 0xffff ? hexadecimal(value) : `${value}`);

const hexadecimal = (value: number) => `0x${value.toString(16)}`;
const pair = (value: number) => value.toString(16).padStart(2, "0");

const isPrintable = (code: number) => code >= 0x20 && code < 0x7f;

/** Text in quotes, with its line ends as in a program; bytes that are no text in hexadecimal. */
export function sayText(text: string): string {
  const isReadable = [...text].every(
    (character) => isPrintable(character.charCodeAt(0)) || "\r\n\t".includes(character),
  );
  if (isReadable) return JSON.stringify(text);
  const pairs = [...text].map((character) => pair(character.charCodeAt(0)));
  return pairs.every((each) => each === pairs[0]) && pairs.length > 4
    ? `${pairs.length} bytes ${pairs[0]}`
    : pairs.join(" ");
}

const sayByte = (value: number) =>
  isPrintable(value) ? `"${String.fromCharCode(value)}"` : pair(value);

const familiar = new Map<string, string>(
  (
    [
      [ANY, "bytes of any kind"],
      [textual, "text characters"],
      [printable, "printable characters"],
      [visible, "visible characters"],
      [digits, "digits"],
      [letters, "letters"],
      [blanks, "blanks"],
    ] as const
  ).map(([set, name]) => [JSON.stringify(set), name]),
);

const sayBytes = (set: ByteSet) =>
  familiar.has(JSON.stringify(set)) ? saySet(set) : `bytes of ${saySet(set)}`;

/** As in a regular expression, `[0-9a-f]`; what is not printable in hexadecimal. */
function saySet(set: ByteSet): string {
  const name = familiar.get(JSON.stringify(set));
  if (name !== undefined) return name;
  // [12] would look like a number.
  const values = set.flatMap(([low, high]) =>
    high - low < LISTED ? Array.from({ length: high - low + 1 }, (_, more) => low + more) : [-1],
  );
  if (values.length < LISTED && values.every(isPrintable)) return values.map(sayByte).join(" ");
  const character = (value: number) =>
    isPrintable(value) && value !== 0x20 ? String.fromCharCode(value) : `\\x${pair(value)}`;
  const shown = set.slice(0, set.length > LISTED * 2 ? LISTED * 2 : set.length);
  const parts = shown.map(([low, high]) =>
    low === high
      ? character(low)
      : `${character(low)}${high > low + 1 ? "-" : ""}${character(high)}`,
  );
  return `[${parts.join("")}${shown.length < set.length ? "…" : ""}]`;
}
