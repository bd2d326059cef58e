/** A real browser on a page of this repository, served as it is: no bundler stands between. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { findChromium } from "../../scripts/setup.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const served = /^\/(dist|fixtures|test\/browser|node_modules\/@assemblyscript\/loader)\//;
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

async function serve() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    const type = types[extname(path)] ?? "application/octet-stream";
    (served.test(path) ? readFile(join(root, path)) : Promise.reject(new Error("not served"))).then(
      (body) => response.writeHead(200, { "content-type": type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export interface OpenPage {
  readonly page: Page;
  /** What went wrong in the page so far. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Opens a page, given by its path from the root. */
export async function openPage(path: string): Promise<OpenPage> {
  const { server, origin } = await serve();
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("requestfailed", (request) => errors.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (!response.ok() && !response.url().endsWith("/favicon.ico")) {
      errors.push(`${response.status()} ${response.url()}`);
    }
  });
  await page.goto(`${origin}/${path}`);
  return {
    page,
    errors,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
