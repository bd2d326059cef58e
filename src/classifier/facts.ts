import * as abi from "../engine/abi.js";
import type { EngineMemory } from "../engine/memory.js";
import { type Catalog, type FactEntry, ownerOf } from "../language/catalog.js";
import { readers } from "../readers/index.js";
import type { FactValue } from "../record/record.js";
import type { Share } from "./budget.js";
import { sizeOfValue } from "./sizes.js";
import { perCatalog } from "./per-catalog.js";

const utf8 = new TextDecoder("utf-8");
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Facts of one flow, by fact id, each within its declared bound. */
export type FactMap = Map<number, FactValue>;

/** Per fact: index of the protocol it belongs to. */
const ownersOf = perCatalog(({ protocols, facts }): readonly number[] => {
  const indices = new Map(protocols.map(({ name }, index) => [name, index]));
  return facts.map((fact) => indices.get(ownerOf(fact)) ?? -1);
});

/** Protocols whose flows can turn out to carry another. */
const carriersOf = perCatalog((catalog): ReadonlySet<number> => {
  const owners = ownersOf(catalog).filter((_, fact) => catalog.facts[fact]!.carries !== undefined);
  return new Set(owners);
});

/** Turns the spans that an engine wrote into values. The engine has already obeyed the mask. */
export class Facts {
  readonly #owner: readonly number[];
  readonly #carriers: ReadonlySet<number>;

  constructor(
    readonly memory: EngineMemory,
    readonly catalog: Catalog,
  ) {
    this.#owner = ownersOf(catalog);
    this.#carriers = carriersOf(catalog);
  }

  /** Values of the span at `at`: one, unless a reader finds several. */
  read(at: number): readonly (string | number)[] {
    const { u8, u16, u32 } = this.memory;
    const entry = this.catalog.facts[u16[(at + abi.Z_FACT) >>> 1]!]!;
    const address = u32[(at + abi.Z_ADDRESS) >>> 2]!;
    const length = u32[(at + abi.Z_LENGTH) >>> 2]!;
    const isNumber = u32[(at + abi.Z_KIND) >>> 2] === abi.SPAN_NUMBER;
    const value = valueOf(entry, isNumber ? address : u8.subarray(address, address + length));
    if (value === undefined) return [];
    return typeof value === "object" ? value : [value];
  }

  /**
   * Adds a value as the fact's declaration says: the first one stays, or a bounded list of distinct ones grows; as far as
   * there is memory for it.
   */
  add(into: FactMap, share: Share, fact: number, value: string | number): void {
    const entry = this.catalog.facts[fact]!;
    const held = into.get(fact);
    if (held === undefined) {
      if (share.take(sizeOfValue(value))) into.set(fact, entry.keep === "first" ? value : [value]);
    } else if (Array.isArray(held) && held.length < entry.most && !held.includes(value)) {
      if (share.take(sizeOfValue(value))) held.push(value);
    }
  }

  /** Can flows of the protocol turn out to carry another? */
  canCarry(protocol: number): boolean {
    return this.#carriers.has(protocol);
  }

  /** What a flow of one protocol was seen to carry. */
  carried(facts: FactMap, protocol: number): string[] {
    if (!this.canCarry(protocol)) return [];
    return [...facts.keys()].flatMap((fact) =>
      this.#owner[fact] === protocol ? (this.catalog.facts[fact]!.carries ?? []) : [],
    );
  }

  /** What a record says: facts of one protocol, in ascending order of names. */
  report(facts: FactMap, protocol: number): Record<string, FactValue> {
    const names: [string, FactValue][] = [];
    for (const [fact, value] of facts) {
      const { name, carries } = this.catalog.facts[fact]!;
      if (this.#owner[fact] === protocol && carries === undefined) names.push([name, value]);
    }
    names.sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(names);
  }
}

/** A fact's value: text, a number, the name that it declares for the number, what its reader makes of the bytes. */
export function valueOf(
  entry: FactEntry,
  found: Uint8Array | number,
): string | number | readonly (string | number)[] | undefined {
  const named = (value: string | number) =>
    typeof value === "number" ? (entry.names?.[value] ?? value) : value;
  if (typeof found === "number") return named(found);
  if (entry.read) {
    const read = readers[entry.read](found);
    return typeof read === "object" ? read.map(named) : read;
  }
  return entry.type === "name"
    ? nameOf(found, 0, found.length, entry.bound)
    : textOf(found, 0, found.length, entry.bound);
}

/**
 * A text within its fact's bound; a longer one is cut, and ends with "…". Made at once: character by character V8 keeps 32
 * bytes for each, as long as the flow lives, and `String.fromCharCode` of all bytes takes 50 ns for each.
 */
export function textOf(u8: Uint8Array, address: number, length: number, bound: number): string {
  // A copy: TextDecoder refuses views of shared memory in some hosts.
  const text = utf8.decode(u8.slice(address, address + Math.min(length, bound)));
  return length > bound ? `${text}…` : text;
}

const isAscii = (byte: number): boolean => byte < 0x80;

/**
 * Labels joined by dots, as RFC 1035 §5.1 writes them: dots and backslashes behind a backslash, and what
 * is not printable as three digits. Labels in UTF-8 (RFC 6762 §16, RFC 4795 §2.1) stay readable.
 */
export function nameOf(u8: Uint8Array, address: number, length: number, bound: number): string {
  const end = address + length;
  const labels: string[] = [];
  let size = 0;
  let at = address;
  while (at < end && size <= bound) {
    const label = u8[at++]!;
    if (label === 0 || label > 63) break;
    const stop = Math.min(at + label, end);
    const bytes = u8.slice(at, stop);
    const text = bytes.every(isAscii) ? Array.from(bytes, escaped).join("") : utf8Label(bytes);
    size += text.length + (labels.length > 0 ? 1 : 0);
    labels.push(text);
    at = stop;
  }
  if (size === 0) return ".";
  const text = labels.join(".");
  return size > bound ? `${text.slice(0, bound)}…` : text;
}

function utf8Label(label: Uint8Array): string {
  let text: string;
  try {
    text = strictUtf8.decode(label);
  } catch {
    return Array.from(label, escaped).join("");
  }
  // From U+00A0 on there are no control characters.
  return Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0xa0 ? escaped(code) : character;
  }).join("");
}

function escaped(code: number): string {
  if (code === 0x2e || code === 0x5c) return `\\${String.fromCharCode(code)}`;
  if (code > 0x20 && code < 0x7f) return String.fromCharCode(code);
  return `\\${String(code).padStart(3, "0")}`;
}
