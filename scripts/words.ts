/**
 * Reads from `src/language/vocabulary.ts` what its words take and give, so that rule files can say all
 * of them without a second list. A word whose types are not understood here is left out and named: rule
 * files cannot say it until {@link KINDS} or {@link GIVES} knows the type.
 */
import { readFileSync } from "node:fs";
import { type ESTree, parseAst } from "vite";
import type { Gives, Kind, Parameter, Shape } from "../src/language/shape.js";

type Node = ESTree.Node;

const KINDS: Readonly<Record<string, Kind>> = {
  string: "text",
  number: "number",
  "1 | 2 | 3 | 4": "number",
  boolean: "boolean",
  ByteSet: "set",
  "string | ByteSet": "set",
  "ByteSet | string": "set",
  "number | string": "count",
  "string | number": "count",
  "number | readonly number[]": "numbers",
  "readonly number[]": "numbers",
  Condition: "condition",
  "string | Condition": "field-or-condition",
  Word: "word",
  "Readonly<Record<string, Word>>": "word-map",
  "Readonly<Record<number, string>>": "names",
  DataLevel: "level",
  // The checker knows which there are.
  Dissector: "text",
  ReaderName: "text",
  Message: "message",
};

const GIVES: Readonly<Record<string, Gives>> = {
  Pattern: "pattern",
  Sequence: "pattern",
  ByteSet: "set",
  string: "text",
  "Readonly<Record<number, string>>": "names",
  Fact: "fact",
  Message: "message",
  Conversation: "conversation",
};

/** Not for rule files: what a whole definition is made with. */
const NOT_WORDS = ["protocol"];

export interface Words {
  readonly words: Readonly<Record<string, Shape>>;
  /** What a condition may have. */
  readonly condition: readonly Parameter[];
  /** Words that rule files cannot say, and why. */
  readonly unknown: readonly string[];
}

export function readWords(path = "src/language/vocabulary.ts"): Words {
  return new Vocabulary(readFileSync(path, "utf8")).read();
}

class Vocabulary {
  readonly #types = new Map<string, Node>();
  readonly #values = new Map<string, any>();
  readonly #exported = new Map<string, number>();

  constructor(readonly source: string) {
    for (const statement of parseAst(source, { lang: "ts" }).body) {
      const isExport = statement.type === "ExportNamedDeclaration";
      const declaration: any = isExport ? statement.declaration : statement;
      if (!declaration) continue;
      if (declaration.type === "TSTypeAliasDeclaration") {
        this.#types.set(declaration.id.name, declaration.typeAnnotation);
      } else if (declaration.type === "TSInterfaceDeclaration") {
        this.#types.set(declaration.id.name, declaration.body);
      } else if (declaration.type === "FunctionDeclaration") {
        this.#declare(declaration.id.name, declaration, isExport ? statement.start : undefined);
      } else if (declaration.type === "VariableDeclaration") {
        const [{ id, init }] = declaration.declarations;
        const value = { annotation: id.typeAnnotation?.typeAnnotation, init };
        this.#declare(id.name, value, isExport ? statement.start : undefined);
      }
    }
  }

