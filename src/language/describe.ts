/** What a definition matches, in words, for people who did not write it. */
import { type ByteSet, isAny } from "./bytes.js";
import type { Definition, Signature } from "./definition.js";
import type { Pattern, PatternOf, Sequence, Where } from "./pattern.js";
import { blanks, digits, letters, printable, textual, visible } from "./vocabulary.js";

const SIDES = {
  client: "the client says",
  server: "the server says",
  first: "whoever speaks first says",
  reply: "the other answers",
} as const;

/** One signature, in lines that are indented by what they stand in. */
export function describeSignature(name: string, signature: Signature): string[] {
  const over = [signature.over].flat().map((each) => each.toUpperCase());
  const lines = [`${name}, over ${over.join(" and ")}:`];
  for (const role of ["client", "server", "first", "reply"] as const) {
    (signature[role] ?? []).forEach((step, index) => {
      lines.push(`  ${SIDES[role]}${index > 0 ? ", then" : ""}:`);
      lines.push(...indent(indent(describe(step))));
    });
  }
  if (signature.again) lines.push("  what is said first may be said again between the rest");
  if (signature.both) lines.push("  both sides must match");
  if (signature.told) lines.push("  what the server says is read for its facts alone");
  if (signature.implies) lines.push(`  it is a special case of ${signature.implies.join(", ")}`);
  if (signature.watch) lines.push("  later datagrams and segments are read for their facts");
  return lines;
}

/** A definition's facts and ports, a line each. */
export function describeHead({ title, category, source, ports, facts = {} }: Definition): string[] {
  const list = Object.entries(ports ?? {}).flatMap(([transport, numbers]) =>
    numbers.length > 0 ? [`${transport.toUpperCase()} ${numbers.join(", ")}`] : [],
  );
  const factList = Object.entries(facts).map(
    ([name, { type, level }]) => `${name} (${type}, ${level})`,
  );
  return [
    `${title}; ${category}; ${source}`,
    ...(list.length > 0 ? [`ports: ${list.join("; ")}`] : []),
    ...(factList.length > 0 ? [`facts: ${factList.join(", ")}`] : []),
  ];
}

export const describe = (sequence: Sequence): string[] => sequence.flatMap(describePattern);

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** What a pattern says of the words in it: on the same line where they are one line. */
function around(head: string, body: Sequence): string[] {
  const lines = describe(body);
  return lines.length === 1 ? [`${head}: ${lines[0]}`] : [`${head}:`, ...indent(lines)];
}

const field = (name: string): string => `\`${name}\``;
const bytes = (count: number): string => (count === 1 ? "1 byte" : `${count} bytes`);
const range = (low: number, high: number): string =>
  low === high ? `${low}` : high >= 65534 ? `${low} or more` : `${low} … ${high}`;

/** How a pattern reads. */
function describePattern(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case "literal":
      return [`${describeText(pattern.text)}${pattern.nocase ? " in either case" : ""}`];
    case "byte":
      return [`1 byte of ${describeSet(pattern.set)}`];
    case "run": {
      const count = range(pattern.min, pattern.max);
      const into = pattern.field === undefined ? "" : `; their number is ${field(pattern.field)}`;
      return [`${count} ${count === "1" ? "byte" : "bytes"} of ${describeSet(pattern.set)}${into}`];
    }
    case "few":
      return [
        `${pattern.of} bytes, at most ${pattern.most} of them of ${describeSet(pattern.set)}`,
      ];
    case "skip":
      return typeof pattern.bytes === "number"
        ? [`${bytes(pattern.bytes)}, whatever they are`]
        : [`as many bytes as ${field(pattern.bytes)} says, whatever they are`];
    case "until":
      return [
        `everything up to ${describeText(String.fromCharCode(pattern.byte))}, which comes within ${bytes(pattern.most)}`,
      ];
    case "line-end":
      return ["the end of the line"];
    case "number": {
      const order = pattern.little ? ", the lowest byte first" : "";
      const into = pattern.field === undefined ? "" : ` ${field(pattern.field)}`;
      const where = describeWhere(pattern.where, 256 ** pattern.width - 1);
      return [
        `a number${into} of ${bytes(pattern.width)}${order}${where && `, which is ${where}`}`,
      ];
    }
    case "check":
      return [
        `${field(pattern.field)} is ${describeWhere(pattern.where, 2 ** 32 - 1) || "anything"}`,
      ];
    case "derive":
      return [describeDerive(pattern)];
    case "equal":
      return [`${field(pattern.left)} equals ${field(pattern.right)}`];
    case "remains":
      return [`${field(pattern.field)} says how many bytes remain`];
    case "room":
      return [`the bytes that remain number ${describeWhere(pattern.where, 2 ** 32 - 1) || "any"}`];
    case "within":
      return around(
        pattern.loose
          ? `at the beginning of as many bytes as ${field(pattern.field)} says`
          : `in exactly as many bytes as ${field(pattern.field)} says`,
        pattern.body,
      );
    case "either":
      return describeEither(pattern);
    case "not":
      return around("not here", pattern.body);
    case "repeat":
      return around(`${range(pattern.min, pattern.max)} times`, pattern.body);
    case "times":
      return around(
        `as often as ${field(pattern.count)} says, at most ${pattern.most} times`,
        pattern.body,
      );
    case "after-lines":
      return around(
        `at the beginning of this line or of one of the next ${pattern.most}`,
        pattern.body,
      );
    case "name":
      return [`a DNS name${pattern.pointers ? ", which may be compressed" : ""}`];
    case "capture":
      return around(`the fact ${pattern.fact}`, pattern.body);
    case "report":
      return [`the fact ${pattern.fact} is ${field(pattern.field)}`];
    case "remember":
      return [
        `${field(pattern.field)} is remembered${pattern.as === pattern.field ? "" : ` as ${field(pattern.as)}`}`,
      ];
    case "repeats":
      return [`${field(pattern.field)} is what was remembered as ${field(pattern.remembered)}`];
    case "advances":
      return [
        `${field(pattern.field)} is 1 … ${pattern.most} ahead of what was remembered as ${field(pattern.remembered)}`,
      ];
    case "capped":
      return around(`worth ${pattern.bits} bits at most`, pattern.body);
    case "origin":
      return ["from here pointers of names are counted"];
    case "at-end":
      return ["nothing more"];
    case "rest":
      return ["whatever follows"];
    case "dissect":
      return [`from here on in what ${pattern.dissector} makes of these bytes`];
    case "accept":
      return ["that is enough; what follows is read for its facts"];
  }
}

