/**
 * Words of the vocabulary as YAML says them. What each takes is known from `vocabulary.ts` itself
 * (`src/generated/words.ts`), so a new word needs nothing here.
 *
 *   lineEnd                              a word without arguments, not in quotes
 *   "SSH-"                               text that stands for itself, in quotes
 *   u16: length                          one argument
 *   repeat: [1, 4, { u8: kind }]         arguments in their order; options come last
 *   run: { of: digits, max: 3 }          arguments by their names
 */
import { condition as conditionShape, words } from "../generated/words.js";
import { Fault, type Say, tell } from "../language/fault.js";
import { all, type Pattern, type Sequence } from "../language/pattern.js";
import type { Gives, Kind, Parameter, Shape } from "../language/shape.js";
import * as vocabulary from "../language/vocabulary.js";
import { suggestion } from "../policy/suggest.js";
import {
  booleanOf,
  entriesOf,
  type Entry,
  isMap,
  isQuoted,
  isScalar,
  isSeq,
  itemsOf,
  MADE_MAX,
  type Node,
  numberOf,
  plainNode,
  type Scalar,
  textOf,
  Wrong,
} from "./yaml.js";

/** As words are written in rules: `u16: length`. */
export const sayInYaml: Say = (word, ...args) => {
  if (args.length === 0) return `\`${word}\``;
  return `\`${word}: ${args.length === 1 ? args[0] : `[${args.join(", ")}]`}\``;
};

/** Where each pattern was written. */
export type Origins = WeakMap<Pattern, Node>;

const shapeOf = (name: string): Shape | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

const namesOf = (...gives: Gives[]): string[] =>
  Object.entries(words).flatMap(([name, shape]) => (gives.includes(shape.gives) ? [name] : []));

/** What a word is called for a person who put it in the wrong place. */
const ROLES: Record<Gives, string> = {
  pattern: "a word of what is matched",
  set: "a set of bytes",
  text: "text",
  names: "names of numbers",
  fact: "a fact",
  message: "a message of a sample",
  conversation: "a sample",
};

/** What may be a list by itself. */
const LISTS: readonly Kind[] = ["numbers", "condition", "word"];

/** One word with its argument, as a mapping of one entry. */
interface Call {
  readonly name: string;
  readonly shape: Shape;
  readonly keyNode: Node;
  readonly argument: Node;
}

export class WordReader {
  constructor(
    readonly origins: Origins,
    readonly file: { made: number },
  ) {}

  /** The steps of a script. */
  script(node: Node): Sequence[] {
    const items = isSeq(node) ? itemsOf(node, "a script") : [node];
    return items.map((item) => this.step(item));
  }

  step(node: Node): Sequence {
    if (!isMap(node)) {
      throw new Wrong(
        node,
        "a script is a list of steps; write `- step: [ … ]`, one for each message",
      );
    }
    const call = this.#call(node, ["pattern"]);
    if (call.name !== "step") {
      throw new Wrong(
        call.keyNode,
        `a script is a list of steps; put \`${call.name}\` into \`- step: [ … ]\``,
      );
    }
    return this.#invoke(call) as Sequence;
  }

  fact(node: Node): unknown {
    return this.#typed(node, "fact");
  }

  conversation(node: Node): unknown {
    return this.#typed(node, "conversation");
  }

