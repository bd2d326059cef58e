/** A document of a rule file becomes a definition: the same keys as in `src/language/definition.ts`. */
import { BACKGROUNDS } from "../language/catalog.js";
import type { Conversation, Definition, Fact, Signature } from "../language/definition.js";
import { suggestion } from "../policy/suggest.js";
import { type Origins, WordReader } from "./words.js";
import {
  booleanOf,
  entriesOf,
  type Entry,
  fieldsOf,
  isScalar,
  isSeq,
  itemsOf,
  type Node,
  numberOf,
  type RuleFile,
  textOf,
  Wrong,
} from "./yaml.js";

const KEYS = [
  "name",
  "title",
  "category",
  "source",
  "ports",
  "signatures",
  "facts",
  "refines",
  "transaction",
  "samples",
] as const;
const SIGNATURE_KEYS = [
  "over",
  "client",
  "server",
  "first",
  "reply",
  "both",
  "again",
  "exempt",
  "implies",
  "watch",
] as const;
const ROLES = ["client", "server", "first", "reply"] as const;
const TRANSPORTS = ["tcp", "udp", "sctp"] as const;
const SAMPLES = ["yes", "weak", "no"] as const;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A definition, and where its parts are written. */
export interface Rule {
  readonly file: RuleFile;
  readonly definition: Definition;
  readonly node: Node;
  readonly origins: Origins;
}

/** Undefined where something is wrong; the file then has the problems. */
export function readRule(file: RuleFile, node: Node): Rule | undefined {
  const before = file.problems.length;
  const origins: Origins = new WeakMap();
  const reader = new DefinitionReader(file, new WordReader(origins, file));
  const definition = file.attempt(() => reader.read(node));
  if (!definition || file.problems.length > before) return undefined;
  return { file, definition, node, origins };
}

class DefinitionReader {
  constructor(
    readonly file: RuleFile,
    readonly words: WordReader,
  ) {}

  read(node: Node): Definition {
    if (isSeq(node)) {
      throw new Wrong(
        node,
        "a rule is a mapping that begins with `name:`; put `---` between rules",
      );
    }
    const fields = fieldsOf(node, "a rule", KEYS);
    const text = (key: (typeof KEYS)[number]): string => {
      const field = fields.get(key);
      if (field) return lineOf(field.value, key);
      throw new Wrong(
        node,
        `\`${key}\` is missing; every rule has name, title, category and source`,
      );
    };
    const read = <T>(key: (typeof KEYS)[number], reader: (node: Node) => T): T | undefined => {
      const field = fields.get(key);
      return field && this.file.attempt(() => reader(field.value));
    };
    return withoutUndefined({
      name: this.file.attempt(() => text("name")) ?? "",
      title: this.file.attempt(() => text("title")) ?? "",
      category: this.file.attempt(() => text("category")) ?? "",
      source: this.file.attempt(() => text("source")) ?? "",
      ports: read("ports", (each) => this.#ports(each)),
      signatures: read("signatures", (each) => this.#record(each, "signatures", this.#signature)),
      facts: read("facts", (each) => this.#record(each, "facts", this.#fact)),
      refines: read("refines", (each) => this.#refines(each)),
      transaction: read("transaction", (each) => this.#transaction(each)),
      samples: read("samples", (each) => this.#samples(each)),
    });
  }

  /** Entries by name; what is wrong with one does not hide what is wrong with the next. */
  #record<T>(node: Node, what: string, read: (entry: Entry) => T): Record<string, T> {
    const result: Record<string, T> = Object.create(null);
    for (const entry of entriesOf(node, what)) {
      const value = this.file.attempt(() => read(entry));
      if (value !== undefined) result[entry.key] = value;
    }
    return result;
  }

  #ports(node: Node): Definition["ports"] {
    const fields = fieldsOf(node, "ports", TRANSPORTS);
    const list = (key: string) => {
      const field = fields.get(key);
      if (!field) return undefined;
      const items = isSeq(field.value) ? itemsOf(field.value, "ports") : [field.value];
      return items.map((item) => numberOf(item, "a port"));
    };
    return withoutUndefined({ tcp: list("tcp"), udp: list("udp"), sctp: list("sctp") });
  }

  #signature = ({ key, keyNode, value }: Entry): Signature => {
    const fields = fieldsOf(value, `the signature ${key}`, SIGNATURE_KEYS);
    const over = fields.get("over");
    if (!over)
      throw new Wrong(
        keyNode,
        "`over` is missing; write `over: tcp`, `over: udp`, or both in a list",
      );
    const result: Mutable<Signature> = { over: this.#transports(over.value) };
    for (const role of ROLES) {
      const field = fields.get(role);
      if (field) result[role] = this.#script(field.value);
    }
    const [both, again, exempt, implies, watch] = [
      "both",
      "again",
      "exempt",
      "implies",
      "watch",
    ].map((name) => fields.get(name)?.value);
    if (both) result.both = booleanOf(both, "both");
    if (again && booleanOf(again, "again")) result.again = true;
    if (exempt) result.exempt = oneOf(exempt, "background", BACKGROUNDS);
    if (implies) {
      const items = isSeq(implies) ? itemsOf(implies, "implies") : [implies];
      result.implies = items.map((item) => textOf(item, "a signature"));
    }
    if (watch) result.watch = this.words.step(watch);
    return result;
  };

  /** The steps one by one, so that each tells what is wrong with it. */
  #script(node: Node): Signature["client"] & object {
    if (!isSeq(node)) return this.words.script(node);
    return itemsOf(node, "a script").flatMap((item) => {
      const step = this.file.attempt(() => this.words.step(item));
      return step ? [step] : [];
    });
  }

  #transports(node: Node): Signature["over"] {
    if (isSeq(node))
      return itemsOf(node, "over").map((item) => oneOf(item, "transport", TRANSPORTS));
    return oneOf(node, "transport", TRANSPORTS);
  }

  #fact = ({ value }: Entry): Fact => this.words.fact(value) as Fact;

  #refines(node: Node): Definition["refines"] {
    const fields = fieldsOf(node, "refines", ["protocol", "addresses", "alpn"]);
    const alpn = fields.get("alpn");
    const [protocol, addresses] = [fields.get("protocol"), fields.get("addresses")];
    if (!protocol || !addresses) throw new Wrong(node, "`refines` needs protocol and addresses");
    return {
      protocol: textOf(protocol.value, "a protocol"),
      addresses: itemsOf(addresses.value, "addresses").map((item) => textOf(item, "an address")),
      ...(alpn && { alpn: itemsOf(alpn.value, "alpn").map((item) => textOf(item, "a name")) }),
    };
  }

  #transaction(node: Node): Definition["transaction"] {
    const fields = fieldsOf(node, "a transaction", ["key", "response"]);
    const text = (key: string) => {
      const field = fields.get(key);
      return field && textOf(field.value, key);
    };
    const key = fields.get("key");
    return withoutUndefined({
      key:
        key && isSeq(key.value)
          ? itemsOf(key.value, "key").map((item) => textOf(item, "a fact"))
          : text("key"),
      response: text("response"),
    });
  }

