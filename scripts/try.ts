/**
 * `npm run try -- mqtt [capture.pcap …]`: one protocol as its file says it now, in a few seconds. Its samples
 * go through the oracle and the engines, with all other protocols beside it; nothing needs to be generated.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { classifyWith } from "../src/classifier/classify.js";
import { assemble } from "../src/classifier/create.js";
import type { Catalog } from "../src/language/catalog.js";
import { BACKGROUNDS } from "../src/language/catalog.js";
import { DefinitionError } from "../src/language/check.js";
import { Namer, samplesOf, verdictOf } from "../src/language/collisions.js";
import { compile } from "../src/language/compile.js";
import type { Definition } from "../src/language/definition.js";
import { describeSignature } from "../src/language/describe.js";
import { leastOf, powerOf } from "../src/language/odds.js";
import {
  containmentWarnings,
  formatWarning,
  type Named,
  nameSamples,
  sampleWarnings,
  stepWarnings,
  weaknessWarnings,
} from "../src/language/warnings.js";
import { suggestion } from "../src/policy/suggest.js";
import { ClairvoieError } from "../src/record/errors.js";
import { openCapture } from "../src/sources/file.js";
import { mapFor, Speaker } from "../test/protocols/harness.js";
import { testEngine } from "../test/support/engines.js";
import { fileOf, located, readLock, readProtocols, type Source } from "./protocols.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const cwd = process.env["INIT_CWD"] ?? process.cwd();
process.chdir(root);

class Refusal extends Error {}

const begin = performance.now();
let problems = 0;

function problem(text: string): void {
  problems++;
  console.log(`  FAILED ${text}`);
}

async function main(): Promise<void> {
  const [name, ...captures] = process.argv.slice(2);
  if (name === undefined) {
    throw new Refusal(
      "npm run try -- NAME [CAPTURE …], for example: npm run try -- ssh fixtures/ssh/openssh.pcap",
    );
  }
  const sources = await readProtocols();
  const own = sources.find(({ definition }) => definition.name === name);
  if (!own) {
    const names = sources.map(({ definition }) => definition.name);
    throw new Refusal(
      `there is no protocol "${name}"${suggestion(name, names) || `; npm run new -- ${name} makes one`}`,
    );
  }
  const all = sources.map(({ definition }) => definition);
  const catalog = located(sources, () => compile(all, readLock()));
  console.log(`${name}  (${fileOf(own)})`);
  describe(own.definition, catalog);
  const named = samples(own.definition, all);
  await engines(own.definition, catalog, named);
  collisions(own.definition, all);
  warnings(own, all, catalog, named);
  for (const capture of captures) await classify(capture, name, catalog);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(
    problems === 0
      ? `all is well (${seconds} s); next: npm run generate, npm test -- protocols, npm run lab -- ${name}`
      : `${problems} to mend (${seconds} s)`,
  );
  process.exitCode = problems === 0 ? 0 : 1;
}

function describe(definition: Definition, catalog: Catalog): void {
  for (const [key, signature] of Object.entries(definition.signatures ?? {})) {
    const entry = catalog.signatures.find((each) => each.name === `${definition.name}/${key}`)!;
    const bits = BACKGROUNDS.map((background, lane) => {
      if (lane === entry.exempt) return `${background} (exempt)`;
      const [low, high] = [entry.certain[lane]!, entry.bits[lane]!].map(Math.floor);
      return `${background} ${low === high ? low : `${low} … ${high}`}`;
    });
    const power = powerOf(entry, catalog.protocols[entry.protocol]!);
    const says = {
      alone: "names flows alone",
      corroborated: "names only what is on its ports",
      never: "names nothing",
    }[power];
    for (const line of describeSignature(key, signature)) console.log(`  ${line}`);
    console.log(
      `    ${bits.join(", ")}: ${says} (least ${Math.floor(leastOf(entry.bits))}, needed ${catalog.threshold})`,
    );
  }
}

function samples(definition: Definition, all: readonly Definition[]): Named[] {
  const named = nameSamples(new Namer(all), samplesOf([definition]));
  for (const { sample, namings } of named) {
    const wrong = verdictOf(sample, namings, all);
    const what = `sample ${sample.kind} ${sample.number}`;
    if (wrong !== undefined) problem(`${what}: ${wrong}`);
    else {
      const by = namings
        .filter(({ protocol }) => protocol === definition.name)
        .map(({ signature, bits }) => `${signature} ${Math.floor(bits)}`);
      console.log(`  ${what}: ${by.join(", ") || "no match"}, as it should be`);
    }
  }
  const complete = new Set(
    named.flatMap(({ namings }) =>
      namings.filter((naming) => naming.complete).map(({ signature }) => signature),
    ),
  );
  for (const key of Object.keys(definition.signatures ?? {})) {
    if (complete.has(`${definition.name}/${key}`)) continue;
    problem(`no sample matches ${key} to its end: write one that does`);
  }
  if (
    definition.signatures &&
    !(definition.samples?.yes?.length && definition.samples.no?.length)
  ) {
    problem("it needs samples that are named, and near misses that are not");
  }
  return named;
}

/** The same candidates as the oracle's, in each engine that is built. */
async function engines(
  { name }: Definition,
  catalog: Catalog,
  named: readonly Named[],
): Promise<void> {
  const built = existsSync("build/engine-simd.wasm")
    ? (["typescript", "wasm"] as const)
    : (["typescript"] as const);
  for (const kind of built) {
    const speaker = new Speaker(await testEngine(kind, mapFor(catalog)), catalog);
    for (const { sample, namings } of named) {
      for (const segment of [1400, 1]) {
        const found = speaker.say(sample.conversation, { segment });
        const wanted = namings.map(({ signature, evidence }) => ({ signature, evidence }));
        const shown = (list: readonly { signature: string; evidence: readonly number[] }[]) =>
          list
            .map(({ signature, evidence }) => `${signature} ${evidence.join("/")}`)
            .sort()
            .join(", ");
        if (shown(found) !== shown(wanted)) {
          problem(
            `engine ${kind}, segments of ${segment}, sample ${sample.kind} ${sample.number}: ${shown(found) || "nothing"}; the oracle says ${shown(wanted) || "nothing"}`,
          );
        }
      }
    }
  }
  const without = built.length === 1 ? " (npm run build makes the others)" : "";
  console.log(`  ${name} in the engines: ${built.join(", ")}${without}`);
}