  #typed(node: Node, gives: Gives): unknown {
    if (isMap(node)) return this.#invoke(this.#call(node, [gives]));
    throw new Wrong(node, `${ROLES[gives]} is written with ${namesOf(gives).join(", ")}`);
  }

  /** A mapping of one word to its argument. */
  #call(node: Node, gives: readonly Gives[]): Call {
    const entries = entriesOf(node, "a word with what it takes");
    const [entry, another] = entries;
    if (!entry) throw new Wrong(node, "something is missing here");
    const shape = this.#shape(entry.key, entry.keyNode, gives);
    if (another) {
      throw new Wrong(
        another.keyNode,
        `"${another.key}" stands beside "${entry.key}"; each word is an item of its own, behind a "-"`,
      );
    }
    if (!shape.takes) {
      throw new Wrong(entry.keyNode, `\`${entry.key}\` takes nothing; write it without a colon`);
    }
    return { name: entry.key, shape, keyNode: entry.keyNode, argument: entry.value };
  }

  #shape(name: string, node: Node, gives: readonly Gives[]): Shape {
    const shape = shapeOf(name);
    if (!shape) {
      throw new Wrong(node, unknownWord(name, namesOf(...gives)));
    }
    if (!gives.includes(shape.gives)) {
      const remedy =
        shape.gives === "set" && gives.includes("pattern")
          ? `; write \`byte: ${name}\` or \`run: ${name}\``
          : `; here stands ${ROLES[gives[0]!]}`;
      throw new Wrong(node, `\`${name}\` is ${ROLES[shape.gives]}${remedy}`);
    }
    return shape;
  }

  /** The word itself, with its arguments read. */
  #invoke({ name, shape, keyNode, argument }: Call): unknown {
    const values = this.#arguments(name, shape.takes!, argument);
    return this.#made(name, keyNode, (vocabulary as Record<string, any>)[name], values);
  }

  #made(name: string, node: Node, word: any, values: readonly unknown[]): unknown {
    if (this.file.made > MADE_MAX)
      throw new Wrong(node, `the samples of a file have ${MADE_MAX / 1024} KiB at most; cut them`);
    let made: unknown;
    try {
      made = word(...values);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const message =
        error instanceof Fault ? tell(error.problem, error.advice, sayInYaml) : error.message;
      throw new Wrong(node, `${name}: ${message}`);
    }
    if (typeof made === "string") this.file.made += made.length;
    const patterns = Array.isArray(made) ? made : [made];
    for (const pattern of all(patterns.filter((each) => each?.kind !== undefined) as Sequence)) {
      if (!this.origins.has(pattern)) this.origins.set(pattern, node);
    }
    return made;
  }

  // ── Arguments ────────────────────────────────────────────────────────────────────────────────

  #arguments(name: string, takes: readonly Parameter[], node: Node): unknown[] {
    const [only, ...others] = takes;
    if (!only) return [];
    if (isMap(node)) {
      const named = this.#byName(name, takes, node);
      if (named) return named;
    }
    if (others.length === 0 && only.rest)
      return this.#rest(only, isSeq(node) ? node : [node], node);
    if (others.length === 0) {
      if (!isSeq(node) || LISTS.includes(only.kind)) return [this.#value(name, only, node)];
      return this.#inOrder(name, takes, itemsOf(node, name), node);
    }
    if (!isSeq(node)) return this.#inOrder(name, takes, [node], node);
    return this.#inOrder(name, takes, itemsOf(node, name), node);
  }

  #inOrder(
    name: string,
    takes: readonly Parameter[],
    items: readonly Node[],
    around: Node,
  ): unknown[] {
    const values: unknown[] = [];
    for (const [index, parameter] of takes.entries()) {
      if (parameter.rest) {
        const rest = items.slice(index);
        if (rest.length === 0) throw new Wrong(around, `\`${name}\` needs ${describeAll(takes)}`);
        return [...values, ...this.#rest(parameter, rest, around)];
      }
      const item = items[index];
      if (item) values.push(this.#value(name, parameter, item));
      else if (parameter.optional) break;
      else throw new Wrong(around, `\`${name}\` needs ${describeAll(takes)}`);
    }
    const extra = items[takes.length];
    if (extra) throw new Wrong(extra, `\`${name}\` takes no more than ${describeAll(takes)}`);
    return values;
  }

  #rest(parameter: Parameter, from: Node | readonly Node[], around: Node): unknown[] {
    const { kind } = parameter;
    if (kind === "field-or-condition") return this.#fieldAndCondition(from, around);
    const items = Array.isArray(from) ? (from as Node[]) : itemsOf(from as Node, parameter.name);
    if (items.length === 0) throw new Wrong(around, "something is missing here");
    return items.map((item) => this.#value(parameter.name, parameter, item));
  }

  /** `u8: 5`, `u8: type`, `u8: [1, 2]`, `u8: [type, { max: 3 }]`. */
  #fieldAndCondition(from: Node | readonly Node[], around: Node): unknown[] {
    const items = Array.isArray(from) ? (from as Node[]) : itemsOf(from as Node, "a number");
    const isField = (node: Node) =>
      isScalar(node) && (isQuoted(node) || typeof node.value !== "number");
    const field = items.filter(isField);
    const others = items.filter((item) => !isField(item));
    if (field.length > 1) throw new Wrong(field[1]!, "a number is read into one field");
    const values: unknown[] = field.map((node) => textOf(node, "a field"));
    if (others.length === 0) return values;
    const isListed =
      others.every((node) => isScalar(node)) && (field.length === 0 || others.length > 1);
    if (isListed) return [...values, others.map((node) => numberOf(node, "a value"))];
    if (others.length > 1)
      throw new Wrong(around, "a field and one condition, both as you need them");
    return [...values, this.#condition(others[0]!)];
  }

  /** Arguments by name; options stand among them. Undefined where the mapping is something else. */
  #byName(name: string, takes: readonly Parameter[], node: Node): unknown[] | undefined {
    const flat = takes.flatMap((parameter) =>
      flatten(parameter).map((each) => ({ parameter, each })),
    );
    const entries = entriesOf(node, name);
    const known = new Set(flat.map(({ each }) => each.name));
    const isWord = entries.length === 1 && shapeOf(entries[0]!.key) !== undefined;
    if (!entries.some(({ key }) => known.has(key))) {
      const takesMapping = takes.length === 1 && takes[0]!.kind === "word-map";
      if (takesMapping || isWord || entries.length === 0) return undefined;
      const [{ key, keyNode }] = entries as [Entry];
      throw new Wrong(
        keyNode,
        `\`${name}\` takes no "${key}"${suggestion(key, known)}${takesText(takes)}`,
      );
    }
    if (takes.length === 1 && takes[0]!.kind === "word-map") return undefined;
    const given = new Map(entries.map((entry) => [entry.key, entry]));
    for (const { key, keyNode } of entries) {
      if (!known.has(key)) {
        throw new Wrong(
          keyNode,
          `\`${name}\` takes no "${key}"${suggestion(key, known)}${takesText(takes)}`,
        );
      }
    }
    const values: unknown[] = [];
    for (const parameter of takes) {
      const value = this.#named(name, parameter, given, node);
      if (parameter.rest) values.push(...(value as unknown[]));
      else values.push(value);
    }
    while (values.length > 0 && values.at(-1) === undefined) values.pop();
    return values;
  }

  #named(
    name: string,
    parameter: Parameter,
    given: ReadonlyMap<string, Entry>,
    node: Node,
  ): unknown {
    const own = given.get(parameter.name);
    const { kind } = parameter;
    if (typeof kind === "object") {
      return this.#options(name, kind.options, given, node);
    }
    if (kind === "field-or-condition" || kind === "condition") {
      const field = kind === "condition" ? undefined : given.get("field");
      const conditions = conditionShape.filter((each) => given.has(each.name));
      const whole = own ?? given.get("condition");
      const condition = whole
        ? this.#condition(whole.value)
        : conditions.length > 0
          ? this.#options(name, conditionShape, given, node)
          : undefined;
      if (kind === "condition") {
        if (condition === undefined) throw new Wrong(node, `\`${name}\` needs a condition`);
        return condition;
      }
      return [field && textOf(field.value, "a field"), condition].filter(
        (each) => each !== undefined,
      );
    }
    if (!own) {
      if (parameter.optional || parameter.rest) return parameter.rest ? [] : undefined;
      throw new Wrong(node, `\`${name}\` needs "${parameter.name}"`);
    }
    return parameter.rest
      ? this.#rest(parameter, isSeq(own.value) ? own.value : [own.value], own.value)
      : this.#value(name, parameter, own.value);
  }

  #options(
    name: string,
    options: readonly Parameter[],
    given: ReadonlyMap<string, Entry>,
    node: Node,
  ): Record<string, unknown> {
    const result: Record<string, unknown> = Object.create(null);
    for (const option of options) {
      const own = given.get(option.name);
      if (own) result[option.name] = this.#value(name, option, own.value);
      else if (!option.optional) throw new Wrong(node, `\`${name}\` needs "${option.name}"`);
    }
    return result;
  }

  #value(name: string, { name: what, kind }: Parameter, node: Node): unknown {
    plainNode(node, node);
    if (typeof kind === "object") {
      if (!isMap(node)) {
        throw new Wrong(
          node,
          `the options of \`${name}\` are ${kind.options.map((o) => o.name).join(", ")}`,
        );
      }
      const known = kind.options.map((option) => option.name);
      const given = new Map(entriesOf(node, name).map((entry) => [entry.key, entry]));
      for (const { key, keyNode } of given.values()) {
        if (!known.includes(key)) {
          throw new Wrong(
            keyNode,
            `\`${name}\` takes no "${key}"${suggestion(key, known)}${takesText(kind.options)}`,
          );
        }
      }
      return this.#options(name, kind.options, given, node);
    }
    const readers: Record<Kind & string, () => unknown> = {
      text: () => this.text(node, what),
      number: () => numberOf(node, what),
      boolean: () => booleanOf(node, what),
      set: () => this.#set(node),
      count: () =>
        isScalar(node) && typeof node.value === "number" && !isQuoted(node)
          ? numberOf(node, what)
          : textOf(node, what),
      numbers: () =>
        isSeq(node)
          ? itemsOf(node, what).map((each) => numberOf(each, what))
          : numberOf(node, what),
      condition: () => this.#condition(node),
      "field-or-condition": () => this.#condition(node),
      word: () => this.word(node),
      "word-map": () => {
        const result: Record<string, unknown> = Object.create(null);
        for (const { key, value } of entriesOf(node, what)) result[key] = this.word(value);
        return result;
      },
      names: () => this.#names(node),
      level: () => {
        const level = textOf(node, "a level");
        if (["D3", "D4", "D5"].includes(level)) return level;
        throw new Wrong(
          node,
          `"${level}" is no level; D4 is for names of hosts and people's sites, D5 for the rest`,
        );
      },
      message: () => this.#typed(node, "message"),
    };
    return readers[kind]();
  }

  /** A pattern, a text in quotes, or a list of them. */
  word(node: Node): vocabulary.Word {
    plainNode(node, node);
    if (isSeq(node)) return itemsOf(node, "a list of words").map((item) => this.word(item));
    if (isMap(node)) {
      const call = this.#call(node, ["pattern", "text"]);
      const made = this.#invoke(call);
      return call.shape.gives === "text"
        ? (this.#made("literal", call.keyNode, vocabulary.literal, [made]) as Pattern)
        : (made as vocabulary.Word);
    }
    if (isQuoted(node as never)) {
      const text = this.text(node, "a word");
      return this.#made("literal", node, vocabulary.literal, [text]) as Pattern;
    }
    const text = textOf(node, "a word");
    if (text === "") {
      throw new Wrong(node, "something is missing here; text with a # in it stands in quotes");
    }
    const shape = shapeOf(text);
    if (!shape) {
      const hint = suggestion(text, namesOf("pattern"));
      throw new Wrong(node, `unknown word "${text}"${hint || "; text stands in quotes"}`);
    }
    this.#shape(text, node, ["pattern"]);
    if (shape.takes) {
      if (shape.takes.every(({ optional }) => optional))
        return this.#made(text, node, (vocabulary as any)[text], []) as Pattern;
      throw new Wrong(node, `\`${text}\` needs ${describeAll(shape.takes)}`);
    }
    // A copy: the same constant stands in many places, and each has its own.
    return this.#made(text, node, () => ({ ...(vocabulary as any)[text] }), []) as Pattern;
  }

  /** Text, or a word that makes text. */
  text(node: Node, what: string): string {
    if (isMap(node)) return this.#invoke(this.#call(node, ["text"])) as string;
    const text = textOf(node, what);
    const [escape] = /\\(?:[rnt0]|x[0-9a-f]{2})/i.exec(text) ?? [];
    if (escape !== undefined && (node as Scalar).type !== "QUOTE_DOUBLE") {
      throw new Wrong(
        node,
        `${escape} is one byte in double quotes only; write "…", and in it \\\\ for a backslash`,
      );
    }
    return text;
  }

  #set(node: Node): unknown {
    if (isMap(node)) return this.#invoke(this.#call(node, ["set"]));
    const text = textOf(node, "a set of bytes");
    if (isQuoted(node as never)) return this.#made("set", node, vocabulary.set, [text]);
    const shape = shapeOf(text);
    if (shape?.gives === "set" && !shape.takes) return (vocabulary as any)[text];
    const hint =
      suggestion(text, namesOf("set")) ||
      `; in quotes it is a set as between the brackets of a regular expression`;
    throw new Wrong(node, `unknown set "${text}"${hint}`);
  }

  #condition(node: Node): unknown {
    if (isSeq(node)) return itemsOf(node, "a condition").map((each) => numberOf(each, "a value"));
    if (isMap(node))
      return this.#value(
        "a condition",
        { name: "condition", kind: { options: conditionShape } },
        node,
      );
    return numberOf(node, "a condition");
  }

  #names(node: Node): unknown {
    if (isScalar(node))
      return this.#made("numbered", node, vocabulary.numbered, [textOf(node, "names")]);
    const entries = entriesOf(node, "names");
    if (entries.length === 1 && entries[0]!.key === "numbered") {
      return this.#invoke(this.#call(node, ["names"]));
    }
    const result: Record<number, string> = Object.create(null);
    for (const { keyNode, value } of entries) {
      result[numberOf(keyNode, "what has a name")] = textOf(value, "a name");
    }
    return result;
  }
}

