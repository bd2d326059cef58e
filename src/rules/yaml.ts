/**
 * YAML as rule files may have it. A rule file can come from anybody: it is small, flat, and plain; tags,
 * anchors and aliases are refused where they stand, and nothing in it ever becomes a JavaScript object.
 */
import {
  type Alias,
  CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { suggestion } from "../policy/suggest.js";
import type { RuleProblem } from "./problems.js";

export { isMap, isScalar, isSeq };
export type { Node, Scalar, YAMLMap, YAMLSeq };

/** Bytes of a file. The parser needs up to 10 µs a byte for the worst there is. */
export const FILE_MAX = 256 * 1024;
/** Bytes of all texts that words make in a file; the oracle reads some 4 MiB of samples a second. */
export const MADE_MAX = 1024 * 1024;
/** Problems that are told of; who has more has another one. */
export const PROBLEMS_MAX = 20;
/** Columns and brackets that may stand around anything. The parser recurses: 700 brackets are too much for it. */
const DEEPEST_BLOCK = 200;
const DEEPEST_FLOW = 64;

/** What is wrong with a node; caught where the next thing can be read. */
export class Wrong extends Error {
  constructor(
    readonly place: Node | number,
    message: string,
  ) {
    super(message);
  }
}

/** Longest text of the file's own that a message repeats. */
const WORD_MAX = 100;
const MESSAGE_MAX = 1000;

const inShort = (message: string): string =>
  message
    .replaceAll(/\S+/g, (word) => (word.length > WORD_MAX ? `${word.slice(0, WORD_MAX)}…` : word))
    .slice(0, MESSAGE_MAX);

/** One file: its documents, and the problems found in it. */
export class RuleFile {
  readonly documents: readonly Node[];
  readonly problems: RuleProblem[] = [];
  /** Bytes that words made: a few letters can ask for many. */
  made = 0;
  readonly #lines = new LineCounter();

  constructor(
    readonly name: string,
    text: string,
  ) {
    this.documents = this.attempt(() => this.#parse(text)) ?? [];
  }

  /** Runs `read`; what is wrong becomes a problem, and the answer undefined. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.complain(error.place, error.message);
      return undefined;
    }
  }

  complain(place: Node | number, message: string): void {
    if (this.problems.length < PROBLEMS_MAX) {
      this.problems.push({ file: this.name, ...this.positionOf(place), message: inShort(message) });
    }
  }

  positionOf(place: Node | number): { line: number; column: number } {
    const offset = typeof place === "number" ? place : (place.range?.[0] ?? 0);
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #parse(text: string): Node[] {
    if (text.length > FILE_MAX) {
      throw new Wrong(0, `a rule file has ${FILE_MAX / 1024} KiB at most; split it`);
    }
    checkDepth(text, this.#lines);
    const documents = parseAllDocuments(text, {
      schema: "core",
      version: "1.2",
      merge: false,
      uniqueKeys: false, // it takes quadratic time; `entriesOf` sees to it
      prettyErrors: false,
      lineCounter: this.#lines,
      logLevel: "error",
    });
    const nodes: Node[] = [];
    for (const { errors, contents } of Array.isArray(documents) ? documents : []) {
      const [first] = errors; // the others follow from it, mostly
      if (first) {
        this.complain(first.pos[0], remedied(first.message));
        continue;
      }
      if (contents && !isEmpty(contents)) nodes.push(contents);
    }
    if (nodes.length === 0 && this.problems.length === 0) {
      throw new Wrong(0, "there is no rule in this file; write at least `name:`");
    }
    return nodes;
  }
}

const isEmpty = (node: Node): boolean => isScalar(node) && node.source === "";

/** YAML's own complaints, with a hint at the mistakes that people make. They repeat the file's text, so they are cut first. */
function remedied(message: string): string {
  const text = `this is not YAML: ${message
    .slice(0, MESSAGE_MAX)
    .replaceAll(/\s*\n\s*/g, " ")
    .slice(0, 200)}`;
  if (/sufficiently indented|same column/.test(message)) {
    return `${text}; close what was opened, and let items of one list begin in one column`;
  }
  if (/Nested mappings|Implicit map keys|Implicit keys/.test(message)) {
    return `${text}; a colon in text needs quotes`;
  }
  return /tab/i.test(message) ? `${text}; indent with spaces` : text;
}

/** How deep things stand, before the parser goes in there. */
function checkDepth(text: string, lines: LineCounter): void {
  let offset = 0;
  let flow = 0;
  let block = 0;
  let isLineStart = true;
  lines.addNewLine(0);
  for (const token of new Lexer().lex(text)) {
    switch (CST.tokenType(token)) {
      case "newline":
        block = 0;
        isLineStart = true;
        break;
      case "space":
        if (isLineStart) block += token.length;
        break;
      case "seq-item-ind":
      case "explicit-key-ind":
      case "map-value-ind":
        isLineStart = false;
        if (flow === 0) block++;
        break;
      case "flow-seq-start":
      case "flow-map-start":
        isLineStart = false;
        flow++;
        break;
      case "flow-seq-end":
      case "flow-map-end":
        flow = Math.max(0, flow - 1);
        break;
      case "byte-order-mark":
      case "doc-mode":
      case "flow-error-end":
        continue; // marks of the lexer's own, which stand for no text
      default:
        isLineStart = false;
    }
    if (flow > DEEPEST_FLOW || block > DEEPEST_BLOCK) {
      countLines(text, Math.min(offset, text.length), lines);
      throw new Wrong(
        Math.min(offset, text.length),
        `this stands too deep: ${DEEPEST_FLOW} brackets or ${DEEPEST_BLOCK} columns at most`,
      );
    }
    offset += token.length;
  }
  lines.lineStarts.length = 0;
}

function countLines(text: string, end: number, lines: LineCounter): void {
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
    lines.addNewLine(at + 1);
  }
}

// ── Nodes ────────────────────────────────────────────────────────────────────────────────────────

/** The node itself, if it is plain: no alias, anchor or tag. */
export function plainNode(node: unknown, around: Node): Node {
  if (node === null || node === undefined) throw new Wrong(around, "something is missing here");
  const each = node as Node;
  if (isAlias(each)) {
    throw new Wrong(
      each,
      `aliases (*${(each as Alias).source}) are not used in rules; write it out`,
    );
  }
  const { anchor, tag } = each as Scalar;
  if (anchor !== undefined) throw new Wrong(each, `anchors (&${anchor}) are not used in rules`);
  if (tag !== undefined) throw new Wrong(each, `tags (${tag}) are not used in rules; leave it out`);
  return each;
}

/** A scalar's text, whether in quotes or not. */
export function textOf(node: Node, what: string): string {
  if (!isScalar(node)) throw new Wrong(node, `${what} is a text`);
  return isQuoted(node) ? String(node.value) : (node.source ?? String(node.value ?? ""));
}

/** In quotes, or a block: text, and not the name of a word. */
export const isQuoted = (node: Scalar): boolean => node.type !== undefined && node.type !== "PLAIN";

export function numberOf(node: Node, what: string): number {
  if (isScalar(node) && !isQuoted(node) && typeof node.value === "number") {
    if (/^[-+]?0\d/.test(node.source ?? ""))
      throw new Wrong(
        node,
        `${node.source} is ${node.value} to some and octal to others; write ${node.value}`,
      );
    if (Number.isFinite(node.value)) return node.value;
  }
  throw new Wrong(node, `${what} is a number, as 12 or 0x0c`);
}

export function booleanOf(node: Node, what: string): boolean {
  if (isScalar(node) && !isQuoted(node) && typeof node.value === "boolean") return node.value;
  throw new Wrong(node, `${what} is true or false`);
}

export function itemsOf(node: Node, what: string): Node[] {
  if (!isSeq(node)) throw new Wrong(node, `${what} is a list`);
  return node.items.map((item) => plainNode(item, node));
}

export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** The entries of a mapping; a key stands once. */
export function entriesOf(node: Node, what: string): Entry[] {
  if (!isMap(node)) throw new Wrong(node, `${what} is a mapping of names to values`);
  const seen = new Set<string>();
  return node.items.map((pair): Entry => {
    const keyNode = plainNode(pair.key, node);
    const key = textOf(keyNode, "a name");
    if (seen.has(key)) throw new Wrong(keyNode, `"${key}" is here twice; keep one`);
    seen.add(key);
    return { key, keyNode, value: plainNode(pair.value, keyNode) };
  });
}

/** The entries of a mapping that has only these keys. */
export function fieldsOf(node: Node, what: string, keys: readonly string[]): Map<string, Entry> {
  const entries = entriesOf(node, what);
  for (const { key, keyNode } of entries) {
    if (keys.includes(key)) continue;
    const hint =
      suggestion(key, keys) || `; there ${keys.length === 1 ? "is" : "are"} ${keys.join(", ")}`;
    throw new Wrong(keyNode, `${what} has no "${key}"${hint}`);
  }
  return new Map(entries.map((entry) => [entry.key, entry]));
}
