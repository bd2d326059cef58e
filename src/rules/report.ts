/** What `clairvoie rules check` says of rules: what each matches, what it is worth, and how its samples fare. */
import { catalog as builtIn } from "../generated/catalog.js";
import { protocols } from "../generated/protocols.js";
import type { Catalog } from "../language/catalog.js";
import { Namer, type Sample, samplesOf, verdictOf } from "../language/collisions.js";
import type { Definition } from "../language/definition.js";
import { describeHead, describeSignature } from "../language/describe.js";
import { sayFalls } from "../language/falls.js";
import { powerOf } from "../language/odds.js";
import {
  containmentWarnings,
  formatWarning,
  type Named,
  nameSamples,
  sampleWarnings,
  stepWarnings,
  unreachedWarnings,
  type Warning,
  weaknessWarnings,
} from "../language/warnings.js";
import { describeWorth, POWERS } from "../language/worth.js";
import { makeVisible } from "../sinks/terminal.js";
import type { OwnProtocol, Rules } from "./index.js";
import { formatProblem, type RuleProblem } from "./problems.js";
import { sayInYaml } from "./words.js";

export interface ProtocolReport {
  readonly protocol: OwnProtocol;
  /** What it matches, in words, with bits and power. */
  readonly lines: readonly string[];
  readonly warnings: readonly RuleProblem[];
  /** Samples that are not named as their rule says. */
  readonly failures: readonly RuleProblem[];
  readonly samples: number;
}

/** Reports on all rules: beside each other, and beside what is built in. */
export function reportRules(rules: Rules): ProtocolReport[] {
  const { catalog } = rules;
  const own = rules.protocols.map(({ definition }) => definition);
  const all = [...protocols, ...own];
  const named = nameSamples(new Namer(all), samplesOf(own));
  const warnings = [
    ...own.flatMap(stepWarnings),
    ...containmentWarnings(own, all),
    ...sampleWarnings(own, all, named),
    ...emptyWarnings(own),
    ...foreignSamples(own),
    ...unreachedWarnings(own, named),
    ...weaknessWarnings(own, catalog, named),
  ];
  return rules.protocols.map((protocol): ProtocolReport => {
    const { name } = protocol.definition;
    const mine = named.filter(({ sample }) => sample.protocol === name);
    return {
      protocol,
      lines: describeProtocol(protocol.definition, catalog),
      warnings: warnings
        .filter(({ where }) => where.split("/")[0] === name)
        .map((warning) => placed(rules, warning)),
      failures: mine.flatMap((each) => failureOf(rules, each, all)),
      samples: mine.length,
    };
  });
}

/** A warning with the place of what it is about. */
export const placed = ({ locate }: Rules, warning: Warning): RuleProblem => ({
  ...((warning.advice.pattern && locate(warning.advice.pattern)) ??
    locate(warning.where, warning.advice.path) ?? { file: "rules", line: 1, column: 1 }),
  message: formatWarning(warning, sayInYaml),
});

/** What is to be said when rules are loaded: those that name nothing alone, and those that name what others do. */
export function loadWarnings(rules: Rules): RuleProblem[] {
  const own = rules.protocols.map(({ definition }) => definition);
  const warnings = [...emptyWarnings(own), ...foreignSamples(own)];
  return [...weakRules(rules), ...warnings.map((warning) => placed(rules, warning))];
}

function weakRules(rules: Rules): RuleProblem[] {
  const { catalog } = rules;
  return catalog.signatures.slice(builtIn.signatures.length).flatMap((entry) => {
    const protocol = catalog.protocols[entry.protocol]!;
    const power = powerOf(entry, protocol);
    if (power === "alone") return [];
    const warning = { where: entry.name, problem: POWERS[power], advice: {} };
    return [placed(rules, warning)];
  });
}

function describeProtocol(definition: Definition, catalog: Catalog): string[] {
  const lines = describeHead(definition);
  for (const [key, signature] of Object.entries(definition.signatures ?? {})) {
    const worth = describeWorth(`${definition.name}/${key}`, signature, catalog);
    lines.push(...describeSignature(key, signature), ...worth.map((line) => `  ${line}`));
  }
  return lines;
}

const emptyWarnings = (own: readonly Definition[]): Warning[] =>
  own
    .filter(({ signatures = {}, refines }) => !refines && Object.keys(signatures).length === 0)
    .map(({ name }) => ({
      where: name,
      problem: "it has no signatures, so it names nothing",
      advice: { remedy: () => "say under `signatures` what its client or its server says" },
    }));

/** Rules that name samples of what is built in. */
function foreignSamples(own: readonly Definition[]): Warning[] {
  const namer = new Namer(own);
  const found = new Map<string, { sample: Sample; count: number }>();
  for (const { sample, namings } of nameSamples(namer, samplesOf(protocols))) {
    if (sample.kind !== "yes") continue;
    for (const { signature, named } of namings) {
      if (!named) continue;
      const before = found.get(`${signature} ${sample.protocol}`);
      found.set(`${signature} ${sample.protocol}`, {
        sample: before?.sample ?? sample,
        count: (before?.count ?? 0) + 1,
      });
    }
  }
  return [...found].flatMap(([key, { sample, count }]): Warning[] => {
    const where = key.split(" ")[0]!;
    const [name, signature] = where.split("/");
    const implies = own.find((each) => each.name === name)?.signatures?.[signature!]?.implies ?? [];
    if (implies.some((each) => each.startsWith(`${sample.protocol}/`))) return [];
    return [
      {
        where,
        problem: `it names what is ${sample.protocol}, ${count === 1 ? "sample" : `${count} samples, the first is`} ${sample.number}`,
        advice: {
          remedy: () =>
            `make it stricter; if it is a special case of ${sample.protocol}, list what it \`implies\``,
        },
      },
    ];
  });
}

// ── Samples ──────────────────────────────────────────────────────────────────────────────────────

function failureOf(
  rules: Rules,
  { sample, namings }: Named,
  all: readonly Definition[],
): RuleProblem[] {
  const problem = verdictOf(sample, namings, all);
  if (problem === undefined) return [];
  const place = rules.locate(`${sample.protocol}`, ["samples", sample.kind, sample.number - 1]);
  const own = all.find(({ name }) => name === sample.protocol)!;
  const falls = sample.kind === "no" ? [] : sayFalls(own, sample.conversation);
  return [
    {
      ...place!,
      message: `${sample.protocol}, sample ${sample.kind} ${sample.number}: ${[problem, ...falls].join("; ")}`,
    },
  ];
}

/** The report as text, and whether rules are as their samples say. */
export function formatReports(reports: readonly ProtocolReport[]): string {
  const blocks = reports.map(({ protocol, lines, warnings, failures, samples }) => {
    const { definition, file, line } = protocol;
    const verdict =
      samples === 0
        ? "no samples; write `samples:` with `yes` and `no`"
        : failures.length === 0
          ? `${samples} ${samples === 1 ? "sample is" : "samples are"} as the rule says`
          : `${failures.length} of ${samples} samples are not as the rule says`;
    return [
      makeVisible(`${definition.name}  (${file}:${line})`),
      ...lines.map((each) => `  ${makeVisible(each)}`),
      `  ${verdict}`,
      ...failures.map((each) => `  FAILED ${makeVisible(formatProblem(each))}`),
      ...warnings.map((each) => `  warning: ${makeVisible(formatProblem(each))}`),
    ].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