/** The nearest word, or all where they are few. */
function unknownWord(name: string, known: readonly string[]): string {
  const few = known.length <= 6 ? `; there are ${known.join(", ")}` : "";
  return `unknown word "${name}"${suggestion(name, known) || few}`;
}

/** A parameter and what can stand for it by name. */
function flatten(parameter: Parameter): readonly Parameter[] {
  const { kind } = parameter;
  if (typeof kind === "object") return kind.options;
  if (kind === "condition") return [parameter, ...conditionShape];
  if (kind === "field-or-condition") {
    return [
      { name: "field", kind: "text" },
      { name: "condition", kind: "condition" },
      ...conditionShape,
    ];
  }
  return [parameter];
}

const describeAll = (takes: readonly Parameter[]): string =>
  takes
    .flatMap((parameter) => {
      const { name, rest, optional, kind } = parameter;
      if (typeof kind === "object") return [`{ ${kind.options.map((o) => o.name).join(", ")} }`];
      if (kind === "field-or-condition") return ["a field, a condition, or both"];
      return [`${name}${rest ? " …" : optional ? " (optional)" : ""}`];
    })
    .join(", ");

const takesText = (takes: readonly Parameter[]): string =>
  `; it takes ${takes.flatMap((each) => flatten(each).map(({ name }) => name)).join(", ")}`;
