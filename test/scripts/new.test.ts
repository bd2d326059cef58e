/** A newcomer's path: `npm run new`, `npm run try`. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { protocolPaths } from "../../scripts/protocols.js";
import { registration, scenario, template } from "../../scripts/template.js";
import { protocols } from "../../src/generated/protocols.js";
import { Namer, samplesOf, verdictOf } from "../../src/language/collisions.js";
import { compile } from "../../src/language/compile.js";
import type { Definition } from "../../src/language/definition.js";

const root = join(import.meta.dirname, "../..");
const folder = join(root, `build/test-new-${process.pid}`);
mkdirSync(folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, ...args: string[]) =>
  new Promise<{ exit: unknown; stdout: string; stderr: string }>((resolve) => {
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    execFile(
      process.execPath,
      [tsx, join(root, script), ...args],
      { cwd: root },
      (error, stdout, stderr) => resolve({ exit: error?.code ?? 0, stdout, stderr }),
    );
  });

/** `echo` and `gopher` are registered, the last is not; all are no protocols here. */
test.each(["echo", "gopher", "not-registered"])(
  "the template of %s compiles, and its samples are as they say",
  async (name) => {
    const text = template(name, "test", "Test");
    const path = join(folder, `${name}.ts`);
    writeFileSync(
      path,
      text.replace("../../language/vocabulary.js", "../../src/language/vocabulary.js"),
    );
    const { default: definition } = (await import(path)) as { default: Definition };
    const all = [...protocols, definition];
    expect(compile(all).protocols).toHaveLength(all.length);
    const namer = new Namer(all);
    for (const sample of samplesOf([definition])) {
      expect(verdictOf(sample, namer.name(sample.conversation), all)).toBeUndefined();
    }
    expect(text).toContain("TODO");
    expect(scenario(name)).toContain("not written yet");
  },
);

test("registered ports are filled in", () => {
  expect(registration("ntp").ports).toEqual({ tcp: [123], udp: [123] });
  expect(template("tftp", "test", "TFTP")).toContain("ports: { tcp: [69], udp: [69] }, // IANA's.");
});

test("no protocol is left as the template wrote it", () => {
  const left = protocolPaths().filter((path) =>
    readFileSync(join(root, "src/protocols", `${path}.ts`), "utf8").includes("TODO"),
  );
  expect(left, "fill in what says TODO: npm run try -- NAME").toEqual([]);
});

test.each<[string[], string]>([
  [
    ["MQTT"],
    '"MQTT": a name is lower-case letters, digits and hyphens, at most 64; for example mqtt',
  ],
  [
    ["ssh"],
    "ssh is there: src/protocols/remote-access/ssh.ts; add a signature to it, or choose another name",
  ],
  [["own", "--family", "medai"], 'there is no family "medai"; did you mean "media"?'],
  [["own", "--famly", "media"], "npm run new -- NAME [--family FAMILY] [--title TITLE]"],
  [[], "npm run new -- NAME"],
])("new %j is refused, and nothing is written", async (args, message) => {
  const before = protocolPaths();
  const { exit, stderr } = await run("scripts/new.ts", ...args);
  expect(stderr).toContain(message);
  expect(exit).toBe(2);
  expect(protocolPaths()).toEqual(before);
});

test("try says what a protocol matches, is worth, and names in a capture", async () => {
  const { exit, stdout } = await run("scripts/try.ts", "ssh", "fixtures/ssh/openssh.pcap");
  expect(exit).toBe(0);
  expect(stdout).toContain(
    "ssh  (src/protocols/remote-access/ssh.ts)\n  identification, over TCP:\n",
  );
  expect(stdout).toMatch(/names flows alone \(least \d+, needed 30\)/);
  expect(stdout).toContain("sample yes 1: ssh/identification");
  expect(stdout).toContain("198.51.100.2:22 tcp: ssh, payload");
  expect(stdout).toContain("all is well");
});

test("try of a protocol that is not there", async () => {
  const { exit, stderr } = await run("scripts/try.ts", "shh");
  expect({ exit, stderr }).toEqual({
    exit: 2,
    stderr: 'there is no protocol "shh"; did you mean "ssh"?\n',
  });
});
