/** Which answer belongs to which question. */
import { expect, test } from "vitest";
import { Budget, Share } from "../../src/classifier/budget.js";
import { Transactions, WAITING_MAX } from "../../src/classifier/transactions.js";
import type { ProtocolEntry } from "../../src/language/catalog.js";
import type { FactValue } from "../../src/record/record.js";

const entry = {
  transaction: { key: ["dns.id", "dns.name"], response: "dns.response" },
} as unknown as ProtocolEntry;
const message = (seconds: number, facts: Record<string, FactValue>) => ({
  facts,
  fromClient: true,
  seconds,
  nanoseconds: 0,
});
const asks = (seconds: number, id: number, name: FactValue) =>
  message(seconds, { "dns.id": id, "dns.name": name, "dns.response": 0 });
const tells = (seconds: number, id: number, name?: FactValue) =>
  message(seconds, {
    "dns.id": id,
    ...(name !== undefined && { "dns.name": name }),
    "dns.response": 1,
  });
const second = (time: string | null | undefined) => time && Number(time.slice(17, 19));

test("an answer has the question's number and name", () => {
  const transactions = new Transactions(1, entry, "dns", new Share(new Budget(1 << 20)));
  transactions.add(asks(1, 7, "a.example"));
  transactions.add(asks(2, 7, "b.example"));
  const event = transactions.add(tells(3, 7, "b.example"));
  expect(second(event?.request)).toBe(2);
  expect(transactions.finish().map(({ request }) => second(request))).toEqual([1]);
});

test("an answer to another question is nobody's", () => {
  const transactions = new Transactions(1, entry, "dns", new Share(new Budget(1 << 20)));
  transactions.add(asks(1, 7, "a.example"));
  expect(transactions.add(tells(2, 7, "evil.example"))?.request).toBeNull();
  expect(transactions.add(tells(2, 8, "a.example"))?.request).toBeNull();
  expect(transactions.finish()).toHaveLength(1);
});

test("an answer may leave the question out, and several names are compared one by one", () => {
  const transactions = new Transactions(1, entry, "dns", new Share(new Budget(1 << 20)));
  transactions.add(asks(1, 7, ["a.example", "b.example"]));
  transactions.add(asks(2, 7, ["a.example", "c.example"]));
  expect(second(transactions.add(tells(3, 7, ["a.example", "c.example"]))?.request)).toBe(2);
  expect(second(transactions.add(tells(4, 7))?.request)).toBe(1);
});

test("without a key, answers come in order; the oldest question is pushed out", () => {
  const plain = new Transactions(
    1,
    { transaction: {} } as unknown as ProtocolEntry,
    "http",
    new Share(new Budget(1 << 20)),
  );
  for (let index = 0; index < WAITING_MAX; index++) {
    expect(plain.add(message(index, {}))).toBeUndefined();
  }
  expect(second(plain.add(message(40, {}))?.request)).toBe(0);
  expect(second(plain.add({ ...message(41, {}), fromClient: false })?.request)).toBe(1);
});
