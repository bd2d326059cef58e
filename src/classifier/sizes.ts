/** What facts and messages take in memory at most, as far as a host that counts its objects in 64-bit words tells. */
import type { TransactionEvent, TransactionsEndEvent } from "../record/events.js";
import type { FactValue } from "../record/record.js";

/** Of a value: its place in what holds it, and its header. */
const VALUE_SIZE = 64;
/** Of a message or an event: itself, its facts' table, its times. */
const MESSAGE_SIZE = 256;

/** Of a flow whose messages are told apart, in front of its first one: 1.7 KB measured. */
export const FOLLOWED_SIZE = 2048;

/** Two bytes a character: one is enough for most texts, but to look would take longer than to decode. */
export const sizeOfValue = (value: string | number): number =>
  VALUE_SIZE + (typeof value === "string" ? 2 * value.length : 0);

export function sizeOfMessage({ facts }: { facts: Readonly<Record<string, FactValue>> }): number {
  let size = MESSAGE_SIZE;
  for (const value of Object.values(facts)) {
    if (Array.isArray(value)) for (const each of value) size += sizeOfValue(each);
    else size += sizeOfValue(value);
  }
  return size;
}

export const sizeOfEvent = (event: TransactionEvent | TransactionsEndEvent): number =>
  event.type === "transaction" ? sizeOfMessage(event) : MESSAGE_SIZE;

export function sizeOfLesson({
  facts,
}: {
  facts: readonly (readonly [name: string, value: string | number])[];
}): number {
  return facts.reduce((size, [, value]) => size + sizeOfValue(value), MESSAGE_SIZE);
}
