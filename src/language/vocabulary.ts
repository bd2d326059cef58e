/**
 * The words that protocol files are written in. A protocol file imports this file only, and every
 * word makes plain data: nothing here matches anything.
 *
 * A sequence is matched from left to right; where a pattern is asked for, text stands for itself:
 * `either("GET ", "PUT ")`. Strings hold one byte per character; {@link hex} writes bytes.
 */
import {
  type ByteSet,
  complement,
  fromBytes,
  normalise,
  parseSet,
  union as joinSets,
} from "./bytes.js";
import type { DataLevel } from "./catalog.js";
import type { Conversation, Definition, Fact, Message, Transport } from "./definition.js";
import type { ReaderName } from "../readers/index.js";
import type { Dissector, Pattern, PatternOf, Sequence, Where } from "./pattern.js";

export type { Definition, Fact, Signature } from "./definition.js";

/** A pattern, text that stands for itself, or a sequence of them. */
export type Word = Pattern | string | readonly Word[];

const sequence = (words: readonly Word[]): Sequence => words.flatMap(patternsOf);

function patternsOf(word: Word): readonly Pattern[] {
  if (typeof word === "string") return [literal(word)];
  return isList(word) ? sequence(word) : [word];
}

const isList = (word: Word): word is readonly Word[] => Array.isArray(word);

/** The file's one export. Returns the definition as it is; the compiler checks it. */
export const protocol = (definition: Definition): Definition => definition;

// ── Scripts ──────────────────────────────────────────────────────────────────────────────────────

/** One message, from its beginning on. A script is a list of steps. */
export const step = (...words: Word[]): Sequence => sequence(words);

// ── Bytes and text ───────────────────────────────────────────────────────────────────────────────

