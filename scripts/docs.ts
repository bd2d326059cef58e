/**
 * `npm run docs`: writes `docs/protocols.md` from the files of `src/protocols/` and the manifests of
 * `fixtures/`, and `docs/applications.md` from those of `src/applications/`. `npm run generate` does it
 * too, except in CI, where tests say whether they are current.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readManifest } from "../lab/fixtures.js";
import {
  type Bits,
  type Profile,
  profileOf,
  sayMessage,
  sayPorts,
} from "../src/explain/profile.js";
import { THRESHOLD } from "../src/language/compile.js";
import type { Definition } from "../src/language/definition.js";
import { type Applications, readApplications } from "./applications.js";
import { applicationsPage } from "./applications-page.js";

const PAGE = fileURLToPath(new URL("../docs/protocols.md", import.meta.url));
const APPLICATIONS_PAGE = fileURLToPath(new URL("../docs/applications.md", import.meta.url));

/** Fixtures of a protocol that are named one by one. */
const FIXTURES_LISTED = 4;
const SAMPLE_CELLS = 72;

/** The page: categories in alphabetical order, and in each its protocols. */
export function protocolsPage(definitions: readonly Definition[]): string {
  const profiles = definitions.map(profileOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  const categories = [...new Set(profiles.map(({ category }) => category))].sort();
  const fixtures = fixturesByProtocol();
  const sections = categories.flatMap((category) => [
    `## ${category}`,
    ...profiles
      .filter((profile) => profile.category === category)
      .map((profile) => section(profile, fixtures.get(profile.name) ?? [])),
  ]);
  return `${[head(profiles), ...sections].join("\n\n")}\n`;
}

/** A line for each protocol, and no sum of them: two changes that add one each do not meet. */
const head = (profiles: readonly Profile[]) => `# Protocols

Written by \`npm run docs\`; not to be edited. \`clairvoie protocols NAME\` tells more of each.

_Bits_ are the evidence that a signature gives against the background that explains it best, when all of it
matched: from ${THRESHOLD} bits on it names a flow. Ports give no evidence. Levels: D3 a list id, D4 a host name, D5 other
metadata.

${profiles.map(({ name, title }) => `- [${name}](#${name}) ${title}`).join("\n")}`;

function section(profile: Profile, fixtures: readonly string[]): string {
  const { name, title, specification, facts, samples } = profile;
  const sample = samples.find(({ kind }) => kind === "yes");
  const lines = [
    `${title}. ${specification}.`,
    told(profile),
    ...signatureLines(profile),
    ...(facts.length > 0
      ? [`facts: ${facts.map((fact) => `\`${fact.name}\` ${fact.level}`).join(", ")}`]
      : []),
    ...(sample
      ? [
          `sample: ${sample.messages
            .slice(0, 2)
            .map(({ from, bytes }) => `${from} ${code(sayMessage(bytes, SAMPLE_CELLS))}`)
            .join(", ")}`,
        ]
      : []),
    `recorded: ${fixtures.length === 0 ? "no fixture yet" : listed(fixtures)}`,
  ];
  const [first, ...items] = lines;
  return [`### ${name}`, first, items.map((line) => `- ${line}`).join("\n")].join("\n\n");
}

function told({ toldBy, header, refines, ports }: Profile): string {
  const port = sayPorts(ports);
  const by = {
    payload: "by payload",
    header: `by header: ${[
      ...header.ip.map((number) => `IP protocol ${number}`),
      ...header.ethertype.map((number) => `Ethertype 0x${number.toString(16).padStart(4, "0")}`),
    ].join(", ")}`,
    address: `by address, in the format of ${refines?.protocol}: ${refines?.addresses.join(", ")}`,
    offer: `by what the client of ${refines?.protocol} offers (ALPN): ${refines?.alpn?.join(", ")}`,
  };
  return port === "" ? by[toldBy] : `${by[toldBy]}; ports: ${port}`;
}

const signatureLines = ({ signatures }: Profile) =>
  signatures.map(({ name, over, both, names, bits }) => {
    const least = Object.values(bits).filter((each): each is Bits => each !== null);
    const low = Math.floor(Math.min(...least.map((each) => each.least)));
    const high = Math.floor(Math.min(...least.map((each) => each.most)));
    const remarks = [
      `${low === high ? low : high > 999 ? `${low} and more` : `${low}…${high}`} bits`,
      ...(both ? ["from both sides"] : []),
      ...(names ? [] : ["never a name without the port"]),
    ];
    return `\`${name}\` over ${over.join(" and ")}: ${remarks.join(", ")}`;
  });

/** As code, whatever backticks it holds. */
const code = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

const listed = (files: readonly string[]) =>
  files
    .slice(0, FIXTURES_LISTED)
    .map((file) => `[${file}](../fixtures/${file})`)
    .join(", ") +
  (files.length > FIXTURES_LISTED ? ` and ${files.length - FIXTURES_LISTED} more` : "");

/** Captures in which a protocol was recorded: those of its own folder first. */
function fixturesByProtocol(): ReadonlyMap<string, string[]> {
  const files = new Map<string, string[]>();
  for (const { file, flows } of readManifest()) {
    for (const protocol of new Set(flows.map((flow) => flow.protocol))) {
      if (protocol !== null) files.set(protocol, [...(files.get(protocol) ?? []), file]);
    }
  }
  for (const [protocol, all] of files) {
    const isOwn = (file: string) => file.startsWith(`${protocol}/`);
    files.set(protocol, [...all.filter(isOwn), ...all.filter((file) => !isOwn(file))]);
  }
  return files;
}

export const writeProtocolsPage = (definitions: readonly Definition[]): void =>
  writePage(PAGE, protocolsPage(definitions));

export const writeApplicationsPage = (applications: Applications): void =>
  writePage(APPLICATIONS_PAGE, applicationsPage(applications));

function writePage(page: string, text: string): void {
  if (!existsSync(page) || readFileSync(page, "utf8") !== text) writeFileSync(page, text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { protocols } = await import("../src/generated/protocols.js");
  writeProtocolsPage(protocols);
  writeApplicationsPage(await readApplications({ mayAdd: false }));
}
