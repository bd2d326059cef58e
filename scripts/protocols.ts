/** The protocol files of this repository, as they are written now. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { DefinitionError } from "../src/language/check.js";
import type { Definition } from "../src/language/definition.js";
import type { Lock } from "../src/language/ids.js";
import { suggestion } from "../src/policy/suggest.js";

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

/** The folders of protocols; each is a category as well. */
export const families = (): string[] =>
  readdirSync("src/protocols", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && `${entry.name}/` !== FORMATS)
    .map(({ name }) => name);

/** A protocol file that cannot be used at all. */
export class BrokenFile extends Error {
  override readonly name = "BrokenFile";
}

export async function readProtocol(path: string): Promise<Source> {
  const file = fileOf({ path });
  const url = pathToFileURL(file).href;
  const { default: definition } = await (import(url) as Promise<{ default?: Definition }>).catch(
    (error: Error) => {
      throw new BrokenFile(`${placeIn(file, error)}: ${error.message.trim()}`);
    },
  );
  checkFile(path, definition);
  return { path, definition };
}

/** The line that an error came from, where its stack knows. */
function placeIn(file: string, { stack = "" }: Error): string {
  const [, place] = new RegExp(`${file.replaceAll(/[.+]/g, "\\$&")}(:\\d+:\\d+)`).exec(stack) ?? [];
  return file + (place ?? "");
}

/** A protocol is called like its file, and its category is a folder of protocols. */
export function checkFile(path: string, definition?: Definition): asserts definition {
  const file = fileOf({ path });
  const refuse = (problem: string) => {
    throw new BrokenFile(`${file}: ${problem}`);
  };
  if (!definition) return refuse("the file exports no protocol: export default protocol({ … })");
  const name = path.split("/").at(-1);
  if (definition.name !== name) {
    refuse(`its protocol is called "${definition.name}": call it "${name}", or rename the file`);
  }
  const { category } = definition;
  const known = families();
  if (!known.includes(category)) {
    const hint = suggestion(category, known) || `; there are ${known.join(", ")}`;
    refuse(`there is no category "${category}"${hint}`);
  }
}

export const readProtocols = (): Promise<Source[]> =>
  Promise.all(protocolPaths().map(readProtocol));

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
