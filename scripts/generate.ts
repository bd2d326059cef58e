/**
 * `npm run generate`: writes `src/generated/` from the files of `src/protocols/`, and prints what each
 * signature is worth that is new or changed. `--all` prints all of them, `--quiet` none.
 *
 *   src/generated/protocols.ts   all definitions
 *   src/generated/catalog.ts     the catalog, compiled; its tables are packed
 *   docs/protocols.md            see docs.ts
 *   src/generated/words.ts       what the words of the vocabulary take, for rule files
 *   src/generated/applications.ts, docs/applications.md   see applications.ts
 *
 * Ids are for ever: `src/protocols/ids.lock.json` remembers them. New ones are added to it, except in CI.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import type { Catalog, SignatureEntry } from "../src/language/catalog.js";
import { DefinitionError } from "../src/language/check.js";
import { compile } from "../src/language/compile.js";
import {
  changedSince,
  FALSE_NAMES,
  falseNames,
  reportSums,
  reportTable,
  worths,
} from "../src/language/report.js";
import { lockIds } from "../src/language/ids.js";
import { formatWarning, warningsOf } from "../src/language/warnings.js";
import { generatedFiles, readApplications } from "./applications.js";
import { writeApplicationsPage, writeProtocolsPage } from "./docs.js";
import {
  BrokenFile,
  fileAbout,
  located,
  LOCK,
  readLock,
  readProtocols,
  type Source,
} from "./protocols.js";
import { readWords } from "./words.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

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
import { unpack } from "../compression/unpack.js";

let tables: Uint8Array | undefined;

export const catalog: Catalog = {
  get tables() {
    return (tables ??= unpack(PACKED, ${tables.length}));
  },
${Object.entries(rest)
  .map(([key, value]) => `  ${key}: ${JSON.stringify(value)},\n`)
  .join("")}};

const PACKED =
  "${deflateRawSync(tables, { level: 9 }).toString("base64")}";
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

const CATALOG = "src/generated/catalog.ts";
const HEAD = "// Written by scripts/generate.ts; not to be edited.\n";

/** The signatures of when this was last run. */
async function signaturesBefore(): Promise<readonly SignatureEntry[]> {
  if (!existsSync(CATALOG)) return [];
  return ((await import(pathToFileURL(CATALOG).href)) as { catalog: Catalog }).catalog.signatures;
}

async function generate(): Promise<boolean> {
  const sources = await readProtocols();
  const definitions = sources.map(({ definition }) => definition);
  const names = definitions.map(({ name }) => name);
  const locked = lockIds(readLock(), names, { mayAdd: process.env["CI"] !== "true" });
  const catalog = located(sources, () => compile(definitions, locked));
  write(LOCK, `${JSON.stringify(locked, undefined, 2)}\n`);
  mkdirSync("src/generated", { recursive: true });
  const before = await signaturesBefore();
  write("src/generated/protocols.ts", protocolsModule(sources));
  write(CATALOG, catalogModule(catalog));
  if (process.env["CI"] !== "true") writeProtocolsPage(definitions);
  write("src/generated/words.ts", wordsModule());
  const applications = await readApplications({ mayAdd: process.env["CI"] !== "true" });
  for (const [path, text] of generatedFiles(applications)) write(path, text);
  if (process.env["CI"] !== "true") writeApplicationsPage(applications);
  const all = worths(definitions);
  const changed = changedSince(before, catalog.signatures);
  const shown = process.argv.includes("--all")
    ? all
    : process.argv.includes("--quiet")
      ? []
      : all.filter(({ name }) => changed.has(name));
  if (shown.length > 0) console.error(reportTable(shown));
  console.error(reportSums(all));
  for (const warning of warningsOf(definitions, catalog)) {
    console.error(`${fileAbout(warning.where, sources)}: warning: ${formatWarning(warning)}`);
  }
  const isSafe = falseNames(all).every((sum) => sum <= FALSE_NAMES);
  if (!isSafe)
    console.error("too many false names: raise the threshold, or make signatures stricter");
  return isSafe;
}

try {
  process.exitCode = (await generate()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof DefinitionError || error instanceof BrokenFile)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
