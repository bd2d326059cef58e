/** Ids are for ever. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { protocols } from "../../src/generated/protocols.js";
import { idsOf, lockIds } from "../../src/language/ids.js";

const lock = JSON.parse(
  readFileSync(new URL("../../src/protocols/ids.lock.json", import.meta.url), "utf8"),
) as Record<string, number>;

test("the lock holds every protocol's id, and nothing has to be added", () => {
  const names = protocols.map(({ name }) => name);
  expect(lockIds(lock, names, { mayAdd: false })).toEqual(lock);
});

test("an id is never given again, not even that of a protocol that is gone", () => {
  expect(lockIds({ gone: 7, a: 1 }, ["b", "a", "c"], { mayAdd: true })).toEqual({
    a: 1,
    gone: 7,
    b: 8,
    c: 9,
  });
  expect(() => lockIds({ a: 1, b: 1 }, ["a"], { mayAdd: true })).toThrow("gives an id twice");
});

test("a new protocol is added, except in CI", () => {
  expect(() => lockIds({ a: 1 }, ["b"], { mayAdd: false })).toThrow("b: it has no id");
});

test("a user's own protocols come behind all that a lock holds", () => {
  expect([...idsOf(["ours", "mine", "a"], { a: 1 })]).toEqual([
    ["a", 1],
    ["mine", 0x8000],
    ["ours", 0x8001],
  ]);
});
