/** Ids are for ever: a name keeps its id, and an id that was given is never given to another name. */
import { DefinitionError } from "./check.js";
import type { Definition } from "./definition.js";

/** Name → id, of all protocols that ever were. */
export type Lock = Readonly<Record<string, number>>;

/**
 * The lock with the ids of new protocols added, in the order of ids. Throws where a definition breaks
 * it. A renamed protocol's old name is deleted from the lock by hand; a removed one's stays.
 */
export function lockIds(
  lock: Lock,
  definitions: readonly Definition[],
  { mayAdd }: { mayAdd: boolean },
): Lock {
  const names = new Map(Object.entries(lock).map(([name, id]) => [id, name]));
  for (const { name, id } of definitions) {
    const holder = names.get(id);
    if (lock[name] !== undefined && lock[name] !== id) {
      throw new DefinitionError(name, `its id is ${lock[name]} for ever, not ${id}`);
    }
    if (holder !== undefined && holder !== name) {
      throw new DefinitionError(name, `the id ${id} belongs to "${holder}" for ever`);
    }
    if (holder === undefined && !mayAdd) {
      throw new DefinitionError(name, "its id is not in ids.lock.json: run npm run generate");
    }
    names.set(id, name);
  }
  const byId = [...names].sort(([a], [b]) => a - b);
  return Object.fromEntries(byId.map(([id, name]) => [name, id]));
}
