/** Byte sets and byte strings: the two plain forms of bytes that definitions are written in. */

/** A set of byte values: sorted inclusive ranges that neither touch nor overlap. */
export type ByteSet = readonly (readonly [low: number, high: number])[];

export const ANY: ByteSet = [[0, 255]];
export const NONE: ByteSet = [];

/** Sorts ranges and joins those that touch or overlap. Works for numbers of any width. */
export function normalise(ranges: Iterable<readonly [number, number]>): [number, number][] {
  const result: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else if (low <= high) result.push([low, high]);
  }
  return result;
}

export const contains = (set: ByteSet, value: number): boolean =>
  set.some(([low, high]) => value >= low && value <= high);

export const union = (...sets: ByteSet[]): ByteSet => normalise(sets.flat());

export const isAny = (set: ByteSet): boolean => set[0]?.[0] === 0 && set[0][1] === 255;

/** The bytes that are not in the set. */
export function complement(set: ByteSet): ByteSet {
  const result: [number, number][] = [];
  let next = 0;
  for (const [low, high] of set) {
    if (low > next) result.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= 255) result.push([next, 255]);
  return result;
}

/** A set written as between the brackets of a regular expression: `"0-9A-Fa-f"`; a hyphen stands first or last. */
export function parseSet(text: string): ByteSet {
  const [, inside] = /^\[(.+)\][+*?]?$/.exec(text) ?? [];
  if (inside !== undefined) {
    throw new RangeError(
      `"${text}" is a set with brackets in it; write "${inside}", or, if the brackets are meant, put them last`,
    );
  }
  const ranges: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    const low = text.charCodeAt(at);
    const isRange = text[at + 1] === "-" && at + 2 < text.length;
    const high = isRange ? text.charCodeAt(at + 2) : low;
    if (high > 255 || high < low) throw new RangeError(`"${text}" is not a set of bytes`);
    ranges.push([low, high]);
    if (isRange) at += 2;
  }
  return normalise(ranges);
}

/** 32 bytes: bit `v & 7` of byte `v >> 3` is set where `v` is in the set. */
export function bitmap(set: ByteSet): Uint8Array {
  const bits = new Uint8Array(32);
  for (const [low, high] of set) {
    for (let value = low; value <= high; value++) bits[value >> 3]! |= 1 << (value & 7);
  }
  return bits;
}

/** The bytes of a string that holds one byte per character (Latin-1). */
export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 255) throw new RangeError(`"${text}" holds a character that is not one byte`);
    bytes[at] = code;
  }
  return bytes;
}

/** One character per byte (Latin-1). */
export function fromBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** ASCII letters in lower case; every other byte as it is. */
export const lowerCase = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

/** Both cases of an ASCII letter. */
export function bothCases(byte: number): ByteSet {
  const lower = lowerCase(byte);
  return lower >= 97 && lower <= 122
    ? [
        [lower - 32, lower - 32],
        [lower, lower],
      ]
    : [[byte, byte]];
}

/** `16 03 01` */
export const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
