/** Reads which files a file imports. Good enough for formatted sources: an import starts its line. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Import {
  /** A path from the root without its extension ("src/record/schema"), or a package's name. */
  readonly target: string;
  /** `type` imports are erased; `dynamic` ones run later. */
  readonly kind: "static" | "dynamic" | "type";
}

const staticImport = /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s*)?["']([^"']+)["']/gm;
const dynamicImport = /(?<!\* .*)\bimport\(\s*(?:\/\*.*?\*\/\s*)?["']([^"']+)["']/g;

/** The imports of a file, given by its path from the root. */
export function importsOf(path: string): Import[] {
  const text = readFileSync(join(root, path), "utf8");
  const resolve = (specifier: string) =>
    specifier.startsWith(".") ? withoutExtension(join(dirname(path), specifier)) : specifier;
  return [
    ...Array.from(text.matchAll(staticImport), ([, type, specifier]): Import => {
      return { target: resolve(specifier!), kind: type ? "type" : "static" };
    }),
    ...Array.from(text.matchAll(dynamicImport), ([, specifier]): Import => {
      return { target: resolve(specifier!), kind: "dynamic" };
    }),
  ];
}

export const withoutExtension = (path: string) => path.replace(/(\.d\.ts|\.ts|\.js)$/, "");

/** All TypeScript files below a folder, as paths from the root. */
export function sourcesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
