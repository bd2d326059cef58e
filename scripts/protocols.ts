/** The protocol files of this repository, as they are written now. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { DefinitionError } from "../src/language/check.js";
import type { Definition } from "../src/language/definition.js";
import type { Lock } from "../src/language/ids.js";

export const LOCK = "src/protocols/ids.lock.json";

export interface Source {
  /** `remote-access/ssh` */
  readonly path: string;
  readonly definition: Definition;
}

export const fileOf = ({ path }: { path: string }): string => `src/protocols/${path}.ts`;

/** What several protocols are made of: no protocols. */
const FORMATS = "formats/";

/** Paths below `src/protocols`, without their extension. */
export const protocolPaths = (): string[] =>
  readdirSync("src/protocols", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.startsWith(FORMATS))
    .map((path) => path.slice(0, -".ts".length))
    .sort();

export const readProtocols = (): Promise<Source[]> =>
  Promise.all(
    protocolPaths().map(async (path) => {
      const url = pathToFileURL(fileOf({ path })).href;
      const { default: definition } = (await import(url)) as { default?: Definition };
      if (!definition) {
        throw new DefinitionError(path, "the file exports no protocol", {
          remedy: () => "export default protocol({ … })",
        });
      }
      return { path, definition };
    }),
  );

export const readLock = (): Lock =>
  existsSync(LOCK) ? (JSON.parse(readFileSync(LOCK, "utf8")) as Lock) : {};

/** The file of the protocol that something is about: `ssh/banner, server 1`. */
export function fileAbout(where: string, sources: readonly Source[]): string {
  const name = where.split("/")[0];
  const source = sources.find(({ definition }) => definition.name === name);
  return source ? fileOf(source) : "src/protocols";
}

/** Runs `work`; an error about a protocol names its file too. */
export function located<T>(sources: readonly Source[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DefinitionError) {
      error.message = `${fileAbout(error.where, sources)}: ${error.message}`;
    }
    throw error;
  }
}
