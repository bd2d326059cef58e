/** `docs/applications.md`: operators and their applications, in words. */
import { LISTED } from "../src/language/applications/catalog.js";
import type { Application, Operator } from "../src/language/applications/vocabulary.js";
import type { Applications } from "./applications.js";

export function applicationsPage({ operators, listed }: Applications): string {
  const own = operators.flatMap(({ applications }) => applications);
  const theirs = listed.flatMap(({ applications }) => applications);
  return `# Applications

Written by \`npm run docs\`; not to be edited. Each operator is a file of \`src/applications/\`.

${own.length} applications of ${operators.length} operators, by ${total(own, "hosts")} host names and ${total(own, "addresses")} ranges of addresses that can be
looked up where the source says; and ${theirs.length} more by ${total(theirs, "hosts")} names from [${LISTED}](https://github.com/patrickhulce/third-party-web)
(MIT), whose source is \`${LISTED}\`. A name is a suffix by labels: the longest one wins. What is _shared_ carries
what others say: its name is no more than a carrier's.

## Categories

${list(own, theirs)}

${operators.map(section).join("\n\n")}

## From ${LISTED}

${theirs.map(({ name, title, category, hosts }) => `- \`${name}\` ${plain(title)}: ${category}, ${count(hosts.length, "host")}`).join("\n")}
`;
}

const total = (applications: readonly Application[], what: "hosts" | "addresses") =>
  applications.reduce((sum, application) => sum + (application[what]?.length ?? 0), 0);

function list(own: readonly Application[], theirs: readonly Application[]): string {
  const categories = [...new Set([...own, ...theirs].map(({ category }) => category))].sort();
  return categories
    .map((category) => {
      const names = own.filter((each) => each.category === category).map(({ name }) => name);
      const more = theirs.filter((each) => each.category === category).length;
      const parts = [
        ...names.sort().map((name) => `\`${name}\``),
        ...(more ? [`${more} of ${LISTED}`] : []),
      ];
      return `- **${category}**: ${parts.join(", ")}`;
    })
    .join("\n");
}

const section = ({ title, source, applications }: Operator) => `## ${plain(title)}

Source: ${source}

${applications.map(item).join("\n")}`;

function item({
  name,
  title,
  category,
  hosts,
  addresses = [],
  source,
  shared,
}: Application): string {
  const parts = [
    category,
    ...(shared ? ["shared"] : []),
    ...(hosts.length > 0 ? [count(hosts.length, "host")] : []),
    ...(addresses.length > 0 ? [count(addresses.length, "range")] : []),
  ];
  return `- \`${name}\` ${plain(title)}: ${parts.join(", ")}${source ? `; ${source}` : ""}`;
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

const plain = (text: string) => text.replaceAll(/[\\`*_[\]<>|]/g, "\\$&");
