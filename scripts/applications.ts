/**
 * The application files of this repository, as they are written now, and what is made of them:
 *
 *   src/generated/applications.ts   names by id, and the table that finds them; packed
 *   docs/applications.md
 *
 * Ids are for ever: `src/applications/ids.lock.json` remembers them. New ones are added to it, except in CI.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import { parse } from "tldts";
import { type ApplicationCatalog, LISTED } from "../src/language/applications/catalog.js";
import type { Surroundings } from "../src/language/applications/check.js";
import { compileApplications } from "../src/language/applications/compile.js";
import { packApplications } from "../src/language/applications/rows.js";
import type { Operator } from "../src/language/applications/vocabulary.js";
import { DefinitionError } from "../src/language/check.js";
import { type Lock, lockIds } from "../src/language/ids.js";
import { listedOperators, type ThirdParty } from "./third-parties.js";

const FOLDER = "src/applications";
const LOCK = `${FOLDER}/ids.lock.json`;

const require = createRequire(import.meta.url);

export const surroundings: Surroundings = {
  isPublicSuffix: (host) => parse(host).publicSuffix === host,
};

export const fileOf = (operator: string): string => `${FOLDER}/${operator}.ts`;

export const readOperators = (): Promise<Operator[]> =>
  Promise.all(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith(".ts"))
      .sort()
      .map(async (file) => {
        const path = `${FOLDER}/${file}`;
        const { default: operator } = (await import(pathToFileURL(path).href)) as {
          default?: Operator;
        };
        if (!operator) {
          throw new DefinitionError(path, "the file exports no operator", {
            remedy: () => "export default operator({ … })",
          });
        }
        if (fileOf(operator.name) !== path) {
          throw new DefinitionError(path, `the operator is called "${operator.name}"`, {
            remedy: () => `call the file ${fileOf(operator.name)}, or the operator as the file`,
          });
        }
        return operator;
      }),
  );

export interface Applications {
  readonly operators: readonly Operator[];
  /** Those of the second source. */
  readonly listed: readonly Operator[];
  readonly lock: Lock;
  readonly catalog: ApplicationCatalog;
}

export async function readApplications({ mayAdd }: { mayAdd: boolean }): Promise<Applications> {
  const operators = await readOperators();
  const listed = listedOperators(
    operators,
    require("third-party-web/nostats-subset").entities as readonly ThirdParty[],
    surroundings,
  );
  const names = [...operators, ...listed].flatMap(({ applications }) =>
    applications.map(({ name }) => name),
  );
  const lock = lockIds(readLock(), [...new Set(names)], { mayAdd });
  try {
    const catalog = compileApplications(operators, listed, lock, surroundings);
    return { operators, listed, lock, catalog };
  } catch (error) {
    if (error instanceof DefinitionError) {
      const file = fileOf(error.where.split("/")[0]!);
      error.message = `${existsSync(file) ? file : LISTED}: ${error.message}`;
    }
    throw error;
  }
}

const readLock = (): Lock =>
  existsSync(LOCK) ? (JSON.parse(readFileSync(LOCK, "utf8")) as Lock) : {};

/** The files to write, by path. */
export const generatedFiles = ({ lock, catalog }: Applications): ReadonlyMap<string, string> =>
  new Map([
    [LOCK, `${JSON.stringify(lock, undefined, 2)}\n`],
    ["src/generated/applications.ts", applicationsModule(catalog)],
  ]);

/** Names are packed too: as a module's text they would be four times as large, and parsed when nobody asks. */
function applicationsModule({ table, applications }: ApplicationCatalog): string {
  const names = packApplications(applications);
  const pack = (bytes: Uint8Array) => deflateRawSync(bytes, { level: 9 }).toString("base64");
  return `// Written by scripts/generate.ts; not to be edited.
// Part of it is data of third-party-web (MIT, © 2019 Patrick Hulce): see NOTICE.md.
import type { ApplicationCatalog } from "../language/applications/catalog.js";
import { unpackApplications } from "../language/applications/rows.js";
import { unpack } from "../compression/unpack.js";

let table: Uint8Array | undefined;
let applications: ApplicationCatalog["applications"] | undefined;

export const applicationCatalog: ApplicationCatalog = {
  get table() {
    return (table ??= unpack(TABLE, ${table.length}));
  },
  get applications() {
    return (applications ??= unpackApplications(unpack(APPLICATIONS, ${names.length})));
  },
};

const APPLICATIONS =
  "${pack(names)}";
const TABLE =
  "${pack(table)}";
`;
}
