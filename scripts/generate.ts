/**
 * `npm run generate`: writes `src/generated/` from the files of `src/protocols/`, and prints what each
 * signature is worth. `--quiet` prints one line only.
 *
 *   src/generated/protocols.ts   all definitions
 *   src/generated/catalog.ts     the catalog, compiled; its tables are packed
 *   src/generated/words.ts       what the words of the vocabulary take, for rule files
 *
 * Ids are for ever: `src/protocols/ids.lock.json` remembers them. New ones are added to it, except in CI.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Catalog } from "../src/language/catalog.js";
import { DefinitionError } from "../src/language/check.js";
import { compile } from "../src/language/compile.js";
import type { Definition } from "../src/language/definition.js";
import {
  FALSE_NAMES,
  falseNames,
  reportSums,
  reportTable,
  worths,
} from "../src/language/report.js";
import { lockIds } from "../src/language/ids.js";
import { pack } from "../src/language/pack.js";
import { formatWarning, warningsOf } from "../src/language/warnings.js";
import { readWords } from "./words.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const LOCK = "src/protocols/ids.lock.json";

interface Source {
  /** `remote-access/ssh` */
  readonly path: string;
  readonly definition: Definition;
}

async function readProtocols(): Promise<Source[]> {
  const paths = readdirSync("src/protocols", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.slice(0, -".ts".length))
    .sort();
  return Promise.all(
    paths.map(async (path) => {
      const url = pathToFileURL(`src/protocols/${path}.ts`).href;
      const { default: definition } = (await import(url)) as { default?: Definition };
      if (!definition) throw new DefinitionError(path, "the file exports no protocol");
      return { path, definition };
    }),
  );
}

/** Writes a file unless it is already so: builds that depend on it stay fresh. */
function write(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
}

function protocolsModule(sources: readonly Source[]): string {
  const imports = sources.map(
    ({ path }, index) => `import p${index} from "../protocols/${path}.js";`,
  );
  return `${HEAD}${imports.join("\n")}
import type { Definition } from "../language/definition.js";

export const protocols: readonly Definition[] = [${sources.map((_, index) => `p${index}`).join(", ")}];
`;
}

function catalogModule({ tables, ...rest }: Catalog): string {
  return `${HEAD}import type { Catalog } from "../language/catalog.js";
import { unpack } from "../language/pack.js";

let tables: Uint8Array | undefined;

export const catalog: Catalog = {
  get tables() {
    return (tables ??= unpack(PACKED, ${tables.length}));
  },
${Object.entries(rest)
  .map(([key, value]) => `  ${key}: ${JSON.stringify(value)},\n`)
  .join("")}};

const PACKED =
  "${pack(tables)}";
`;
}

function wordsModule(): string {
  const { words, condition } = readWords();
  return `${HEAD}import type { Parameter, Shape } from "../language/shape.js";

export const words: Readonly<Record<string, Shape>> = {
${Object.entries(words)
  .map(([name, shape]) => `  ${name}: ${JSON.stringify(shape)},\n`)
  .join("")}};

/** What a condition may have. */
export const condition: readonly Parameter[] = ${JSON.stringify(condition)};
`;
}

const HEAD = "// Written by scripts/generate.ts; not to be edited.\n";

async function generate(): Promise<boolean> {
  const sources = await readProtocols();
  const definitions = sources.map(({ definition }) => definition);
  const lock = existsSync(LOCK) ? JSON.parse(readFileSync(LOCK, "utf8")) : {};
  const names = definitions.map(({ name }) => name);
  const locked = lockIds(lock, names, { mayAdd: process.env["CI"] !== "true" });
  const catalog = located(sources, () => compile(definitions, locked));
  write(LOCK, `${JSON.stringify(locked, undefined, 2)}\n`);
  mkdirSync("src/generated", { recursive: true });
  write("src/generated/protocols.ts", protocolsModule(sources));
  write("src/generated/catalog.ts", catalogModule(catalog));
  write("src/generated/words.ts", wordsModule());
  const all = worths(definitions);
  console.error(process.argv.includes("--quiet") ? reportSums(all) : reportTable(definitions));
  for (const warning of warningsOf(definitions, catalog)) {
    console.error(`${pathOf(warning.where, sources)}: warning: ${formatWarning(warning)}`);
  }
  const isSafe = falseNames(all).every((sum) => sum <= FALSE_NAMES);
  if (!isSafe)
    console.error("too many false names: raise the threshold, or make signatures stricter");
  return isSafe;
}

/** Runs `work`; an error about a protocol names its file too. */
function located<T>(sources: readonly Source[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DefinitionError)
      error.message = `${pathOf(error.where, sources)}: ${error.message}`;
    throw error;
  }
}

/** The file of the protocol that something is about. */
function pathOf(where: string, sources: readonly Source[]): string {
  const name = where.split("/")[0];
  const source = sources.find(({ definition }) => definition.name === name);
  return source ? `src/protocols/${source.path}.ts` : "src/protocols";
}

try {
  process.exitCode = (await generate()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof DefinitionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
