/** `clairvoie rules check` and `classify --rules`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ethernet, ipv4, pcapFile, TYPE_IPV4, udp } from "../support/packets.js";
import { parseLines, run, temporaryFolder } from "./command.js";

const folder = temporaryFolder();
afterAll(folder.remove);
const write = (name: string, text: string | Uint8Array): string => {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
};

const print = "examples/rules/print-agent.yaml";
const telemetry = "examples/rules/telemetry.yaml";
const hello = Buffer.from("ACME\0\x11agent=desk-4;idle", "latin1");
const packet = ethernet(
  TYPE_IPV4,
  ipv4({ protocol: 17, from: "192.0.2.1", to: "198.51.100.2" }, udp({ from: 40000, to: 9 }, hello)),
);
const capture = write("own.pcap", pcapFile([{ data: packet }]));

const WRONG = `name: own
title: Own
category: test
source: test
signatures:
  s:
    over: tcp
    client:
      - step: [litteral: "OWN "]
`;

test.concurrent("check says what rules match and are worth", async () => {
  const { exit, stdout, stderr } = await run(["rules", "check", telemetry, print]);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout).toContain(`acme-telemetry  (${telemetry}:3)\n  Acme telemetry; telemetry;`);
  expect(stdout).toContain("    the client says:\n      the bytes ac 3e\n");
  expect(stdout).toMatch(
    / {4}bits: uniform \d+ … \d+, integers .*; the least, \d+ … \d+, decides, and a name needs 30\n/,
  );
  expect(stdout).toContain("it is a special case of http/request");
  expect(stdout).toMatch(/\n3 protocols, 0 warnings, 0 failed samples \(\d+ ms\)\n$/);
});

test.concurrent("check as JSON", async () => {
  const { exit, stdout } = await run(["rules", "check", "-f", "json", print]);
  expect(exit).toBe(0);
  const [, report] = JSON.parse(stdout);
  expect(report).toMatchObject({ name: "acme-announce", file: print, warnings: [], failures: [] });
  expect(report.description[0]).toContain("printing");
});

test.concurrent("text of a rule forges no line and reaches no terminal as it is", async () => {
  const text = WRONG.replace('litteral: "OWN "', '"OWN PROTOCOL", { u8: "k\\e[31m\\n  FAILED x" }');
  const { stdout } = await run(["rules", "check", write("forged.yaml", text)]);
  expect(stdout).toContain("k␛[31m␊  FAILED x");
  expect(stdout).not.toMatch(/^ *FAILED/m);
});

test.concurrent("a wrong rule is refused with file, line, column and a remedy", async () => {
  const path = write("wrong.yaml", WRONG);
  const message = `clairvoie: ${path}:9:16: unknown word "litteral"; did you mean "literal"?\n`;
  const checked = await run(["rules", "check", path]);
  expect(checked).toEqual({ exit: 2, stdout: "", stderr: message });
  const classified = await run(["classify", capture, "--rules", path]);
  expect(classified).toEqual({ exit: 2, stdout: "", stderr: message });
});

test.concurrent("samples that are not named as the rule says fail", async () => {
  const text = `${WRONG.replace("litteral", "literal").replace("OWN ", "OWN PROTOCOL ")}samples:
  yes:
    - tcp: [{ client: "OTHER" }]
  no:
    - tcp: [{ client: "OWN PROTOCOL 1" }]
`;
  const path = write("failing.yaml", text);
  const { exit, stdout } = await run(["rules", "check", path]);
  expect(exit).toBe(1);
  expect(stdout).toContain(
    `FAILED ${path}:12:7: own, sample yes 1: no signature matches it; own/s, client 1: fell at byte 0: found 4f 54 48 45 52, wanted "OWN PROTOCOL "`,
  );
  expect(stdout).toContain(`FAILED ${path}:14:7: own, sample no 1: it is named by own/s (`);
  expect(stdout).toContain("1 protocol, 0 warnings, 2 failed samples");
});

test.concurrent("warnings have a place, and are no failure", async () => {
  const text = WRONG.replace(
    'step: [litteral: "OWN "]',
    'step: ["SSH-2.0-", { run: visible }, "x", { run: { of: textual, min: 0 } }, lineEnd]',
  );
  const path = write("doubtful.yaml", text);
  const { exit, stdout } = await run(["rules", "check", path]);
  expect(exit).toBe(0);
  expect(stdout).toContain(
    `warning: ${path}:9:46: own/s, client 1: the run before it takes all such bytes and gives none back, so it matches only behind exactly 255 of them`,
  );
  expect(stdout).toContain("1 protocol, 1 warning, 0 failed samples");
});

test.concurrent("classify with rules names a user's own protocol", async () => {
  const args = ["classify", capture, "-f", "jsonl", "--rules", telemetry, "--rules", print];
  const { exit, stdout, stderr } = await run(args);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(parseLines(stdout)).toMatchObject([
    { protocol: "acme-announce", facts: { "acme-announce.name": "desk-4" } },
  ]);
  const masked = await run([...args, "--facts", "http.*"]);
  expect(parseLines(masked.stdout)).toMatchObject([{ protocol: "acme-announce", facts: {} }]);
});

test.concurrent("explain and protocols tell of a user's own protocol", async () => {
  const rules = ["--rules", telemetry, "--rules", print];
  const { exit, stdout, stderr } = await run(["explain", capture, "-n", "1", ...rules]);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout).toContain("acme-announce  payload");
  expect(stdout).toContain("Evidence for acme-announce/");
  expect(stdout).toMatch(
    /acme-telemetry\/report +client, packet 1, byte 0 +found .*, wanted ac 3e/,
  );
  const own = await run(["protocols", "acme-announce", ...rules]);
  expect(own.exit).toBe(0);
  expect(own.stdout).toContain("acme-announce/");
});

test.concurrent("explain and protocols refuse what is wrong in rules", async () => {
  const path = write("wrong-too.yaml", WRONG);
  for (const command of [["explain", capture, "-n", "1"], ["protocols"]]) {
    const { exit, stdout, stderr } = await run([...command, "--rules", path]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toContain('unknown word "litteral"');
  }
});

test.concurrent("what is weak says so, unless nobody wants to hear it", async () => {
  const args = ["classify", capture, "--rules", "examples/rules/gemini.yaml", "-f", "none"];
  const { exit, stderr } = await run(args);
  expect(exit).toBe(0);
  expect(stderr).toContain("examples/rules/gemini.yaml:16:3: gemini-plain/response: is weak");
  expect((await run([...args, "-q"])).stderr).toBe("");
});

test.concurrent.each<[string[], string]>([
  [["rules", "chek", print], "unknown command 'chek'\n(Did you mean check?)"],
  [["rules", "check", "-"], "rules are read from files, not from standard input"],
  [["rules", "check", "-f", "jsno", print], 'did you mean "json"?'],
  [["rules", "check"], "missing required argument 'FILE'"],
  [
    ["rules", "check", "examples/rules/telemetri.yaml"],
    'there is no such file; did you mean "examples/rules/telemetry.yaml"?',
  ],
  [["rules", "check", "examples/rules"], "this is a folder, not a file"],
  [["classify", "--rules", "nowhere.yaml", capture], "nowhere.yaml: there is no such file"],
  [["rules", "check", capture], "this is not text in UTF-8"],
  [
    ["rules", "check", write("large.yaml", "#".repeat(300 * 1024))],
    "a rule file has 256 KiB at most",
  ],
])("%j", async (args, message) => {
  const { exit, stdout, stderr } = await run(args);
  expect(stderr).toContain(message);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
});

test.concurrent("help tells of it", async () => {
  expect((await run(["rules", "check", "--help"])).stdout).toContain("Exit codes:");
  expect((await run(["classify", "--help"])).stdout).toContain("--rules <file>");
});