/** What it names of the others' samples. */
function collisions(definition: Definition, all: readonly Definition[]): void {
  const others = all.filter(({ name }) => name !== definition.name);
  for (const { sample, namings } of nameSamples(new Namer(all), samplesOf(others))) {
    if (!namings.some(({ protocol }) => protocol === definition.name)) continue;
    const wrong = verdictOf(sample, namings, all);
    if (wrong !== undefined)
      problem(`${sample.protocol}, sample ${sample.kind} ${sample.number}: ${wrong}`);
  }
}

function warnings(
  own: Source,
  all: readonly Definition[],
  catalog: Catalog,
  named: readonly Named[],
): void {
  const { definition } = own;
  const found = [
    ...stepWarnings(definition),
    ...containmentWarnings([definition], all),
    ...sampleWarnings([definition], all, named),
    ...weaknessWarnings([definition], catalog, named),
  ];
  for (const warning of found) console.log(`  warning: ${formatWarning(warning)}`);
  const left = readFileSync(fileOf(own), "utf8")
    .split("\n")
    .flatMap((line, index) => (line.includes("TODO") ? [index + 1] : []));
  if (left.length > 0) problem(`TODO is left in line ${left.join(", ")} of ${fileOf(own)}`);
}

async function classify(capture: string, name: string, catalog: Catalog): Promise<void> {
  const path = capture.startsWith("/") ? capture : `${cwd}/${capture}`;
  const ports = catalog.protocols.find((each) => each.name === name)!.ports;
  const load = () => Promise.reject(new Error("not here"));
  let others = 0;
  console.log(capture);
  const flows = classifyWith(
    (options) => assemble({ catalog, loadModule: load }, options),
    openCapture(path),
    { engine: "typescript" },
  );
  for await (const flow of flows) {
    const { transport, client, server, protocol, evidence, facts } = flow;
    const isOnPort =
      (transport === "tcp" || transport === "udp" || transport === "sctp") &&
      [client.port, server.port].some((port) => port !== null && ports[transport].includes(port!));
    if (protocol !== name && !isOnPort) {
      others++;
      continue;
    }
    const candidates = flow.candidates.map((each) => `${each.signature} ${each.bits}`).join(", ");
    console.log(
      `  ${client.address}:${client.port} → ${server.address}:${server.port} ${transport}: ` +
        `${protocol ?? `not named${candidates && `; candidates ${candidates}`}`}, ${evidence.grade} ${evidence.bits} bits ${evidence.signature ?? ""} ${JSON.stringify(facts)}`,
    );
  }
  console.log(`  and ${others} other flows`);
}

try {
  await main();
} catch (error) {
  const isOurs =
    error instanceof Refusal || error instanceof DefinitionError || error instanceof ClairvoieError;
  if (!isOurs) throw error;
  console.error(error.message);
  process.exitCode = error instanceof Refusal ? 2 : 1;
}