  #declare(name: string, value: unknown, start: number | undefined): void {
    this.#values.set(name, value);
    if (start !== undefined) this.#exported.set(name, start);
  }

  read(): Words {
    const words: Record<string, Shape> = {};
    const unknown: string[] = [];
    for (const [name, start] of this.#exported) {
      if (NOT_WORDS.includes(name)) continue;
      try {
        words[name] = { ...this.#shape(this.#values.get(name)), says: this.#comment(start) };
      } catch (problem) {
        if (!(problem instanceof UnknownType)) throw problem;
        unknown.push(`${name}: ${problem.message}`);
      }
    }
    const condition: any = this.#types.get("Condition");
    const members = condition?.types?.find((each: Node) => each.type === "TSTypeLiteral")?.members;
    return { words, condition: this.#members(members ?? []), unknown };
  }

  /** The comment above a declaration; a section's first word shares the comment of its group. */
  #comment(start: number): string {
    const before = this.source.slice(0, start).trimEnd();
    const open = before.endsWith("*/") ? before.lastIndexOf("/**") : -1;
    if (open < 0) return "";
    return before
      .slice(open + 3, -2)
      .split("\n")
      .map((line) => line.replace(/^\s*\*?\s?/, "").trim())
      .join(" ")
      .trim();
  }

  #shape(value: any): Omit<Shape, "says"> {
    if (value.type === "FunctionDeclaration" || value.type === "ArrowFunctionExpression") {
      return this.#callable(value.params, value.returnType?.typeAnnotation);
    }
    const { annotation, init } = value;
    if (annotation) {
      const alias: any = this.#types.get(this.#text(annotation));
      if (alias?.type === "TSFunctionType") {
        return this.#callable(alias.params, alias.returnType.typeAnnotation);
      }
      return { gives: this.#gives(annotation) };
    }
    if (init?.type === "CallExpression" && init.callee.type === "Identifier") {
      const maker = this.#values.get(init.callee.name);
      const made = maker?.init ?? maker;
      return made?.body?.type === "ArrowFunctionExpression"
        ? this.#shape(made.body) // a word that makes words
        : { gives: this.#gives(made?.returnType?.typeAnnotation) };
    }
    return this.#shape(init);
  }

  #callable(params: any[], returns: Node | undefined): Omit<Shape, "says"> {
    const known = new Map<string, Kind>();
    const takes = params.map((parameter): Parameter => {
      const read = this.#parameter(parameter, known);
      known.set(read.name, read.kind);
      return read;
    });
    return { gives: this.#gives(returns), takes };
  }

  #parameter(parameter: any, known: ReadonlyMap<string, Kind>): Parameter {
    if (parameter.type === "RestElement") {
      const type = parameter.typeAnnotation.typeAnnotation;
      const element = type.elementType;
      const inner = element.type === "TSParenthesizedType" ? element.typeAnnotation : element;
      return { name: parameter.argument.name, kind: this.#kind(inner), rest: true };
    }
    if (parameter.type === "AssignmentPattern") {
      const { left, right } = parameter;
      const type = left.typeAnnotation?.typeAnnotation;
      const kind = type
        ? this.#kind(type)
        : right.type === "Identifier"
          ? known.get(right.name)!
          : KINDS[typeof right.value]!;
      return { name: this.#nameOf(left), kind, optional: true };
    }
    const kind = this.#kind(parameter.typeAnnotation?.typeAnnotation);
    return {
      name: this.#nameOf(parameter),
      kind,
      ...(parameter.optional && { optional: true as const }),
    };
  }

  #nameOf = (pattern: any): string =>
    pattern.type === "ObjectPattern" ? "options" : (pattern.name as string);

  #members(members: readonly any[]): Parameter[] {
    return members.map((member) => ({
      name: member.key.name as string,
      kind: this.#kind(member.typeAnnotation.typeAnnotation),
      ...(member.optional && { optional: true as const }),
    }));
  }

  #kind(type: any): Kind {
    const text = this.#text(type);
    const simple = KINDS[text];
    if (simple !== undefined) return simple;
    const named: any = type?.type === "TSTypeReference" ? this.#types.get(text) : type;
    if (named?.type === "TSTypeLiteral") return { options: this.#members(named.members) };
    if (named?.type === "TSInterfaceBody") return { options: this.#members(named.body) };
    throw new UnknownType(`it takes ${text || "something without a type"}`);
  }

  #gives(type: any): Gives {
    const text = this.#text(type);
    const gives = GIVES[text.startsWith("PatternOf<") ? "Pattern" : text];
    if (gives === undefined) throw new UnknownType(`it gives ${text || "something"}`);
    return gives;
  }

  #text = (type: any): string =>
    type ? this.source.slice(type.start, type.end).replaceAll(/\s+/g, " ") : "";
}

class UnknownType extends Error {}
