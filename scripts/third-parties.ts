/**
 * The second source of names: the entities of third-party-web (npm, MIT), which lists who stands behind
 * the scripts, trackers and networks of web sites. Each entity is an operator with one application.
 * What an application file says goes before: a host that one covers is left out here.
 */
import { LISTED } from "../src/language/applications/catalog.js";
import { parentsOf, parseHost } from "../src/language/applications/hosts.js";
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
  const owners = new Map(
    own.flatMap(({ name, hosts }) => hosts.map((host) => [parseHost(host).name, name] as const)),
  );
  const shared = new Set(own.flatMap((each) => (each.shared ? [each.name] : [])));
  const names = new Set(own.map(({ name }) => name));
  const operatorNames = new Set(operators.map(({ name }) => name));
  const listed: Operator[] = [];
  for (const entity of entities) {
    const suffixes = entity.domains
      .map((domain) => domain.toLowerCase().replace(/^\*\./, ""))
      .filter((host) => !isPublicSuffix(host) && !ADDRESS.test(host));
    const carriers = new Set(SHARED.has(entity.category) ? [] : shared);
    carriers.delete(nameOf(entity.name));
    const hosts = withoutCovered([...new Set(suffixes)], owners, carriers);
    if (hosts.length === 0) continue;
    const within = soleOwner(suffixes, owners, shared);
    const name = freeName(nameOf(entity.name), names);
    names.add(name);
    for (const host of hosts) owners.set(host, name);
    const application: Application = {
      name,
      title: entity.name,
      category: categories[entity.category] ?? "web",
      hosts,
      ...(within === undefined ? {} : { within }),
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

type Owners = ReadonlyMap<string, string>;

const around = (host: string): string[] => [host, ...parentsOf(host)];

/** Hosts that nobody has, or nobody but those who carry what others say; none below another. */
function withoutCovered(
  hosts: readonly string[],
  owners: Owners,
  carriers: ReadonlySet<string>,
): string[] {
  const mine = new Set(hosts);
  return hosts.filter((host) => {
    if (owners.has(host) || parentsOf(host).some((parent) => mine.has(parent))) return false;
    const cover = parentsOf(host).find((parent) => owners.has(parent));
    return cover === undefined || carriers.has(owners.get(cover)!);
  });
}

/**
 * The application that has most of the hosts, and nobody else any: then the others belong to it as well.
 * That two have the same name says nothing: there is more than one Bolt.
 */
function soleOwner(
  hosts: readonly string[],
  owners: Owners,
  shared: ReadonlySet<string>,
): string | undefined {
  const found = hosts
    .flatMap((host) => around(host).find((name) => owners.has(name)) ?? [])
    .map((name) => owners.get(name)!)
    .filter((name) => !shared.has(name));
  const isOne = new Set(found).size === 1 && found.length * 2 >= hosts.length;
  return isOne ? found[0] : undefined;
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
