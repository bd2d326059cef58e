/**
 * What a definition is made of: plain data, nothing else. `vocabulary.ts` has the words that make
 * it; the checker, the compiler, the evidence and the oracle each read it on their own.
 *
 * A sequence of patterns is matched from left to right. Alternatives are tried in order and the first
 * that matches stays (nothing is tried again once it has); optional parts, runs and repeats take as
 * much as they can. A *field* is a number read from the message, known by its name within the step.
 */
import type { ByteSet } from "./bytes.js";

/** A condition on an unsigned number: it lies in one of the ranges, and `value & mask === bits`. */
export interface Where {
  readonly ranges: readonly (readonly [number, number])[];
  readonly mask: number;
  readonly bits: number;
}

export type Sequence = readonly Pattern[];

/**
 * What the language cannot say, and every engine has by hand.
 *
 * - `tls-handshake`: the handshake messages of TLS records in a row, without the records' headers.
 * - `quic-initial`: what the client's Initial packets carry, decrypted and verified.
 * - `http2-headers`: the fields of HTTP/2's header blocks as lines `name: value`, an empty line behind each block.
 */
export type Dissector =
  | "tls-handshake"
  | "tls-handshake-here"
  | "dtls-handshake"
  | "quic-initial"
  | "quic-answer"
  | "http2-headers";

export type Pattern =
  /** These bytes (one per character); with `nocase`, ASCII letters in either case. */
  | { readonly kind: "literal"; readonly text: string; readonly nocase: boolean }
  /** One byte of a set. */
  | { readonly kind: "byte"; readonly set: ByteSet }
  /** As many bytes of a set as there are, `min … max`; their number may become a field. */
  | {
      readonly kind: "run";
      readonly set: ByteSet;
      readonly min: number;
      readonly max: number;
      readonly field: string | undefined;
    }
  /** `of` bytes, at most `most` of them from a set: what is encrypted has few small bytes. */
  | {
      readonly kind: "few";
      readonly set: ByteSet;
      readonly most: number;
      readonly of: number;
    }
  /** That many bytes, whatever they are: a constant, or a field. */
  | { readonly kind: "skip"; readonly bytes: number | string }
  /** Everything up to (not including) a byte, which must come within `most` bytes. */
  | { readonly kind: "until"; readonly byte: number; readonly most: number }
  /** CR LF, or LF alone. */
  | { readonly kind: "line-end" }
  /** An unsigned number of 1 … 4 bytes; little-endian only with 2 or 4. */
  | {
      readonly kind: "number";
      readonly width: 1 | 2 | 3 | 4;
      readonly little: boolean;
      readonly field: string | undefined;
      readonly where: Where;
    }
  /** A condition on a field. */
  | { readonly kind: "check"; readonly field: string; readonly where: Where }
  /** A new field: `((source & and) >>> shift) * times + plus`, and then another field more or less. */
  | {
      readonly kind: "derive";
      readonly field: string;
      readonly source: string;
      readonly and: number;
      readonly shift: number;
      readonly times: number;
      readonly plus: number;
      readonly more: string | undefined;
      readonly less: string | undefined;
    }
  /** Two fields have the same value. */
  | { readonly kind: "equal"; readonly left: string; readonly right: string }
  /** A field says how many bytes remain to the end of the datagram (or of what {@link Pattern} `within` bounds). */
  | { readonly kind: "remains"; readonly field: string }
  /** So many bytes remain. The length of a message is no evidence. */
  | { readonly kind: "room"; readonly where: Where }
  /** The body lies within the next so many bytes (a field). It must fill them, unless `loose`: then its rest is skipped. */
  | {
      readonly kind: "within";
      readonly field: string;
      readonly loose: boolean;
      readonly body: Sequence;
    }
  /** One of several sequences: the first that matches. */
  | { readonly kind: "either"; readonly alternatives: readonly Sequence[] }
  /** Matches where the body does not, and takes no bytes. */
  | { readonly kind: "not"; readonly body: Sequence }
  /** The body as often as it matches, `min … max` times. */
  | {
      readonly kind: "repeat";
      readonly min: number;
      readonly max: number;
      readonly body: Sequence;
    }
  /** The body exactly as often as a field says, which must be at most `most`. */
  | {
      readonly kind: "times";
      readonly count: string;
      readonly most: number;
      readonly body: Sequence;
    }
  /** The body, at the beginning of this line or of one of the `most` next ones, none longer than `longest`. */
  | {
      readonly kind: "after-lines";
      readonly most: number;
      readonly longest: number;
      readonly body: Sequence;
    }
  /** A DNS name (RFC 1035 §3.1); its label characters are evidence. `pointers`: it may end in a compression pointer. */
  | { readonly kind: "name"; readonly pointers: boolean }
  /** The bytes that the body takes are the value of a fact. */
  | { readonly kind: "capture"; readonly fact: string; readonly body: Sequence }
  /** A field is the value of a fact. */
  | { readonly kind: "report"; readonly fact: string; readonly field: string }
  /** Keeps a field for later messages of either direction (at most four per signature). */
  | { readonly kind: "remember"; readonly field: string; readonly as: string }
  /** A field has the remembered value. Holds also while nothing is remembered, but is worth nothing then. */
  | { readonly kind: "repeats"; readonly field: string; readonly remembered: string }
  /** A 16-bit field is 1 … `most` ahead of the remembered value, modulo 2^16. Else as `repeats`. */
  | {
      readonly kind: "advances";
      readonly field: string;
      readonly remembered: string;
      readonly most: number;
    }
  /** The body is worth so many bits at most, because protocols that are no background say it too. */
  | { readonly kind: "capped"; readonly bits: number; readonly body: Sequence }
  /** From here the pointers of DNS names are counted (RFC 1035 §4.1.4); else from the step's first byte. */
  | { readonly kind: "origin" }
  /** Nothing more follows in this direction, or in this datagram, or in what `within` bounds. */
  | { readonly kind: "at-end" }
  /** Whatever follows, to the end. */
  | { readonly kind: "rest" }
  /** From here on the step matches what a dissector makes of this direction's bytes: of those from the step's first on, or from here. */
  | { readonly kind: "dissect"; readonly dissector: Dissector }
  /** The evidence is complete; what follows is there for its facts and can fail no more. */
  | { readonly kind: "accept" };

export type PatternOf<Kind extends Pattern["kind"]> = Extract<Pattern, { kind: Kind }>;

/** The sequences that stand inside a pattern. */
export function inner(pattern: Pattern): readonly Sequence[] {
  switch (pattern.kind) {
    case "either":
      return pattern.alternatives;
    case "within":
    case "not":
    case "repeat":
    case "times":
    case "after-lines":
    case "capture":
    case "capped":
      return [pattern.body];
    default:
      return [];
  }
}

/** All patterns of a sequence and of what stands inside them, in the order they are written. */
export function* all(sequence: Sequence): Generator<Pattern> {
  for (const pattern of sequence) {
    yield pattern;
    for (const body of inner(pattern)) yield* all(body);
  }
}