function describeEither({ alternatives }: PatternOf<"either">): string[] {
  const last = alternatives.at(-1);
  const isOptional = last?.length === 0;
  const real = isOptional ? alternatives.slice(0, -1) : alternatives;
  if (isOptional && real.length === 1) return around("if it is there", real[0]!);
  const head = isOptional ? "one of these, if it is there" : "one of these";
  const texts = real.map(([only, ...others]) =>
    only?.kind === "literal" && only.nocase && others.length === 0 ? only.text : undefined,
  );
  if (texts.every((text) => text !== undefined)) {
    return [`${head}, in either case: ${texts.map(describeText).join(" | ")}`];
  }
  const lines = real.map((each) => describe(each));
  if (lines.every((each) => each.length === 1)) return [`${head}: ${lines.join(" | ")}`];
  return [
    `${head}:`,
    ...lines.flatMap((each) => each.map((line, index) => `  ${index === 0 ? "- " : "  "}${line}`)),
  ];
}

function describeDerive(pattern: PatternOf<"derive">): string {
  const { and, shift, times, plus, more, less } = pattern;
  let value = field(pattern.source);
  if (and !== 0xffffffff) value += ` & 0x${and.toString(16)}`;
  if (shift !== 0) value += ` >> ${shift}`;
  if (times !== 1) value += ` × ${times}`;
  if (plus !== 0) value += plus > 0 ? ` + ${plus}` : ` − ${-plus}`;
  if (more !== undefined) value += ` + ${field(more)}`;
  if (less !== undefined) value += ` − ${field(less)}`;
  return `${field(pattern.field)} is ${value}`;
}

function describeWhere({ ranges, mask, bits }: Where, most: number): string {
  const isFree = ranges.length === 1 && ranges[0]![0] === 0 && ranges[0]![1] >= most;
  const shown = ranges
    .slice(0, 12)
    .map(([low, high]) =>
      low === high ? `${low}` : high >= most ? `${low} or more` : `${low} … ${high}`,
    );
  if (ranges.length > shown.length) shown.push(`… (${ranges.length} in all)`);
  const parts = [
    ...(isFree ? [] : [shown.join(", ")]),
    ...(mask === 0 ? [] : [`0x${bits.toString(16)} in the bits 0x${mask.toString(16)}`]),
  ];
  return parts.join(" and ");
}

const NAMED_SETS: readonly (readonly [name: string, set: ByteSet])[] = [
  ["digits", digits],
  ["letters", letters],
  ["visible ASCII", visible],
  ["printable ASCII", printable],
  ["text", textual],
  ["spaces and tabs", blanks],
];

function describeSet(set: ByteSet): string {
  if (isAny(set)) return "any value";
  const key = JSON.stringify(set);
  const named = NAMED_SETS.find(([, each]) => JSON.stringify(each) === key);
  if (named) return named[0];
  return set
    .map(([low, high]) => {
      if (low === high) return describeByte(low);
      const between = high - low === 1 ? " " : "-";
      return `${describeByte(low)}${between}${describeByte(high)}`;
    })
    .join(" ");
}

const describeByte = (value: number): string =>
  value > 0x20 && value < 0x7f
    ? String.fromCharCode(value)
    : `0x${value.toString(16).padStart(2, "0")}`;

/** In quotes where it is text, else in hexadecimal. */
export function describeText(text: string): string {
  if (/^[\x20-\x7e\r\n\t]*$/.test(text)) return JSON.stringify(text);
  const shown = Array.from(text.slice(0, 32)).map((each) =>
    each.charCodeAt(0).toString(16).padStart(2, "0"),
  );
  return `the bytes ${shown.join(" ")}${text.length > 32 ? ` … (${text.length})` : ""}`;
}
