/** `clairvoie protocols`: what can be named, and what by. Rule files say some of it, so it is made visible first. */
import {
  type Bits,
  type Profile,
  profileOf,
  sayMessage,
  sayPorts,
  type SignatureProfile,
} from "../explain/profile.js";
import { protocols } from "../generated/protocols.js";
import { BACKGROUNDS } from "../language/catalog.js";
import { THRESHOLD } from "../language/compile.js";
import type { Definition } from "../language/definition.js";
import { suggestion } from "../policy/suggest.js";
import { json } from "../sinks/jsonl.js";
import type { Style } from "../sinks/style.js";
import { cutEnd, formatTable, makeVisible } from "../sinks/terminal.js";
import { EXIT_OK, EXIT_USAGE, UsageError } from "./exit.js";
import { loadOwn } from "./inputs.js";
import { withOutput } from "./output.js";
import { STDOUT, styleFor, widthOf } from "./terminal.js";

export interface ProtocolsOptions {
  format: "table" | "json";
  /** Files of the user's own protocols. */
  rules?: string[];
}

/** @returns the exit code */
export async function listProtocols(
  names: readonly string[],
  { format, rules: ruleFiles }: ProtocolsOptions,
): Promise<number> {
  const rules = ruleFiles && (await loadOwn(ruleFiles, { quiet: true }));
  if (rules === null) return EXIT_USAGE;
  const all = [...protocols, ...(rules?.protocols ?? []).map(({ definition }) => definition)];
  const known = all.flatMap(wordsOf);
  const unknown = names.find((name) => !known.includes(name.toLowerCase()));
  if (unknown !== undefined) {
    const hint = suggestion(unknown, known) || `; "clairvoie protocols" lists them`;
    throw new UsageError(`there is no protocol "${unknown}"${hint}`);
  }
  const asked = names.map((name) => name.toLowerCase().split(/[./]/)[0]);
  const wanted = all.filter(({ name }) => names.length === 0 || asked.includes(name));
  const profiles = wanted.map(profileOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  const style = styleFor(STDOUT);
  const width = widthOf(process.stdout) ?? Infinity;
  return withOutput(undefined, async (output) => {
    if (format === "json") output.write(`${json(profiles, 2)}\n`);
    else if (names.length === 0) output.write(list(profiles, style, width));
    else output.write(profiles.map((profile) => describe(profile, style, width)).join("\n"));
    output.finish();
    return EXIT_OK;
  });
}

/** A protocol's name, and what records call its parts: `ssh/identification`, `tls.sni`. */
const wordsOf = ({ name, signatures = {}, facts = {} }: Definition): string[] => [
  name,
  ...Object.keys(signatures).map((key) => `${name}/${key}`),
  ...Object.keys(facts).map((key) => `${name}.${key}`),
];

function list(profiles: readonly Profile[], style: Style, width: number): string {
  const rows = profiles.map(({ name, title, category, toldBy, bits, ports }) => [
    name,
    title,
    category,
    toldBy,
    bits ? sayBits(bits) : "",
    sayPorts(ports),
  ]);
  const visible = rows.map((row) => row.map(makeVisible));
  const heading = ["name", "title", "category", "told by", "bits", "ports"];
  const align = ["start", "start", "start", "start", "end", "start"] as const;
  const [head, ...lines] = formatTable([heading, ...visible], align);
  const count = (toldBy: Profile["toldBy"]) =>
    profiles.filter((profile) => profile.toldBy === toldBy).length;
  return joined([
    style("faint", cutEnd(head!, width)),
    ...lines.map((line) => cutEnd(line, width)),
    "",
    `${profiles.length} protocols: ${count("payload")} told by payload, ${count("header")} by their header, ${count("address")} by their address, ${count("offer")} by what a client offers`,
    `bits: evidence of their signatures against the background that explains them best; ${THRESHOLD} name a flow`,
  ]);
}

function describe(profile: Profile, style: Style, width: number): string {
  const { name, title, category, specification, header, refines, signatures, facts, samples } =
    profile;
  const about = [
    ["category", category],
    ["specification", specification],
    ...(sayPorts(profile.ports) === ""
      ? []
      : [["ports", `${sayPorts(profile.ports)} (no evidence)`]]),
    ["told by", sayToldBy(profile)],
    ...(refines ? [["format", `that of ${refines.protocol}`]] : []),
    ...(header.ip.length > 0 ? [["IP protocol", header.ip.join(", ")]] : []),
  ];
  const lines = [
    style("strong", makeVisible(`${name}  ${title}`)),
    ...formatTable(
      about.map((row) => row.map(makeVisible)),
      ["start", "start"],
    ),
  ];
  if (signatures.length > 0)
    lines.push(
      "",
      "False names are counted for what is said first alone: it may be enough for a name.",
    );
  for (const signature of signatures) lines.push("", ...signatureLines(signature, style));
  if (facts.length > 0) {
    const rows = facts.map((fact) => [
      fact.name,
      fact.level,
      fact.type,
      fact.most > 1 ? `${fact.most} values at most` : "",
    ]);
    const table = formatTable(rows, ["start", "start", "start", "start"]);
    lines.push("", style("strong", "Facts"), ...table.map((line) => `  ${line}`));
  }
  for (const [kind, heading] of sampleHeadings) {
    const some = samples.filter((sample) => sample.kind === kind);
    if (some.length === 0) continue;
    lines.push("", style("strong", heading));
    for (const { transport, messages } of some) {
      messages.forEach(({ from, length, bytes }, index) => {
        const who = `  ${index === 0 ? transport : "   "}  ${from}  ${`${length}`.padStart(5)} bytes  `;
        lines.push(who + sayMessage(bytes, Math.min(width, 120) - who.length));
      });
    }
  }
  return joined(lines.map((line) => cutEnd(line, width)));
}

const sampleHeadings = [
  ["yes", "Samples that are named"],
  ["weak", "Samples with too little evidence"],
  ["no", "Near misses, which are not named"],
] as const;

const speakers = {
  client: "the client says",
  server: "the server says",
  first: "who speaks first says",
  reply: "the other answers",
};

function signatureLines(signature: SignatureProfile, style: Style): string[] {
  const { name, over, both, names, bits, falseNames, scripts } = signature;
  const rows = [
    ["", ...BACKGROUNDS],
    ["bits", ...BACKGROUNDS.map((lane) => (bits[lane] ? sayBits(bits[lane]) : "is it"))],
    [
      "a false name in",
      ...BACKGROUNDS.map((lane) => {
        const flows = falseNames[lane];
        return flows === null ? "never" : `${flows.toExponential(0).replace("e+", "e")} flows`;
      }),
    ],
  ];
  const remarks = [
    `over ${over.join(" and ")}`,
    ...(both ? ["both sides must match"] : []),
    ...(names ? [] : ["too little evidence for a name without the port"]),
  ];
  const [head, ...table] = formatTable(rows, ["start", ...BACKGROUNDS.map(() => "end" as const)]);
  return [
    `${style("strong", name)}  ${remarks.join("; ")}`,
    `  ${style("faint", head!)}`,
    ...table.map((line) => `  ${line}`),
    ...scripts.flatMap(({ side, steps }) =>
      steps.flatMap((step, index) => [
        `  ${speakers[side]}${steps.length > 1 ? `, ${index + 1} of ${steps.length}` : ""}:`,
        ...step.map((line) => `    ${makeVisible(line)}`),
      ]),
    ),
  ];
}

function sayToldBy({ toldBy, refines }: Profile): string {
  switch (toldBy) {
    case "payload":
      return "its payload";
    case "header":
      return "its header alone";
    case "address":
      return `the format of ${refines!.protocol}, and its address (${refines!.addresses.join(", ")}) or port`;
    case "offer":
      return `what the client of ${refines!.protocol} offers (${refines!.alpn!.join(", ")}), or its port`;
  }
}

/** Beyond this many bits a number says no more. */
const MANY = 999;
const sayBits = ({ least, most }: Bits) => {
  const [low, high] = [Math.floor(least), Math.floor(most)];
  return low === high ? `${low}` : `${low}…${high > MANY ? "" : high}`;
};

const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
