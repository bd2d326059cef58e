/**
 * Builds everything that is not in the repository:
 *   src/generated/   tables made from the protocol and application files
 *   build/*.wasm     the engine, with and without SIMD, from assembly/, and modules for tests
 *   dist/            what is published: the emitted sources, and the engines beside their loader
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateServices } from "./services.mjs";
import { root, run } from "./setup.mjs";

process.chdir(root);

const variants = ["simd", "scalar"];
/** What is compiled, and from which configuration. `crypto` has exports for tests, and is not published. */
const modules = { engine: "asconfig.json", crypto: "asconfig.testing.json" };
const moduleInputs = [
  "assembly",
  "src/engine/abi.ts",
  "src/engine/hosts-table.ts",
  "package-lock.json",
];

/**
 * True when every step succeeded. A failed step stops only those that need it.
 * @param {{ quiet?: boolean }} [options] quiet: says nothing of what signatures are worth
 */
export async function build({ quiet = false } = {}) {
  generateServices();
  const generate = ["scripts/generate.ts", ...(quiet ? ["--quiet"] : [])];
  if (existsSync("scripts/generate.ts") && !(await run("tsx", generate)).ok) return false;
  const compiled = await Promise.all([
    ...Object.entries(modules).flatMap(([name, config]) =>
      variants.map((variant) => compileModule(name, config, variant)),
    ),
    emitSources(),
  ]);
  mkdirSync("dist/engine/wasm", { recursive: true });
  for (const variant of variants) {
    const name = `engine-${variant}.wasm`;
    if (existsSync(`build/${name}`)) copyFileSync(`build/${name}`, `dist/engine/wasm/${name}`);
  }
  return compiled.every(Boolean);
}

/** @param {string} name @param {string} config @param {string} variant */
async function compileModule(name, config, variant) {
  const output = `build/${name}-${variant}.wasm`;
  const newestInput = Math.max(
    ...[...moduleInputs, config].flatMap(files).map((path) => statSync(path).mtimeMs),
  );
  if (existsSync(output) && statSync(output).mtimeMs > newestInput) return true;
  return (await run("asc", ["--config", config, "--target", variant])).ok;
}

async function emitSources() {
  const { ok } = await run("tsc", ["-p", "tsconfig.json"]);
  for (const path of files("dist")) {
    const source = path.replace(/^dist/, "src").replace(/(\.d\.ts|\.js)(\.map)?$/, ".ts");
    if (source.endsWith(".ts") && !existsSync(source)) rmSync(path); // its source is gone
  }
  return ok;
}

/** Something that dist/ is made of is newer than all that is in it. */
export function isStale(sources = ["src", "assembly"], output = "dist") {
  const newest = (/** @type {string[]} */ folders) =>
    Math.max(0, ...folders.flatMap(files).map((path) => statSync(path).mtimeMs));
  return newest(sources) > newest([output]);
}

/** A file itself, or all the files of a folder. @param {string} path @returns {string[]} */
function files(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)],
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = (await build()) ? 0 : 1;
}
