/** Ids are for ever: a name keeps its id, and an id that was given is never given to another name. */
import { DefinitionError } from "./check.js";

/** Name → id, of all protocols that ever were. */
export type Lock = Readonly<Record<string, number>>;

/** First id of protocols that no lock knows: a user's own. They hold within one catalog only. */
const LOCAL_FIRST = 0x8000;

/**
 * The lock with the next free ids for names that it does not know yet, in the order of ids. A renamed
 * protocol's entry is renamed by hand; a removed one's stays.
 */
export function lockIds(
  lock: Lock,
  names: readonly string[],
  { mayAdd }: { mayAdd: boolean },
): Lock {
  const ids = Object.values(lock);
  if (new Set(ids).size !== ids.length) throw new RangeError("ids.lock.json gives an id twice");
  const fresh = names.filter((name) => lock[name] === undefined);
  if (fresh.length > 0 && !mayAdd) {
    throw new DefinitionError(fresh[0]!, "it has no id in ids.lock.json: run npm run generate");
  }
  const next = Math.max(0, ...ids) + 1;
  const added = fresh.map((name, index) => [name, next + index] as const);
  return Object.fromEntries([...Object.entries(lock), ...added].sort(([, a], [, b]) => a - b));
}

/** The id of every name; those without one in the lock follow, by name, behind all that a lock may hold. */
export function idsOf(names: readonly string[], lock: Lock): ReadonlyMap<string, number> {
  let local = Math.max(LOCAL_FIRST, ...Object.values(lock).map((id) => id + 1));
  return new Map(names.toSorted().map((name) => [name, lock[name] ?? local++]));
}
