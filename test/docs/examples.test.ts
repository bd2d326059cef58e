/** The examples of the documentation run and print what they say, and every public name has one. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "docs/api.md"), "utf8");
const examples = [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!);

// A folder that has the package installed, and the fixtures beside it.
const folder = mkdtempSync(join(tmpdir(), "clairvoie-docs-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(root, join(folder, "node_modules/clairvoie"));
symlinkSync(join(root, "fixtures"), join(folder, "fixtures"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = promisify(execFile);

for (const [number, code] of examples.entries()) {
  test(`example ${number + 1}: ${/import .*/.exec(code)?.[0]}`, async () => {
    const file = join(folder, `example-${number}.mjs`);
    writeFileSync(file, code);
    const { stdout } = await run(process.execPath, [file], { cwd: folder });
    const expected = [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line);
    expect(expected.length).toBeGreaterThan(0);
    expect(stdout.trimEnd().split("\n")).toEqual(expected);
  });
}

test("every public name is in the documentation", () => {
  const names = [
    "dist/node.d.ts",
    "dist/portable.d.ts",
    "dist/explain-node.d.ts",
    "dist/rules/index.d.ts",
  ].flatMap(publicNames);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});

/** Names that a declaration file exports, through `export *` of relative files too. */
function publicNames(path: string): string[] {
  const declarations = readFileSync(join(root, path), "utf8");
  const names: string[] = [];
  for (const [, from] of declarations.matchAll(/export \* from "\.\/(.*)\.js"/g)) {
    names.push(...publicNames(join(path, "..", `${from}.d.ts`)));
  }
  for (const [, list] of declarations.matchAll(/export (?:type )?\{([^}]*)\}/g)) {
    names.push(...list!.split(",").map((name) => name.replace("type ", "").trim()));
  }
  const declared = /export (?:declare )?(?:const|function|class|interface|type) (\w+)/g;
  names.push(...[...declarations.matchAll(declared)].map(([, name]) => name!));
  return names.filter((name) => name !== "");
}
