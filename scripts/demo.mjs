/** `npm run demo`: from a fresh clone to the first verdicts. */
import { spawnSync } from "node:child_process";
import { build } from "./build.mjs";
import { installPackages } from "./setup.mjs";

if (!installPackages()) process.exit(1);
console.log("Builds tables, engines and sources: two or three minutes.");
if (!(await build({ quiet: true }))) process.exit(1);
const command = ["dist/cli/main.js", "classify", "fixtures/demo.pcapng", ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, command, { stdio: "inherit" }).status ?? 1;
