/** Mistakes on the command line: exit code 2, and a way on. */
import { afterAll, expect, test } from "vitest";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(folder.remove);
const capture = "fixtures/ssh/openssh.pcap";

test.concurrent.each<[string[], string]>([
  [["clasify", capture], "unknown command 'clasify'\n(Did you mean classify?)"],
  [["help", "clasify"], 'there is no command "clasify"; did you mean "classify"?'],
  [["sing"], "unknown command 'sing'"],
  [[capture], `To read it: clairvoie classify ${capture}`],
  [["classify"], "missing required argument 'FILE'"],
  [["classify", "--fromat", "csv", capture], "(Did you mean --format?)"],
  [["classify", "-f", "jsnol", capture], 'There is no format "jsnol"; did you mean "jsonl"?'],
  [["classify", "-f", "parquet", capture], "there are table, jsonl, csv, none"],
  [["classify", "--engine", "wsam", capture], 'did you mean "wasm"?'],
  [["classify", "--max-flows", "many", capture], '"many" is not a whole number'],
  [["classify", "--idle-timeout", "-1", capture], '"-1" is not a whole number'],
  [["classify", "--idle-timeout", "0", capture], "--idle-timeout: 0 is not a whole number from 1"],
  [
    ["classify", "--facts", "tls.snii", capture],
    '--facts: no fact or level (D3, D4, D5) is called "tls.snii"; did you mean "tls.sni"?',
  ],
  [["classify", "--events", capture], "--events needs --format jsonl"],
  [["classify", "-", "-"], "standard input (-) can be read only once"],
])("%j", async (args, message) => {
  const { exit, stdout, stderr } = await run(args);
  expect(stderr).toContain(message);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
});

test.concurrent("a mistake's text reaches no terminal as it is", async () => {
  const { exit, stderr } = await run(["\u001b[31mclassify\u009b"]);
  expect(exit).toBe(2);
  // oxlint-disable-next-line no-control-regex
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test.concurrent("a wrong option leaves the output file as it was", async () => {
  const path = join(folder.path, "kept.jsonl");
  writeFileSync(path, "before");
  const { exit } = await run(["classify", "--max-flows", "0", "-o", path, capture]);
  expect(exit).toBe(2);
  expect(readFileSync(path, "utf8")).toBe("before");
  expect(readdirSync(folder.path).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test.concurrent("a capture is never its own output", async () => {
  const path = join(folder.path, "own.pcap");
  writeFileSync(path, readFileSync(capture));
  const { exit, stderr } = await run(["classify", "-o", path, path]);
  expect(stderr).toContain("would replace the capture");
  expect(exit).toBe(2);
  expect(readFileSync(path)).toEqual(readFileSync(capture));
});

test.concurrent("help shows examples and exit codes, and is no mistake", async () => {
  for (const args of [
    ["classify", "--help"],
    ["help", "classify"],
  ]) {
    const { exit, stdout, stderr } = await run(args);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    for (const part of [
      "Usage: clairvoie classify",
      "Examples:",
      "Exit codes:",
      "--idle-timeout",
    ]) {
      expect(stdout).toContain(part);
    }
  }
});

test.concurrent("without arguments it explains itself", async () => {
  const { exit, stderr } = await run([]);
  expect(stderr).toContain("Usage: clairvoie");
  expect(exit).toBe(2);
});

test.concurrent("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(await run(["--version"])).toEqual({ exit: 0, stdout: `${version}\n`, stderr: "" });
});
