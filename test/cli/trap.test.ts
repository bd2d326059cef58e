/** The command on an engine that fails: the rest is read, standard error says where, and so does the exit code. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { parseLines, run, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Loaded before the command: compiled modules whose `recognise` fails at its first call, once. */
const preload = join(folder.path, "preload.mjs");
writeFileSync(
  preload,
  `const instantiate = WebAssembly.instantiate;
let calls = 0;
const failing = ({ exports }) => ({ exports: { ...exports, recognise(count) {
  exports.recognise(count);
  if (++calls === 1) throw new WebAssembly.RuntimeError("unreachable \\u001b[31m");
} } });
WebAssembly.instantiate = async (...args) => failing(await instantiate(...args));`,
);
const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` };
const file = "fixtures/http/nginx-curl.pcap";

test("exit code 4, and a line that names file, packet, byte and cause", async () => {
  const clean = parseLines((await run(["classify", "-f", "jsonl", file])).stdout);
  const { exit, stdout, stderr } = await run(["classify", "-f", "jsonl", "--events", file], {
    env,
  });
  expect(exit).toBe(4);
  expect(stderr).toMatch(
    /^clairvoie: fixtures\/http\/nginx-curl\.pcap: byte \d+: packet \d+: the engine failed in recognise \(RuntimeError: unreachable/m,
  );
  expect(stderr).not.toContain("\u001b[31m");
  const lines = parseLines(stdout);
  expect(lines.filter(({ type }) => type === "trap")).toMatchObject([{ call: "recognise", file }]);
  const records = lines.filter(({ schema }) => schema === 1);
  expect(records).toHaveLength(clean.length);
});

test("worse than a capture that is cut: the code stays 4", async () => {
  const { exit, stderr } = await run(["classify", "-f", "none", file, "package.json"], { env });
  expect(exit).toBe(4);
  expect(stderr).toContain("package.json: byte 0");
});
