/** Ids are for ever. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { protocols } from "../../src/generated/protocols.js";
import { lockIds } from "../../src/language/ids.js";

const lock = JSON.parse(
  readFileSync(new URL("../../src/protocols/ids.lock.json", import.meta.url), "utf8"),
) as Record<string, number>;

const definition = (name: string, id: number) =>
  ({ name, id, title: name, category: "test", source: "test" }) as const;

test("the lock holds every protocol's id, and nothing has to be added", () => {
  expect(lockIds(lock, protocols, { mayAdd: false })).toEqual(lock);
});

test("a protocol keeps its id", () => {
  expect(() => lockIds({ a: 1 }, [definition("a", 2)], { mayAdd: true })).toThrow(
    "a: its id is 1 for ever, not 2",
  );
});

test("an id is never given again", () => {
  expect(() => lockIds({ gone: 1 }, [definition("new", 1)], { mayAdd: true })).toThrow(
    'new: the id 1 belongs to "gone" for ever',
  );
});

test("a new protocol is added, except in CI", () => {
  expect(lockIds({ a: 1 }, [definition("b", 2)], { mayAdd: true })).toEqual({ a: 1, b: 2 });
  expect(() => lockIds({ a: 1 }, [definition("b", 2)], { mayAdd: false })).toThrow(
    "b: its id is not",
  );
});
