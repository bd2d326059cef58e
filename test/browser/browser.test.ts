/** What a browser finds in a capture is, byte for byte, what Node finds. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readManifest } from "../../lab/fixtures.js";
import { findChromium, root } from "../../scripts/setup.mjs";
import { openPage, type OpenPage } from "./harness.js";

declare global {
  /** Defined by page.html. */
  function classifyFixture(path: string): Promise<string>;
}

/** The built package, as a program in Node would load it. */
const dist: string = pathToFileURL(join(root, "dist/node.js")).href;
async function classifyInNode(path: string): Promise<string> {
  const { classify, formatJsonl, openCapture } = await import(/* @vite-ignore */ dist);
  let lines = "";
  for await (const record of classify(await openCapture(join(root, path)), { seed: 1 })) {
    lines += formatJsonl(record);
  }
  return lines;
}

const fixtures = readManifest().map(({ file }) => `fixtures/${file}`);

describe.skipIf(!findChromium())("Chromium", () => {
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await openPage("test/browser/page.html");
  });
  afterAll(() => opened?.close());

  test("loads the library without an error", async () => {
    await opened.page
      .waitForFunction(() => "classifyFixture" in globalThis, null, { timeout: 5_000 })
      .catch(() => {});
    expect(opened.errors).toEqual([]);
  });

  test.each(fixtures)("agrees with Node on %s", async (path) => {
    const found = await opened.page.evaluate((url) => classifyFixture(url), `/${path}`);
    expect(found).toBe(await classifyInNode(path));
    expect(found).not.toBe("");
    expect(opened.errors).toEqual([]);
  });
});
