import { expect, test } from "vitest";
import { Oldest } from "../../src/classifier/oldest.js";

test("what was put in first is taken out first, whatever is deleted, put in again or cleared between", () => {
  const map = new Map<number, number>();
  const oldest = new Oldest(map);
  expect(oldest.remove()).toBeUndefined();
  let state = 7;
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
  for (let step = 0; step < 20_000; step++) {
    const key = random(50);
    const action = random(100);
    if (action < 45) {
      map.delete(key);
      map.set(key, step);
    } else if (action < 60) map.delete(key);
    else if (action === 60) map.clear();
    else {
      const [first] = map.keys();
      expect(oldest.remove()).toBe(first);
      expect(first === undefined || !map.has(first)).toBe(true);
    }
  }
});
