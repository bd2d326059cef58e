/** What scripts and the lab say when something is not as it should be. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sayEnded } from "../../lab/netns.js";
import { isStale } from "../../scripts/build.mjs";

test("what was built is stale when a source is newer", () => {
  const folder = mkdtempSync(join(tmpdir(), "clairvoie-build-"));
  const [source, output] = ["src", "dist"].map((name) => join(folder, name)) as [string, string];
  mkdirSync(source);
  const write = (path: string, seconds: number) => {
    writeFileSync(path, "");
    utimesSync(path, seconds, seconds);
  };
  write(join(source, "a.ts"), 1000);
  expect(isStale([source], output)).toBe(true);
  mkdirSync(output);
  write(join(output, "a.js"), 2000);
  expect(isStale([source], output)).toBe(false);
  write(join(source, "b.ts"), 3000);
  expect(isStale([source], output)).toBe(true);
  rmSync(folder, { recursive: true });
});

test("the lab names programs that have ended", () => {
  const started = [
    { command: "chmod 755 x; fcgiwrap", code: 0 },
    { command: "ntpd", code: undefined },
  ];
  expect(sayEnded(started)).toBe("; `chmod 755 x; fcgiwrap` has ended with 0");
});
