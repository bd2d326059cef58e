/**
 * The second source of names: the entities of third-party-web (npm, MIT), which lists who stands behind
 * the scripts, trackers and networks of web sites. Each entity is an operator with one application.
 * What an application file says goes before: a host that one covers is left out here.
 */
import { LISTED } from "../src/language/applications/catalog.js";
import { parentsOf } from "../src/language/applications/hosts.js";
import type { Surroundings } from "../src/language/applications/check.js";
import type { Application, Category, Operator } from "../src/language/applications/vocabulary.js";

export interface ThirdParty {
  readonly name: string;
  readonly company?: string;
  readonly category: string;
  /** `www.example.com`, or `*.example.com` for all below. */
  readonly domains: readonly string[];
}

const categories: Readonly<Record<string, Category>> = {
  ad: "advertising",
  analytics: "analytics",
  cdn: "cdn",
  content: "web",
  "consent-provider": "web",
  "customer-success": "productivity",
  hosting: "cloud",
  library: "cdn",
  marketing: "advertising",
  other: "web",
  social: "social",
  "tag-manager": "analytics",
  utility: "web",
  video: "video",
};

/** Some entities list an address or two. They have moved on long ago. */
const ADDRESS = /^\d+(\.\d+){3}$/;

/** Names that carry what others say. */
const SHARED = new Set(["cdn", "hosting", "library"]);

/** Operators of one application each, by name. An entity without a host of its own is none. */
export function listedOperators(
  operators: readonly Operator[],
  entities: readonly ThirdParty[],
  { isPublicSuffix }: Surroundings,
): Operator[] {
  const own = operators.flatMap(({ applications }) => applications);
  const ownNames = new Set(own.map(({ name }) => name));
  const names = new Set(ownNames);
  const operatorNames = new Set(operators.map(({ name }) => name));
  const hosts = new Set(own.flatMap(({ hosts: each }) => each));
  const listed: Operator[] = [];
  for (const entity of entities) {
    const suffixes = entity.domains
      .map((domain) => domain.toLowerCase().replace(/^\*\./, ""))
      .filter((host) => !isPublicSuffix(host) && !ADDRESS.test(host));
    const mine = withoutCovered([...new Set(suffixes)], hosts);
    if (mine.length === 0) continue;
    for (const host of mine) hosts.add(host);
    const wanted = nameOf(entity.name);
    const name = freeName(wanted, names);
    names.add(name);
    const application: Application = {
      name,
      title: entity.name,
      category: categories[entity.category] ?? "web",
      hosts: mine,
      ...(ownNames.has(wanted) ? { within: wanted } : {}),
      ...(SHARED.has(entity.category) ? { shared: true } : {}),
    };
    const operatorName = freeName(name, operatorNames);
    operatorNames.add(operatorName);
    listed.push({
      name: operatorName,
      title: entity.company ?? entity.name,
      source: LISTED,
      applications: [application],
    });
  }
  return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Hosts that neither stand in `known` nor below one of it, nor below one another. */
function withoutCovered(hosts: readonly string[], known: ReadonlySet<string>): string[] {
  const all = new Set([...known, ...hosts]);
  const isCovered = (host: string): boolean =>
    parentsOf(host).some((parent) => all.has(parent)) || known.has(host) || known.has(`=${host}`);
  return hosts.filter((host) => !isCovered(host));
}

const nameOf = (title: string): string =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{Mark}|['’]/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 48)
    .replace(/-$/, "") || "unnamed";

/** The name, or what it is with a suffix when an application has it: its names are somebody's own. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const tried = [
    `${name}-web`,
    ...Array.from({ length: 20 }, (_, index) => `${name}-${index + 2}`),
  ];
  return tried.find((each) => !taken.has(each))!;
}
