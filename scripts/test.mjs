/**
 * `npm test`: installs what is missing, builds, runs every check. The last line is the total.
 * `npm test -- <filter>` only runs the tests whose files match, on what is built and installed.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { build, isStale } from "./build.mjs";
import {
  findChromium,
  findProgram,
  installDebianPackages,
  installPackages,
  run,
} from "./setup.mjs";

const filters = process.argv.slice(2);
if (filters.length > 0) {
  if (isStale()) console.error("dist is older than src, and some tests run it: npm run build");
  process.exit((await run("vitest", ["run", ...filters])).ok ? 0 : 1);
}

let passed = 0;
let failed = 0;

/** Counts one check. @param {string} name @param {boolean} ok @param {string} [output] */
function report(name, ok, output = "") {
  if (!ok && output) console.log(output.trimEnd());
  console.log(`${ok ? "passed" : "FAILED"}  ${name}`);
  if (ok) passed++;
  else failed++;
}

/** Needed for the browser test, and for the gate's instruction counts. */
function installPrograms() {
  const programs = { chromium: findChromium, valgrind: () => findProgram("valgrind") };
  const missing = Object.entries(programs).flatMap(([name, find]) => (find() ? [] : [name]));
  if (missing.length === 0) return;
  const problem = installDebianPackages(missing);
  if (!problem) return;
  console.log(`left out: what needs ${missing.join(" and ")} (${problem})`);
  if (process.env["CI"] === "true") failed += missing.length;
}

async function runTests() {
  const results = "build/vitest.json";
  rmSync(results, { force: true });
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const { ok } = await run("vitest", args);
  const failedBefore = failed;
  if (existsSync(results)) {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(results, "utf8"),
    );
    passed += numPassedTests;
    failed += numFailedTests;
    for (const { status, assertionResults, name, message } of testResults) {
      if (status === "failed" && assertionResults.length === 0) report(name, false, message);
    }
  }
  if (!ok && failed === failedBefore) report("vitest", false); // an error outside any test
}

if (installPackages()) {
  installPrograms();
  report("build", await build());
  for (const [name, tool, ...args] of /** @type {const} */ ([
    ["types", "tsc", "-p", "tsconfig.check.json"],
    ["lint", "oxlint", "--deny-warnings"],
    ["format", "oxfmt", "--check"],
    ["package", "publint", "--strict"],
  ])) {
    const { ok, output } = await run(tool, args, { quiet: true });
    report(name, ok, output);
  }
  await runTests();
  if (existsSync("bench/gate.ts") && findProgram("valgrind")) {
    const { ok, output } = await run("tsx", ["bench/gate.ts"], { quiet: true });
    report("gate", ok, output);
  }
} else {
  report("npm ci", false);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
