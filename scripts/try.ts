/**
 * `npm run try -- mqtt [capture.pcap …]`: one protocol as its file says it now, in a few seconds. The type
 * checker reads it, its samples go through the oracle and the engines, with all other protocols beside it;
 * nothing needs to be generated.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { classifyWith } from "../src/classifier/classify.js";
import { assemble } from "../src/classifier/create.js";
import type { Catalog } from "../src/language/catalog.js";
import { DefinitionError } from "../src/language/check.js";
import { Namer, type Sample, samplesOf, verdictOf } from "../src/language/collisions.js";
import { compile } from "../src/language/compile.js";
import type { Definition } from "../src/language/definition.js";
import { describeSignature } from "../src/language/describe.js";
import { sayFalls } from "../src/language/falls.js";
import {
  containmentWarnings,
  formatWarning,
  type Named,
  nameSamples,
  sampleWarnings,
  stepWarnings,
  unreachedWarnings,
  weaknessWarnings,
} from "../src/language/warnings.js";
import { describeWorth } from "../src/language/worth.js";
import { suggestion } from "../src/policy/suggest.js";
import { ClairvoieError } from "../src/record/errors.js";
import { openCapture } from "../src/sources/file.js";
import { mapFor, Speaker } from "../test/protocols/harness.js";
import { testEngine } from "../test/support/engines.js";
import {
  BrokenFile,
  fileOf,
  findPath,
  located,
  protocolPaths,
  readLock,
  readProtocol,
  readSound,
  type Source,
  typeMistakes,
  withoutBroken,
} from "./protocols.js";

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
  const [given, ...captures] = process.argv.slice(2);
  if (given === undefined) {
    throw new Refusal(
      "npm run try -- NAME [CAPTURE …], for example: npm run try -- ssh fixtures/ssh/openssh.pcap",
    );
  }
  const path = pathOf(given);
  const file = fileOf({ path });
  const [mistakes, others] = await Promise.all([
    typeMistakes(file),
    readSound(protocolPaths().filter((other) => other !== path)),
  ]);
  for (const { place, message } of mistakes) problem(`${place}: ${message}`);
  if (!mistakes.every(({ isUnused }) => isUnused)) return finish(path);
  const own = await readProtocol(path);
  const { name } = own.definition;
  const compiling = withoutBroken(others.sources, own);
  for (const message of [...others.broken, ...compiling.broken])
    console.log(`left out: ${message}`);
  const sources = [...compiling.sources, own];
  const all = sources.map(({ definition }) => definition);
  const catalog = located(sources, () => compile(all, readLock()));
  console.log(`${name}  (${file})`);
  describe(own.definition, catalog);
  const named = samples(own.definition, all);
  await engines(own.definition, catalog, named);
  collisions(own.definition, all);
  warnings(own, all, catalog, named);
  for (const capture of captures) await classify(capture, name, catalog);
  finish(path);
}

function finish(path: string): void {
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const name = path.split("/").at(-1)!;
  const next = [
    ...(name in readLock() ? [] : ["npm run generate"]),
    ...(existsSync(`fixtures/${name}`) ? [] : [`npm run lab -- ${name}`]),
    `npm test -- test/protocols -t ${name}`,
  ];
  console.log(
    problems === 0
      ? `all is well (${seconds} s); next: ${next.join(", ")}`
      : `${problems} to mend (${seconds} s)`,
  );
  process.exitCode = problems === 0 ? 0 : 1;
}

function pathOf(given: string): string {
  const found = findPath(given);
  if (found !== undefined) return found;
  const names = protocolPaths().map((path) => path.split("/").at(-1)!);
  const name = given.split("/").at(-1)!.replace(/\.ts$/, "");
  const hint = suggestion(name, names) || `; npm run new -- ${name} --family … makes one`;
  throw new Refusal(`there is no protocol "${given}"${hint}`);
}

function describe(definition: Definition, catalog: Catalog): void {
  for (const [key, signature] of Object.entries(definition.signatures ?? {})) {
    for (const line of describeSignature(key, signature)) console.log(`  ${line}`);
    for (const line of describeWorth(`${definition.name}/${key}`, signature, catalog)) {
      console.log(`    ${line}`);
    }
  }
}

function samples(definition: Definition, all: readonly Definition[]): Named[] {
  const named = nameSamples(new Namer(all), samplesOf([definition]));
  for (const { sample, namings } of named) {
    const wrong = verdictOf(sample, namings, all);
    const what = `sample ${sample.kind} ${sample.number}`;
    const falls = sayFalls(definition, sample.conversation);
    if (wrong !== undefined) problem([`${what}: ${wrong}`, ...falls].join("\n    "));
    else console.log(`  ${what}: ${sayNamings(definition, sample, namings, falls)}`);
  }
  for (const { where, problem: text, advice } of unreachedWarnings([definition], named)) {
    problem(formatWarning({ where, problem: text, advice }));
  }
  if (
    definition.signatures &&
    !(definition.samples?.yes?.length && definition.samples.no?.length)
  ) {
    problem("it needs samples that are named, and near misses that are not");
  }
  return named;
}

function sayNamings(
  { name }: Definition,
  { kind }: Sample,
  namings: Named["namings"],
  [farthest]: readonly string[],
): string {
  const by = namings
    .filter(({ protocol }) => protocol === name)
    .map(({ signature, bits }) => `${signature} ${Math.floor(bits)}`);
  if (kind !== "no") return `${by.join(", ")}, as it should be`;
  if (by.length === 0) return `no match, as it should be: ${farthest ?? "nothing begins so"}`;
  return `${by.join(", ")}: it matches so far, with too few bits for a name; a near miss matches nothing, so it may belong to \`weak\``;
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
  if (others > 0) console.log(`  and ${others} other flow${others === 1 ? "" : "s"}`);
}

try {
  await main();
} catch (error) {
  const isOurs =
    error instanceof Refusal ||
    error instanceof BrokenFile ||
    error instanceof DefinitionError ||
    error instanceof ClairvoieError;
  if (!isOurs) throw error;
  console.error(error.message);
  process.exitCode = error instanceof Refusal ? 2 : 1;
}
