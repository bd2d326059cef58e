/**
 * Text for a terminal: made harmless, measured in cells, cut and padded.
 *
 * Widths are counted as `wcwidth` does, a code point at a time, because that is what terminals do;
 * Unicode 15.1, EastAsianWidth.txt. Whatever a terminal may obey, hide or join is written out instead,
 * so a width can be relied on.
 */

/**
 * Control characters as their pictures (ESC is ␛), and everything else that is invisible or changes
 * the order of text (format characters, lone surrogates) as an escape (\u202e). At most two combining
 * marks stay on one letter.
 */
export function makeVisible(text: string): string {
  if (!notPlain.test(text)) return text;
  return text
    .replace(controls, (character) => {
      const code = character.charCodeAt(0);
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      return code === 0x7f ? "␡" : escape(character);
    })
    .replace(invisible, escape)
    .replace(stackedMarks, (marks) => {
      const [first, second, ...others] = marks;
      return `${first}${second}${others.map(escape).join("")}`;
    });
}

const notPlain = /[^\x20-\x7e]/;
const controls = /\p{Cc}/gu;
/** Format, surrogate, private use and unassigned characters; line and paragraph separators; fillers. */
const invisible = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
const stackedMarks = /\p{M}{3,}/gu;

const escape = (character: string) =>
  Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }).join("");

/** Cells that a visible text takes. */
export function measure(text: string): number {
  if (!notPlain.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += measureCharacter(character);
  return cells;
}

const measureCharacter = (character: string) =>
  noCells.test(character) ? 0 : twoCells.test(character) ? 2 : 1;

/** Marks sit on the letter before them; vowels and finals of Hangul join its leading consonant. */
const noCells = /^[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
/** East Asian Wide and Fullwidth, and what is an emoji by default; flags are made of two narrow letters. */
const twoCells =
  /^(?!\p{RI})(?:[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

/** Cuts a visible text to `cells`, with "…" in place of what is left out at its end. */
export function cutEnd(text: string, cells: number): string {
  return measure(text) <= cells ? text : `${takeStart(text, cells - 1)}…`;
}

/** Cuts in the middle, where both the beginning and the end say most: addresses, host names. */
export function cutMiddle(text: string, cells: number): string {
  if (measure(text) <= cells) return text;
  const before = Math.floor((cells - 1) / 2);
  return `${takeStart(text, before)}…${takeEnd(text, cells - 1 - before)}`;
}

function takeStart(text: string, cells: number): string {
  let taken = "";
  let left = cells;
  for (const character of text) {
    left -= measureCharacter(character);
    if (left < 0) break;
    taken += character;
  }
  return taken;
}

function takeEnd(text: string, cells: number): string {
  const characters = Array.from(text);
  let left = cells;
  let from = characters.length;
  while (from > 0 && left - measureCharacter(characters[from - 1]!) >= 0) {
    left -= measureCharacter(characters[--from]!);
  }
  // A mark whose letter was cut off would sit on the "…".
  while (from < characters.length && measureCharacter(characters[from]!) === 0) from++;
  return characters.slice(from).join("");
}

export const padEnd = (text: string, cells: number) => text + fill(cells - measure(text));
export const padStart = (text: string, cells: number) => fill(cells - measure(text)) + text;
const fill = (cells: number) => " ".repeat(Math.max(0, cells));

/** Rows of visible texts as lines, columns aligned, two cells between them. */
export function formatTable(
  rows: readonly (readonly string[])[],
  align: readonly ("start" | "end")[],
): string[] {
  const cells = align.map((_, column) =>
    Math.max(...rows.map((row) => measure(row[column] ?? ""))),
  );
  const pad = (text: string, column: number) =>
    align[column] === "end" ? padStart(text, cells[column]!) : padEnd(text, cells[column]!);
  return rows.map((row) => row.map(pad).join("  ").trimEnd());
}

/**
 * A number of bytes with three digits or so, in powers of 1,000.
 * @example
 * formatBytes(999) // "999 B"
 * formatBytes(25_841) // "25.8 kB"
 */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  // 999.95 would be shown as "1000.0".
  while (value >= (unit === 0 ? 1000 : 999.5) && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const decimals = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(decimals)} ${units[unit]}`;
}

/** 1234567 as "1,234,567". */
export const formatCount = (count: number) => count.toLocaleString("en-US");

/** A number and its noun: "1 flow", "2,000 flows". */
export const formatAmount = (count: number, noun: string) =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
