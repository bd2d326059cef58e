/** The rooms of `src/` and the arrows between them: who may import whom. */
import { expect, test } from "vitest";
import { importsOf, sourcesBelow, withoutExtension } from "./imports.js";

/**
 * Each room, and all it may import: rooms, single files of a room, packages. A room may always
 * import itself; nothing but the command's own files may import `cli`.
 */
const arrows: Record<string, readonly string[]> = {
  record: [],
  compression: [],
  policy: ["record"],
  crypto: ["engine/abi"],
  readers: [],
  language: [
    "record",
    "engine/abi",
    "engine/hosts-table",
    "engine/hpack-table",
    "crypto",
    "readers",
    "policy/suggest",
  ],
  protocols: ["record", "language"],
  applications: ["record", "language"],
  generated: ["record", "compression", "language", "protocols"],
  engine: ["record", "crypto", "generated", "@assemblyscript/loader", "node:"],
  flows: ["record", "engine"],
  // Sources stand beside the flows: they fill the engine's window.
  sources: ["record", "compression", "engine", "node:"],
  classifier: [
    "record",
    "engine",
    "sources",
    "flows",
    "language",
    "policy",
    "readers",
    "generated",
  ],
  sinks: ["record", "node:"],
  // Explain stands beside the command, above all that it watches; it is told catalog and definitions.
  explain: ["record", "engine", "flows", "language", "classifier", "sinks"],
  // Protocols of a user's own: an entry beside the others, and the only one that needs yaml.
  rules: ["record", "language", "policy", "generated", "sinks/terminal", "yaml"],
};

/** `src/node.ts`, `src/browser.ts`, those of `clairvoie/explain`, and the command, put the rooms together. */
const rooms = Object.keys(arrows);
arrows["entries"] = [...rooms, "node:"];
arrows["cli"] = [...rooms, "entries", "commander", "node:"];

/** "src/engine/wasm/host.ts" is in the room "engine", "src/node.ts" in "entries". */
const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? "entries";

function isAllowed(from: string, target: string): boolean {
  const room = roomOf(from);
  const isOurs = target.startsWith("src/");
  return isOurs && roomOf(target) === room
    ? true
    : (arrows[room] ?? []).some((allowed) => {
        if (allowed.endsWith(":")) return target.startsWith(allowed);
        if (!isOurs) return target === allowed;
        return roomOf(target) === allowed || target === `src/${allowed}`;
      });
}

const sources = sourcesBelow("src");

test("every folder of src/ is a room", () => {
  expect([...new Set(sources.map(roomOf))].filter((room) => !(room in arrows))).toEqual([]);
});

test("imports follow the arrows", () => {
  const wrong = sources.flatMap((from) =>
    importsOf(from)
      .filter(({ target }) => !isAllowed(from, target))
      .map(({ target }) => `${from} must not import ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("no file imports itself by a detour", () => {
  expect(findCycle(sources)).toBeUndefined();
});

test("the engine in assembly/ shares with the host only constants: src/engine/abi.ts and hosts-table.ts", () => {
  const shared = ["src/engine/abi", "src/engine/hosts-table"];
  const wrong = sourcesBelow("assembly").flatMap((from) =>
    importsOf(from)
      .filter(({ target }) => !target.startsWith("assembly/") && !shared.includes(target))
      .map(({ target }) => `${from} must not import ${target}`),
  );
  expect(wrong).toEqual([]);
});

/** A cycle of static imports, as "a → b → a", or undefined. */
function findCycle(paths: readonly string[]): string | undefined {
  const graph = new Map(
    paths.map((path) => [
      withoutExtension(path),
      importsOf(path).flatMap(({ kind, target }) => (kind === "static" ? [target] : [])),
    ]),
  );
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file].join(" → ");
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
