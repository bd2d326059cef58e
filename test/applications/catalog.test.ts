/** The real catalog: ids, sources, the page, and names that everybody knows. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readApplications } from "../../scripts/applications.js";
import { applicationsPage } from "../../scripts/applications-page.js";
import { applicationCatalog } from "../../src/generated/applications.js";
import { LISTED } from "../../src/language/applications/catalog.js";
import { typescriptLookup } from "./lookup.harness.js";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const { applications, table } = applicationCatalog;

test("every application has the id that the lock gives it, and none has another's", () => {
  const lock = JSON.parse(read("src/applications/ids.lock.json")) as Record<string, number>;
  expect(new Set(Object.values(lock)).size).toBe(Object.keys(lock).length);
  for (const { name, id } of applications) expect(lock[name], name).toBe(id);
});

test("docs/applications.md and src/generated are current; if not: npm run generate", async () => {
  const made = await readApplications({ mayAdd: false });
  expect(read("docs/applications.md")).toBe(applicationsPage(made));
  expect(made.catalog.applications).toEqual(applications);
  expect(Buffer.compare(made.catalog.table, table)).toBe(0);
});

test("every application says where it can be looked up", () => {
  for (const { name, source } of applications) {
    expect(source === LISTED || /https:\/\/|RFC \d/.test(source), name).toBe(true);
  }
  expect(applications.filter(({ source }) => source !== LISTED).length).toBeGreaterThan(700);
});

const known: Readonly<Record<string, string>> = {
  "www.netflix.com": "netflix",
  "ipv4-c001-mxp001-ix.1.oca.nflxvideo.net": "netflix",
  "rr3---sn-4g5e6nez.googlevideo.com": "youtube",
  "www.google.co.uk": "google",
  "mail.google.com": "gmail",
  "fonts.googleapis.com": "google-services",
  "instagram.fmxp6-1.fna.fbcdn.net": "instagram",
  "video.fmxp6-1.fna.fbcdn.net": "facebook",
  "media.fmxp6-1.fna.whatsapp.net": "whatsapp-files",
  "media-mxp1-1.cdn.whatsapp.net": "whatsapp-files",
  "g.whatsapp.net": "whatsapp",
  "1-courier.push.apple.com": "apple-push",
  "mask.icloud.com": "icloud-private-relay",
  "teams.microsoft.com": "teams",
  "d1234.cloudfront.net": "amazon-cloudfront",
  "steamcdn-a.akamaihd.net": "steam",
  "origin.akamaihd.net": "akamai",
  "zoomfr84zc.zoom.us": "zoom",
  "kasadaka.example": "",
};

test("names that everybody knows", () => {
  const { host } = typescriptLookup(table);
  const nameOf = new Map(applications.map(({ id, name }) => [id, name]));
  for (const [name, expected] of Object.entries(known)) {
    expect(nameOf.get(host(new TextEncoder().encode(name))) ?? "", name).toBe(expected);
  }
});

test("what carries others' services says so", () => {
  const shared = new Set(applications.filter((each) => each.shared).map(({ name }) => name));
  for (const name of [
    "akamai",
    "amazon-aws",
    "amazon-cloudfront",
    "azure",
    "cloudflare",
    "fastly",
  ]) {
    expect(shared.has(name), name).toBe(true);
  }
  expect(shared.has("netflix")).toBe(false);
});