  #samples(node: Node): Definition["samples"] {
    const fields = fieldsOf(node, "samples", SAMPLES);
    const result: Mutable<NonNullable<Definition["samples"]>> = {};
    for (const kind of SAMPLES) {
      const field = fields.get(kind);
      if (!field) continue;
      result[kind] = itemsOf(field.value, `samples that are ${kind}`).flatMap((item) => {
        const sample = this.file.attempt(() => this.#conversation(item));
        return sample ? [sample] : [];
      });
    }
    return result;
  }

  #conversation(node: Node): Conversation {
    const conversation = this.words.conversation(node) as Conversation;
    const bytes = conversation.messages.map((message) => message.bytes).join("");
    const wide = [...bytes].find((each) => each.charCodeAt(0) > 255);
    if (wide === undefined) return conversation;
    throw new Wrong(node, `"${wide}" is not one byte; write its bytes with hex`);
  }
}

/** What stands in records and tables. */
function lineOf(node: Node, key: string): string {
  const text = textOf(node, key);
  if (!/\p{Cc}/u.test(text)) return text;
  throw new Wrong(node, `\`${key}\` is one line of text, without control characters`);
}

function oneOf<T extends string>(node: Node, what: string, values: readonly T[]): T {
  const text = textOf(node, what);
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  const hint = suggestion(text, values) || `; there are ${values.join(", ")}`;
  throw new Wrong(node, `"${text}" is no ${what}${hint}`);
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(from: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(from).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

/** The node at a path of keys and indexes, or the nearest around it; a key where what it leads to is long. */
export function nodeAt(node: Node, path: readonly (string | number)[]): Node {
  let at = node;
  let shown = node;
  for (const key of path) {
    if (typeof key === "number") {
      const item = isSeq(at) ? (at.items[key] as Node | undefined) : undefined;
      if (!item) return shown;
      at = shown = item;
    } else {
      const entry = entryAt(at, key);
      if (!entry) return shown;
      at = entry.value;
      shown = isScalar(at) ? at : entry.keyNode;
    }
  }
  return shown;
}

function entryAt(node: Node, key: string): Entry | undefined {
  try {
    return entriesOf(node, "").find((entry) => entry.key === key);
  } catch {
    return undefined;
  }
}
