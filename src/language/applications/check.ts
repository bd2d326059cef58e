/** What an operator's file must obey. Problems are told by operator and application, with a remedy. */
import { HOST_LABEL_MAX, HOST_MAX, LABELS_MAX } from "../../engine/hosts-table.js";
import { at, demand } from "../fault.js";
import { nameProblem } from "../check.js";
import { parentsOf, parseHost } from "./hosts.js";
import { parseRange } from "./ranges.js";
import { type Application, categories, type Operator } from "./vocabulary.js";

export interface Surroundings {
  /** Whether anybody may register names below this one. */
  isPublicSuffix(host: string): boolean;
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?$/;
/** Wider ranges are no operator's. Apple's 17.0.0.0/8 is the widest. */
const WIDEST = { 4: 8, 6: 16 };

export function checkOperators(operators: readonly Operator[], surroundings: Surroundings): void {
  const owners = {
    operator: new Map<string, string>(),
    application: new Map<string, string>(),
    host: new Map<string, string>(),
    range: new Map<string, string>(),
  };
  const names = new Set(operators.flatMap(({ applications }) => applications.map(nameOf)));
  for (const operator of operators) {
    at(operator.name, () => {
      checkName(operator.name);
      claim(owners.operator, operator.name, operator.name, "another operator has this name");
      demand(operator.title !== "", "the operator has no title", {
        remedy: () => "write what the operator calls itself",
      });
      checkSource(operator.source);
      demand(operator.applications.length > 0, "the operator has no application", {
        remedy: () => "name the services that it runs in `applications`",
      });
    });
    for (const application of operator.applications) {
      const where = `${operator.name}/${application.name}`;
      at(where, () => {
        claim(owners.application, application.name, where, "there is an application of this name");
        checkApplication(application, surroundings);
        const { within } = application;
        demand(within === undefined || names.has(within), `within "${within}": unknown`, {
          remedy: () => "name an application that exists",
        });
        for (const host of application.hosts) {
          claim(owners.host, host, where, `"${host}" stands here and in another place`);
        }
        for (const range of application.addresses ?? []) {
          const { size, value, prefix } = parseRange(range)!;
          const key = `${size} ${value} ${prefix}`;
          claim(owners.range, key, where, `"${range}" stands here and in another place`);
        }
      });
    }
  }
  for (const { name, applications } of operators) {
    for (const application of applications) {
      const where = `${name}/${application.name}`;
      at(where, () => {
        for (const host of application.hosts) checkNeeded(host, where, owners.host);
      });
    }
  }
}

/** Refuses what a shorter suffix finds anyway: where none of another application stands between. */
function checkNeeded(host: string, where: string, owners: ReadonlyMap<string, string>): void {
  const { name, exact, first } = parseHost(host);
  const around = [...(exact || first !== undefined ? [name] : []), ...parentsOf(name)];
  const cover = around.find((suffix) => owners.has(suffix));
  demand(
    cover === undefined || owners.get(cover) !== where,
    `"${host}" is found by "${cover}", which stands here too`,
    { remedy: () => "leave it out" },
  );
}

const nameOf = ({ name }: Application): string => name;

/** Notes whose something is, and refuses what is somebody's already. */
function claim(owners: Map<string, string>, key: string, where: string, problem: string): void {
  const owner = owners.get(key);
  demand(owner === undefined, problem, {
    remedy: () =>
      owner === where
        ? "leave one of the two out"
        : `it is ${owner}'s already; leave it to one of the two`,
  });
  owners.set(key, where);
}

function checkName(name: string): void {
  const wrong = nameProblem(name);
  demand(wrong === undefined, wrong?.problem ?? "", { remedy: () => wrong?.remedy ?? "" });
}

function checkSource(source: string | undefined): void {
  demand((source ?? "").trim() !== "", "it has no source", {
    remedy: () =>
      "say in `source` where its hosts can be looked up: the operator's own list, or https:// and its web site",
  });
}

function checkApplication(application: Application, surroundings: Surroundings): void {
  const { name, title, category, hosts, addresses = [], source } = application;
  checkName(name);
  demand(title !== "", "the application has no title", {
    remedy: () => "write what its operator calls it",
  });
  demand(categories.includes(category), `there is no category "${category}"`, {
    remedy: () => `one of ${categories.join(", ")}`,
  });
  if (source !== undefined) checkSource(source);
  demand(hosts.length + addresses.length > 0, "nothing tells this application", {
    remedy: () => "list its `hosts`, or `addresses` that serve nothing else",
  });
  for (const host of hosts) checkHost(host, surroundings);
  for (const range of addresses) checkRange(range);
}

function checkHost(host: string, { isPublicSuffix }: Surroundings): void {
  const { name, exact, first } = parseHost(host);
  demand(!name.startsWith("*."), `"${host}" has a wildcard`, {
    remedy: () => `"${name.slice(2)}" is a suffix already: all names below it`,
  });
  demand(name === name.toLowerCase(), `"${host}" has upper-case letters`, {
    remedy: () => `"${host.toLowerCase()}"; names of every case are found by it`,
  });
  demand(!name.endsWith("."), `"${host}" ends with a dot`, {
    remedy: () => `"${host.replace(/\.+$/, "")}"`,
  });
  const labels = [...(first === undefined ? [] : [first]), ...name.split(".")];
  const wrong = labels.find((label) => !LABEL.test(label) || label.length > HOST_LABEL_MAX);
  demand(
    wrong === undefined && name.length <= HOST_MAX,
    `"${host}" is no host name${wrong === undefined ? "" : `, its label "${wrong}" is none`}`,
    { remedy: () => 'write it as in "www.example.com", international names in their xn-- form' },
  );
  demand(labels.length <= LABELS_MAX, `"${host}" has more than ${LABELS_MAX} labels`, {
    remedy: () => "the last of them say enough",
  });
  demand(!/^\d+$/.test(labels.at(-1)!), `"${host}" is an address`, {
    remedy: () => `put "${name}/32" into \`addresses\``,
  });
  demand(exact || !isPublicSuffix(name), `anybody may have a name below "${host}"`, {
    remedy: () => `name what is the operator's own, such as "example.${name}"`,
  });
}

function checkRange(range: string): void {
  const parsed = parseRange(range);
  demand(parsed !== undefined, `"${range}" is no range of addresses`, {
    remedy: () => 'write it as in "192.0.2.0/24" or "2001:db8::/32"',
  });
  const { size, value, prefix } = parsed;
  const widest = WIDEST[size];
  demand(prefix >= widest, `"${range}" is wider than what one operator has`, {
    remedy: () => `a prefix has ${widest} bits at least`,
  });
  const rest = BigInt((size === 4 ? 32 : 128) - prefix);
  demand((value >> rest) << rest === value, `"${range}" has bits behind its prefix`, {
    remedy: () => "write the range's first address",
  });
}
