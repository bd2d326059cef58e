/** The protocol files of this repository, as they are written now. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkAll, DefinitionError } from "../src/language/check.js";
import type { Definition } from "../src/language/definition.js";
import type { Lock } from "../src/language/ids.js";
import { suggestion } from "../src/policy/suggest.js";
import { run } from "./setup.mjs";

export const LOCK = "src/protocols/ids.lock.json";

export interface Source {
  /** `remote-access/ssh` */
  readonly path: string;
  readonly definition: Definition;
}

export const fileOf = ({ path }: { path: string }): string => `src/protocols/${path}.ts`;

/** What several protocols are made of: no protocols. */
export const FORMATS = "formats";

/** Paths below `src/protocols`, without their extension. */
export const protocolPaths = (): string[] =>
  readdirSync("src/protocols", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.startsWith(`${FORMATS}/`))
    .map((path) => path.slice(0, -".ts".length))
    .sort();

/** The path of a protocol: by its name, or by any path to its file. */
export function findPath(given: string): string | undefined {
  const wanted = given.replace(/^(?:.*\/)?src\/protocols\//, "").replace(/\.ts$/, "");
  return protocolPaths().find((path) => path === wanted || path.split("/").at(-1) === wanted);
}

/** The folders of protocols; each is a category as well. */
export const families = (): string[] =>
  readdirSync("src/protocols", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== FORMATS)
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
  const [, place] = stack.split(resolve(file))[1]?.match(/^(:\d+:\d+)/) ?? [];
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

/** Sources, and why others are not among them. */
export interface Sound {
  readonly sources: readonly Source[];
  readonly broken: readonly string[];
}

/** Those that can be read. */
export async function readSound(paths: readonly string[]): Promise<Sound> {
  const read = await Promise.allSettled(paths.map(readProtocol));
  return {
    sources: read.flatMap((each) => (each.status === "fulfilled" ? each.value : [])),
    broken: read.flatMap((each) =>
      each.status === "rejected" ? (each.reason as Error).message : [],
    ),
  };
}

/** Those that can be compiled beside `own`. */
export function withoutBroken(others: readonly Source[], own: Source): Sound {
  const broken: string[] = [];
  for (let sources = others; ;) {
    try {
      const all = [...sources, own];
      located(all, () => checkAll(all.map(({ definition }) => definition)));
      return { sources, broken };
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      const [name] = error.where.split("/");
      if (name === own.definition.name) throw error;
      broken.push(error.message);
      sources = sources.filter(({ definition }) => definition.name !== name);
    }
  }
}

export interface Mistake {
  readonly place: string;
  readonly message: string;
  /** Something that is imported or declared, and not used: it can be tried all the same. */
  readonly isUnused: boolean;
}

/** What the type checker says of one file. */
export async function typeMistakes(file: string): Promise<Mistake[]> {
  const args = ["-p", "tsconfig.check.json", "--pretty", "false"];
  return mistakesIn((await run("tsc", args, { quiet: true })).output, file);
}

export const mistakesIn = (output: string, file: string): Mistake[] =>
  output.split("\n").flatMap((line): Mistake[] => {
    const [, path, row, column, code, message] =
      /^(.+)\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(line) ?? [];
    if (path !== file) return [];
    const isUnused = /^TS(?:6133|6192|6196)$/.test(code!);
    return [{ place: `${file}:${row}:${column}`, message: message!, isUnused }];
  });

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
