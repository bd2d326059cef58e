/**
 * Every regular expression of `src/` takes time linear in its text, whatever the text is, and so that nobody has to
 * believe it, only shapes are allowed of which that is plain:
 *
 * - at each place a fixed number of steps: no `*`, `+` or `{n,}` in it;
 * - anchored at the beginning, and what repeats is a set of characters that is not followed by a set it shares
 *   characters with: nothing to go back for;
 * - searched for, and what repeats stands last: it takes all it can, and cannot fail after that.
 *
 * What has another shape is listed with its reason.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseSync } from "vite";
import { root, sourcesBelow } from "./imports.js";

/** Patterns of another shape, and why they are linear all the same, or where their text comes from. */
const others: Readonly<Record<string, string>> = {
  "^[a-z0-9]+(-[a-z0-9]+)*$": "anchored; a hyphen is in neither set, so there is one way to match",
  "^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?$": "anchored; goes back once over one run",
  "^(\\d+) (.+)$": "anchored; a space is no digit, and what is left is taken once",
  "^([^.*]+)\\.\\*\\.(.+)$": "anchored; a dot is not in the first set",
  "^([0-9a-f:.]+)\\/(\\d{1,3})$": "anchored; a slash is not in the set",
  "^\\[(.+)\\][+*?]?$": "anchored; goes back once over one run",
  "^[^/]*\\/([^,]*)(?:, (\\w+)(?: (\\d+))?)?$": "anchored; what follows each set is not in it",
  "\\.+$": "over host names that definitions of ours hold",
  "\\s*\\n\\s*": "over at most 1,000 characters (MESSAGE_MAX)",
};

interface Found {
  readonly file: string;
  readonly pattern: string;
}

function expressionsOf(file: string): Found[] {
  const found: Found[] = [];
  const { program, errors } = parseSync(file, readFileSync(join(root, file), "utf8"));
  expect(errors).toEqual([]);
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) return node.forEach(visit);
    const { type, regex, callee } = node as {
      type?: string;
      regex?: { pattern: string };
      callee?: { name?: string };
    };
    if (regex) found.push({ file, pattern: regex.pattern });
    if ((type === "NewExpression" || type === "CallExpression") && callee?.name === "RegExp") {
      found.push({ file, pattern: "(made of a text)" });
    }
    Object.values(node).forEach(visit);
  };
  visit(program);
  return found;
}

/** A set in brackets, an escape, or one character; as one letter, so that what repeats can be seen. */
const ATOM = /\[(?:\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\u\{\w+\}|\\u\w{4}|\\x\w\w|\\./gs;
const UNBOUNDED = /[*+]|\{\d+,\}/g;

function isPlain(pattern: string): boolean {
  const bare = pattern.replaceAll(ATOM, "a");
  const repeats = [...bare.matchAll(UNBOUNDED)];
  if (repeats.length === 0) return true;
  if (repeats.length > 1) return false;
  const [{ index, 0: repeat }] = repeats as [RegExpExecArray];
  // A group may repeat too, and could be entered in two ways.
  if (bare[index - 1] === ")") return false;
  const rest = bare.slice(index + repeat.length);
  return rest === "" || (bare.startsWith("^") && rest === "$");
}

const all = sourcesBelow("src").flatMap(expressionsOf);

test("every regular expression takes linear time", () => {
  expect(all.length).toBeGreaterThan(20);
  const doubtful = all.filter(({ pattern }) => !isPlain(pattern) && !(pattern in others));
  expect(doubtful).toEqual([]);
});

test("the list has nothing that is gone", () => {
  const patterns = new Set(all.map(({ pattern }) => pattern));
  expect(Object.keys(others).filter((pattern) => !patterns.has(pattern))).toEqual([]);
});

test.each(["(a+)+$", "a*a*b", "(a|a)*$", "\\s+$", "(?:ab)+", "x(\\w|\\d)*y"])(
  "%s would be found",
  (pattern) => {
    expect(isPlain(pattern)).toBe(false);
  },
);