/** Bytes in hexadecimal, spaces as you like: `hex("16 03 01")`. */
export function hex(digits: string): string {
  const compact = digits.replaceAll(/\s+/g, "");
  const [wrong] = /[^0-9a-f]/i.exec(compact) ?? [];
  if (wrong) throw new RangeError(`"${digits}" is not hexadecimal: "${wrong}" is no digit`);
  if (compact.length % 2 !== 0) {
    const group = digits.split(/\s+/).find((each) => each.length % 2 !== 0);
    throw new RangeError(`"${digits}" has an odd number of digits, at "${group}"`);
  }
  return compact.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

/** Text as it stands. A string among words means the same. */
export const literal = (text: string): Pattern => ({ kind: "literal", text, nocase: false });

/** Text whose ASCII letters may be in either case. */
export const nocase = (text: string): Pattern => ({ kind: "literal", text, nocase: true });

/** One of several texts. */
export const oneOf = (...texts: string[]): Pattern => either(...texts);

/** One of several texts, ASCII letters in either case. */
export const oneOfNocase = (...texts: string[]): Pattern => either(...texts.map(nocase));

/** A set of bytes, written as between the brackets of a regular expression: `set("0-9a-f")`. */
export const set = (...parts: (string | ByteSet)[]): ByteSet =>
  joinSets(...parts.map((part) => (typeof part === "string" ? parseSet(part) : part)));

/** All bytes but these. */
export const except = (...parts: (string | ByteSet)[]): ByteSet => complement(set(...parts));

export const digits = set("0-9");
export const letters = set("A-Za-z");
/** Printable ASCII without and with the space. */
export const visible: ByteSet = [[0x21, 0x7e]];
export const printable: ByteSet = [[0x20, 0x7e]];
/** What a line of text may hold: printable ASCII, tab, and bytes of other character sets. */
export const textual: ByteSet = normalise([
  [9, 9],
  [0x20, 0x7e],
  [0x80, 0xff],
]);
export const blanks = set(" \t");

/** One byte of a set. */
export const byte = (of: ByteSet | string): Pattern => ({ kind: "byte", set: asSet(of) });

const asSet = (of: ByteSet | string): ByteSet => (typeof of === "string" ? parseSet(of) : of);

/** As many bytes of a set as there are, at least `min` (1), at most `max` (255). Their number may become a field. */
export const run = (
  of: ByteSet | string,
  { min = 1, max = 255, field }: { min?: number; max?: number; field?: string } = {},
): Pattern => ({ kind: "run", set: asSet(of), min, max, field });

/** A word of visible ASCII characters. */
export const token = (max = 255): Pattern => run(visible, { max });

/** Spaces and tabs, if any. */
export const blank: Pattern = run(blanks, { min: 0, max: 16 });

/** That many bytes, whatever they are: a number, or the name of a field. */
export const skip = (bytes: number | string): Pattern => ({ kind: "skip", bytes });

/**
 * 16 bytes that look encrypted: at most six of them below 17. Of random bytes 1 in 30,000 has more;
 * of small integers fewer than 1 in 600 has not.
 */
export const encrypted: Pattern = { kind: "few", set: [[0, 16]], most: 6, of: 16 };

/** The same for another number of bytes: three eighths of them may be below 17. */
export const scrambled = (of: number): Pattern => ({
  kind: "few",
  set: [[0, 16]],
  most: Math.floor((of * 3) / 8),
  of,
});

/** Everything up to a byte, which must come within `most` bytes and is not taken. */
export const until = (character: string, most = 255): Pattern => ({
  kind: "until",
  byte: character.charCodeAt(0),
  most,
});

/** CR LF, or LF alone. */
export const lineEnd: Pattern = { kind: "line-end" };

/** The rest of a line, with its end. */
export const line = (max = 998): Sequence => [run(textual, { min: 0, max }), lineEnd];

/** The words, at the beginning of this line or of one of the next `most`. */
export const afterLines = (most: number, ...words: Word[]): Pattern => ({
  kind: "after-lines",
  most,
  longest: 998,
  body: sequence(words),
});

/** The words, anywhere in the next `most` characters of this line. */
export const find = (most: number, ...words: Word[]): Sequence => [
  repeat(0, most, not(...words), byte(textual)),
  ...sequence(words),
];

/** Longest header line, and most lines of a header. nginx and Apache accept 8 KiB and 100 by default. */
const HEADER_LONGEST = 8192;
const HEADER_LINES = 100;

/**
 * Header lines up to the empty one, as RFC 5322 and its heirs have them, in any order: for each
 * name (in either case) what its value is made of. Lines of other names are passed over.
 */
export const headers = (fields: Readonly<Record<string, Word>>): Pattern =>
  repeat(0, HEADER_LINES, headerLine(fields));

/** The same, for the lines in front of the first that begins with `stop`. */
export const headersBefore = (stop: Word, fields: Readonly<Record<string, Word>>): Pattern =>
  repeat(0, HEADER_LINES, not(stop), headerLine(fields));

function headerLine(fields: Readonly<Record<string, Word>>): Pattern {
  const known = Object.entries(fields).map(([name, value]) => [
    nocase(`${name}:`),
    blank,
    value,
    ...line(HEADER_LONGEST),
  ]);
  return either(...known, [run(textual, { max: HEADER_LONGEST }), lineEnd]);
}

// ── Numbers ──────────────────────────────────────────────────────────────────────────────────────

/** What a number must be: that very number, one of several, in a range, or with certain bits. */
export type Condition =
  | number
  | readonly number[]
  | {
      readonly min?: number;
      readonly max?: number;
      readonly in?: readonly number[];
      readonly mask?: number;
      readonly bits?: number;
    };

const largest = (width: number): number => 256 ** width - 1;

const isListOf = (condition: Condition | undefined): condition is readonly number[] =>
  Array.isArray(condition);

function where(condition: Condition | undefined, width: number): Where {
  if (typeof condition === "number") return where({ in: [condition] }, width);
  if (isListOf(condition)) return where({ in: condition }, width);
  const { min, max, in: values, mask = 0, bits = 0 } = condition ?? {};
  const ranges = values
    ? values
        .filter((value) => value >= (min ?? value) && value <= (max ?? value))
        .map((value) => [value, value] as const)
    : [[min ?? 0, max ?? largest(width)] as const];
  return { ranges: normalise(ranges), mask, bits };
}

/** A word for numbers of one width and order. */
export type NumberWord = (...parts: (string | Condition)[]) => Pattern;

/** `u8("type", [1, 2])`: the name of a field and a condition, both as you need them. */
const numberWord =
  (width: 1 | 2 | 3 | 4, little = false): NumberWord =>
  (...parts) => ({
    kind: "number",
    width,
    little,
    field: parts.find((part): part is string => typeof part === "string"),
    where: where(
      parts.find((part): part is Condition => typeof part !== "string"),
      width,
    ),
  });

/** Unsigned numbers, in network byte order. */
export const u8: NumberWord = numberWord(1);
export const u16: NumberWord = numberWord(2);
export const u24: NumberWord = numberWord(3);
export const u32: NumberWord = numberWord(4);
/** Unsigned numbers, the lowest byte first. */
export const u16le: NumberWord = numberWord(2, true);
export const u32le: NumberWord = numberWord(4, true);

/** A field must meet a condition. */
export const check = (field: string, condition: Condition): Pattern => ({
  kind: "check",
  field,
  where: where(condition, 4),
});

/** A new field: `((from & and) >>> shift) * times + plus`, then another field more or less. */
export const derive = (
  field: string,
  {
    from,
    and = 0xffffffff,
    shift = 0,
    times = 1,
    plus = 0,
    more,
    less,
  }: {
    from: string;
    and?: number;
    shift?: number;
    times?: number;
    plus?: number;
    more?: string;
    less?: string;
  },
): Pattern => ({ kind: "derive", field, source: from, and, shift, times, plus, more, less });

/** Two fields have the same value. */
export const equal = (left: string, right: string): Pattern => ({ kind: "equal", left, right });

/** The field says how many bytes remain. For datagrams, and inside {@link within}. */
export const remains = (field: string): Pattern => ({ kind: "remains", field });

/** So many bytes remain, as with {@link remains}; no evidence. */
export const room = (condition: Condition): Pattern => ({
  kind: "room",
  where: where(condition, 4),
});

/** The words fill exactly as many bytes as the field says. */
export const within = (field: string, ...words: Word[]): Pattern => ({
  kind: "within",
  field,
  loose: false,
  body: sequence(words),
});

/** The words stand at the beginning of as many bytes as the field says; what they leave is skipped. */
export const inside = (field: string, ...words: Word[]): Pattern => ({
  kind: "within",
  field,
  loose: true,
  body: sequence(words),
});

/** A variable-length integer of 1, 2 or 4 bytes (RFC 9000 §16; the 8-byte form counts nothing real here). */
export const varint = (field: string): Pattern =>
  either(
    u8(field, { max: 0x3f }),
    [u16(field, { min: 0x4000, max: 0x7fff }), derive(field, { from: field, and: 0x3fff })],
    [
      u32(field, { min: 0x80000000, max: 0xbfffffff }),
      derive(field, { from: field, and: 0x3fffffff }),
    ],
  );

/** A length as BER writes it: one byte, or up to four behind their number (X.690 §8.1.3). */
export const berLength = (field: string): Pattern =>
  either(
    u8(field, { max: 0x7f }),
    ["\x81", u8(field)],
    ["\x82", u16(field)],
    ["\x83", u24(field)],
    ["\x84", u32(field, { max: 0x7fffffff })],
  );

/** An element in BER: its tag, and its length as a field. */
export const ber = (tag: number | readonly number[], length: string): Sequence => [
  u8(tag),
  berLength(length),
];

/**
 * A number of one to four bytes in groups of seven bits, the lowest first, as MQTT (3.1.1 §2.2.3) and
 * protobuf write it.
 */
export const leb128 = (field: string): Pattern => {
  const part = `${field}-part`;
  const more = { min: 0x80 };
  const last = { max: 0x7f };
  const first = (condition: Condition) => [
    u8(part, condition),
    derive(field, { from: part, and: 0x7f }),
  ];
  const next = (index: number, condition: Condition) => [
    u8(part, condition),
    derive(part, { from: part, and: 0x7f, times: 2 ** (7 * index), more: field }),
    derive(field, { from: part }),
  ];
  return either(
    first(last),
    [first(more), next(1, last)],
    [first(more), next(1, more), next(2, last)],
    [first(more), next(1, more), next(2, more), next(3, last)],
  );
};

// ── Structure ────────────────────────────────────────────────────────────────────────────────────

/** One of several: the first that matches. Put the longer before what it begins with. */
export const either = (...alternatives: Word[]): PatternOf<"either"> => ({
  kind: "either",
  alternatives: alternatives.map((word) => patternsOf(word)),
});

/** The words, if they are there. */
export const opt = (...words: Word[]): Pattern => either(words, []);

/** Here the words do not stand. Takes no bytes. */
export const not = (...words: Word[]): Pattern => ({ kind: "not", body: sequence(words) });

/** The words as often as they match, at least `min` and at most `max` times. */
export const repeat = (min: number, max: number, ...words: Word[]): Pattern => ({
  kind: "repeat",
  min,
  max,
  body: sequence(words),
});

/** The words as often as a field says, at most `most` times. Each time is evidence of its own. */
export const times = (count: string, most: number, ...words: Word[]): Pattern => ({
  kind: "times",
  count,
  most,
  body: sequence(words),
});

/** A DNS name whose label characters are evidence; `pointers` where it may be compressed. */
export const dnsName = ({ pointers }: { pointers: boolean }): Pattern => ({
  kind: "name",
  pointers,
});

/** From here the pointers of compressed names are counted: behind the length that TCP puts in front. */
export const nameOrigin: Pattern = { kind: "origin" };

/** Worth `bits` at most, because other protocols say the same: never enough for a name alone. */
export const capped = (bits: number, ...words: Word[]): Pattern => ({
  kind: "capped",
  bits,
  body: sequence(words),
});

/** Nothing more follows. */
export const atEnd: Pattern = { kind: "at-end" };
/** Whatever follows. */
export const rest: Pattern = { kind: "rest" };
/**
 * What follows is matched with what a dissector makes of this side's bytes: `tls-handshake` joins the
 * handshake messages of TLS records from the step's first byte on, `tls-handshake-here` those from here on, `dtls-handshake` joins the
 * fragments of the first ClientHello, `quic-initial` decrypts and verifies the client's Initial packets, `quic-answer`
 * the server's, behind a byte that is 1 where a Retry was verified and the version in four bytes,
 * `http2-headers` decodes HTTP/2's header blocks to lines `name: value`, with an empty line behind each block.
 */
export const dissect = (dissector: Dissector): Pattern => ({ kind: "dissect", dissector });
/** The evidence is complete: what follows is read for its facts, and may fail. */
export const accept: Pattern = { kind: "accept" };

// ── Relations between messages ───────────────────────────────────────────────────────────────────

/** Keeps a field's value for later messages, of either side. */
export const remember = (field: string, as = field): Pattern => ({ kind: "remember", field, as });

/** The field has the remembered value, if there is one. */
export const repeats = (field: string, remembered = field): Pattern => ({
  kind: "repeats",
  field,
  remembered,
});

/** A 16-bit field is 1 … `most` ahead of the remembered value, if there is one. */
export const advances = (field: string, most: number, remembered = field): Pattern => ({
  kind: "advances",
  field,
  remembered,
  most,
});

// ── Facts ────────────────────────────────────────────────────────────────────────────────────────

/** What the words take is the value of a fact. */
export const capture = (fact: string, ...words: Word[]): Pattern => ({
  kind: "capture",
  fact,
  body: sequence(words),
});

/** A field is the value of a fact. */
export const report = (fact: string, field = fact): Pattern => ({ kind: "report", fact, field });

interface FactOptions {
  /** Keep several distinct values, so many at most; without it, the first stays. */
  list?: number;
  /** Most bytes of a value. */
  bound?: number;
  /** Names of numbers. */
  names?: Readonly<Record<number, string>>;
}

/** Names of numbers, written `"1 A, 2 NS"`. */
export const numbered = (list: string): Readonly<Record<number, string>> =>
  Object.fromEntries(
    list.split(",").map((entry) => {
      const [, number, name] = /^(\d+) (.+)$/.exec(entry.trim()) ?? [];
      if (number === undefined) throw new RangeError(`"${entry}" is not a number and its name`);
      return [Number(number), name!];
    }),
  );

const factWord =
  (type: Fact["type"], defaultBound: number) =>
  (level: DataLevel, { list, bound = defaultBound, names }: FactOptions = {}): Fact => ({
    level,
    type,
    keep: list === undefined ? "first" : "list",
    most: list ?? 1,
    bound,
    ...(names && { names }),
  });

/** Facts: text, a number, a DNS name in wire form. */
export const textFact = factWord("text", 256);
export const numberFact = factWord("number", 10);
export const nameFact = factWord("name", 255);

/** The name of the host that a client speaks to: the application is told by it. */
export const hostFact = (level: DataLevel, bound = 256): Fact => ({
  ...textFact(level, { bound }),
  host: true,
});

/** A fact that a reader makes of the bytes: see `src/readers/`. */
export const readFact = (read: ReaderName, level: DataLevel, options: FactOptions = {}): Fact => ({
  ...textFact(level, options),
  read,
});

// ── Samples ──────────────────────────────────────────────────────────────────────────────────────

export const client = (...parts: string[]): Message => ({ from: "client", bytes: parts.join("") });
export const server = (...parts: string[]): Message => ({ from: "server", bytes: parts.join("") });

const conversation =
  (transport: Transport) =>
  (...messages: Message[]): Conversation => ({ transport, messages });

/** A sample conversation over TCP, over UDP, over SCTP (each message behind its payload protocol identifier). */
export const tcp = conversation("tcp");
export const udp = conversation("udp");
export const sctp = conversation("sctp");

/** Text with its length in front, in so many bytes; for samples. */
export function sized(width: 1 | 2 | 3 | 4, ...parts: string[]): string {
  const body = parts.join("");
  if (![1, 2, 3, 4].includes(width)) throw new RangeError("a length has 1 … 4 bytes");
  if (body.length >= 256 ** width)
    throw new RangeError(`a length of ${width} bytes cannot say ${body.length}`);
  let length = "";
  for (let shift = width - 1; shift >= 0; shift--) {
    length += String.fromCharCode(Math.floor(body.length / 256 ** shift) & 255);
  }
  return length + body;
}

/** More bytes than any message has. */
const NOISE_MAX = 65535;

/** Reproducible bytes that look random; for samples of what is encrypted. */
export function noise(length: number, seed = 1): string {
  if (!Number.isInteger(length) || length < 0 || length > NOISE_MAX)
    throw new RangeError(`${length} is no number of bytes: 0 … ${NOISE_MAX}`);
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return fromBytes(bytes);
}
