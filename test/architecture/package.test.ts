/** What is published, and what must never be. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importsOf, root } from "./imports.js";

test.each(["browser", "explain-browser"])("%s.js imports nothing of Node", (entry) => {
  const outside = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { target } of importsOf(path)) {
      if (target.startsWith("dist/")) visit(`${target}.js`);
      else outside.add(target);
    }
  };
  visit(`dist/${entry}.js`);
  expect([...outside].filter((name) => name !== "@assemblyscript/loader")).toEqual([]);
});

test("every export of package.json is built", () => {
  const { exports, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const paths = (entry: string | object): string[] =>
    typeof entry === "string" ? [entry] : Object.values(entry).flatMap(paths);
  expect(paths([exports, bin]).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("no file names a folder of the machine it was written on", () => {
  const folders = ["work", "tmp", "root"].join("|");
  const machinePath = new RegExp(`(?<![\\w.*/-])/(${folders})/`);
  const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
  const wrong = tracked.split("\0").filter((path) => {
    if (!path || !existsSync(join(root, path))) return false;
    const text = readFileSync(join(root, path), "latin1");
    return !text.includes("\0") && machinePath.test(text);
  });
  expect(wrong).toEqual([]);
});
