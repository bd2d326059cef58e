/** What the words of the vocabulary take and give: derived from `vocabulary.ts` itself by `npm run generate`. */

/** What an argument may be. */
export type Kind =
  | "text"
  | "number"
  | "boolean"
  /** A set of bytes. */
  | "set"
  /** A number, or a field's name. */
  | "count"
  | "numbers"
  | "condition"
  /** A field's name or a condition, in any order. */
  | "field-or-condition"
  | "word"
  /** Words by name: header fields. */
  | "word-map"
  /** Names of numbers. */
  | "names"
  | "level"
  | "message"
  /** Several, each by its name. */
  | { readonly options: readonly Parameter[] };

export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly optional?: true;
  /** Any number of them. */
  readonly rest?: true;
}

export type Gives = "pattern" | "set" | "text" | "names" | "fact" | "message" | "conversation";

export interface Shape {
  readonly gives: Gives;
  /** Without: the word stands for itself, as `lineEnd`. */
  readonly takes?: readonly Parameter[];
  /** Its comment in the vocabulary. */
  readonly says: string;
}
