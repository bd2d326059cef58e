/** What every script here needs: running programs, and installing what a fresh clone lacks. No dependencies. */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** The script behind a tool in node_modules, to be run by this Node: the same on every system. */
const tools = /** @type {const} */ ({
  asc: "node_modules/assemblyscript/bin/asc.js",
  oxfmt: "node_modules/oxfmt/bin/oxfmt",
  oxlint: "node_modules/oxlint/bin/oxlint",
  publint: "node_modules/publint/src/cli.js",
  tsc: "node_modules/typescript/bin/tsc",
  tsx: "node_modules/tsx/dist/cli.mjs",
  vitest: "node_modules/vitest/vitest.mjs",
});

/**
 * Runs a tool to its end, with everything it prints on stderr or, with `quiet`, kept for the answer.
 * @param {keyof typeof tools} tool
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(tool, args, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tools[tool], ...args], {
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", 2, 2],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}

/** `npm ci`, unless node_modules holds just what package-lock.json asks for. */
export function installPackages() {
  if (packagesAreCurrent()) return true;
  console.error("installing packages (npm ci)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  return spawnSync(npm, args, { stdio: ["ignore", 2, 2], shell: npm !== "npm" }).status === 0;
}

function packagesAreCurrent() {
  const installedLock = "node_modules/.package-lock.json";
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  const own = Object.keys(wanted[""].optionalDependencies ?? {}).map((n) => `node_modules/${n}`);
  return Object.keys(wanted).every(
    (path) =>
      path === "" ||
      (wanted[path].optional && !installed[path] && !own.includes(path)) || // built for another system
      wanted[path].version === installed[path]?.version,
  );
}

/** The first of these programs that PATH has, or undefined. @param {readonly string[]} names */
export function findProgram(...names) {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** `$CHROMIUM`, or the first of its names in PATH. */
export const findChromium = () =>
  process.env["CHROMIUM"] ?? findProgram("chromium", "chromium-browser", "google-chrome");

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Debian's packages, where this is a Debian and we may install. @param {readonly string[]} packages
 * @returns {string} why nothing was installed, or ""
 */
export function installDebianPackages(packages) {
  if (!findProgram("apt-get")) return "this system has no apt-get";
  if (process.getuid?.() !== 0) return "apt-get needs root";
  console.error(`installing ${packages.join(", ")} (apt-get)`);
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=600", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      encoding: "utf8",
    });
  apt("update");
  const { status, stderr } = apt("install", "-y", "--no-install-recommends", ...packages);
  return status === 0 ? "" : `apt-get failed: ${stderr.trim().split("\n").at(-1)}`;
}
