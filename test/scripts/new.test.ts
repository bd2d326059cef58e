/** A newcomer's path: `npm run new`, `npm run try`. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  checkFile,
  findPath,
  mistakesIn,
  protocolPaths,
  readProtocol,
  readSound,
  withoutBroken,
} from "../../scripts/protocols.js";
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
  [["own"], "which family? Add --family and one of chat, "],
  [
    ["own", "--family", "formats"],
    '"formats" holds what several protocols have in common; families',
  ],
  [["own", "web"], "did you mean: npm run new -- own --family web\n(npm takes --family for itself"],
  [
    ["own", "--famly", "media"],
    'there is no option --famly; did you mean "family"?\n\nnpm run new',
  ],
  [["own", "--family"], "--family needs a value\n\nnpm run new"],
  [["--help"], "npm run new -- NAME --family FAMILY [--title TITLE]"],
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
  expect(stdout).toMatch(/the least, \d+, decides, and a name needs 30\n/);
  expect(stdout).toContain("it names flows alone, whatever their ports");
  expect(stdout).toMatch(/sample no 1: no match, as it should be: .*: fell at byte \d+: found /);
  expect(stdout).toContain("sample yes 1: ssh/identification");
  expect(stdout).toContain("198.51.100.2:22 tcp: ssh, payload");
  expect(stdout).toMatch(/all is well \(.* s\); next: npm test -- test\/protocols -t ssh\n/);
});

describe("what is wrong with a protocol file", () => {
  const path = (name: string) => `../../build/test-new-${process.pid}/${name}`;
  const definition = (name: string, text: string) =>
    writeFileSync(join(folder, `${name}.ts`), text);
  const own = { name: "own", title: "Own", category: "web", source: "test" };

  test.each<[string, string, RegExp]>([
    ["no export", "", /empty\.ts: the file exports no protocol: export default protocol/],
    ["a mistake, with its line", "\n\nnowhere();", /\.ts:3:1: nowhere is not defined$/],
    ["broken text", "const = 3;", /wrong-10\.ts.*: .*(?:failed|error|Expected)/i],
  ])("%s", async (_what, text, message) => {
    const name = text === "" ? "empty" : `wrong-${text.length}`;
    definition(name, text);
    await expect(readProtocol(path(name))).rejects.toThrow(message);
  });

  test("another name than the file's", () => {
    expect(() => checkFile("web/other", own)).toThrow(
      'src/protocols/web/other.ts: its protocol is called "own": call it "other", or rename the file',
    );
    expect(() => checkFile("web/own", own)).not.toThrow();
  });

  test("a category that is none", () => {
    expect(() => checkFile("web/own", { ...own, category: "webb" })).toThrow(
      'src/protocols/web/own.ts: there is no category "webb"; did you mean "web"?',
    );
    expect(() => checkFile("web/own", { ...own, category: "formats" })).toThrow("there are chat, ");
  });

  test("in others: they are left out", async () => {
    definition("broken", "nowhere();");
    const { sources, broken } = await readSound(["remote-access/ssh", path("broken")]);
    expect(sources.map(({ definition: { name } }) => name)).toEqual(["ssh"]);
    expect(broken).toEqual([expect.stringMatching(/broken\.ts:1:1: nowhere is not defined$/)]);
    const without = { path: "web/b", definition: { ...own, name: "b", source: "" } };
    const beside = withoutBroken([...sources, without], { path: "web/own", definition: own });
    expect(beside).toEqual({
      sources,
      broken: ["src/protocols/web/b.ts: b: its source is empty: say where it is specified"],
    });
    expect(() => withoutBroken(sources, without)).toThrow("its source is empty");
  });

  test("as the type checker sees it", () => {
    const output = `src/protocols/web/a.ts(3,5): error TS2304: Cannot find name 'x'.
src/protocols/web/own.ts(9,4): error TS2552: Cannot find name 'acept'. Did you mean 'accept'?
src/protocols/web/own.ts(2,1): error TS6133: 'run' is declared but its value is never read.
`;
    expect(mistakesIn(output, "src/protocols/web/own.ts")).toEqual([
      {
        place: "src/protocols/web/own.ts:9:4",
        message: "Cannot find name 'acept'. Did you mean 'accept'?",
        isUnused: false,
      },
      expect.objectContaining({ place: "src/protocols/web/own.ts:2:1", isUnused: true }),
    ]);
  });
});

test.each(["ssh", "remote-access/ssh", "src/protocols/remote-access/ssh.ts"])(
  "a protocol is found by %s",
  (given) => expect(findPath(given)).toBe("remote-access/ssh"),
);

test("try of a protocol that is not there", async () => {
  const { exit, stderr } = await run("scripts/try.ts", "shh");
  expect({ exit, stderr }).toEqual({
    exit: 2,
    stderr: 'there is no protocol "shh"; did you mean "ssh"?\n',
  });
});
